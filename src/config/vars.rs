//! The raw variables: the environment, beneath it files of credentials, and beneath those a `.env` file.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use super::Problem;

/// What may lie in a directory of credentials.
const SECRETS: &[&str] = &["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"];

/// Names and values, as the operator wrote them.
#[derive(Clone, Default)]
pub struct Vars(BTreeMap<String, String>);

impl Vars {
    /// The environment of this process, over the secrets in the directory that `CREDENTIALS_DIRECTORY` names (systemd's
    /// way, <https://systemd.io/CREDENTIALS>; a mounted secret of a container does as well), over the `.env` file of
    /// `folder`; each if there is one.
    #[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
    pub fn of_process(folder: &Path) -> Result<Self, Problem> {
        let mut vars = Self::of_file(&folder.join(".env"))?;
        if let Some(dir) = std::env::var_os("CREDENTIALS_DIRECTORY") {
            vars.0.extend(Self::of_credentials(Path::new(&dir))?.0);
        }
        vars.0.extend(std::env::vars_os().filter_map(|(name, value)| {
            // A name or value that is no text cannot be one of ours.
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }));
        Ok(vars)
    }

    /// A `.env` file; empty when there is none.
    pub fn of_file(file: &Path) -> Result<Self, Problem> {
        let problem = |why: String| Problem {
            variable: file.display().to_string(),
            problem: format!("The file cannot be read: {why}."),
            remedy: "Write one NAME=value a line.".to_owned(),
        };
        if !file.exists() {
            return Ok(Vars::default());
        }
        let lines = dotenvy::from_path_iter(file).map_err(|error| problem(reason(&error)))?;
        let vars: Result<BTreeMap<_, _>, _> = lines.collect();
        Ok(Vars(vars.map_err(|error| problem(reason(&error)))?))
    }

    /// The secrets of a directory: a file for each, named like its variable. Other files are not read.
    pub fn of_credentials(dir: &Path) -> Result<Self, Problem> {
        let mut found = BTreeMap::new();
        for name in SECRETS {
            let file = dir.join(name);
            match std::fs::read_to_string(&file) {
                Ok(value) => drop(found.insert((*name).to_owned(), value)),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(Problem {
                        variable: (*name).to_owned(),
                        problem: format!("The file {} cannot be read: {error}.", file.display()),
                        remedy: "Give it to the user who runs the bot.".to_owned(),
                    });
                }
            }
        }
        Ok(Vars(found))
    }

    /// These variables alone.
    pub fn of<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        Vars(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// What is set and not blank, without white space at both ends.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// Every name that is set.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Why, without the line itself: it may hold a secret.
fn reason(error: &dotenvy::Error) -> String {
    match error {
        dotenvy::Error::LineParse(_, at) => format!("a line is not NAME=value (near its character {at})"),
        dotenvy::Error::Io(error) => error.to_string(),
        _ => "it is not a list of NAME=value".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_of_credentials_holds_a_file_for_each_secret_and_nothing_else_is_read() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("SLACK_BOT_TOKEN"), "xoxb-1234567890\n").unwrap();
        std::fs::write(dir.path().join("SCOPEBOT_QUORUM"), "3").unwrap();
        let vars = Vars::of_credentials(dir.path()).unwrap();
        assert_eq!(vars.value("SLACK_BOT_TOKEN"), Some("xoxb-1234567890"));
        assert_eq!(vars.names().count(), 1);
        std::fs::create_dir(dir.path().join("SLACK_APP_TOKEN")).unwrap();
        let problem = Vars::of_credentials(dir.path()).err().unwrap().to_string();
        assert!(problem.starts_with("SLACK_APP_TOKEN: ") && !problem.contains("xoxb"), "{problem}");
    }
}
