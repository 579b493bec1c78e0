//! Rows of the directory: a newer reading replaces an older one.

use std::collections::HashMap;
use std::hash::Hash;

use crate::domain::ids::{Home, Timestamp};
use crate::domain::person::DirectoryRow;

use super::State;

impl State {
    pub(super) fn learn(&mut self, home: &Home, row: DirectoryRow) {
        let home = home.clone();
        match row {
            DirectoryRow::Person(row) => newer(&mut self.people, (home, row.id.clone()), row, |row| row.read_at),
            DirectoryRow::Group(row) => newer(&mut self.groups, (home, row.id.clone()), row, |row| row.read_at),
            DirectoryRow::Channel(row) => newer(&mut self.channels, (home, row.id.clone()), row, |row| row.read_at),
            DirectoryRow::Preference(row) => {
                newer(&mut self.preferences, (home, row.id.clone()), row, |row| row.read_at);
            }
        }
    }
}

fn newer<K: Eq + Hash, R>(rows: &mut HashMap<K, R>, key: K, row: R, read_at: impl Fn(&R) -> Timestamp) {
    if rows.get(&key).is_none_or(|stored| read_at(stored) <= read_at(&row)) {
        rows.insert(key, row);
    }
}
