//! Two more opinions on every view and message of the snapshots: Slack's own Python models (slack_sdk, PyPI), and the
//! rules of the simulated workspace, which were read from other sources than the bot's limits.
//!
//! The models are installed into a virtual environment below `target/`. Where there is no Python or no registry, the
//! test says so and checks nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every snapshot of the Slack room.
fn snapshots_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            snapshots_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "snap") {
            found.push(path);
        }
    }
}

/// What a command says when it fails.
fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A Python that has slack_sdk, or why there is none.
fn python_with_models() -> Result<PathBuf, String> {
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("blockkit-venv");
    let python = venv.join("bin/python");
    let run = |command: &mut Command| match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(said(&output)),
        Err(error) => Err(error.to_string()),
    };
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    }
    let wanted = root().join("tests/blockkit/requirements.txt");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    // Already there: nothing is fetched.
    run(Command::new(&python).args(pip).arg(wanted))?;
    Ok(python)
}

fn check(python: &Path, snapshots: &[PathBuf]) -> Output {
    Command::new(python).arg(root().join("tests/blockkit/check.py")).args(snapshots).output().unwrap()
}

#[test]
fn every_view_and_message_passes_slacks_own_models() {
    let python = match python_with_models() {
        Ok(python) => python,
        Err(why) => {
            eprintln!("NOT CHECKED: slack_sdk could not be installed, so no view was read by Slack's models.\n{why}");
            return;
        }
    };
    let mut snapshots = Vec::new();
    snapshots_below(&root().join("src/slack"), &mut snapshots);
    snapshots.sort();
    assert!(snapshots.len() >= 10, "the snapshots have moved");
    let output = check(&python, &snapshots);
    assert!(output.status.success(), "{}", said(&output));

    // The check itself can fail: each of these is something that Slack refuses.
    let first = std::fs::read_to_string(snapshots.iter().find(|path| path.ends_with(FORM)).unwrap()).unwrap();
    for (good, bad) in [
        (r#""max_length": 300"#, r#""max_lenght": 300"#),
        (r#""type": "radio_buttons""#, r#""type": "radio_button""#),
        (r#""text": "Review""#, r#""text": "Review, which is the page after this one""#),
        (
            r#""text": "Under 1 second""#,
            concat!(
                r#""text": "Under 1 second and a good deal longer than the seventy-five"#,
                r#" characters that there are""#
            ),
        ),
    ] {
        assert!(first.contains(good), "{good}");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("spoilt.snap");
        std::fs::write(&file, first.replacen(good, bad, 1)).unwrap();
        let output = check(&python, &[file]);
        assert!(!output.status.success(), "{bad} passed: {}", said(&output));
    }
}

/// The JSON of a snapshot.
#[cfg(feature = "simulator")]
fn body_of(path: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(text.splitn(3, "---\n").nth(2).unwrap()).unwrap()
}

#[cfg(feature = "simulator")]
#[test]
fn every_view_and_message_passes_the_rules_of_the_simulated_workspace() {
    use scopebot::simulator::rules::{Surface, message_fault, refusal_of_view};
    let mut snapshots = Vec::new();
    snapshots_below(&root().join("src/slack"), &mut snapshots);
    for path in snapshots {
        let body = body_of(&path);
        let fault = match body["type"].as_str() {
            Some("modal") => refusal_of_view(&body, Surface::Modal).map(|refusal| format!("{refusal:?}")),
            Some("home") => refusal_of_view(&body, Surface::Home).map(|refusal| format!("{refusal:?}")),
            _ => message_fault(&body).map(|fault| format!("{fault:?}")),
        };
        assert_eq!(fault, None, "{}", path.display());
    }
}

/// The snapshot that is spoilt on purpose.
const FORM: &str = "scopebot__slack__screens__tests__form_empty.snap";
