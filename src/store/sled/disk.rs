//! Where a commit becomes certain. sled's `flush` writes but does not fsync (0.34.7), so the file is synced through a
//! second handle; the number of the commit is then synced in a file of its own beside the store, so that a store that
//! comes back older than it was is known for it.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use sled::Db;

use crate::store::StoreError;

use super::driver;
use super::noting::Note;

/// The two syncs of a commit; tests put one in its place that fails.
pub trait Disk: Send {
    /// What was applied is on disk when this returns.
    fn sync(&mut self, db: &Db) -> Result<(), StoreError>;
    /// What notes the number of the last commit that is on disk; called from a thread of its own.
    fn note(&self) -> io::Result<Note>;
}

/// The disk itself.
#[derive(Debug)]
pub struct RealDisk {
    /// sled's own file, opened once more.
    pub file: File,
    /// The number beside it.
    pub beside: Beside,
}

impl Disk for RealDisk {
    fn sync(&mut self, db: &Db) -> Result<(), StoreError> {
        db.flush().map_err(|error| driver("flush", &error))?;
        self.file.sync_data().map_err(|error| driver("sync", &error))
    }
    fn note(&self) -> io::Result<Note> {
        let beside = Beside(self.beside.0.try_clone()?);
        Ok(Box::new(move |commits| beside.write(commits).map_err(|error| driver("sync the commit counter", &error))))
    }
}

/// The file that holds the number of the last commit, in two places in turn: a write that is cut leaves the other.
#[derive(Debug)]
pub struct Beside(File);

/// Far enough apart to lie in different blocks.
const PLACES: [u64; 2] = [0, 4096];
const SIZE: u64 = 8192;

impl Beside {
    /// Opens or makes the file; the number in it, `None` when it holds none.
    pub fn open(path: &Path) -> io::Result<(Self, Option<u64>)> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        if file.metadata()?.len() < SIZE {
            file.set_len(SIZE)?;
        }
        let beside = Beside(file);
        let found = PLACES.into_iter().filter_map(|place| beside.read(place)).max();
        Ok((beside, found))
    }
    /// Replaces the number; on disk when this returns.
    pub fn write(&self, commits: u64) -> io::Result<()> {
        let place = if commits.is_multiple_of(2) { PLACES[0] } else { PLACES[1] };
        let number = commits.to_be_bytes();
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(&number);
        bytes[8..].copy_from_slice(&crc32c::crc32c(&number).to_be_bytes());
        self.0.write_all_at(&bytes, place)?;
        self.0.sync_data()
    }
    /// Writes a number in both places: what stood there before is no longer held against the store.
    pub fn reset(&self, commits: u64) -> io::Result<()> {
        self.write(commits.wrapping_add(1))?;
        self.write(commits)?;
        self.0.write_all_at(&[0; 12], if commits.is_multiple_of(2) { PLACES[1] } else { PLACES[0] })?;
        self.0.sync_all()
    }
    fn read(&self, place: u64) -> Option<u64> {
        let mut bytes = [0; 12];
        self.0.read_exact_at(&mut bytes, place).ok()?;
        let (number, check) = bytes.split_first_chunk::<8>()?;
        (check == crc32c::crc32c(number).to_be_bytes()).then_some(u64::from_be_bytes(*number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_survives_a_cut_write_of_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("last-commit");
        let (beside, found) = Beside::open(&path).unwrap();
        assert_eq!(found, None);
        beside.write(7).unwrap();
        beside.write(8).unwrap();
        beside.0.write_all_at(&[1, 2, 3], PLACES[1]).unwrap();
        assert_eq!(Beside::open(&path).unwrap().1, Some(8));
        beside.write(9).unwrap();
        assert_eq!(Beside::open(&path).unwrap().1, Some(9));
        beside.reset(3).unwrap();
        assert_eq!(Beside::open(&path).unwrap().1, Some(3));
    }
}
