//! An intake for tests of the transports: tells what it takes, answers by a rule, and can be made to hold on.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::{Semaphore, mpsc};

use super::intake::{Ack, Intake};
use super::payload::Inbound;

type Rule = Box<dyn Fn(&Inbound) -> Ack + Send + Sync>;

pub(super) struct FakeIntake {
    rule: Rule,
    taken: mpsc::UnboundedSender<Inbound>,
    /// Each delivery uses one up before it is answered.
    pub(super) releases: Semaphore,
    when_full: Ack,
}

impl FakeIntake {
    /// Answers by `rule`, never holding on.
    pub(super) fn that(
        rule: impl Fn(&Inbound) -> Ack + Send + Sync + 'static,
    ) -> (Arc<Self>, mpsc::UnboundedReceiver<Inbound>) {
        Self::made(rule, Semaphore::MAX_PERMITS, Ack::NotNow)
    }

    /// Answers by `rule` only as releases are given.
    pub(super) fn holding(
        rule: impl Fn(&Inbound) -> Ack + Send + Sync + 'static,
    ) -> (Arc<Self>, mpsc::UnboundedReceiver<Inbound>) {
        Self::made(rule, 0, Ack::NotNow)
    }

    /// Holds on, and says this when full.
    pub(super) fn full_saying(when_full: Ack) -> (Arc<Self>, mpsc::UnboundedReceiver<Inbound>) {
        Self::made(|_| Ack::Empty, 0, when_full)
    }

    fn made(
        rule: impl Fn(&Inbound) -> Ack + Send + Sync + 'static,
        releases: usize,
        when_full: Ack,
    ) -> (Arc<Self>, mpsc::UnboundedReceiver<Inbound>) {
        let (taken, arrivals) = mpsc::unbounded_channel();
        let releases = Semaphore::new(releases);
        (Arc::new(FakeIntake { rule: Box::new(rule), taken, releases, when_full }), arrivals)
    }
}

#[async_trait]
impl Intake for FakeIntake {
    async fn take(&self, inbound: Inbound) -> Ack {
        self.taken.send(inbound.clone()).unwrap();
        self.releases.acquire().await.unwrap().forget();
        (self.rule)(&inbound)
    }

    fn when_full(&self, _inbound: &Inbound) -> Ack {
        self.when_full.clone()
    }
}
