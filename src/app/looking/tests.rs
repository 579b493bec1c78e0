//! What stands in the way, and marks that were missed, against the store in memory and a Slack that answers as told.

use std::sync::Arc;

use super::*;
use crate::app::ports::SeenMessage;
use crate::app::reporting::tests::{Told, app_with};
use crate::domain::approval::{Source, Standmark, Weight};
use crate::domain::ids::{Revision, SlackTime};
use crate::domain::person::{Channel, DirectoryRow, Person};
use crate::domain::posting::Slot;
use crate::domain::reconcile::{Named, SeenReaction};
use crate::store::contract::fixture::{
    at, channel, draft, home, mark, of_scope, place, posted, read, shown_at, user, write,
};
use crate::store::memory::MemoryStore;
use crate::store::{Change, Store, Stray};

fn seen(people: &[u32]) -> SeenMessage {
    let people = people.iter().map(|n| user(*n)).collect();
    let reactions = vec![SeenReaction { emoji: "white_check_mark".to_owned(), people, named: Named::All }];
    SeenMessage { summary_of: None, reactions }
}

async fn shown(store: &Arc<MemoryStore>) {
    let mut scope = posted(draft(1), shown_at(1));
    scope.posted_mut().unwrap().approval.fence = Some(place(1).ts.time());
    write(store.as_ref(), of_scope(scope)).await;
}

async fn known(store: &Arc<MemoryStore>, row: DirectoryRow) {
    write(store.as_ref(), Change { directory: vec![row], ..Change::new(home(), at(9)) }).await;
}

fn member(n: u32) -> DirectoryRow {
    DirectoryRow::Person(Person { id: user(n), kind: PersonKind::Member, read_at: at(9) })
}

#[tokio::test]
async fn a_reaction_that_stands_is_an_approval_and_a_repeat_changes_nothing() {
    let store = Arc::new(MemoryStore::default());
    shown(&store).await;
    known(&store, member(2)).await;
    let app = app_with(&store, Told::message(seen(&[2, 3])));
    assert!(matches!(app.look_after(&draft(1).id).await, Ok(Looked::Done)));
    let scope = read(store.as_ref(), 1).await;
    let approval = &scope.posted().unwrap().approval;
    assert_eq!(approval.standing(Revision::FIRST).into_iter().collect::<Vec<_>>(), [&user(2)], "user 3 is not listed");
    assert!(matches!(app.look_after(&draft(1).id).await, Ok(Looked::Done)));
    assert_eq!(read(store.as_ref(), 1).await.version, scope.version);
    assert_eq!(store.audit(&home(), &draft(1).id, 50).await.unwrap().len(), 2, "approved, and the quorum reached");
}

#[tokio::test]
async fn a_scope_that_changed_while_slack_was_asked_is_asked_about_again() {
    let store = Arc::new(MemoryStore::default());
    shown(&store).await;
    known(&store, member(2)).await;
    // The person takes their reaction off, and the bot hears of it, after Slack has looked and before its answer is in.
    let changing = Arc::clone(&store);
    let told = Told::message(seen(&[2])).meanwhile(move || {
        let store = Arc::clone(&changing);
        Box::pin(async move {
            let mut scope = read(store.as_ref(), 1).await;
            let key = (user(2), Source::Reaction("white_check_mark".to_owned()));
            let mark =
                Standmark { at: SlackTime(1_800_000_000_000_000), revision: Revision::FIRST, weight: Weight::Taken };
            scope.posted_mut().unwrap().approval.marks.insert(key, mark);
            write(store.as_ref(), of_scope(scope)).await;
        })
    });
    let app = app_with(&store, told);
    assert!(matches!(app.look_after(&draft(1).id).await, Ok(Looked::Again(_))));
    assert!(read(store.as_ref(), 1).await.posted().unwrap().approval.standing(Revision::FIRST).is_empty());
}

#[tokio::test]
async fn what_stands_in_the_way_is_what_the_rows_say_and_nothing_else() {
    let store = Arc::new(MemoryStore::default());
    shown(&store).await;
    let app = app_with(&store, Told::down());
    let found = || async {
        let scope = read(store.as_ref(), 1).await;
        app.hindrances(&scope).await.unwrap().into_iter().collect::<Vec<_>>()
    };
    assert!(found().await.is_empty(), "nothing is known, so nothing is said");
    let gone = |state| {
        let (id, name, read_at) = (channel(1), String::new(), at(9));
        DirectoryRow::Channel(Channel { id, name, state, shared: false, read_at })
    };
    known(&store, gone(ChannelState::Archived)).await;
    assert_eq!(found().await, [Hindrance::Archived]);
    known(&store, gone(ChannelState::Ready)).await;
    let left = Person { id: user(2), kind: PersonKind::Deactivated, read_at: at(9) };
    known(&store, DirectoryRow::Person(left)).await;
    assert_eq!(found().await, [Hindrance::TooFew]);
    known(&store, member(2)).await;
    assert!(found().await.is_empty());
}

#[tokio::test]
async fn a_message_that_slack_does_not_show_is_taken_for_deleted_and_an_unreachable_slack_is_not() {
    let store = Arc::new(MemoryStore::default());
    shown(&store).await;
    let down = app_with(&store, Told::down());
    assert!(matches!(down.look_after(&draft(1).id).await, Ok(Looked::Again(_))));
    assert!(read(store.as_ref(), 1).await.posted().unwrap().is_shown());
    let gone = app_with(&store, Told::nothing());
    assert!(matches!(gone.look_after(&draft(1).id).await, Ok(Looked::Done)));
    assert!(matches!(read(store.as_ref(), 1).await.posted().unwrap().posting.summary, Slot::Failed { .. }));
}

/// Its message became known in the moment it came, and the process ended before it took it in: it had been acknowledged.
#[tokio::test]
async fn a_stray_whose_message_is_known_since_the_process_before_counts_after_the_start() {
    let store = Arc::new(MemoryStore::default());
    shown(&store).await;
    known(&store, member(2)).await;
    let early = Stray { place: place(1), mark: mark(2, 1_700_000_000_000_009) };
    write(store.as_ref(), Change { stray: Some(early), ..Change::new(home(), at(9)) }).await;
    let app = app_with(&store, Told::down());
    let stray = StrayPlace { place: place(1), due: at(10), asked: 0 };
    assert!(app.identify(stray).await.is_ok());
    let scope = read(store.as_ref(), 1).await;
    assert_eq!(scope.posted().unwrap().approval.standing(Revision::FIRST).len(), 1);
    assert!(store.strays(&home(), &place(1)).await.unwrap().is_empty());
}
