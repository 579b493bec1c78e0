//! The review: one screen before posting, and the page "More for recruiters" above it.

use super::form::{Choosing, KeptHole, Typing};
use super::section::section;
use super::{Line, Phrase, Table, holes};
use crate::domain::choices::{Breadth, Code, Detail, Length, Ramp};
use crate::domain::document::Span;
use crate::domain::ids::ChannelId;

section!(
    /// The review.
    Review {
        /// Title of the window.
        title: Line, in Window;
        /// The button that posts.
        submit: Line, in Window;
        /// The button that posts a later revision.
        submit_revision: Line, in Window;
        /// The button that closes the window.
        close: Line, in Window;
        /// Above the three sentences.
        sentences: Line, in Heading;
        /// The sentences are changed by changing the answer.
        change_answer: Line, in Line;
        /// Above the kind of engineer.
        selects_for: Line, in Heading;
        /// Label of what sourcing needs and nobody gave.
        still_open: Line, in Option;
        /// The answers moved since the review was shown.
        moved: Line, in Line;
        /// What of them moved.
        moved_axes: Phrase<AxesHole>, in Line;
        /// The window that thanks after posting.
        posted: Phrase<ChannelHole>, in Line;
        /// Findings and their mending.
        finding: Finding;
        /// Words and band disagree.
        conflict: Conflict;
        /// The optional questions, after the three.
        optional: Line, in Heading;
        /// Language and framework.
        language: Typing;
        /// Ramp time accepted.
        ramp: Choosing<Ramp>;
        /// State of the code.
        code: Choosing<Code>;
        /// Length of the need.
        length: Choosing<Length>;
        /// Backend or full-stack.
        breadth: Choosing<Breadth>;
        /// The title, when the made one does not suit.
        role_title: Typing;
        /// Where it appears and who can approve.
        posting: Posting;
        /// "More for recruiters".
        more: More;
    }
);

section!(
    /// Around a finding; its quote and reason come from the rule.
    Finding {
        /// The words it is about.
        quote: Phrase<KeptHole>, in Line;
        /// The answer as a field, mended in place.
        mend: Line, in Label;
        /// Below that field: what a blank is.
        mend_hint: Line, in Hint;
        /// Before the offered rewrite.
        rewrite: Phrase<RewriteHole>, in Line;
        /// Above the tick to post it as it is.
        keep: Line, in Label;
        /// The tick to post it as it is.
        on_purpose: Line, in Option;
        /// The reason for that.
        reason: Typing;
        /// Ticked without a reason.
        reason_missing: Line, in Hint;
        /// Neither mended nor ticked.
        undecided: Line, in Hint;
    }
);

section!(
    /// The words name one order of magnitude, the choice another.
    Conflict {
        /// Both, and which is posted.
        speed: Line, in Label;
        /// Both, and which is posted.
        load: Line, in Label;
        /// What the words say.
        by_words: Line, in Option;
        /// What was chosen.
        by_choice: Line, in Option;
    }
);

section!(
    /// Where it appears and who can approve.
    Posting {
        /// One hiring channel.
        channel: Phrase<ChannelHole>, in Line;
        /// Several: the choice.
        channel_label: Line, in Label;
        /// Enough approvers.
        approvers: Phrase<ApproversHole>, in Line;
        /// Nobody is configured.
        nobody_asked: Line, in Line;
        /// Fewer than the quorum, with the remedy.
        too_few: Phrase<ApproversHole>, in Line;
        /// The bot is not in the channel, with the remedy.
        not_in_channel: Phrase<ChannelHole>, in Line;
        /// The channel is gone or archived, with the remedy.
        channel_gone: Phrase<ChannelHole>, in Line;
        /// The channel is shared with another company, with the remedy.
        channel_shared: Phrase<ChannelHole>, in Line;
        /// What a new revision does to the approvals that stand.
        voids: Line, in Line;
        /// A revision that keeps the approvals.
        keeps: Line, in Line;
    }
);

section!(
    /// "More for recruiters".
    More {
        /// Title of the window.
        title: Line, in Window;
        /// The button that keeps the details.
        submit: Line, in Window;
        /// The button that goes back without.
        close: Line, in Window;
        /// What this is.
        intro: Line, in Line;
        /// One field a detail.
        detail: Table<Detail, Typing>;
    }
);

holes!(
    /// What changed.
    AxesHole { Axes = "axes", Span::plain("the system"), 120; }
);
holes!(
    /// A channel.
    ChannelHole { Channel = "channel", sample_channel(), 81; }
);
holes!(
    /// How many can approve and how many must.
    ApproversHole { Count = "count", Span::plain("3"), 4; Quorum = "quorum", Span::plain("1"), 4; }
);
holes!(
    /// A rewrite of the manager's own words.
    RewriteHole { Rewrite = "rewrite", Span::typed("ledger service that takes ___ and keeps ___, in Python"), 300; }
);

pub(super) fn sample_channel() -> Span {
    ChannelId::parse("C0HIRING").map(Span::Channel).unwrap_or_else(|_| Span::plain("#hiring"))
}
