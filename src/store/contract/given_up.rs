//! Rows that were given up.

use super::fixture::*;
use crate::domain::effect::{ChangesAsked, Effect, Note};
use crate::domain::ids::{Revision, Timestamp};
use crate::domain::person::{DirectoryRow, Person, PersonKind, Preference, Reminders};
use crate::domain::scope::{Ending, Scope, Stage};
use crate::store::{Change, GIVEN_UP_KEPT, Lane, NewRow, Outcome, Row, Store};

async fn give_up(store: &dyn Store, row: &Row) {
    write(store, settle(row, "w", Outcome::SetAside)).await;
}

async fn given_up(store: &dyn Store) -> usize {
    store.depth().await.unwrap().given_up
}

/// All that waits is claimed and given up.
async fn give_up_all(store: &dyn Store, second: i64) {
    loop {
        let rows = claim(store, "w", second).await;
        if rows.is_empty() {
            return;
        }
        for row in rows {
            give_up(store, &row).await;
        }
    }
}

pub async fn what_is_given_up_leaves_its_lane_and_comes_back_at_its_head(store: &dyn Store) {
    write(store, of_rows([note(1, 1), note(1, 2), note(2, 1)])).await;
    let rows = claim(store, "w", 1).await;
    write(store, settle(&rows[0], "w", Outcome::InDoubt(at(2)))).await;
    let again = claim(store, "w", 3).await;
    give_up(store, &again[0]).await;
    assert_eq!(given_up(store).await, 1);
    assert_eq!(store.depth().await.unwrap().rows, 2);
    let next = claim(store, "w", 4).await;
    assert_eq!(next[0].effect, note(1, 2).effect, "the lane goes on without it");
    write(store, settle(&next[0], "w", Outcome::Again(at(50)))).await;
    assert_eq!(store.revive(at(60), 10).await.unwrap(), 1);
    assert_eq!((given_up(store).await, store.depth().await.unwrap().rows), (0, 3));
    let head = claim(store, "w", 60).await;
    let back = head.iter().find(|row| row.scope() == &id(1)).expect("its lane has a head");
    assert_eq!((back.id, &back.effect), (rows[0].id, &rows[0].effect));
    assert_eq!((back.attempts, back.created), (1, at(60)), "as if it had just been put in");
    assert_eq!(back.unsettled, Some(at(1)), "what was in doubt still is");
    assert_eq!(store.revive(at(60), 10).await.unwrap(), 0);
}

pub async fn what_is_given_up_is_kept_for_a_while(store: &dyn Store) {
    write(store, of_rows([note(1, 1), note(2, 1)])).await;
    let rows = claim(store, "w", 1).await;
    give_up(store, &rows[0]).await;
    write(store, Change { now: at(9), ..settle(&rows[1], "w", Outcome::SetAside) }).await;
    let end = at(0).checked_add(jiff::SignedDuration::try_from(GIVEN_UP_KEPT).unwrap()).unwrap();
    let before: Timestamp = end.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap();
    assert_eq!(store.sweep(before, 10).await.unwrap(), 0);
    assert_eq!(store.sweep(end, 10).await.unwrap(), 1);
    assert_eq!(given_up(store).await, 1);
    assert_eq!(store.revive(end, 10).await.unwrap(), 1, "what is swept does not come back");
}

pub async fn what_is_given_up_goes_with_its_scope_and_with_who_it_concerns(store: &dyn Store) {
    let asked = ChangesAsked { by: user(5), ticks: Default::default(), comment: None, revision: Revision::FIRST };
    let words = NewRow { effect: Effect::Note(Note::ChangesAsked(asked)), ..note(3, 1) };
    write(store, of_rows([note(1, 1), dm(1, 2), note(2, 1), dm(2, 5), words])).await;
    give_up_all(store, 1).await;
    assert_eq!(given_up(store).await, 5);
    let ended = Scope { stage: Stage::Ended(Ending::Discarded), ..draft(1) };
    write(store, of_scope(ended)).await;
    assert_eq!(given_up(store).await, 3);
    let person = |n| Person { id: user(n), kind: PersonKind::Member, read_at: at(1) };
    let quiet = |n| Preference { id: user(n), reminders: Reminders::Off, read_at: at(1) };
    let known = [5, 6].into_iter().flat_map(|n| [DirectoryRow::Person(person(n)), DirectoryRow::Preference(quiet(n))]);
    write(store, Change { directory: known.collect(), ..change(1) }).await;
    write(store, Change { forgotten: Some(user(5)), ..change(2) }).await;
    assert_eq!(store.person(&home(), &user(5)).await.unwrap(), None);
    assert!(store.person(&home(), &user(6)).await.unwrap().is_some());
    assert_eq!(store.preference(&home(), &user(5)).await.unwrap(), None);
    assert_eq!(store.preference(&home(), &user(6)).await.unwrap(), Some(quiet(6)));
    assert_eq!(given_up(store).await, 1);
    write(store, Change { forgotten: Some(user(5)), ..change(2) }).await;
    store.revive(at(3), 10).await.unwrap();
    let left = claim(store, "w", 3).await;
    assert_eq!(left.iter().map(|row| row.lane.clone()).collect::<Vec<_>>(), [Lane::Channel(id(2))]);
}

pub async fn reviving_is_bounded_and_oldest_first(store: &dyn Store) {
    write(store, of_rows((1..=5).map(|n| note(n, 1)))).await;
    give_up_all(store, 1).await;
    assert_eq!(store.revive(at(2), 2).await.unwrap(), 2);
    let scopes: Vec<_> = claim(store, "w", 2).await.iter().map(|row| row.scope().clone()).collect();
    assert_eq!(scopes, [1, 2].map(id));
    assert_eq!(store.revive(at(2), 9).await.unwrap(), 3);
}

pub async fn a_refresh_that_was_given_up_goes_with_a_later_one(store: &dyn Store) {
    let elsewhere = NewRow { lane: Lane::Channel(id(2)), ..refresh(1) };
    write(store, of_rows([refresh(1), elsewhere, dm(3, 1)])).await;
    give_up_all(store, 1).await;
    write(store, of_rows([refresh(1), dm(3, 1)])).await;
    assert_eq!(given_up(store).await, 2, "of the refreshes the other scope's, and the message, which is no refresh");
    assert_eq!(store.revive(at(2), 9).await.unwrap(), 2);
}
