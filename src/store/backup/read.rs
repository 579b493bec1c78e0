//! Reading a stream: the head, each row, the end; whatever is wrong is told with its line.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};

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

/// What a line holds.
#[derive(Debug)]
pub enum Item {
    /// The first one.
    Head(Head),
    /// A record.
    Row(Box<KeptRow>),
    /// The end: all of it was there.
    End(End),
}

/// A stream being read, line by line, as the lines come.
#[derive(Debug, Default)]
pub struct Reading {
    line: u64,
    counted: BTreeMap<Kind, u64>,
    over: bool,
}

impl Reading {
    /// The next line, with its end.
    pub fn take(&mut self, line: &str) -> Result<Item, ReadFault> {
        self.line += 1;
        let line_number = self.line;
        let text = text_of(line).map_err(|why| ReadFault::Line { line: line_number, why })?;
        if self.line == 1 {
            return head(text).map(Item::Head);
        }
        if self.over {
            return Err(ReadFault::Nonsense { line: self.line });
        }
        if let Ok(row) = serde_json::from_str::<KeptRow>(text) {
            *self.counted.entry(row.kind).or_default() += 1;
            return Ok(Item::Row(Box::new(row)));
        }
        let end: End = serde_json::from_str(text).map_err(|_| ReadFault::Nonsense { line: self.line })?;
        if end.rows != self.counted {
            return Err(ReadFault::Count);
        }
        self.over = true;
        Ok(Item::End(end))
    }

    /// Called when no line follows: whether the end has come.
    pub fn finish(&self) -> Result<(), ReadFault> {
        if self.over { Ok(()) } else { Err(ReadFault::Cut { line: self.line + 1 }) }
    }
}

fn head(text: &str) -> Result<Head, ReadFault> {
    #[derive(serde::Deserialize)]
    struct Form {
        scopebot_backup: u16,
    }
    let nonsense = |_| ReadFault::Nonsense { line: 1 };
    let form: Form = serde_json::from_str(text).map_err(nonsense)?;
    if form.scopebot_backup > FORMAT {
        return Err(ReadFault::Newer { found: form.scopebot_backup });
    }
    serde_json::from_str(text).map_err(nonsense)
}

/// The rows of a stream in a file, after its head.
#[derive(Debug)]
pub struct Items<R> {
    input: R,
    reading: Reading,
}

impl<R: BufRead> Items<R> {
    /// Reads the head.
    pub fn of(input: R) -> Result<(Head, Self), ReadFault> {
        let mut items = Items { input, reading: Reading::default() };
        match items.next_item()? {
            Some(Item::Head(head)) => Ok((head, items)),
            _ => Err(ReadFault::Cut { line: 1 }),
        }
    }

    /// The number of the line read last, from 1.
    pub fn line(&self) -> u64 {
        self.reading.line
    }

    /// The next row or the end; `None` after the end.
    pub fn next_item(&mut self) -> Result<Option<Item>, ReadFault> {
        let mut line = String::new();
        if Read::take(&mut self.input, LONGEST).read_line(&mut line)? == 0 {
            return self.reading.finish().map(|()| None);
        }
        self.reading.take(&line).map(Some)
    }
}
