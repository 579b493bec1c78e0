//! What people list, and what falls due: by index, bounded, in order.

use super::fixture::*;
use crate::domain::approval::{Entitled, Source, Standmark, Weight};
use crate::domain::audit::Deed;
use crate::domain::effect::ChangesAsked;
use crate::domain::ids::{Revision, ScopeId, SlackTime, Version};
use crate::domain::posting::{Slot, Twin, TwinText};
use crate::domain::scope::{DueKind, Ending, Scope, Stage};
use crate::domain::wish::{Wish, unsaid};
use crate::store::{Change, Listed, Shelf, Store};

async fn on_shelf(store: &dyn Store, author: u32, shelf: Shelf) -> Vec<ScopeId> {
    let listed = store.shelf(&home(), &user(author), shelf, None, 100).await.unwrap();
    listed.into_iter().map(|listed| listed.id).collect()
}

fn touched(n: u32, second: i64) -> Scope {
    Scope { touched: at(second), ..draft(n) }
}

pub async fn a_shelf_lists_newest_touched_first_page_by_page(store: &dyn Store) {
    for (n, second) in [(1, 10), (2, 30), (3, 20), (4, 30), (5, -5)] {
        write(store, of_scope(touched(n, second))).await;
    }
    let all = [4, 2, 3, 1, 5].map(id);
    assert_eq!(on_shelf(store, 1, Shelf::Drafts).await, all);
    for size in 1..=6 {
        let mut pages: Vec<Listed> = Vec::new();
        loop {
            let page = store.shelf(&home(), &user(1), Shelf::Drafts, pages.last(), size).await.unwrap();
            assert!(page.len() <= size);
            let last = page.len() < size;
            pages.extend(page);
            if last {
                break;
            }
        }
        assert_eq!(pages.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), all, "pages of {size}");
        assert_eq!(pages.first().map(|one| one.touched), Some(at(30)));
    }
    // A cursor whose scope has moved on still says where to go on.
    let cursor = Listed { id: id(3), touched: at(20) };
    write(store, of_scope(Scope { version: Version(1), ..touched(3, 40) })).await;
    let rest = store.shelf(&home(), &user(1), Shelf::Drafts, Some(&cursor), 9).await.unwrap();
    assert_eq!(rest.into_iter().map(|one| one.id).collect::<Vec<_>>(), [1, 5].map(id));
    assert_eq!(on_shelf(store, 1, Shelf::Drafts).await, [3, 4, 2, 1, 5].map(id));
}

pub async fn a_scope_lies_on_one_shelf_at_a_time(store: &dyn Store) {
    let mut scope = draft(1);
    scope.version = write(store, of_scope(scope.clone())).await;
    assert_eq!(on_shelf(store, 1, Shelf::Drafts).await, [id(1)]);
    scope = posted(scope, Slot::Waiting);
    scope.version = write(store, of_scope(scope.clone())).await;
    assert!(on_shelf(store, 1, Shelf::Drafts).await.is_empty());
    assert_eq!(on_shelf(store, 1, Shelf::Posted).await, [id(1)]);
    scope.author = user(2);
    scope.version = write(store, of_scope(scope.clone())).await;
    assert!(on_shelf(store, 1, Shelf::Posted).await.is_empty());
    assert_eq!(on_shelf(store, 2, Shelf::Posted).await, [id(1)]);
    scope.stage = Stage::Ended(Ending::Discarded);
    write(store, of_scope(scope)).await;
    assert!(on_shelf(store, 2, Shelf::Posted).await.is_empty());
}

pub async fn whoever_asked_for_changes_has_the_scope_on_a_shelf_of_theirs(store: &dyn Store) {
    let mut scope = posted(draft(1), shown_at(1));
    write(store, of_scope(scope.clone())).await;
    let wish = |by, second| Wish {
        at: at(second),
        asked: ChangesAsked { by: user(by), ticks: Default::default(), comment: None, revision: Revision::FIRST },
    };
    scope.version.0 = 1;
    scope.posted_mut().unwrap().wishes = vec![wish(2, 6), wish(3, 7), wish(2, 8)];
    write(store, of_scope(scope.clone())).await;
    for by in [2, 3] {
        assert_eq!(on_shelf(store, by, Shelf::Asked).await, [id(1)]);
        assert!(on_shelf(store, by, Shelf::Posted).await.is_empty());
    }
    assert!(on_shelf(store, 1, Shelf::Asked).await.is_empty());
    scope.version.0 = 2;
    write(store, of_scope(unsaid(scope, &user(2)))).await;
    assert!(on_shelf(store, 2, Shelf::Asked).await.is_empty());
    assert_eq!(on_shelf(store, 3, Shelf::Asked).await, [id(1)]);
    write(store, of_scope(Scope { stage: Stage::Ended(Ending::Erased), version: Version(3), ..draft(1) })).await;
    assert!(on_shelf(store, 3, Shelf::Asked).await.is_empty());
}

pub async fn a_shelf_is_one_persons_in_one_home(store: &dyn Store) {
    // Ids of which one begins like the other.
    write(store, of_scope(Scope { author: crate::domain::ids::UserId::parse("U00011").unwrap(), ..draft(1) })).await;
    write(store, of_scope(draft(2))).await;
    let elsewhere = Scope { home: other_home(), ..draft(3) };
    write(store, Change { scope: Some(elsewhere), ..Change::new(other_home(), at(0)) }).await;
    assert_eq!(on_shelf(store, 1, Shelf::Drafts).await, [id(2)]);
    let listed = store.shelf(&other_home(), &user(1), Shelf::Drafts, None, 10).await.unwrap();
    assert_eq!(listed, [Listed { id: id(3), touched: at(0) }]);
}

async fn waiting(store: &dyn Store) -> Vec<ScopeId> {
    store.waiting(&home(), None, 100).await.unwrap().into_iter().map(|listed| listed.id).collect()
}

pub async fn scopes_wait_from_their_summary_until_their_quorum_newest_posted_first(store: &dyn Store) {
    let shown = |n: u32, second| {
        let mut scope = posted(draft(n), shown_at(n));
        scope.posted_mut().unwrap().shown.posted_at = at(second);
        scope
    };
    write(store, of_scope(draft(9))).await;
    for (n, second) in [(1, 10), (2, 30), (3, 20)] {
        write(store, of_scope(shown(n, second))).await;
    }
    write(store, of_scope(posted(draft(4), Slot::Waiting))).await;
    let mut nobody_asked = shown(5, 40);
    nobody_asked.posted_mut().unwrap().approval.quorum = 0;
    write(store, of_scope(nobody_asked)).await;
    let elsewhere = Scope { home: other_home(), ..shown(6, 50) };
    write(store, Change { scope: Some(elsewhere), ..Change::new(other_home(), at(0)) }).await;
    assert_eq!(waiting(store).await, [2, 3, 1].map(id));
    let first = store.waiting(&home(), None, 1).await.unwrap();
    assert_eq!(first, [Listed { id: id(2), touched: at(30) }]);
    let rest = store.waiting(&home(), first.last(), 9).await.unwrap();
    assert_eq!(rest.into_iter().map(|one| one.id).collect::<Vec<_>>(), [3, 1].map(id));

    let mut approved = Scope { version: Version(1), ..shown(2, 30) };
    let weight = Weight::Counts(Entitled::from_record(user(7)));
    let mark = Standmark { at: SlackTime(9), revision: Revision::FIRST, weight };
    approved.posted_mut().unwrap().approval.marks.insert((user(7), Source::Button), mark);
    write(store, of_scope(approved)).await;
    write(store, of_scope(Scope { version: Version(1), stage: Stage::Ended(Ending::Discarded), ..draft(1) })).await;
    assert_eq!(waiting(store).await, [3].map(id));
}

pub async fn every_revision_is_kept_as_it_was_posted_while_its_scope_is(store: &dyn Store) {
    let (here, one) = (home(), id(1));
    let revision = |n| store.revision(&here, &one, Revision(n));
    let mut scope = draft(1);
    scope.version = write(store, of_scope(scope.clone())).await;
    assert_eq!(revision(1).await.unwrap(), None);
    let mut shown = Vec::new();
    for (n, words) in [(1, "long ".repeat(2_000)), (2, "short".into()), (3, "\u{10348}".repeat(2_000))] {
        scope = posted(scope, shown_at(1));
        let now = &mut scope.posted_mut().unwrap().shown;
        (now.revision, now.sentences[0]) = (Revision(n), words);
        shown.push(now.clone());
        scope.version = write(store, of_scope(scope.clone())).await;
    }
    for (n, shown) in (1..).zip(&shown) {
        assert_eq!(revision(n).await.unwrap().as_ref(), Some(shown));
    }
    assert_eq!(revision(4).await.unwrap(), None);
    assert_eq!(store.revision(&home(), &id(2), Revision(1)).await.unwrap(), None);
    assert_eq!(store.revision(&other_home(), &id(1), Revision(1)).await.unwrap(), None);
    scope.posted_mut().unwrap().shown.title = "struck out".into();
    scope.version = write(store, of_scope(scope.clone())).await;
    assert_eq!(revision(3).await.unwrap().map(|shown| shown.title), Some("struck out".into()));
    write(store, of_scope(Scope { stage: Stage::Ended(Ending::Discarded), ..scope })).await;
    for n in 1..=3 {
        assert_eq!(revision(n).await.unwrap(), None);
    }
}

pub async fn a_summary_is_found_by_its_place(store: &dyn Store) {
    let mut scope = posted(draft(1), Slot::Waiting);
    scope.version = write(store, of_scope(scope.clone())).await;
    assert_eq!(store.scope_at(&home(), &place(1)).await.unwrap(), None);
    scope = posted(scope, shown_at(1));
    scope.version = write(store, of_scope(scope.clone())).await;
    assert_eq!(store.scope_at(&home(), &place(1)).await.unwrap(), Some(id(1)));
    assert_eq!(store.scope_at(&home(), &place(11)).await.unwrap(), None);
    assert_eq!(store.scope_at(&other_home(), &place(1)).await.unwrap(), None);
    scope = posted(scope, shown_at(2));
    write(store, of_scope(scope)).await;
    assert_eq!(store.scope_at(&home(), &place(1)).await.unwrap(), None);
    assert_eq!(store.scope_at(&home(), &place(2)).await.unwrap(), Some(id(1)));
}

pub async fn the_twins_of_a_summary_are_found_by_their_places_too(store: &dyn Store) {
    let twin = |n| Twin { channel: channel(1), ts: ts(n), revision: Revision::FIRST, text: TwinText::Shown };
    let mut scope = posted(draft(1), shown_at(1));
    scope.posted_mut().unwrap().posting.twins = vec![twin(2), twin(3)];
    scope.version = write(store, of_scope(scope.clone())).await;
    for n in [1, 2, 3] {
        assert_eq!(store.scope_at(&home(), &place(n)).await.unwrap(), Some(id(1)), "{n}");
    }
    scope.posted_mut().unwrap().posting.twins.remove(0);
    write(store, of_scope(scope)).await;
    assert_eq!(store.scope_at(&home(), &place(2)).await.unwrap(), None);
    assert_eq!(store.scope_at(&home(), &place(3)).await.unwrap(), Some(id(1)));
}

pub async fn what_is_posted_is_listed_newest_first_in_its_home(store: &dyn Store) {
    for n in 1..=4u32 {
        let mut scope = posted(draft(n), if n == 2 { Slot::Waiting } else { shown_at(n) });
        scope.posted_mut().unwrap().shown.posted_at = at(i64::from(n));
        write(store, of_scope(scope)).await;
    }
    write(store, of_scope(draft(5))).await;
    let elsewhere = Scope { home: other_home(), ..posted(draft(6), Slot::Waiting) };
    write(store, Change { scope: Some(elsewhere), ..Change::new(other_home(), at(0)) }).await;
    let first = store.standing(&home(), None, 3).await.unwrap();
    assert_eq!(first.iter().map(|listed| listed.id.clone()).collect::<Vec<_>>(), [4, 3, 2].map(id));
    let rest = store.standing(&home(), first.last(), 3).await.unwrap();
    assert_eq!(rest.iter().map(|listed| (listed.id.clone(), listed.touched)).collect::<Vec<_>>(), [(id(1), at(1))]);
    assert_eq!(store.standing(&other_home(), None, 3).await.unwrap().len(), 1);
}

fn due_at(n: u32, due: &[(DueKind, i64)]) -> Scope {
    Scope { due: due.iter().map(|(kind, second)| (*kind, at(*second))).collect(), ..draft(n) }
}

pub async fn what_is_due_comes_oldest_first(store: &dyn Store) {
    write(store, of_scope(due_at(1, &[(DueKind::Reminder, 20), (DueKind::Expiry, 20)]))).await;
    write(store, of_scope(due_at(2, &[(DueKind::Reminder, 10), (DueKind::Expiry, 30)]))).await;
    let elsewhere = Scope { home: other_home(), ..due_at(3, &[(DueKind::Expiry, 15)]) };
    write(store, Change { scope: Some(elsewhere), ..Change::new(other_home(), at(0)) }).await;
    let told = |second, limit| async move {
        let due = store.due(&home(), at(second), limit).await.unwrap();
        due.into_iter().map(|row| (row.scope, row.kind, row.home)).collect::<Vec<_>>()
    };
    assert_eq!(store.next_due(&home()).await.unwrap(), Some(at(10)));
    assert_eq!(told(9, 10).await, []);
    let all = [
        (id(2), DueKind::Reminder, home()),
        (id(1), DueKind::Expiry, home()),
        (id(1), DueKind::Reminder, home()),
        (id(2), DueKind::Expiry, home()),
    ];
    for (second, count) in [(10, 1), (15, 1), (20, 3), (29, 3), (30, 4)] {
        assert_eq!(told(second, 10).await, all[..count], "at {second}");
    }
    assert_eq!(told(30, 2).await, all[..2]);
    assert_eq!(store.due(&other_home(), at(30), 10).await.unwrap().len(), 1, "a home of its own");
    assert_eq!(store.next_due(&other_home()).await.unwrap(), Some(at(15)));
}

pub async fn what_is_due_moves_with_its_scope(store: &dyn Store) {
    let mut scope = due_at(1, &[(DueKind::Reminder, 10), (DueKind::Expiry, 20)]);
    scope.version = write(store, of_scope(scope.clone())).await;
    scope.due.remove(&DueKind::Reminder);
    scope.due.insert(DueKind::Expiry, at(40));
    scope.version = write(store, of_scope(scope.clone())).await;
    assert!(store.due(&home(), at(39), 10).await.unwrap().is_empty());
    assert_eq!(store.next_due(&home()).await.unwrap(), Some(at(40)));
    scope.due.clear();
    write(store, of_scope(scope)).await;
    assert_eq!(store.next_due(&home()).await.unwrap(), None);
}

pub async fn audit_is_told_oldest_first_and_cut_at_the_old_end(store: &dyn Store) {
    let rows = [
        audit(1, Deed::Started),
        audit(2, Deed::Overrode("language_first".into())),
        audit(2, Deed::Posted),
        audit(3, Deed::Refused("not_yours".into())),
    ];
    let mut scope = draft(1);
    scope.version = write(store, Change { audit: rows[..3].to_vec(), ..of_scope(scope.clone()) }).await;
    write(store, Change { audit: vec![audit(9, Deed::Started)], ..of_scope(draft(2)) }).await;
    write(store, Change { audit: rows[3..].to_vec(), ..of_scope(scope) }).await;
    assert_eq!(store.audit(&home(), &id(1), 10).await.unwrap(), rows);
    assert_eq!(store.audit(&home(), &id(1), 2).await.unwrap(), rows[2..]);
}
