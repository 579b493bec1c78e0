//! A whole text read for a report: findings by line.

use super::Coach;
use super::findings::findings_in;
use super::reading::Reading;
use super::rules::Finding;

/// A finding and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The line, from 1.
    pub line: usize,
    /// The line's text.
    pub text: String,
    /// The finding, its offsets counted from the start of that line, its quote cut at the line's end.
    pub finding: Finding,
}

impl Coach {
    /// The findings in one statement outside the form, the most important first, a rule once.
    pub fn findings_in(&self, reading: &Reading) -> Vec<Finding> {
        let mut findings = findings_in(reading, None);
        findings.retain(|finding| self.may_say(finding));
        findings.sort_by_key(|finding| finding.rule);
        findings.dedup_by_key(|finding| finding.rule);
        findings
    }

    /// The findings in a role description or job post, read as one text, in the order of its lines.
    pub fn report_of(&self, text: &str) -> Vec<Placed> {
        let mut placed: Vec<Placed> = self
            .findings_in(&self.read(text))
            .into_iter()
            .map(|mut finding| {
                let before = text.get(..finding.start).unwrap_or("");
                let line_start = before.rfind('\n').map_or(0, |at| at + 1);
                let rest = text.get(line_start..).unwrap_or("");
                let line = rest.split('\n').next().unwrap_or("").trim_end_matches('\r');
                finding.start -= line_start;
                finding.end = (finding.end - line_start).min(line.len());
                finding.quote = line.get(finding.start..finding.end).unwrap_or("").to_owned();
                Placed { line: 1 + before.matches('\n').count(), text: line.to_owned(), finding }
            })
            .collect();
        placed.sort_by_key(|placed| (placed.line, placed.finding.start));
        placed
    }
}
