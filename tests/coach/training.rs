//! Makes `prompts/weights.toml` from the labelled rows, and says how well weights carry over to rows they never saw.
//!
//! `cargo run --release --example coach_training -- check` holds out one file of rows at a time and prints what the rules and
//! both together reach on it; `-- write` learns from all rows and writes the weights. The same rows give the same weights.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use scopebot::domain::coach::{Coach, Lexicon, RuleBook, Weighed, Weighing, Weights};
use scopebot::prompts::coach::CoachFiles;
use scopebot::prompts::lexicon::lexicon_of;
use scopebot::prompts::vocabulary::vocabulary_of;
use serde::Deserialize;

#[derive(Deserialize, Clone)]
struct Row {
    text: String,
    language_first: bool,
    system_type: String,
    team_stated: bool,
}

const TYPES: [&str; 6] =
    ["rest_api", "event_pipeline", "batch_processing", "ai_inference", "service_integration", "unclear"];

/// How a question is learned: how strongly weights are held down, and how the rules' answer counts beside them.
struct Way {
    weighed: Weighed,
    held_down: f64,
    rules: f32,
    /// Added to the bias of the last score: below zero it takes more to leave a type unclear.
    lift: f32,
}

const WAYS: [Way; 3] = [
    Way { weighed: Weighed::Lead, held_down: 2.0, rules: 1.5, lift: -0.5 },
    Way { weighed: Weighed::Type, held_down: 1.0, rules: 1.25, lift: -1.0 },
    Way { weighed: Weighed::Team, held_down: 3.3, rules: 2.5, lift: 1.0 },
];

const ROUNDS: usize = 200;
/// Steps that a step is judged by.
const MEMORY: usize = 8;
/// A mark is learned when at least so many rows have it, and kept when a weight of it is at least so heavy.
const SEEN: usize = 2;
const KEPT: f64 = 0.05;

/// One row as numbers of marks, and its answer.
struct Case {
    marks: Vec<u32>,
    answer: usize,
    file: usize,
}

struct Material {
    names: Vec<String>,
    cases: Vec<Case>,
}

fn answer_of(row: &Row, weighed: Weighed) -> usize {
    match weighed {
        Weighed::Lead => usize::from(row.language_first),
        Weighed::Team => usize::from(row.team_stated),
        Weighed::Type => TYPES.iter().position(|name| *name == row.system_type).unwrap_or(5),
    }
}

fn material(coach: &Coach, files: &[(String, Vec<Row>)], weighed: Weighed) -> Material {
    let mut rows = Vec::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (file, (_, found)) in files.iter().enumerate() {
        for row in found {
            let marks = coach.marks_of(&row.text, weighed);
            marks.iter().for_each(|mark| *counts.entry(mark.clone()).or_default() += 1);
            rows.push((marks, answer_of(row, weighed), file));
        }
    }
    let mut names: Vec<String> = counts.into_iter().filter(|(_, count)| *count >= SEEN).map(|(name, _)| name).collect();
    names.sort();
    let index: HashMap<&str, u32> = names.iter().map(String::as_str).zip(0..).collect();
    let cases = rows
        .into_iter()
        .map(|(marks, answer, file)| Case {
            marks: marks.iter().filter_map(|mark| index.get(mark.as_str()).copied()).collect(),
            answer,
            file,
        })
        .collect();
    Material { names, cases }
}

/// What the weights cost on these cases, and how the cost changes with each weight. The last weights are the bias.
fn cost(cases: &[&Case], weights: &[f64], classes: usize, held_down: f64) -> (f64, Vec<f64>) {
    let bias = weights.len() - classes;
    let mut slope: Vec<f64> = weights.iter().map(|weight| weight * held_down).collect();
    let mut sum = weights.iter().take(bias).map(|weight| weight * weight * held_down / 2.0).sum::<f64>();
    slope.iter_mut().skip(bias).for_each(|slope| *slope = 0.0);
    for case in cases {
        let of = |mark: u32, class: usize| mark as usize * classes + class;
        let mut scores: Vec<f64> = (0..classes)
            .map(|class| weights[bias + class] + case.marks.iter().map(|mark| weights[of(*mark, class)]).sum::<f64>())
            .collect();
        if classes == 1 {
            // A yes or no is a choice between the score and zero.
            scores.push(0.0);
        }
        let wanted = if classes == 1 { 1 - case.answer } else { case.answer };
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let whole: f64 = scores.iter().map(|score| (score - top).exp()).sum();
        sum += whole.ln() + top - scores[wanted];
        for class in 0..classes {
            let error = (scores[class] - top).exp() / whole - f64::from(u8::from(class == wanted));
            slope[bias + class] += error;
            case.marks.iter().for_each(|mark| slope[of(*mark, class)] += error);
        }
    }
    (sum, slope)
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The step that the slopes of the last steps suggest (two-loop recursion of L-BFGS).
fn step_down(slope: &[f64], steps: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut way = slope.to_vec();
    let mut shares = Vec::new();
    for (moved, turned) in steps.iter().rev() {
        let share = product(moved, &way) / product(moved, turned);
        way.iter_mut().zip(turned).for_each(|(way, turned)| *way -= share * turned);
        shares.push(share);
    }
    if let Some((moved, turned)) = steps.last() {
        let scale = product(moved, turned) / product(turned, turned);
        way.iter_mut().for_each(|way| *way *= scale);
    }
    for ((moved, turned), share) in steps.iter().zip(shares.iter().rev()) {
        let back = product(turned, &way) / product(moved, turned);
        way.iter_mut().zip(moved).for_each(|(way, moved)| *way += (share - back) * moved);
    }
    way.iter().map(|way| -way).collect()
}

/// Logistic regression over all cases but those of `held_out`, by L-BFGS, in a fixed order.
fn learned(material: &Material, way: &Way, held_out: Option<usize>) -> Weights {
    let classes = way.weighed.scores();
    let cases: Vec<&Case> = material.cases.iter().filter(|case| Some(case.file) != held_out).collect();
    let bias = material.names.len() * classes;
    let mut weights = vec![0.0f64; bias + classes];
    let (mut now, mut slope) = cost(&cases, &weights, classes, way.held_down);
    let mut steps: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..ROUNDS {
        let step = step_down(&slope, &steps);
        let descent = product(&step, &slope);
        let mut size = if steps.is_empty() { 1.0 / product(&slope, &slope).sqrt().max(1.0) } else { 1.0 };
        let (next, after, turn) = loop {
            let next: Vec<f64> = weights.iter().zip(&step).map(|(weight, step)| weight + size * step).collect();
            let (after, turn) = cost(&cases, &next, classes, way.held_down);
            if after <= now + 1e-4 * size * descent || size < 1e-6 {
                break (next, after, turn);
            }
            size /= 2.0;
        };
        let moved: Vec<f64> = next.iter().zip(&weights).map(|(next, weight)| next - weight).collect();
        let turned: Vec<f64> = turn.iter().zip(&slope).map(|(turn, slope)| turn - slope).collect();
        let done = (now - after).abs() < 1e-6 * now;
        (weights, slope, now) = (next, turn, after);
        if product(&moved, &turned) > 1e-12 {
            steps.push((moved, turned));
        }
        if steps.len() > MEMORY {
            steps.remove(0);
        }
        if done {
            break;
        }
    }
    let rounded = |weight: f64| ((weight * 100.0).round() / 100.0) as f32;
    Weights {
        rules: way.rules,
        bias: (0..classes)
            .map(|class| rounded(weights[bias + class]) + if class + 1 == classes { way.lift } else { 0.0 })
            .collect(),
        marks: material
            .names
            .iter()
            .zip(weights.chunks(classes))
            .filter(|(_, points)| points.iter().any(|point| point.abs() >= KEPT))
            .map(|(name, points)| (name.clone(), points.iter().map(|point| rounded(*point)).collect()))
            .collect(),
    }
}

fn coach_with(weights: Vec<(Weighed, Weights)>) -> Coach {
    let files = CoachFiles::embedded();
    let entries = lexicon_of(&files.lexicon).unwrap_or_default();
    let words = vocabulary_of(&files.vocabulary).unwrap_or_default();
    let lexicon = Lexicon::compile(entries, &words).unwrap_or_else(|fault| panic!("{fault}"));
    Coach::new(lexicon, Weighing::of(weights), RuleBook::default())
}

fn said(coach: &Coach, rows: &[Row]) -> String {
    let (mut lead, mut team, mut types) = ([0usize; 3], [0usize; 3], 0);
    for row in rows {
        let reading = coach.read(&row.text);
        let count = |counts: &mut [usize; 3], wanted: bool, found: bool| {
            counts[0] += usize::from(wanted && found);
            counts[1] += usize::from(!wanted && found);
            counts[2] += usize::from(wanted && !found);
        };
        count(&mut lead, row.language_first, reading.language_first());
        count(&mut team, row.team_stated, reading.team_stated());
        types += usize::from(reading.system_type().map_or("unclear", |found| found.key()) == row.system_type);
    }
    let part = |a: usize, b: usize| a as f64 / (a + b).max(1) as f64;
    format!(
        "lead P {:.3} R {:.3} (wrong {}, missed {})   type {:.3}   team F1 {:.3} (wrong {}, missed {})",
        part(lead[0], lead[1]),
        part(lead[0], lead[2]),
        lead[1],
        lead[2],
        types as f64 / rows.len() as f64,
        part(2 * team[0], team[1] + team[2]),
        team[1],
        team[2]
    )
}

fn file_of(all: &[(Weighed, Weights)]) -> String {
    let mut text = String::from(
        "# Made by `cargo run --release --example coach_training -- write`; not for the hand. Points in hundredths.\n",
    );
    let number = |points: &f32| format!("{}", (points * 100.0).round() as i32);
    for (weighed, weights) in all {
        let bias: Vec<String> = weights.bias.iter().map(number).collect();
        let _ = write!(
            text,
            "\n[{}]\nrules = \"{}\"\nbias = \"{}\"\nmarks = '''\n",
            weighed.key(),
            number(&weights.rules),
            bias.join(" ")
        );
        for (name, points) in &weights.marks {
            let points: Vec<String> = points.iter().map(number).collect();
            let _ = writeln!(text, "{name} {}", points.join(" "));
        }
        text.push_str("'''\n");
    }
    text
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root.join("tests/coach"))
        .unwrap_or_else(|fault| panic!("tests/coach: {fault}"))
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // The examples of the definitions stay out: a test holds the coach to them.
            name.ends_with(".jsonl") && (name.starts_with("build") || name.starts_with("own"))
        })
        .collect();
    paths.sort();
    let files: Vec<(String, Vec<Row>)> = paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
            let rows = text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| serde_json::from_str(line).unwrap_or_else(|fault| panic!("{}: {fault}", path.display())));
            (path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(), rows.collect())
        })
        .collect();
    let rules = coach_with(Vec::new());
    let materials: Vec<Material> = WAYS.iter().map(|way| material(&rules, &files, way.weighed)).collect();
    let learned_without = |held_out: Option<usize>| -> Vec<(Weighed, Weights)> {
        WAYS.iter().zip(&materials).map(|(way, material)| (way.weighed, learned(material, way, held_out))).collect()
    };
    match std::env::args().nth(1).as_deref() {
        Some("check") => {
            for (at, (name, rows)) in files.iter().enumerate() {
                let both = coach_with(learned_without(Some(at)));
                println!(
                    "{name} held out, {} rows\n  rules {}\n  both  {}",
                    rows.len(),
                    said(&rules, rows),
                    said(&both, rows)
                );
            }
        }
        Some("write") => {
            let all = learned_without(None);
            for (weighed, weights) in &all {
                println!("{}: {} marks", weighed.key(), weights.marks.len());
            }
            let path = root.join("prompts/weights.toml");
            std::fs::write(&path, file_of(&all)).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        }
        _ => println!("say `check` or `write`"),
    }
}
