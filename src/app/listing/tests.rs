use std::sync::Arc;

use super::*;
use crate::app::reporting::tests::{Told, app_with};
use crate::domain::person::{DirectoryRow, Person, PersonKind};
use crate::store::contract::fixture::{at, draft, home, id, of_scope, posted, shown_at, user, write};
use crate::store::memory::MemoryStore;
use crate::store::{Change, Store};

/// Scopes 1 to `count`, each posted later than the one before; the newest `own` are user 2's.
async fn waiting(count: u32, own: u32) -> Arc<MemoryStore> {
    let store = Arc::new(MemoryStore::default());
    for n in 1..=count {
        let mut scope = posted(draft(n), shown_at(n));
        scope.author = if n > count - own { user(2) } else { user(1) };
        scope.posted_mut().unwrap().shown.posted_at = at(i64::from(n));
        write(store.as_ref(), of_scope(scope)).await;
    }
    let approver = Person { id: user(2), kind: PersonKind::Member, read_at: at(9) };
    let rows = vec![DirectoryRow::Person(approver)];
    write(store.as_ref(), Change { directory: rows, ..Change::new(home(), at(9)) }).await;
    store
}

async fn after(store: &MemoryStore, last: &ScopeId) -> Listed {
    let scope = store.scope(&home(), last).await.unwrap().unwrap();
    Listed { touched: scope.posted().unwrap().shown.posted_at, id: scope.id }
}

#[tokio::test]
async fn what_waits_is_reached_part_by_part_however_much_of_it_is_not_for_them() {
    let store = waiting(80, 33).await;
    let app = app_with(&store, Told::nothing());
    let (mut found, mut cursor, mut parts) = (Vec::new(), None, Vec::new());
    loop {
        let Lines { shown, more, last } = app.waiting_for(&user(2), cursor.as_ref()).await.unwrap().unwrap();
        parts.push((shown.len(), more));
        found.extend(shown.into_iter().map(|line| line.scope));
        let Some(last) = last else { break };
        cursor = Some(after(&store, &last).await);
    }
    assert_eq!(found, (1..=47).rev().map(id).collect::<Vec<_>>());
    assert_eq!(parts, [(0, 0), (10, 17), (10, 20), (10, 17), (10, 7), (7, 0)]);
}

#[tokio::test]
async fn a_list_that_ends_says_so() {
    let store = waiting(11, 1).await;
    let app = app_with(&store, Told::nothing());
    let lines = app.waiting_for(&user(2), None).await.unwrap().unwrap();
    assert_eq!((lines.shown.len(), lines.more, lines.last), (10, 0, None));
}
