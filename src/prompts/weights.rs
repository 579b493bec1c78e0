//! Reads `prompts/weights.toml`: the coach's second opinion, made by `tests/coach/training.rs`.

use toml::Spanned;
use toml::de::DeValue;

use super::fault::Fault;
use super::lexicon::Source;
use crate::domain::coach::{Weighed, Weights};

/// Points stand in hundredths.
const PARTS: f32 = 100.0;

/// The weights of this file, or every fault in it. An empty text has none.
///
/// A table is named for what is weighed: `lead`, `type` or `team`. `rules` and `bias` are texts of whole numbers, `marks` has a line
/// for each mark, its name and its points. All points in hundredths.
pub fn weights_of(file: &str, text: &str) -> Result<Vec<(Weighed, Weights)>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut source = Source { file, text, faults: &mut faults };
    let mut found = Vec::new();
    for (name, value) in source.table().unwrap_or_default() {
        let weighed = Weighed::ALL.into_iter().find(|weighed| weighed.key() == name.get_ref().as_ref());
        let (Some(weighed), Some(table)) = (weighed, value.get_ref().as_table()) else {
            source.fault(name.span().start, format!("`{}` is nothing that is weighed", name.get_ref()));
            continue;
        };
        let mut weights = Weights::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "rules" => {
                    let points = points_in(&mut source, value, 1);
                    weights.rules = points.first().copied().unwrap_or_default();
                }
                "bias" => weights.bias = points_in(&mut source, value, weighed.scores()),
                "marks" => weights.marks = marks_in(&mut source, value, weighed.scores()),
                other => source.fault(key.span().start, format!("`{other}` is not read here")),
            }
        }
        found.push((weighed, weights));
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn points_in(source: &mut Source, value: &Spanned<DeValue<'_>>, wanted: usize) -> Vec<f32> {
    let Some(text) = source.text_of(value, "points") else { return Vec::new() };
    let points: Vec<f32> = text.split_whitespace().filter_map(hundredths).collect();
    if points.len() != wanted {
        source.fault(value.span().start, format!("{wanted} whole numbers are wanted here"));
    }
    points
}

fn marks_in(source: &mut Source, value: &Spanned<DeValue<'_>>, wanted: usize) -> Vec<(String, Vec<f32>)> {
    let Some(text) = source.text_of(value, "a list of marks") else { return Vec::new() };
    let mut marks = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let mut parts = line.rsplitn(wanted + 1, ' ');
        let mut points: Vec<f32> = parts.by_ref().take(wanted).filter_map(hundredths).collect();
        points.reverse();
        match parts.next() {
            Some(name) if points.len() == wanted => marks.push((name.to_owned(), points)),
            _ => source.fault(value.span().start, format!("`{line}` is no mark with {wanted} whole numbers")),
        }
    }
    marks
}

fn hundredths(text: &str) -> Option<f32> {
    text.parse::<i16>().ok().map(|points| f32::from(points) / PARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_with_their_points() {
        let text = "[team]\nrules = \"200\"\nbias = \"-50\"\nmarks = '''\npair:#few builder 130\nword:solo 95\n'''\n";
        let weights = weights_of("weights.toml", text).unwrap();
        let team = Weights {
            rules: 2.0,
            bias: vec![-0.5],
            marks: vec![("pair:#few builder".into(), vec![1.3]), ("word:solo".into(), vec![0.95])],
        };
        assert_eq!(weights, [(Weighed::Team, team)]);
    }

    #[test]
    fn what_is_no_weight_is_a_fault() {
        let faults =
            weights_of("weights.toml", "[team]\nbias = \"1 2\"\nmarks = '''\nx\n'''\n[weather]\n").unwrap_err();
        assert_eq!(faults.len(), 3, "{faults:?}");
    }
}
