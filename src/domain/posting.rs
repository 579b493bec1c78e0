//! Where a posted scope stands in Slack: one slot for each message that is kept up to date.

use std::collections::BTreeSet;

use super::choices::choice;
use super::ids::{ChannelId, MessageTs, Revision};

/// Twins remembered per scope; each is one lost answer.
pub const TWINS_KEPT: usize = 8;

/// A message that the bot keeps equal to the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// The summary in the hiring channel.
    Summary,
    /// The evaluation kit, in its thread, once approved.
    Kit,
    /// The first thirty days, in its thread, once filled.
    ThirtyDays,
}

/// What is known of one such message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Slot {
    /// Not asked for yet.
    #[default]
    Empty,
    /// Committed, to be sent.
    Waiting,
    /// Sent; whether Slack took it is not known. It waits for its trace.
    InDoubt,
    /// In the channel.
    Shown {
        /// Where.
        channel: ChannelId,
        /// Its `ts`.
        ts: MessageTs,
        /// The revision it shows.
        revision: Revision,
    },
    /// Slack refuses it for good.
    Failed {
        /// Slack's own word for it (`not_in_channel`).
        why: String,
    },
}

impl Slot {
    /// Channel and `ts`, once shown.
    pub fn place(&self) -> Option<(&ChannelId, &MessageTs)> {
        match self {
            Slot::Shown { channel, ts, .. } => Some((channel, ts)),
            _ => None,
        }
    }
}

/// A second message of a summary, since Slack's answer to the first was lost. It is not kept up to date: it shows the
/// revision it was posted with, and once the bot knows of it, that it is superseded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// Where.
    pub channel: ChannelId,
    /// Its `ts`.
    pub ts: MessageTs,
    /// The revision that it was posted with.
    pub revision: Revision,
    /// Whether its readers still see that text.
    pub text: TwinText,
}

/// What a twin shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TwinText {
    /// The revision it was posted with.
    Shown,
    /// That it is superseded, and where the summary is.
    Superseded,
}

choice!(
    /// What keeps a posted scope from being approved, found by looking after it. Its author is told of each once.
    Hindrance {
        /// The bot is no longer in the channel.
        NotIn = "not_in",
        /// The channel is archived.
        Archived = "archived",
        /// The channel is gone, or out of the bot's sight.
        Gone = "gone",
        /// There are fewer people left who could approve than are needed.
        TooFew = "too_few",
    }
);

/// The slots of one posted scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posting {
    /// The summary.
    pub summary: Slot,
    /// The evaluation kit.
    pub kit: Slot,
    /// The first thirty days.
    pub thirty_days: Slot,
    /// Further messages of the summary, oldest known first.
    pub twins: Vec<Twin>,
    /// What stands in the way, as the author was told.
    pub hindered: BTreeSet<Hindrance>,
}

impl Posting {
    /// The slot of a piece.
    pub fn slot(&self, piece: Piece) -> &Slot {
        match piece {
            Piece::Summary => &self.summary,
            Piece::Kit => &self.kit,
            Piece::ThirtyDays => &self.thirty_days,
        }
    }
    /// The twin that stands there.
    pub fn twin_at(&self, channel: &ChannelId, ts: &MessageTs) -> Option<&Twin> {
        self.twins.iter().find(|twin| twin.channel == *channel && twin.ts == *ts)
    }
    /// The slot of a piece, to be changed.
    pub fn slot_mut(&mut self, piece: Piece) -> &mut Slot {
        match piece {
            Piece::Summary => &mut self.summary,
            Piece::Kit => &mut self.kit,
            Piece::ThirtyDays => &mut self.thirty_days,
        }
    }
}
