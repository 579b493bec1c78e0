//! The raw variables: the environment, and beneath it a `.env` file.

use std::collections::BTreeMap;
use std::path::Path;

use super::Problem;

/// Names and values, as the operator wrote them.
#[derive(Clone, Default)]
pub struct Vars(BTreeMap<String, String>);

impl Vars {
    /// The environment of this process over the `.env` file of `folder`, if there is one.
    #[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
    pub fn of_process(folder: &Path) -> Result<Self, Problem> {
        let mut vars = Self::of_file(&folder.join(".env"))?;
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
