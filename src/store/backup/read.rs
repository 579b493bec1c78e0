//! Reading a stream: the head, each row, the end; whatever is wrong is told with its line.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use super::{BadLine, End, FORMAT, Head, KeptRow, Kind, text_of};

/// A line longer than this is none of a backup: the longest record has ten rows of 6 KB.
const LONGEST: u64 = 1 << 20;

/// Why a stream cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadFault {
    /// The file.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A line is not as it was written.
    #[error("line {line} is damaged: {why}")]
    Line {
        /// Which, from 1.
        line: u64,
        /// What is wrong.
        why: BadLine,
    },
    /// A line is whole and makes no sense here.
    #[error("line {line} makes no sense here")]
    Nonsense {
        /// Which, from 1.
        line: u64,
    },
    /// It ends before its end.
    #[error("it is cut short: line {line} should follow")]
    Cut {
        /// The line that is missing, from 1.
        line: u64,
    },
    /// It holds other rows than it says.
    #[error("it holds other rows than it says at its end")]
    Count,
    /// A newer program wrote it.
    #[error(
        "it has form {found} and this program knows {FORMAT} at most: use the program that made it, or a newer one"
    )]
    Newer {
        /// Its form.
        found: u16,
    },
}

/// What follows the head.
#[derive(Debug)]
pub enum Item {
    /// A record.
    Row(Box<KeptRow>),
    /// The end: all of it was there.
    End(End),
}

/// A stream being read.
#[derive(Debug)]
pub struct Items<R> {
    input: R,
    line: u64,
    text: String,
    counted: BTreeMap<Kind, u64>,
    over: bool,
}

impl<R: BufRead> Items<R> {
    /// Reads the head.
    pub fn of(input: R) -> Result<(Head, Self), ReadFault> {
        let mut items = Items { input, line: 0, text: String::new(), counted: BTreeMap::new(), over: false };
        #[derive(serde::Deserialize)]
        struct Form {
            scopebot_backup: u16,
        }
        let text = items.next_text()?.ok_or(ReadFault::Cut { line: 1 })?;
        let form: Form = serde_json::from_str(text).map_err(|_| ReadFault::Nonsense { line: 1 })?;
        if form.scopebot_backup > FORMAT {
            return Err(ReadFault::Newer { found: form.scopebot_backup });
        }
        let head = serde_json::from_str(text).map_err(|_| ReadFault::Nonsense { line: 1 })?;
        Ok((head, items))
    }

    /// The number of the line read last, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The next row or the end; `None` after the end.
    pub fn next(&mut self) -> Result<Option<Item>, ReadFault> {
        let over = self.over;
        let Some(text) = self.next_text()? else {
            return if over { Ok(None) } else { Err(ReadFault::Cut { line: self.line + 1 }) };
        };
        let row = serde_json::from_str::<KeptRow>(text);
        let end = serde_json::from_str::<End>(text);
        match (row, end) {
            (Ok(row), _) if !over => {
                *self.counted.entry(row.kind).or_default() += 1;
                Ok(Some(Item::Row(Box::new(row))))
            }
            (_, Ok(end)) if !over => {
                if end.rows != self.counted {
                    return Err(ReadFault::Count);
                }
                self.over = true;
                Ok(Some(Item::End(end)))
            }
            _ => Err(ReadFault::Nonsense { line: self.line }),
        }
    }

    fn next_text(&mut self) -> Result<Option<&str>, ReadFault> {
        self.text.clear();
        let mut bounded = io::Read::take(&mut self.input, LONGEST);
        if bounded.read_line(&mut self.text)? == 0 {
            return Ok(None);
        }
        self.line += 1;
        let line = self.line;
        text_of(&self.text).map(Some).map_err(|why| ReadFault::Line { line, why })
    }
}
