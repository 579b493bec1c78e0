//! The contract of [`super::Store`] as checks, each over a fresh store; [`run_over`] runs them all over one kind.
//! `patient` lets the same checks run over stores that refuse or fail now and then, as the contract allows.

pub mod fixture;
mod given_up;
mod keeping;
mod lists;
mod model;
mod outbox;
mod patient;
mod writing;

use std::future::Future;
use std::sync::Arc;

use tempfile::TempDir;

use super::Store;
use super::memory::MemoryStore;
use super::sled::{OpenOptions, SledStore};
use super::wrappers::{AilingStore, Disk, Faults, FlakyStore};
use crate::ambient::{Clock, Random};
use patient::Patient;

async fn on_sled<F: Future<Output = ()>>(check: impl FnOnce(Arc<dyn Store>) -> F) {
    let dir = TempDir::new().unwrap();
    let store = Arc::new(SledStore::open(dir.path(), OpenOptions::default()).await.unwrap());
    check(Arc::clone(&store) as Arc<dyn Store>).await;
    store.close().await.unwrap();
    let report = SledStore::scrub(&store).await.unwrap();
    assert!(report.is_sound(), "{report}: {:?}", report.faults);
}

async fn on_memory<F: Future<Output = ()>>(check: impl FnOnce(Arc<dyn Store>) -> F) {
    check(Arc::new(MemoryStore::default())).await;
}

fn flaky(store: Arc<dyn Store>, seed: u64) -> Arc<dyn Store> {
    let faults = Faults { busy: 0.3, failed_reads: 0.3, late: 0.3, ..Faults::default() };
    Arc::new(Patient(FlakyStore::new(store, Random::from_seed(seed), Clock::system(), faults)))
}

async fn on_flaky_memory<F: Future<Output = ()>>(check: impl FnOnce(Arc<dyn Store>) -> F) {
    check(flaky(Arc::new(MemoryStore::default()), 1)).await;
}

async fn on_flaky_sled<F: Future<Output = ()>>(check: impl FnOnce(Arc<dyn Store>) -> F) {
    on_sled(|store| check(flaky(store, 2))).await;
}

async fn on_slow_memory<F: Future<Output = ()>>(check: impl FnOnce(Arc<dyn Store>) -> F) {
    let ailing = AilingStore::new(Arc::new(MemoryStore::default()), Clock::system());
    ailing.set(Disk::Slow(std::time::Duration::from_millis(1)));
    check(Arc::new(ailing)).await;
}

macro_rules! run_over {
    ($($room:ident :: { $($check:ident),+ $(,)? })+) => {
        run_over!(@store memory on_memory $($room :: { $($check),+ })+);
        run_over!(@store sled on_sled $($room :: { $($check),+ })+);
        run_over!(@store flaky_memory on_flaky_memory $($room :: { $($check),+ })+);
        run_over!(@store flaky_sled on_flaky_sled $($room :: { $($check),+ })+);
        run_over!(@store slow_memory on_slow_memory $($room :: { $($check),+ })+);
    };
    (@store $name:ident $on:ident $($room:ident :: { $($check:ident),+ })+) => {
        mod $name { $($(
            #[tokio::test]
            async fn $check() {
                super::$on(|store| async move { super::$room::$check(&*store).await }).await;
            }
        )+)+ }
    };
}

run_over!(
    writing::{
        what_is_written_is_read_back_whole,
        what_is_not_there_is_none,
        a_change_is_written_whole,
        a_stale_change_writes_nothing,
        a_new_scope_is_based_on_version_0,
        a_key_seen_before_writes_nothing,
        a_repeat_is_told_before_a_lost_lease_and_that_before_a_lost_race,
        of_many_at_once_one_wins_each_version,
        a_change_that_contradicts_itself_is_refused,
        too_large_a_record_is_refused_with_all_that_came_with_it,
        a_long_scope_grows_and_shrinks,
    }
    lists::{
        a_shelf_lists_newest_touched_first_page_by_page,
        a_scope_lies_on_one_shelf_at_a_time,
        whoever_asked_for_changes_has_the_scope_on_a_shelf_of_theirs,
        a_shelf_is_one_persons_in_one_home,
        scopes_wait_from_their_summary_until_their_quorum_newest_posted_first,
        every_revision_is_kept_as_it_was_posted_while_its_scope_is,
        a_summary_is_found_by_its_place,
        the_twins_of_a_summary_are_found_by_their_places_too,
        what_is_posted_is_listed_newest_first_in_its_home,
        what_is_due_comes_oldest_first,
        what_is_due_moves_with_its_scope,
        audit_is_told_oldest_first_and_cut_at_the_old_end,
    }
    keeping::{
        a_newer_reading_of_the_directory_replaces_an_older,
        of_two_readings_in_one_change_the_newer_stands,
        what_somebody_wishes_is_kept_and_the_last_word_stands,
        strays_wait_for_their_scope_in_order,
        keys_are_forgotten_after_their_time,
        strays_are_forgotten_after_their_time,
        sweeping_is_bounded,
    }
    outbox::{
        a_claim_gives_the_oldest_row_of_each_lane,
        a_row_is_claimed_when_it_is_due,
        two_workers_never_hold_the_same_row,
        only_the_holder_or_a_trace_settles,
        a_lease_that_ran_out_is_lost_to_the_next_claim,
        a_sure_failure_leaves_no_doubt_of_its_own,
        a_doubt_stays_until_the_row_is_over,
        a_waiting_refresh_absorbs_a_later_one,
        a_waiting_question_absorbs_a_later_one_and_holds_up_nobody,
        a_refresh_that_may_have_been_sent_absorbs_nothing,
        absorption_keeps_to_its_lane_piece_and_home,
        the_outbox_says_when_and_how_much,
        row_numbers_grow_and_are_not_used_twice,
    }
    given_up::{
        what_is_given_up_leaves_its_lane_and_comes_back_at_its_head,
        what_is_given_up_is_kept_for_a_while,
        what_is_given_up_goes_with_its_scope_and_with_who_it_concerns,
        reviving_is_bounded_and_oldest_first,
        a_refresh_that_was_given_up_goes_with_a_later_one,
    }
);
