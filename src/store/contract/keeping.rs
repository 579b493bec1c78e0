//! The directory, and what is kept for a while only.

use super::fixture::*;
use crate::domain::ids::{GroupId, Timestamp};
use crate::domain::person::{Channel, ChannelState, DirectoryRow, Group, Person, PersonKind, Preference, Reminders};
use crate::store::{Change, SEEN_KEPT, STRAY_KEPT, Store};

fn person(kind: PersonKind, second: i64) -> DirectoryRow {
    DirectoryRow::Person(Person { id: user(1), kind, read_at: at(second) })
}

async fn learn(store: &dyn Store, rows: Vec<DirectoryRow>) {
    write(store, Change { directory: rows, ..change(0) }).await;
}

async fn kind_of(store: &dyn Store) -> PersonKind {
    store.person(&home(), &user(1)).await.unwrap().unwrap().kind
}

pub async fn a_newer_reading_of_the_directory_replaces_an_older(store: &dyn Store) {
    learn(store, vec![person(PersonKind::Member, 10)]).await;
    learn(store, vec![person(PersonKind::Guest, 9)]).await;
    assert_eq!(kind_of(store).await, PersonKind::Member);
    learn(store, vec![person(PersonKind::Guest, 10)]).await;
    assert_eq!(kind_of(store).await, PersonKind::Guest);
    learn(store, vec![person(PersonKind::Deactivated, 11)]).await;
    assert_eq!(kind_of(store).await, PersonKind::Deactivated);
    assert_eq!(store.person(&other_home(), &user(1)).await.unwrap(), None);

    let group = |second, members: &[u32]| Group {
        id: GroupId::parse("S1").unwrap(),
        members: members.iter().map(|n| user(*n)).collect(),
        read_at: at(second),
    };
    let many: Vec<u32> = (0..900).collect();
    learn(store, vec![DirectoryRow::Group(group(5, &many))]).await;
    learn(store, vec![DirectoryRow::Group(group(6, &[7]))]).await;
    learn(store, vec![DirectoryRow::Group(group(4, &[8, 9]))]).await;
    assert_eq!(store.group(&home(), &group(0, &[]).id).await.unwrap(), Some(group(6, &[7])));

    let channel = |second, state| Channel {
        id: channel(1),
        name: "hiring".into(),
        state,
        shared: second > 5,
        read_at: at(second),
    };
    learn(store, vec![DirectoryRow::Channel(channel(5, ChannelState::NotIn))]).await;
    learn(store, vec![DirectoryRow::Channel(channel(6, ChannelState::Ready))]).await;
    learn(store, vec![DirectoryRow::Channel(channel(4, ChannelState::Gone))]).await;
    let stored = store.channel(&home(), &super::fixture::channel(1)).await.unwrap();
    assert_eq!(stored, Some(channel(6, ChannelState::Ready)));
}

pub async fn what_somebody_wishes_is_kept_and_the_last_word_stands(store: &dyn Store) {
    let wish = |reminders, second| Preference { id: user(1), reminders, read_at: at(second) };
    let stored = || async { store.preference(&home(), &user(1)).await.unwrap() };
    assert_eq!(stored().await, None);
    learn(store, vec![DirectoryRow::Preference(wish(Reminders::Off, 5))]).await;
    learn(store, vec![person(PersonKind::Guest, 9)]).await;
    assert_eq!(stored().await, Some(wish(Reminders::Off, 5)), "a reading of the person leaves it alone");
    learn(store, vec![DirectoryRow::Preference(wish(Reminders::On, 4))]).await;
    assert_eq!(stored().await, Some(wish(Reminders::Off, 5)));
    learn(store, vec![DirectoryRow::Preference(wish(Reminders::On, 6))]).await;
    assert_eq!(stored().await, Some(wish(Reminders::On, 6)));
    assert_eq!(store.preference(&other_home(), &user(1)).await.unwrap(), None);
    assert_eq!(store.preference(&home(), &user(2)).await.unwrap(), None);
}

pub async fn of_two_readings_in_one_change_the_newer_stands(store: &dyn Store) {
    learn(store, vec![person(PersonKind::Guest, 10), person(PersonKind::Member, 12), person(PersonKind::Bot, 11)])
        .await;
    assert_eq!(kind_of(store).await, PersonKind::Member);
    learn(store, vec![person(PersonKind::Guest, 12), person(PersonKind::Bot, 12)]).await;
    assert_eq!(kind_of(store).await, PersonKind::Bot);
}

pub async fn strays_wait_for_their_scope_in_order(store: &dyn Store) {
    for (n, by) in [(1, 5), (1, 3), (11, 4), (1, 4)] {
        write(store, Change { stray: Some(stray(n, by)), ..change(0) }).await;
    }
    let marks = store.strays(&home(), &place(1)).await.unwrap();
    assert_eq!(marks, [5, 3, 4].map(|by| stray(1, by).mark));
    assert!(store.strays(&other_home(), &place(1)).await.unwrap().is_empty());
    assert_eq!(store.stray_places(&home(), 10).await.unwrap(), [place(1), place(11)]);
    assert_eq!(store.stray_places(&home(), 3).await.unwrap(), [place(1)], "of the first three marks");
    assert!(store.stray_places(&other_home(), 10).await.unwrap().is_empty());
    // Found by the change that tells where the summary stands; one that came to it meanwhile is kept, and so is a new stray
    // of the same change.
    let found = vec![stray(1, 5), stray(1, 4), stray(1, 8)];
    let found = Change { found, stray: Some(stray(1, 9)), ..of_scope(posted(draft(1), shown_at(1))) };
    write(store, found).await;
    assert_eq!(store.strays(&home(), &place(1)).await.unwrap(), [3, 9].map(|by| stray(1, by).mark));
    assert_eq!(store.strays(&home(), &place(11)).await.unwrap().len(), 1);
    assert_eq!(store.stray_places(&home(), 10).await.unwrap(), [place(1), place(11)]);
    assert_eq!(store.sweep(at(1_000_000), 100).await.unwrap(), 3, "found ones leave nothing to sweep");
}

fn after(kept: std::time::Duration, second: i64) -> Timestamp {
    at(i64::try_from(kept.as_secs()).unwrap() + second)
}

pub async fn keys_are_forgotten_after_their_time(store: &dyn Store) {
    for second in [0, 10] {
        write(store, Change { seen: Some(seen(&format!("Ev{second}"))), ..change(second) }).await;
    }
    assert_eq!(store.sweep(after(SEEN_KEPT, -1), 10).await.unwrap(), 0);
    assert_eq!(store.sweep(after(SEEN_KEPT, 9), 10).await.unwrap(), 1);
    assert!(!store.seen(&home(), &seen("Ev0")).await.unwrap());
    assert!(store.seen(&home(), &seen("Ev10")).await.unwrap());
    // Forgotten is new again.
    write(store, Change { seen: Some(seen("Ev0")), ..change(20) }).await;
    assert_eq!(store.sweep(after(SEEN_KEPT, 30), 10).await.unwrap(), 2);
    assert_eq!(store.sweep(after(SEEN_KEPT, 30), 10).await.unwrap(), 0);
}

pub async fn strays_are_forgotten_after_their_time(store: &dyn Store) {
    write(store, Change { stray: Some(stray(1, 5)), ..change(0) }).await;
    write(store, Change { stray: Some(stray(1, 6)), ..change(60) }).await;
    assert_eq!(store.sweep(after(STRAY_KEPT, -1), 10).await.unwrap(), 0);
    assert_eq!(store.sweep(after(STRAY_KEPT, 59), 10).await.unwrap(), 1);
    assert_eq!(store.strays(&home(), &place(1)).await.unwrap(), [stray(1, 6).mark]);
}

pub async fn sweeping_is_bounded(store: &dyn Store) {
    for n in 0..7 {
        write(store, Change { seen: Some(seen(&format!("Ev{n}"))), stray: Some(stray(n, 1)), ..change(0) }).await;
    }
    let elsewhere = Change { seen: Some(seen("Ev")), ..Change::new(other_home(), at(0)) };
    write(store, elsewhere).await;
    let mut gone = Vec::new();
    for _ in 0..5 {
        gone.push(store.sweep(after(SEEN_KEPT, 1), 4).await.unwrap());
    }
    assert_eq!(gone, [4, 4, 4, 3, 0]);
}
