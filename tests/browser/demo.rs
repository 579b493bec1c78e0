//! The demo as a newcomer runs it: the binary, in a folder of its own, on a free port.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A running demo; ends with this value.
pub struct Demo {
    child: Child,
    /// Where the page is.
    pub url: String,
    _folder: TempDir,
}

impl Demo {
    pub fn start() -> Demo {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_scopebot"))
            .args(["demo", "--listen", "127.0.0.1:0", "--dir", "state"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let url = found(lines, |line| {
            let (_, rest) = line.split_once("http://")?;
            Some(format!("http://{}", rest.split_whitespace().next()?))
        });
        Demo { child, url: url.expect("the demo says where its page is"), _folder: folder }
    }

    /// Whether it runs still.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the first line that has it says. The rest is read in the background: a closed pipe would end the program.
pub fn found(
    mut lines: impl Iterator<Item = String> + Send + 'static,
    wanted: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let found = lines.find_map(|line| wanted(&line));
    std::thread::spawn(move || lines.for_each(drop));
    found
}
