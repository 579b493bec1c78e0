//! Generated histories: whatever is asked, a durable store answers as the one in memory does.

use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use tempfile::TempDir;

use super::fixture::*;
use crate::domain::audit::Deed;
use crate::domain::ids::{Revision, ScopeId, Version};
use crate::domain::posting::Slot;
use crate::domain::scope::{DueKind, Ending, Scope, Stage};
use crate::store::memory::MemoryStore;
use crate::store::sled::{OpenOptions, SledStore};
use crate::store::{Change, NewRow, Outcome, RowId, Settle, Shelf, Store};

/// What is asked; scopes, people, messages and keys are few, so that they meet.
#[derive(Debug, Clone)]
enum Ask {
    Commit(Box<Wish>),
    Claim { by: u32, second: i64, limit: usize },
    Sweep { second: i64, limit: usize },
    Revive { second: i64, limit: usize },
    Reopen,
}

#[derive(Debug, Clone)]
struct Wish {
    second: i64,
    /// Which scope, whose, which stage, due when, and how far from its version.
    scope: Option<(u32, u32, u32, Option<i64>, u64)>,
    rows: Vec<NewRow>,
    settle: Option<(u64, Option<u32>, Outcome)>,
    stray: Option<(u32, u32)>,
    found: Option<(u32, u32)>,
    seen: Option<u32>,
    forgotten: Option<u32>,
}

fn rows() -> impl Strategy<Value = Vec<NewRow>> {
    let row = (0..3u32, 0..3u32, 0..40i64).prop_map(|(scope, kind, second)| {
        let row = match kind {
            0 => refresh(scope),
            1 => note(scope, 1),
            _ => dm(scope, 2),
        };
        NewRow { not_before: at(second), ..row }
    });
    prop::collection::vec(row, 0..4)
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        3 => Just(Outcome::Over),
        2 => Just(Outcome::SetAside),
        1 => (0..80i64).prop_map(|second| Outcome::Again(at(second))),
        1 => (0..80i64).prop_map(|second| Outcome::InDoubt(at(second))),
    ]
}

fn wishes() -> impl Strategy<Value = Wish> {
    let scope = (0..3u32, 0..2u32, 0..4u32, prop::option::of(0..40i64), prop_oneof![9 => Just(0), 1 => 1..3u64]);
    (
        0..4000i64,
        prop::option::of(scope),
        rows(),
        prop::option::of((1..30u64, prop::option::weighted(0.8, 0..2u32), outcomes())),
        prop::option::weighted(0.3, (0..2u32, 0..3u32)),
        prop::option::weighted(0.3, (0..2u32, 0..3u32)),
        prop::option::weighted(0.3, 0..6u32),
        prop::option::weighted(0.1, 1..4u32),
    )
        .prop_map(|(second, scope, rows, settle, stray, found, seen, forgotten)| Wish {
            second,
            scope,
            rows,
            settle,
            stray,
            found,
            seen,
            forgotten,
        })
}

fn asks() -> impl Strategy<Value = Vec<Ask>> {
    let ask = prop_oneof![
        8 => wishes().prop_map(|wish| Ask::Commit(Box::new(wish))),
        4 => (0..2u32, 0..100i64, 1..5usize).prop_map(|(by, second, limit)| Ask::Claim { by, second, limit }),
        1 => (3000..100_000i64, 1..5usize).prop_map(|(second, limit)| Ask::Sweep { second, limit }),
        1 => (2_500_000..2_700_000i64, 1..5usize).prop_map(|(second, limit)| Ask::Sweep { second, limit }),
        1 => (0..100i64, 1..5usize).prop_map(|(second, limit)| Ask::Revive { second, limit }),
        1 => Just(Ask::Reopen),
    ];
    prop::collection::vec(ask, 1..60)
}

/// The change wished for, upon the scope as the model has it.
async fn change_of(wish: &Wish, model: &MemoryStore) -> Change {
    let mut change = Change { outbox: wish.rows.clone(), ..change(wish.second) };
    if let Some((n, author, stage, due, off)) = wish.scope {
        let stored = model.scope(&home(), &id(n)).await.unwrap();
        let mut scope = Scope { author: user(author), touched: at(wish.second), ..stored.unwrap_or(draft(n)) };
        scope.version = Version(scope.version.0 + off);
        scope = match stage {
            0 => Scope { stage: Stage::Draft(Box::default()), ..scope },
            1 => posted(scope, Slot::Waiting),
            2 => posted(scope, shown_at(n)),
            _ => Scope { stage: Stage::Ended(Ending::Expired), ..scope },
        };
        scope.due = due.map(|second| (DueKind::Expiry, at(second))).into_iter().collect();
        change.audit = vec![audit(wish.second, Deed::Posted)];
        change.scope = Some(scope);
    }
    change.settle = wish.settle.map(|(row, by, outcome)| Settle {
        row: RowId(row),
        holder: by.map(|by| worker(&by.to_string())),
        outcome,
    });
    change.stray = wish.stray.map(|(n, by)| stray(n, by));
    change.found = wish.found.map(|(n, by)| stray(n, by)).into_iter().collect();
    change.forgotten = wish.forgotten.map(user);
    change.seen = wish.seen.map(|key| seen(&key.to_string()));
    change
}

/// Everything that can be read, in one text.
async fn picture(store: &dyn Store) -> String {
    let mut told = Vec::new();
    for n in 0..3u32 {
        told.push(format!("{:?}", store.scope(&home(), &id(n)).await.unwrap()));
        told.push(format!("{:?}", store.scope_at(&home(), &place(n)).await.unwrap()));
        told.push(format!("{:?}", store.audit(&home(), &id(n), 5).await.unwrap()));
        told.push(format!("{:?}", store.strays(&home(), &place(n)).await.unwrap()));
        told.push(format!("{:?}", store.revision(&home(), &id(n), Revision::FIRST).await.unwrap()));
        for shelf in [Shelf::Drafts, Shelf::Posted, Shelf::Asked] {
            let listed = store.shelf(&home(), &user(n), shelf, None, 10).await.unwrap();
            let ids: Vec<&ScopeId> = listed.iter().map(|one| &one.id).collect();
            told.push(format!("{shelf:?} {ids:?}"));
        }
    }
    told.push(format!("{:?}", store.waiting(&home(), None, 10).await.unwrap()));
    for key in 0..6 {
        told.push(format!("{key} {}", store.seen(&home(), &seen(&key.to_string())).await.unwrap()));
    }
    told.push(format!(
        "{:?} {:?}",
        store.due(&home(), at(20), 4).await.unwrap(),
        store.next_due(&home()).await.unwrap()
    ));
    told.push(format!("{:?} {:?}", store.depth().await.unwrap(), store.next_claim().await.unwrap()));
    told.join("\n")
}

async fn open(dir: &TempDir) -> SledStore {
    SledStore::open(dir.path(), OpenOptions::default()).await.unwrap()
}

async fn histories_agree(asks: Vec<Ask>) -> Result<(), TestCaseError> {
    let dir = TempDir::new().unwrap();
    let model = MemoryStore::default();
    let mut store = open(&dir).await;
    let lease = Duration::from_secs(30);
    for ask in asks {
        match &ask {
            Ask::Commit(wish) => {
                let change = change_of(wish, &model).await;
                let expected = model.commit(change.clone()).await.unwrap();
                prop_assert_eq!(store.commit(change).await.unwrap(), expected, "{:?}", ask);
            }
            Ask::Claim { by, second, limit } => {
                let by = worker(&by.to_string());
                let expected = model.claim(&by, at(*second), lease, *limit).await.unwrap();
                prop_assert_eq!(store.claim(&by, at(*second), lease, *limit).await.unwrap(), expected, "{:?}", ask);
            }
            Ask::Sweep { second, limit } => {
                let expected = model.sweep(at(*second), *limit).await.unwrap();
                prop_assert_eq!(store.sweep(at(*second), *limit).await.unwrap(), expected, "{:?}", ask);
            }
            Ask::Revive { second, limit } => {
                let expected = model.revive(at(*second), *limit).await.unwrap();
                prop_assert_eq!(store.revive(at(*second), *limit).await.unwrap(), expected, "{:?}", ask);
            }
            Ask::Reopen => {
                drop(store);
                store = open(&dir).await;
                model.forget_leases();
            }
        }
        let expected = picture(&model).await;
        prop_assert_eq!(picture(&store).await, expected, "after {:?}", ask);
    }
    let report = SledStore::scrub(&store).await.unwrap();
    prop_assert!(report.is_sound(), "{}: {:?}", report, report.faults);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn sled_answers_every_history_as_the_model_does(asks in asks()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(histories_agree(asks))?;
    }
}
