//! A backup as a folder: written under another name, synced, then named; found again, verified, and thinned out.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{End, Head, Item, Items, Kind, ReadFault};

const ROWS: &str = "rows.jsonl";
const MANIFEST: &str = "manifest.json";
const PREFIX: &str = "scopebot-";
const UNFINISHED: &str = ".unfinished-";

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The head of the stream.
    #[serde(flatten)]
    pub head: Head,
    /// Rows of each kind.
    pub rows: BTreeMap<Kind, u64>,
    /// Length of the rows' file, in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// Why a backup cannot be made or used.
#[derive(Debug, thiserror::Error)]
pub enum FolderFault {
    /// A file or folder.
    #[error("{}: {error}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// In the system's words.
        error: io::Error,
    },
    /// The stream in it.
    #[error("{}: {fault}", path.display())]
    Stream {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: ReadFault,
    },
    /// The manifest says something else than the rows are.
    #[error("{} is damaged: it is not what manifest.json says", path.display())]
    Differs {
        /// The file.
        path: PathBuf,
    },
    /// There is no backup there.
    #[error("{} holds no backup: give the folder that `scopebot backup` made, or the one it lies in", path.display())]
    None {
        /// The folder.
        path: PathBuf,
    },
    /// There is one of that moment already.
    #[error("{} is there already; a backup is never overwritten", path.display())]
    There {
        /// The folder.
        path: PathBuf,
    },
}

fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, FolderFault> {
    result.map_err(|error| FolderFault::Io { path: path.to_owned(), error })
}

/// A backup being written.
#[derive(Debug)]
pub struct Unfinished {
    within: PathBuf,
    place: PathBuf,
    rows: BufWriter<File>,
    sum: Sha256,
    bytes: u64,
}

impl Unfinished {
    /// Begins one in the folder `within`, which is made if need be. What earlier tries left unfinished goes.
    pub fn begin(within: &Path) -> Result<Self, FolderFault> {
        at(within, DirBuilder::new().recursive(true).mode(0o700).create(within))?;
        for entry in at(within, fs::read_dir(within))?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                at(&entry.path(), fs::remove_dir_all(entry.path()))?;
            }
        }
        let place = within.join(format!("{UNFINISHED}{}", std::process::id()));
        at(&place, DirBuilder::new().mode(0o700).create(&place))?;
        let rows = place.join(ROWS);
        let file = at(&rows, OpenOptions::new().write(true).create_new(true).mode(0o600).open(&rows))?;
        Ok(Unfinished { within: within.to_owned(), place, rows: BufWriter::new(file), sum: Sha256::new(), bytes: 0 })
    }

    /// Writes lines of the stream as they come.
    pub fn write(&mut self, lines: &[u8]) -> Result<(), FolderFault> {
        self.sum.update(lines);
        self.bytes += lines.len() as u64;
        at(&self.place, self.rows.write_all(lines))
    }

    /// Verifies what was written, names it by its moment, and says where it lies. On disk when this returns.
    pub fn finish(mut self) -> Result<(PathBuf, Manifest), FolderFault> {
        let rows = self.place.join(ROWS);
        at(&rows, self.rows.flush().and_then(|()| self.rows.get_ref().sync_all()))?;
        let (head, end) = read_through(&rows)?;
        let sha256 = hex::encode(std::mem::take(&mut self.sum).finalize());
        let manifest = Manifest { head, rows: end.rows, bytes: self.bytes, sha256 };
        let name = PREFIX.to_owned() + &manifest.head.taken_at.0.strftime("%Y-%m-%dT%H-%M-%S%.3fZ").to_string();
        let path = self.within.join(name);
        if path.exists() {
            return Err(FolderFault::There { path });
        }
        let file = self.place.join(MANIFEST);
        let text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from);
        at(&file, text.and_then(|text| write_synced(&file, &text)))?;
        at(&self.place, File::open(&self.place).and_then(|dir| dir.sync_all()))?;
        at(&path, fs::rename(&self.place, &path))?;
        at(&self.within, File::open(&self.within).and_then(|dir| dir.sync_all()))?;
        Ok((path, manifest))
    }
}

/// What is not finished is nothing; after [`Unfinished::finish`] it has another name.
impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.place.exists()
            && let Err(error) = fs::remove_dir_all(&self.place)
        {
            tracing::warn!(%error, "an unfinished backup could not be taken away");
        }
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn read_through(rows: &Path) -> Result<(Head, End), FolderFault> {
    let stream = |fault| FolderFault::Stream { path: rows.to_owned(), fault };
    let (head, mut items) = Items::of(BufReader::new(at(rows, File::open(rows))?)).map_err(stream)?;
    let mut ended = None;
    while let Some(item) = items.next_item().map_err(stream)? {
        if let Item::End(end) = item {
            ended = Some(end);
        }
    }
    ended.map(|end| (head, end)).ok_or_else(|| stream(ReadFault::Cut { line: items.line() + 1 }))
}

/// A finished backup.
#[derive(Debug, Clone)]
pub struct Backup {
    /// Its folder.
    pub path: PathBuf,
    /// What is in it.
    pub manifest: Manifest,
}

impl Backup {
    /// The backup at `path`, or the newest in the folder `path`; its rows are read through and compared with its manifest.
    pub fn find(path: &Path) -> Result<Self, FolderFault> {
        let path = if path.join(MANIFEST).exists() {
            path.to_owned()
        } else {
            newest_of(path)?.ok_or_else(|| FolderFault::None { path: path.to_owned() })?
        };
        let file = path.join(MANIFEST);
        let differs = |path: &Path| FolderFault::Differs { path: path.to_owned() };
        let text = at(&file, fs::read(&file))?;
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| differs(&file))?;
        let rows = path.join(ROWS);
        if at(&rows, sum_of(&rows))? != (manifest.bytes, manifest.sha256.clone()) {
            return Err(differs(&rows));
        }
        let (head, end) = read_through(&rows)?;
        if (&head, &end.rows) != (&manifest.head, &manifest.rows) {
            return Err(differs(&rows));
        }
        Ok(Backup { path, manifest })
    }

    /// The stream, from its beginning.
    pub fn rows(&self) -> Result<BufReader<File>, FolderFault> {
        let rows = self.path.join(ROWS);
        at(&rows, File::open(&rows)).map(BufReader::new)
    }
}

fn sum_of(path: &Path) -> io::Result<(u64, String)> {
    let (mut file, mut sum, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hex::encode(sum.finalize())));
        }
        sum.update(buffer.get(..read).unwrap_or_default());
        bytes += read as u64;
    }
}

/// What is named like a backup in a folder, oldest first: the names sort like the moments.
fn named(within: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(within)?
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    Ok(found)
}

/// The backups in a folder, oldest first; not those that belong to somebody else and cannot be looked into.
pub fn finished(within: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(named(within)?.into_iter().filter(|path| path.join(MANIFEST).exists()).collect())
}

/// The newest backup in a folder. One that cannot be looked into is a failure: an older one in its place would lose what
/// came after it, and nobody would notice.
fn newest_of(within: &Path) -> Result<Option<PathBuf>, FolderFault> {
    for path in at(within, named(within))?.into_iter().rev() {
        if at(&path, path.join(MANIFEST).try_exists())? {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// What is in the newest backup of a folder, by its own word; `None` where there is none.
pub fn newest(within: &Path) -> io::Result<Option<Manifest>> {
    match finished(within) {
        Ok(found) => match found.last() {
            Some(path) => Ok(Some(serde_json::from_slice(&fs::read(path.join(MANIFEST))?)?)),
            None => Ok(None),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes away all but the newest `kept`, and says which went.
pub fn thin_out(within: &Path, kept: usize) -> Result<Vec<PathBuf>, FolderFault> {
    let mut found = at(within, finished(within))?;
    found.truncate(found.len().saturating_sub(kept.max(1)));
    for path in &found {
        // Without its manifest it is no backup any more, even if taking the rest away breaks off.
        at(path, fs::remove_file(path.join(MANIFEST)).and_then(|()| fs::remove_dir_all(path)))?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
