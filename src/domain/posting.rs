//! Where a posted scope stands in Slack: one slot for each message that is kept up to date.

use super::ids::{ChannelId, MessageTs, Revision};

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

/// The slots of one posted scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posting {
    /// The summary.
    pub summary: Slot,
    /// The evaluation kit.
    pub kit: Slot,
    /// The first thirty days.
    pub thirty_days: Slot,
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
    /// The slot of a piece, to be changed.
    pub fn slot_mut(&mut self, piece: Piece) -> &mut Slot {
        match piece {
            Piece::Summary => &mut self.summary,
            Piece::Kit => &mut self.kit,
            Piece::ThirtyDays => &mut self.thirty_days,
        }
    }
}
