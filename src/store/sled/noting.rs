//! The number of the last commit is noted beside the store while the next group is written, so that a group costs one
//! sync and not two. No group is told to anybody before the number of the one before it is noted: that was so when one
//! came after the other, and is what makes a store that comes back older known for it.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use crate::store::StoreError;

use super::words_of;

/// Notes a number; it is on disk when this returns.
pub type Note = Box<dyn FnMut(u64) -> Result<(), StoreError> + Send>;

/// A thread that notes one number at a time. Dropping it waits for the number it is at.
pub struct Noting {
    numbers: Option<SyncSender<u64>>,
    noted: Receiver<Result<(), StoreError>>,
    under_way: bool,
    thread: Option<JoinHandle<()>>,
}

impl Noting {
    /// Starts it.
    pub fn start(mut note: Note) -> io::Result<Self> {
        let (numbers, wished) = sync_channel::<u64>(1);
        let (tell, noted) = sync_channel(1);
        let run = move || {
            for number in wished {
                let done = catch_unwind(AssertUnwindSafe(|| note(number))).unwrap_or_else(|panic| {
                    Err(StoreError::Driver { doing: "note the commit", why: words_of(panic.as_ref()) })
                });
                if tell.send(done).is_err() {
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name("store-noting".into()).spawn(run)?;
        Ok(Noting { numbers: Some(numbers), noted, under_way: false, thread: Some(thread) })
    }

    /// Begins to note a number, after the one under way.
    pub fn begin(&mut self, number: u64) -> Result<(), StoreError> {
        self.wait()?;
        let sent = self.numbers.as_ref().is_some_and(|numbers| numbers.send(number).is_ok());
        self.under_way = sent;
        if sent { Ok(()) } else { Err(StoreError::Stopped) }
    }

    /// Waits until nothing is under way.
    pub fn wait(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.under_way) { self.noted.recv().unwrap_or(Err(StoreError::Stopped)) } else { Ok(()) }
    }
}

impl Drop for Noting {
    fn drop(&mut self) {
        self.numbers = None;
        // It answers into a channel with room for that answer, so it ends by itself; its panics are caught.
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, mpsc};

    use super::*;

    #[test]
    fn a_number_is_noted_beside_other_work_and_waited_for() {
        let (go, wait) = mpsc::channel::<()>();
        let last = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&last);
        let mut noting = Noting::start(Box::new(move |number| {
            wait.recv().ok();
            seen.store(number, Ordering::SeqCst);
            Ok(())
        }))
        .unwrap();
        noting.begin(1).unwrap();
        assert_eq!(last.load(Ordering::SeqCst), 0, "begun, and not waited for");
        go.send(()).unwrap();
        noting.wait().unwrap();
        assert_eq!(last.load(Ordering::SeqCst), 1);
        go.send(()).unwrap();
        noting.begin(2).unwrap();
        drop(noting);
        assert_eq!(last.load(Ordering::SeqCst), 2, "dropping it waits");
    }

    #[test]
    fn a_failure_or_a_panic_is_told_at_the_next_wait() {
        let mut noting = Noting::start(Box::new(|number| {
            assert_ne!(number, 2, "two is too many");
            Err(StoreError::Driver { doing: "note", why: "full".into() })
        }))
        .unwrap();
        noting.begin(1).unwrap();
        assert!(noting.wait().unwrap_err().to_string().contains("full"));
        noting.begin(2).unwrap();
        assert!(noting.begin(3).unwrap_err().to_string().contains("two is too many"));
        assert!(noting.wait().is_ok(), "told once");
    }
}
