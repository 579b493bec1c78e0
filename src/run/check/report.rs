//! What a check found: rows, and how they look as a table.

use std::fmt;

/// How one thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Well.
    Fine,
    /// Not, and what to do, one sentence.
    Failed {
        /// What to do.
        remedy: String,
    },
    /// Nobody can tell from here.
    Unknown,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What.
    pub name: &'static str,
    /// How it is.
    pub finding: Finding,
    /// What was seen; never a secret.
    pub seen: String,
}

/// Everything that was looked at, in order. `Display` is the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report(Vec<Row>);

impl Report {
    pub(super) fn fine(&mut self, name: &'static str, seen: impl Into<String>) {
        self.0.push(Row { name, finding: Finding::Fine, seen: seen.into() });
    }
    pub(super) fn failed(&mut self, name: &'static str, seen: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Row { name, finding: Finding::Failed { remedy: remedy.into() }, seen: seen.into() });
    }
    pub(super) fn unknown(&mut self, name: &'static str, seen: impl Into<String>) {
        self.0.push(Row { name, finding: Finding::Unknown, seen: seen.into() });
    }
    /// Every row.
    pub fn rows(&self) -> &[Row] {
        &self.0
    }
    /// How many failed.
    pub fn failures(&self) -> usize {
        self.0.iter().filter(|row| matches!(row.finding, Finding::Failed { .. })).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.0.iter().map(|row| row.name.len()).max().unwrap_or_default();
        for row in &self.0 {
            let word = match row.finding {
                Finding::Fine => "ok",
                Finding::Failed { .. } => "failed",
                Finding::Unknown => "unknown",
            };
            writeln!(f, "{word:<8} {:<width$}  {}", row.name, row.seen)?;
            if let Finding::Failed { remedy } = &row.finding {
                writeln!(f, "{:<8} {:<width$}  -> {remedy}", "", "")?;
            }
        }
        match self.failures() {
            0 => write!(f, "Nothing failed."),
            1 => write!(f, "One thing failed."),
            more => write!(f, "{more} things failed."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_row_for_each_thing_and_a_remedy_below_each_failure() {
        let mut report = Report::default();
        report.fine("bot token", "of T1");
        report.failed("disk", "no space", "Make room.");
        report.unknown("signing secret", "nobody tells");
        let table = "ok       bot token       of T1\n\
                     failed   disk            no space\n\
                     \x20                        -> Make room.\n\
                     unknown  signing secret  nobody tells\n\
                     One thing failed.";
        assert_eq!(report.to_string(), table);
    }
}
