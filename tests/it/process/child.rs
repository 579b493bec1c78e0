//! `scopebot serve` as a child of its own, with an environment of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Longer than anything here takes on a slow machine.
const AT_MOST: Duration = Duration::from_secs(60);

/// A running program. Dropping it kills it.
pub struct Serving {
    child: Child,
    lines: Receiver<String>,
    heard: Vec<String>,
}

/// How it ended.
pub struct Ended {
    pub code: Option<i32>,
    pub said: String,
}

impl Serving {
    /// Starts it in a folder, with these variables and no others.
    pub fn start(folder: &Path, vars: &[(&str, &str)]) -> Serving {
        Serving::of(Command::new(env!("CARGO_BIN_EXE_scopebot")).arg("serve").env_clear(), folder, vars)
    }

    /// Starts it below a shell script that knows it as `$PROGRAM`.
    pub fn below(script: &mut Command, folder: &Path, vars: &[(&str, &str)]) -> Serving {
        Serving::of(script.env_clear().env("PROGRAM", env!("CARGO_BIN_EXE_scopebot")), folder, vars)
    }

    fn of(command: &mut Command, folder: &Path, vars: &[(&str, &str)]) -> Serving {
        let mut child = command
            .current_dir(folder)
            .envs(vars.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = child.stderr.take().unwrap();
        let (tell, lines) = channel();
        std::thread::spawn(move || read(output, |line| tell.send(line).is_ok()));
        Serving { child, lines, heard: Vec::new() }
    }

    /// Waits until it has said this.
    pub fn until_said(&mut self, words: &str) {
        while !self.heard.iter().any(|line| line.contains(words)) {
            match self.lines.recv_timeout(AT_MOST) {
                Ok(line) => self.heard.push(line),
                Err(why) => panic!("it does not say {words:?} ({why}); it said:\n{}", self.heard.join("\n")),
            }
        }
    }

    /// All that it has said so far.
    pub fn heard(&mut self) -> &[String] {
        self.heard.extend(self.lines.try_iter());
        &self.heard
    }

    /// Asks it to end, as a service manager does.
    pub fn asked_to_end(&self) {
        let asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        assert!(asked.success());
    }

    /// Kills it, -9, at this moment; what it had said by then.
    pub fn killed(mut self) -> Vec<String> {
        // Dead already only when it ended by itself, and then its last words are asked for.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let mut heard = std::mem::take(&mut self.heard);
        heard.extend(self.lines.iter());
        heard
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for its end.
    pub fn ended(mut self) -> Ended {
        loop {
            match self.lines.recv_timeout(AT_MOST) {
                Ok(line) => self.heard.push(line),
                // It has closed its output, so it ends or has ended.
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end; it said:\n{}", self.heard.join("\n")),
            }
        }
        let code = self.child.wait().unwrap().code();
        Ended { code, said: self.heard.join("\n") }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Ended already, as a rule.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: impl Read, mut tell: impl FnMut(String) -> bool) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if !tell(line) {
            return;
        }
    }
}
