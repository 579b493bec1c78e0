//! Stories that people play against a bot which may be gone, or ill served, at any moment: they press again what was not
//! acknowledged, as people do. Each story has a manager, a word and so a scope of its own, so that what it comes to
//! depends on no other story and on no moment: that is compared with the same story told without faults.

#![cfg(feature = "simulator")]

mod account;
mod player;
mod watch;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use scopebot::simulator::time::later;
use scopebot::simulator::{Deed, Time, Workspace};

pub use account::{account, repeat_words};
pub use player::play;
pub use watch::{Doubles, Watch};

/// What happens in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plot {
    /// Posted, and approved by a reaction.
    Reacts,
    /// Approved by the button, withdrawn, approved by a reaction.
    Presses,
    /// Approved, edited into revision 2, approved again by the button.
    Revises,
    /// The form is left and opened again before it is posted: what was acknowledged stands in it.
    Reopens,
}

impl Plot {
    pub const ALL: [Plot; 4] = [Plot::Reacts, Plot::Presses, Plot::Revises, Plot::Reopens];
}

/// One story to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Story {
    pub plot: Plot,
    pub number: usize,
}

impl Story {
    /// The `number`th, plots in turn.
    pub fn of(number: usize) -> Story {
        Story { plot: Plot::ALL[number % Plot::ALL.len()], number }
    }

    /// The word by which its messages are known.
    pub fn word(self) -> String {
        let digits = format!("{:05}", self.number);
        let letters: String =
            digits.bytes().map(|digit| char::from(b"bdfghjklmn"[usize::from(digit - b'0')])).collect();
        format!("qz{letters}")
    }

    /// Its manager's handle.
    pub fn manager(self) -> String {
        format!("manager{}", self.number)
    }

    /// Its hiring channel, of so many.
    pub fn channel(self, channels: usize) -> String {
        channel(self.number % channels)
    }
}

/// The name of a hiring channel.
fn channel(number: usize) -> String {
    if number == 0 { "hiring".to_owned() } else { format!("hiring-{number}") }
}

/// Where stories are told.
pub struct Stage<'a> {
    pub workspace: &'a Workspace,
    pub time: Arc<dyn Time>,
    /// Longer than anything takes; then the story says what it saw.
    pub patience: Duration,
    /// Hiring channels: a channel takes one message a second.
    pub channels: usize,
    /// Between a post and the first deed on it: without any trace, until it stands where the bot believes it to stand.
    pub hesitates_ms: u64,
    /// Deeds that were not acknowledged and were done again.
    pub repeated: AtomicUsize,
}

impl<'a> Stage<'a> {
    pub fn new(workspace: &'a Workspace, time: Arc<dyn Time>, patience: Duration, channels: usize) -> Stage<'a> {
        Stage { workspace, time, patience, channels, hesitates_ms: 0, repeated: AtomicUsize::new(0) }
    }

    pub async fn waits(&self, millis: u64) {
        self.time.sleep_until(later(self.time.now(), Duration::from_millis(millis))).await;
    }

    fn did_again(&self) {
        self.repeated.fetch_add(1, Ordering::Relaxed);
    }
}

/// Makes that many hiring channels; their ids, as the bot's setting has them.
pub async fn hiring_channels(workspace: &Workspace, channels: usize) -> String {
    for number in 1..channels {
        let members = ["mara", "rhea", "ravi", "app"].map(str::to_owned).to_vec();
        let made = Deed::AddChannel { name: channel(number), private: false, shared: false, members };
        workspace.act(made).await.unwrap();
    }
    let id = |number| workspace.look(|world| world.state.channel(&channel(number)).unwrap().id.clone());
    (0..channels).map(id).collect::<Vec<_>>().join(",")
}
