//! `scopebot coach` as a user runs it: the binary itself, its output and its exit codes.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn coach(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_scopebot"))
        .arg("coach")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // A command that stops before its input ends closes the pipe.
    let _ = writer.join();
    output
}

fn told(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap())
}

/// Bytes of every value, lines of every length, the same on each run.
fn garbage(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()[1]
        })
        .collect()
}

#[test]
fn json_lines_give_one_object_a_line_and_exit_code_0() {
    let (code, out) = told(&coach(&["--json"], b"Senior Python dev asap\nstreaming ledger, 40k events/s\n\n"));
    assert_eq!(code, Some(0));
    let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["language_first"], true);
    assert_eq!(rows[0]["findings"][0]["rule"], "language_first");
    assert_eq!((&rows[1]["language_first"], &rows[1]["system_type"]), (&false.into(), &"event_pipeline".into()));
    assert_eq!(rows[2]["text"], "");
}

#[test]
fn a_role_description_gets_a_report_with_the_place_and_exit_code_1() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("role.md");
    std::fs::write(&path, "# Backend\n\nSenior Java engineer, great coffee\n\nThere is a LeetCode round.\n").unwrap();
    let name = path.display().to_string();
    let (code, out) = told(&coach(&[&name], b""));
    assert_eq!(code, Some(1));
    assert!(out.contains(&format!("{name}:3:8: ")), "{out}");
    let lines: Vec<&str> = out.lines().collect();
    let shown = lines.iter().position(|line| line.ends_with("Senior Java engineer, great coffee")).unwrap();
    let from = lines[shown].find("Java").unwrap();
    assert_eq!(lines[shown + 1], format!("{}^^^^", " ".repeat(from)), "{out}");
    assert!(out.contains("\n    System first: [what is built] that takes in [what flows through it] for"), "{out}");
    assert!(out.contains("[algorithm_test, advice]"), "{out}");
    assert!(out.ends_with(&format!("{name}: 2 findings\n")), "{out}");
}

#[test]
fn a_text_that_leads_with_its_system_is_fine() {
    let (code, out) = told(&coach(&[], b"Nightly settlement of fuel cards, 40,000 rows, done by 5 am. We use Java.\n"));
    assert_eq!((code, out.as_str()), (Some(0), "standard input: nothing found\n"));
}

#[test]
fn an_empty_input_is_said_to_be_empty() {
    assert_eq!(told(&coach(&["--json"], b"")), (Some(0), String::new()));
    assert_eq!(told(&coach(&[], b" \n")), (Some(0), "standard input: empty, nothing to read\n".to_owned()));
}

#[test]
fn garbage_of_64_kib_is_read_to_its_end() {
    let bytes = garbage(64 * 1024);
    let lines = bytes.split(|byte| *byte == b'\n').count();
    let (code, out) = told(&coach(&["--json"], &bytes));
    assert_eq!(code, Some(0));
    let parsed: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(parsed.len(), lines - usize::from(bytes.ends_with(b"\n")));
    let (code, out) = told(&coach(&[], &bytes));
    assert!(matches!(code, Some(0 | 1)));
    // Nothing of it may steer a terminal.
    assert!(out.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let output = coach(&["/nowhere/role.md"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("/nowhere/role.md"));
}
