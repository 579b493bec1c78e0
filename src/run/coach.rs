//! `scopebot coach`: reads statements or a role description from a stream, writes JSON by line or a report.

use std::io::{self, BufRead, Write};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::coach::{Finding, Placed, Rule};
use crate::prompts::coach::CoachTools;

/// How the findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One statement a line in, one JSON object a line out.
    JsonLines,
    /// One text in, a report out.
    Report,
}

/// How it went; the exit code follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0: nothing found, or JSON, whatever was found.
    Fine,
    /// Exit code 1: a report with findings.
    Found,
}

#[derive(Serialize)]
struct StatementJson<'a> {
    text: &'a str,
    language_first: bool,
    system_type: &'static str,
    scale_stated: bool,
    team_stated: bool,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    rule: &'static str,
    severity: &'static str,
    quote: &'a str,
    start: usize,
    end: usize,
    why: String,
    suggestion: String,
}

/// Reads `input` to its end and writes to `output`. `file` is the name shown in a report. Bytes that are no UTF-8 are
/// read as the replacement character. Errors are those of the streams.
pub fn coach(
    tools: &CoachTools,
    form: Form,
    file: &str,
    mut input: impl BufRead,
    output: &mut impl Write,
) -> io::Result<Outcome> {
    match form {
        Form::JsonLines => {
            let mut bytes = Vec::new();
            loop {
                bytes.clear();
                if input.read_until(b'\n', &mut bytes)? == 0 {
                    break;
                }
                let line = String::from_utf8_lossy(&bytes);
                write_statement(tools, line.trim_end_matches(['\n', '\r']), output)?;
            }
            output.flush()?;
            Ok(Outcome::Fine)
        }
        Form::Report => {
            let mut bytes = Vec::new();
            input.read_to_end(&mut bytes)?;
            let text = String::from_utf8_lossy(&bytes);
            if text.trim().is_empty() {
                writeln!(output, "{file}: empty, nothing to read")?;
                output.flush()?;
                return Ok(Outcome::Fine);
            }
            let placed = tools.coach.report_of(&text);
            write_report(tools, file, &placed, output)?;
            output.flush()?;
            Ok(if placed.is_empty() { Outcome::Fine } else { Outcome::Found })
        }
    }
}

fn write_statement(tools: &CoachTools, text: &str, output: &mut impl Write) -> io::Result<()> {
    let reading = tools.coach.read(text);
    let findings = tools.coach.findings_in(&reading);
    let statement = StatementJson {
        text,
        language_first: reading.language_first(),
        system_type: reading.system_type().map_or("unclear", |system_type| system_type.key()),
        scale_stated: reading.scale_stated(),
        team_stated: reading.team_stated(),
        findings: findings.iter().map(|finding| json_of(tools, finding)).collect(),
    };
    serde_json::to_writer(&mut *output, &statement)?;
    output.write_all(b"\n")
}

fn json_of<'a>(tools: &CoachTools, finding: &'a Finding) -> FindingJson<'a> {
    FindingJson {
        rule: finding.rule.key(),
        severity: finding.severity.key(),
        quote: &finding.quote,
        start: finding.start,
        end: finding.end,
        why: tools.words.why(finding),
        suggestion: tools.words.suggestion(finding),
    }
}

/// The part of a long line that is shown: the finding with some words around it.
fn write_report(tools: &CoachTools, file: &str, placed: &[Placed], output: &mut impl Write) -> io::Result<()> {
    for Placed { line, text, finding } in placed {
        let column = letters(text.get(..finding.start).unwrap_or("")) + 1;
        let (shown, indent) = window(text, finding.start, finding.end);
        writeln!(
            output,
            "{file}:{line}:{column}: {} [{}, {}]",
            tools.words.title(finding),
            finding.rule.key(),
            finding.severity.key()
        )?;
        writeln!(output, "    {shown}")?;
        writeln!(output, "    {}{}", " ".repeat(indent), "^".repeat(letters(&finding.quote).max(1)))?;
        writeln!(output, "    {}", tools.words.why(finding))?;
        writeln!(output, "    {}", tools.words.suggestion(finding))?;
        if let Some(sentence) = system_first(tools, text, finding) {
            writeln!(output, "    {sentence}")?;
        }
        writeln!(output)?;
    }
    match placed.len() {
        0 => writeln!(output, "{file}: nothing found"),
        1 => writeln!(output, "{file}: 1 finding"),
        many => writeln!(output, "{file}: {many} findings"),
    }
}

/// The line said system first: its own words, with blanks for what it does not say.
fn system_first(tools: &CoachTools, line: &str, finding: &Finding) -> Option<String> {
    if finding.rule != Rule::LanguageFirst {
        return None;
    }
    let rewrite = tools.coach.rewrite_text(line, None)?;
    let sentence = tools.words.rewrite(&rewrite).replace(|c: char| c.is_control(), " ");
    Some(tools.words.instead(&sentence))
}

fn letters(text: &str) -> usize {
    text.graphemes(true).count()
}

/// The line, or of a long one 100 letters that hold the quote, and how far the quote is indented in it.
fn window(text: &str, start: usize, end: usize) -> (String, usize) {
    const WIDTH: usize = 100;
    const BEFORE: usize = 30;
    let clean = |part: &str| part.replace(|c: char| c.is_control(), " ");
    if letters(text) <= WIDTH {
        return (clean(text), letters(text.get(..start).unwrap_or("")));
    }
    let before: Vec<&str> = text.get(..start).unwrap_or("").graphemes(true).collect();
    let lead: String = before.iter().skip(before.len().saturating_sub(BEFORE)).copied().collect();
    let rest: String = text
        .get(start..)
        .unwrap_or("")
        .graphemes(true)
        .take(WIDTH.saturating_sub(BEFORE).max(letters(text.get(start..end).unwrap_or(""))))
        .collect();
    let indent = letters(&lead) + 1;
    (clean(&format!("…{lead}{rest}…")), indent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompts::coach::{CoachFiles, coach_of};

    fn written(form: Form, text: &[u8]) -> (Outcome, String) {
        let tools = coach_of(&CoachFiles::embedded()).unwrap();
        let mut output = Vec::new();
        let outcome = coach(&tools, form, "role.md", text, &mut output).unwrap();
        (outcome, String::from_utf8(output).unwrap())
    }

    #[test]
    fn each_line_gives_one_object_with_byte_offsets() {
        let (outcome, out) =
            written(Form::JsonLines, "héllo: Python dev asap\nstreaming ledger, 40k events/s\n\n".as_bytes());
        assert_eq!(outcome, Outcome::Fine);
        let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0]["language_first"], true);
        let finding = &rows[0]["findings"][0];
        assert_eq!((&finding["rule"], &finding["quote"]), (&"language_first".into(), &"Python".into()));
        let (start, end) = (finding["start"].as_u64().unwrap() as usize, finding["end"].as_u64().unwrap() as usize);
        assert_eq!("héllo: Python dev asap".get(start..end), Some("Python"));
        assert_eq!((&rows[1]["system_type"], &rows[1]["scale_stated"]), (&"event_pipeline".into(), &true.into()));
        assert_eq!(rows[2]["findings"].as_array().unwrap().len(), 0);
    }

    #[test]
    fn a_report_underlines_the_quote_and_asks_for_exit_code_1() {
        let (outcome, out) = written(Form::Report, b"About us\nSenior Java engineer\nLeetCode round on site\n");
        assert_eq!(outcome, Outcome::Found);
        assert!(out.starts_with("role.md:2:8: "), "{out}");
        assert!(out.contains("    Senior Java engineer\n           ^^^^\n"), "{out}");
        assert!(out.contains("role.md:3:1: A test of algorithms [algorithm_test, advice]"), "{out}");
        assert!(out.ends_with("role.md: 2 findings\n"), "{out}");
    }

    #[test]
    fn a_text_without_findings_and_one_that_is_no_utf_8_are_read_to_their_end() {
        assert_eq!(written(Form::Report, b"Ledger for refunds, 300 a day.\n").0, Outcome::Fine);
        assert_eq!(written(Form::JsonLines, b"\xff\xfe Python\n").1.lines().count(), 1);
    }
}
