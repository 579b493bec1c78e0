//! One change is one write, and the races it can lose.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use super::fixture::*;
use crate::domain::audit::Deed;
use crate::domain::ids::{GroupId, UserId, Version};
use crate::domain::person::{DirectoryRow, Group, Person, PersonKind};
use crate::domain::posting::Slot;
use crate::domain::scope::{DueKind, Ending, Stage};
use crate::store::{Change, Committed, Outcome, Shelf, Store, StoreError};

pub async fn what_is_written_is_read_back_whole(store: &dyn Store) {
    let mut scope = posted(draft(1), shown_at(1));
    scope.due.insert(DueKind::Reminder, at(50));
    assert_eq!(write(store, of_scope(scope.clone())).await, Version(1));
    scope.version = Version(1);
    assert_eq!(read(store, 1).await, scope);
    scope.stage = Stage::Ended(Ending::Expired);
    assert_eq!(write(store, of_scope(scope.clone())).await, Version(2));
    scope.version = Version(2);
    assert_eq!(read(store, 1).await, scope);
}

pub async fn what_is_not_there_is_none(store: &dyn Store) {
    write(store, of_scope(draft(1))).await;
    assert_eq!(store.scope(&home(), &id(2)).await.unwrap(), None);
    assert_eq!(store.scope(&other_home(), &id(1)).await.unwrap(), None);
    assert_eq!(store.scope_at(&home(), &place(1)).await.unwrap(), None);
    assert_eq!(store.person(&home(), &user(1)).await.unwrap(), None);
    assert_eq!(store.group(&home(), &GroupId::parse("S1").unwrap()).await.unwrap(), None);
    assert_eq!(store.channel(&home(), &channel(1)).await.unwrap(), None);
    assert!(store.strays(&home(), &place(1)).await.unwrap().is_empty());
    assert!(store.audit(&home(), &id(1), 10).await.unwrap().is_empty());
    assert!(!store.seen(&home(), &seen("Ev1")).await.unwrap());
    assert_eq!(store.next_due(&home()).await.unwrap(), None);
    assert_eq!(store.next_claim().await.unwrap(), None);
    assert_eq!(claim(store, "w", 10).await, Vec::new());
    assert_eq!(store.sweep(at(1_000_000), 10).await.unwrap(), 0);
}

fn everything(n: u32) -> Change {
    let mut scope = posted(draft(n), shown_at(n));
    scope.due.insert(DueKind::Expiry, at(7));
    Change {
        outbox: vec![refresh(n), dm(n, 3)],
        audit: vec![audit(1, Deed::Posted)],
        directory: vec![DirectoryRow::Person(Person { id: user(n), kind: PersonKind::Guest, read_at: at(1) })],
        stray: Some(stray(90 + n, 4)),
        seen: Some(seen(&format!("Ev{n}"))),
        ..of_scope(scope)
    }
}

async fn assert_nothing_of(store: &dyn Store, n: u32) {
    assert_eq!(store.scope_at(&home(), &place(n)).await.unwrap(), None);
    assert!(store.shelf(&home(), &user(1), Shelf::Posted, None, 10).await.unwrap().iter().all(|one| one.id != id(n)));
    assert!(store.audit(&home(), &id(n), 10).await.unwrap().is_empty());
    assert_eq!(store.person(&home(), &user(n)).await.unwrap(), None);
    assert!(store.strays(&home(), &place(90 + n)).await.unwrap().is_empty());
    assert!(!store.seen(&home(), &seen(&format!("Ev{n}"))).await.unwrap());
    assert!(store.due(&home(), at(100), 10).await.unwrap().iter().all(|due| due.scope != id(n)));
    assert_eq!(store.depth().await.unwrap().rows, 0);
}

pub async fn a_change_is_written_whole(store: &dyn Store) {
    write(store, everything(1)).await;
    assert_eq!(read(store, 1).await.version, Version(1));
    assert_eq!(store.scope_at(&home(), &place(1)).await.unwrap(), Some(id(1)));
    assert_eq!(store.audit(&home(), &id(1), 10).await.unwrap(), [audit(1, Deed::Posted)]);
    assert!(store.person(&home(), &user(1)).await.unwrap().is_some());
    assert_eq!(store.strays(&home(), &place(91)).await.unwrap(), [stray(91, 4).mark]);
    assert!(store.seen(&home(), &seen("Ev1")).await.unwrap());
    assert!(!store.seen(&other_home(), &seen("Ev1")).await.unwrap());
    assert_eq!(store.due(&home(), at(7), 10).await.unwrap().len(), 1);
    assert_eq!(store.depth().await.unwrap().rows, 2);
}

pub async fn a_stale_change_writes_nothing(store: &dyn Store) {
    write(store, of_scope(draft(1))).await;
    let stale = everything(1);
    assert_eq!(store.commit(stale).await.unwrap(), Committed::Stale { found: Version(1) });
    assert_nothing_of(store, 1).await;
    let mut ahead = everything(1);
    if let Some(scope) = &mut ahead.scope {
        scope.version = Version(2);
    }
    assert_eq!(store.commit(ahead).await.unwrap(), Committed::Stale { found: Version(1) });
    assert_nothing_of(store, 1).await;
    assert!(matches!(read(store, 1).await.stage, Stage::Draft(_)));
}

pub async fn a_new_scope_is_based_on_version_0(store: &dyn Store) {
    let mut scope = draft(1);
    scope.version = Version(3);
    assert_eq!(store.commit(of_scope(scope)).await.unwrap(), Committed::Stale { found: Version(0) });
    assert_eq!(store.scope(&home(), &id(1)).await.unwrap(), None);
}

pub async fn a_key_seen_before_writes_nothing(store: &dyn Store) {
    assert_eq!(write(store, Change { seen: Some(seen("Ev2")), ..change(0) }).await, Version(0));
    assert_eq!(store.commit(everything(2)).await.unwrap(), Committed::AlreadySeen);
    assert_eq!(store.scope(&home(), &id(2)).await.unwrap(), None);
    assert_eq!(store.depth().await.unwrap().rows, 0);
    // The key is one home's.
    let elsewhere = Change { seen: Some(seen("Ev2")), ..Change::new(other_home(), at(0)) };
    write(store, elsewhere).await;
}

pub async fn a_repeat_is_told_before_a_lost_lease_and_that_before_a_lost_race(store: &dyn Store) {
    write(store, Change { seen: Some(seen("Ev1")), ..of_scope(draft(1)) }).await;
    write(store, of_rows([dm(1, 2)])).await;
    let row = claim(store, "w", 1).await.remove(0);
    let lost = settle(&row, "somebody else", Outcome::Over);
    let both = Change { scope: Some(draft(1)), ..lost };
    assert_eq!(store.commit(both.clone()).await.unwrap(), Committed::NotHeld);
    let all = Change { seen: Some(seen("Ev1")), ..both };
    assert_eq!(store.commit(all).await.unwrap(), Committed::AlreadySeen);
    assert_eq!(store.depth().await.unwrap().rows, 1);
}

pub async fn of_many_at_once_one_wins_each_version(store: &dyn Store) {
    write(store, of_scope(draft(1))).await;
    for round in 1..=6u64 {
        let base = read(store, 1).await;
        assert_eq!(base.version, Version(round));
        let tries = (0..24u32).map(|n| {
            let mut scope = base.clone();
            scope.author = user(n);
            store.commit(of_scope(scope))
        });
        let outcomes = join_all(tries).await;
        let won: Vec<_> =
            (0..24u32).zip(&outcomes).filter(|(_, one)| matches!(one, Ok(Committed::Written(_)))).collect();
        assert_eq!(won.len(), 1, "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|one| matches!(one, Ok(Committed::Stale { .. }))).count(), 23);
        assert_eq!(read(store, 1).await.author, user(won[0].0));
    }
    let shelves =
        (0..24u32).map(|n| async move { store.shelf(&home(), &user(n), Shelf::Drafts, None, 10).await.unwrap().len() });
    assert_eq!(join_all(shelves).await.iter().sum::<usize>(), 1, "one shelf holds it");
}

pub async fn a_change_that_contradicts_itself_is_refused(store: &dyn Store) {
    let strange = Change { home: other_home(), ..of_scope(draft(1)) };
    assert!(matches!(store.commit(strange).await, Err(StoreError::Refused { .. })));
    let homeless = Change { audit: vec![audit(1, Deed::Started)], seen: Some(seen("Ev")), ..change(0) };
    assert!(matches!(store.commit(homeless).await, Err(StoreError::Refused { .. })));
    assert!(!store.seen(&home(), &seen("Ev")).await.unwrap());
}

fn crowd(members: u32) -> Group {
    let members: BTreeSet<UserId> = (0..members).map(user).collect();
    Group { id: GroupId::parse("S1").unwrap(), members, read_at: at(1) }
}

pub async fn too_large_a_record_is_refused_with_all_that_came_with_it(store: &dyn Store) {
    let large = Change { directory: vec![DirectoryRow::Group(crowd(60_000))], ..everything(1) };
    assert!(matches!(store.commit(large).await, Err(StoreError::TooLarge { .. })));
    assert_nothing_of(store, 1).await;
    // A crowd that fits lies in several rows.
    let group = crowd(3_000);
    write(store, Change { directory: vec![DirectoryRow::Group(group.clone())], ..change(1) }).await;
    assert_eq!(store.group(&home(), &group.id).await.unwrap(), Some(group));
}

pub async fn a_long_scope_grows_and_shrinks(store: &dyn Store) {
    // The widest letters, in everything that can be typed, shown and being edited at once.
    let mut scope = posted(draft(1), Slot::Waiting);
    for (turn, words) in ["𝄞".repeat(300), "short".to_owned(), "語".repeat(150)].into_iter().enumerate() {
        if let Some(posted) = scope.posted_mut() {
            posted.shown.brief = crate::domain::brief::Brief::of(&answers(&words)).unwrap();
            posted.edit = Some(crate::domain::draft::Draft { answers: answers(&words), ..Default::default() });
        }
        scope.version = write(store, of_scope(scope.clone())).await;
        assert_eq!(scope.version, Version(turn as u64 + 1));
        assert_eq!(read(store, 1).await, scope);
    }
}
