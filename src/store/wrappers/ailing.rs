//! A store whose disk is not well: it takes its time, hangs, or is full. Reads go on, as they do from memory.

use super::*;

use tokio::sync::watch;

/// How the disk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Disk {
    /// Well.
    #[default]
    Well,
    /// Each write takes so long before it begins.
    Slow(Duration),
    /// Writes wait until it is otherwise.
    Hangs,
    /// Writes fail, and nothing is written.
    Full,
}

/// Keeps the contract of what it wraps, on a disk that a test makes ill and well again.
pub struct AilingStore {
    inner: Arc<dyn Store>,
    clock: Clock,
    disk: watch::Sender<Disk>,
    waiting: watch::Sender<usize>,
}

/// A write that waits for the disk.
struct Waits<'a>(&'a watch::Sender<usize>);

impl<'a> Waits<'a> {
    fn at(waiting: &'a watch::Sender<usize>) -> Self {
        waiting.send_modify(|count| *count += 1);
        Waits(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

impl AilingStore {
    /// Around this store, with a disk that is well.
    pub fn new(inner: Arc<dyn Store>, clock: Clock) -> Self {
        let (disk, waiting) = (watch::Sender::new(Disk::Well), watch::Sender::new(0));
        AilingStore { inner, clock, disk, waiting }
    }
    /// The disk is so from now on. Writes that hang go on by what it is then.
    pub fn set(&self, disk: Disk) {
        self.disk.send_replace(disk);
    }
    /// How the disk is.
    pub fn disk(&self) -> Disk {
        *self.disk.borrow()
    }
    /// Writes that wait for the disk now.
    pub fn waiting(&self) -> usize {
        *self.waiting.borrow()
    }
    /// Resolves once so many writes wait for the disk.
    pub async fn until_waiting(&self, writes: usize) {
        // The sender lives as long as this store.
        drop(self.waiting.subscribe().wait_for(|count| *count >= writes).await);
    }
}

#[async_trait]
impl Around for AilingStore {
    fn inner(&self) -> &dyn Store {
        &*self.inner
    }
    async fn before(&self, call: Call) -> Result<(), StoreError> {
        if !call.writes() {
            return Ok(());
        }
        let mut disk = self.disk.subscribe();
        loop {
            let now = *disk.borrow_and_update();
            match now {
                Disk::Well => return Ok(()),
                Disk::Full => return Err(StoreError::Driver { doing: "commit", why: "no space is left".into() }),
                Disk::Slow(time) => {
                    let _waits = Waits::at(&self.waiting);
                    self.clock.sleep(time).await;
                    return Ok(());
                }
                Disk::Hangs => {
                    let _waits = Waits::at(&self.waiting);
                    drop(disk.changed().await);
                }
            }
        }
    }
    async fn after(&self, _: Call, _: usize) {}
}
store_around!(AilingStore);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::TestClock;
    use crate::store::contract::fixture::{at, draft, home, id, of_scope};
    use crate::store::memory::MemoryStore;

    #[tokio::test]
    async fn a_write_that_hangs_goes_on_as_the_disk_is_then_and_a_slow_one_comes_late() {
        let time = TestClock::at(at(0));
        let store = Arc::new(AilingStore::new(Arc::new(MemoryStore::default()), time.clock()));
        let commits = |n: u32| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.commit(of_scope(draft(n))).await })
        };
        store.set(Disk::Hangs);
        let (first, second) = (commits(1), commits(2));
        store.until_waiting(2).await;
        store.set(Disk::Full);
        for refused in [first, second] {
            assert!(matches!(refused.await.unwrap(), Err(StoreError::Driver { doing: "commit", .. })));
        }
        assert_eq!((store.waiting(), store.scope(&home(), &id(1)).await.unwrap()), (0, None));
        store.set(Disk::Slow(Duration::from_secs(10)));
        let late = commits(1);
        time.until_asleep_till(at(10)).await;
        assert!(!late.is_finished());
        time.advance(Duration::from_secs(10));
        assert!(matches!(late.await.unwrap(), Ok(Committed::Written(_))));
    }
}
