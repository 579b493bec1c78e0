//! Lanes, leases, doubt and absorption.

use std::time::Duration;

use futures_util::future::join_all;

use super::fixture::*;
use crate::domain::effect::Effect;
use crate::domain::posting::Piece;
use crate::store::{Change, Committed, Lane, NewRow, Outcome, Row, RowId, Store};

fn ids(rows: &[Row]) -> Vec<RowId> {
    rows.iter().map(|row| row.id).collect()
}

/// What waits, oldest first, found by doing it all.
async fn all_effects(store: &dyn Store, second: i64) -> Vec<(Lane, Effect)> {
    let mut done = Vec::new();
    loop {
        let rows = claim(store, "last", second).await;
        if rows.is_empty() {
            return done;
        }
        for row in rows {
            write(store, settle(&row, "last", Outcome::Over)).await;
            done.push((row.lane, row.effect));
        }
    }
}

pub async fn a_claim_gives_the_oldest_row_of_each_lane(store: &dyn Store) {
    write(store, of_rows([note(1, 1), note(1, 2), dm(1, 7), note(2, 1)])).await;
    let rows = claim(store, "w", 1).await;
    let effects: Vec<_> = rows.iter().map(|row| row.effect.clone()).collect();
    assert_eq!(effects, [note(1, 1), dm(1, 7), note(2, 1)].map(|row| row.effect));
    let first = &rows[0];
    assert_eq!((first.attempts, first.unsettled, first.created), (1, None, at(0)));
    assert_eq!((&first.home, first.scope()), (&home(), &id(1)));
    assert!(claim(store, "w", 2).await.is_empty(), "each lane waits for its head");
    write(store, settle(&rows[0], "w", Outcome::Over)).await;
    let next = claim(store, "w", 3).await;
    assert_eq!(next.iter().map(|row| row.effect.clone()).collect::<Vec<_>>(), [note(1, 2).effect]);
    let bounded = of_rows([note(3, 1), note(4, 1), note(5, 1)]);
    write(store, bounded).await;
    let two = store.claim(&worker("w"), at(4), Duration::from_secs(60), 2).await.unwrap();
    assert_eq!(two.iter().map(|row| row.scope().clone()).collect::<Vec<_>>(), [3, 4].map(id));
}

pub async fn a_row_is_claimed_when_it_is_due(store: &dyn Store) {
    let later = |row: NewRow, second| NewRow { not_before: at(second), ..row };
    write(store, of_rows([later(note(1, 1), 30), note(1, 2), later(note(2, 1), 20), later(note(3, 1), 10)])).await;
    assert!(claim(store, "w", 9).await.is_empty(), "a head that waits holds its lane");
    assert_eq!(store.next_claim().await.unwrap(), Some(at(10)));
    let rows = claim(store, "w", 25).await;
    assert_eq!(rows.iter().map(|row| row.scope().clone()).collect::<Vec<_>>(), [3, 2].map(id), "longest due first");
    assert_eq!(claim(store, "w", 30).await.len(), 1);
}

pub async fn two_workers_never_hold_the_same_row(store: &dyn Store) {
    write(store, of_rows((0..40).map(|n| note(n, 1)))).await;
    let claims = (0..20u32).map(|n| {
        let worker = worker(if n % 2 == 0 { "a" } else { "b" });
        async move { store.claim(&worker, at(1), Duration::from_secs(60), 3).await.unwrap() }
    });
    let mut held: Vec<RowId> = join_all(claims).await.iter().flat_map(|rows| ids(rows)).collect();
    assert_eq!(held.len(), 40);
    held.sort();
    held.dedup();
    assert_eq!(held.len(), 40, "each row is held once");
}

pub async fn only_the_holder_or_a_trace_settles(store: &dyn Store) {
    write(store, of_rows([note(1, 1), note(2, 1)])).await;
    let waiting = settle_by(RowId(1), Some(worker("w")), Outcome::Over);
    assert_eq!(store.commit(waiting).await.unwrap(), Committed::NotHeld, "nobody holds it yet");
    let rows = claim(store, "w", 1).await;
    assert_eq!(store.commit(settle(&rows[0], "x", Outcome::Over)).await.unwrap(), Committed::NotHeld);
    let elsewhere = Change { home: other_home(), ..settle(&rows[0], "w", Outcome::Over) };
    assert_eq!(store.commit(elsewhere).await.unwrap(), Committed::NotHeld);
    write(store, settle(&rows[0], "w", Outcome::Over)).await;
    assert_eq!(store.commit(settle(&rows[0], "w", Outcome::Over)).await.unwrap(), Committed::NotHeld, "once");
    write(store, settle_by(rows[1].id, None, Outcome::Over)).await;
    assert_eq!(store.commit(settle(&rows[1], "w", Outcome::Over)).await.unwrap(), Committed::NotHeld);
    assert_eq!(store.depth().await.unwrap().rows, 0);
    // A trace may also find a row that nobody holds.
    write(store, of_rows([note(3, 1)])).await;
    let row = claim(store, "w", 2).await.remove(0);
    write(store, settle(&row, "w", Outcome::InDoubt(at(90)))).await;
    write(store, settle_by(row.id, None, Outcome::Over)).await;
    assert_eq!(store.depth().await.unwrap().rows, 0);
}

pub async fn a_lease_that_ran_out_is_lost_to_the_next_claim(store: &dyn Store) {
    write(store, of_rows([note(1, 1), note(2, 1)])).await;
    let rows = claim(store, "a", 1).await;
    assert!(claim(store, "b", 60).await.is_empty());
    assert_eq!(store.next_claim().await.unwrap(), Some(at(61)));
    // Its holder comes late, but before anybody else: what it knows counts.
    write(store, Change { now: at(70), ..settle(&rows[0], "a", Outcome::Over) }).await;
    let again = claim(store, "b", 70).await;
    assert_eq!(ids(&again), [rows[1].id]);
    assert_eq!((again[0].attempts, again[0].unsettled), (2, Some(at(1))));
    assert_eq!(store.commit(settle(&rows[1], "a", Outcome::Over)).await.unwrap(), Committed::NotHeld);
    write(store, settle(&again[0], "b", Outcome::Over)).await;
}

pub async fn a_sure_failure_leaves_no_doubt_of_its_own(store: &dyn Store) {
    write(store, of_rows([note(1, 1)])).await;
    let row = claim(store, "w", 1).await.remove(0);
    write(store, settle(&row, "w", Outcome::Again(at(10)))).await;
    assert!(claim(store, "w", 9).await.is_empty());
    let row = claim(store, "w", 10).await.remove(0);
    assert_eq!((row.attempts, row.unsettled), (2, None));
}

pub async fn a_doubt_stays_until_the_row_is_over(store: &dyn Store) {
    write(store, of_rows([note(1, 1), note(1, 2)])).await;
    let row = claim(store, "w", 1).await.remove(0);
    write(store, settle(&row, "w", Outcome::InDoubt(at(60)))).await;
    assert!(claim(store, "w", 59).await.is_empty(), "the lane waits for the trace");
    let row = claim(store, "w", 60).await.remove(0);
    assert_eq!((row.attempts, row.unsettled), (2, Some(at(1))));
    write(store, settle(&row, "w", Outcome::Again(at(61)))).await;
    let row = claim(store, "w", 61).await.remove(0);
    assert_eq!((row.attempts, row.unsettled), (3, Some(at(1))), "the first send may still have arrived");
    write(store, settle(&row, "w", Outcome::Over)).await;
    assert_eq!(claim(store, "w", 62).await.remove(0).unsettled, None);
}

pub async fn a_waiting_refresh_absorbs_a_later_one(store: &dyn Store) {
    let late = NewRow { not_before: at(50), ..refresh(1) };
    write(store, of_rows([refresh(1), note(1, 1), refresh(1)])).await;
    write(store, of_rows([late, note(1, 1)])).await;
    let depth = store.depth().await.unwrap();
    assert_eq!(depth.rows, 3, "notes are never merged");
    assert_eq!(store.next_claim().await.unwrap(), Some(at(0)));
    let effects: Vec<_> = all_effects(store, 1).await.into_iter().map(|(_, effect)| effect).collect();
    assert_eq!(effects, [refresh(1), note(1, 1), note(1, 1)].map(|row| row.effect));
    // One that surely failed waits again, and absorbs again, at its own time.
    write(store, of_rows([refresh(1)])).await;
    let row = claim(store, "w", 1).await.remove(0);
    write(store, settle(&row, "w", Outcome::Again(at(80)))).await;
    write(store, of_rows([refresh(1)])).await;
    assert_eq!(store.depth().await.unwrap().rows, 1);
    assert_eq!(store.next_claim().await.unwrap(), Some(at(80)));
}

pub async fn a_waiting_question_absorbs_a_later_one_and_holds_up_nobody(store: &dyn Store) {
    let learn = |scope: u32, who: u32| NewRow {
        lane: Lane::Learning(id(scope), user(who)),
        effect: Effect::Learn(user(who)),
        not_before: at(0),
    };
    write(store, of_rows([learn(1, 7), learn(1, 7), learn(1, 8), learn(2, 7), dm(1, 7)])).await;
    assert_eq!(store.depth().await.unwrap().rows, 4);
    let rows = claim(store, "w", 1).await;
    assert_eq!(rows.len(), 4, "the message to the person does not wait for the question");
    let asked = rows.iter().find(|row| row.lane == learn(1, 7).lane).unwrap();
    write(store, of_rows([learn(1, 7)])).await;
    assert_eq!(store.depth().await.unwrap().rows, 5, "one that is being asked absorbs nothing");
    write(store, settle(asked, "w", Outcome::Over)).await;
    assert_eq!(claim(store, "w", 2).await.remove(0).lane, learn(1, 7).lane);
}

pub async fn a_refresh_that_may_have_been_sent_absorbs_nothing(store: &dyn Store) {
    write(store, of_rows([refresh(1)])).await;
    let row = claim(store, "w", 1).await.remove(0);
    write(store, of_rows([refresh(1), refresh(1)])).await;
    assert_eq!(store.depth().await.unwrap().rows, 2, "a claimed one absorbs nothing, the next one does");
    write(store, settle(&row, "w", Outcome::Over)).await;
    let row = claim(store, "w", 2).await.remove(0);
    write(store, settle(&row, "w", Outcome::InDoubt(at(60)))).await;
    write(store, of_rows([refresh(1)])).await;
    assert_eq!(store.depth().await.unwrap().rows, 2, "nor does one in doubt");
    // The change that settles a row still meets it as claimed.
    let row = claim(store, "w", 61).await.remove(0);
    write(store, settle(&row, "w", Outcome::Over)).await;
    let row = claim(store, "w", 62).await.remove(0);
    write(store, Change { outbox: vec![refresh(1)], ..settle(&row, "w", Outcome::Again(at(70))) }).await;
    assert_eq!(store.depth().await.unwrap().rows, 2);
}

pub async fn absorption_keeps_to_its_lane_piece_and_home(store: &dyn Store) {
    let kit = NewRow { effect: Effect::Refresh(Piece::Kit), ..refresh(1) };
    write(store, of_rows([refresh(1), kit.clone(), refresh(2), kit])).await;
    write(store, Change { outbox: vec![refresh(1)], ..Change::new(other_home(), at(0)) }).await;
    assert_eq!(store.depth().await.unwrap().rows, 4);
}

pub async fn the_outbox_says_when_and_how_much(store: &dyn Store) {
    assert_eq!(store.depth().await.unwrap(), Default::default());
    let soon = NewRow { not_before: at(40), ..note(1, 1) };
    write(store, Change { now: at(5), ..of_rows([soon]) }).await;
    write(store, Change { now: at(6), ..of_rows([note(1, 2)]) }).await;
    assert_eq!(store.next_claim().await.unwrap(), Some(at(40)), "what stands behind a head does not count");
    let depth = store.depth().await.unwrap();
    assert_eq!((depth.rows, depth.oldest), (2, Some(at(5))));
    let row = claim(store, "w", 40).await.remove(0);
    assert_eq!(store.next_claim().await.unwrap(), Some(at(100)), "the end of the lease");
    write(store, settle(&row, "w", Outcome::Over)).await;
    assert_eq!(store.next_claim().await.unwrap(), Some(at(0)));
    assert_eq!(store.depth().await.unwrap().oldest, Some(at(6)));
}

pub async fn row_numbers_grow_and_are_not_used_twice(store: &dyn Store) {
    let mut last = RowId(0);
    for n in 0..5 {
        write(store, of_rows([note(n, 1)])).await;
        let row = claim(store, "w", 1).await.remove(0);
        assert!(row.id > last);
        last = row.id;
        write(store, settle(&row, "w", Outcome::Over)).await;
    }
}
