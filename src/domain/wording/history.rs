//! What happened to a scope: its revisions and deeds.

use super::section::section;
use super::summary::{sample_date, sample_person};
use super::{Line, Phrase, RevisionHole, Table, holes, keys};
use crate::domain::approval::NotCounted;
use crate::domain::document::Span;
use crate::domain::life::StepKind;

section!(
    /// The revisions of a scope and what was done to each.
    History {
        /// Above a revision.
        revision: Phrase<RevisionHole>, in Heading;
        /// Who posted it, and when.
        posted: Phrase<DoneHole>, in Line;
        /// When it was posted, where nobody remembers by whom.
        posted_on: Phrase<WhenHole>, in Line;
        /// Label of the words before a revision.
        before: Line, in Option;
        /// Label of the words since.
        now: Line, in Option;
        /// Stands for words that were not there.
        nothing: Line, in Option;
        /// There is only the first revision.
        unchanged: Line, in Line;
        /// There are more than are shown.
        older: Phrase<OlderHole>, in Line;
        /// What people did.
        done: Table<Done, Phrase<DoneHole>>, in Line;
        /// What came of it by itself.
        came: Table<Came, Phrase<WhenHole>>, in Line;
        /// What was done with the search.
        stepped: Table<StepKind, Phrase<DoneHole>>, in Line;
        /// The author gave it to somebody.
        handed_over: Phrase<PassedHole>, in Line;
        /// Somebody has it now from whoever left.
        took_over: Phrase<PassedHole>, in Line;
        /// Somebody asked for changes, and for which.
        asked_for: Phrase<AskedForHole>, in Line;
        /// An attempt to approve that does not count.
        not_counted: Phrase<NotCountedHole>, in Line;
        /// Why it does not.
        why: Table<NotCounted, Line>, in Option;
    }
);

keys!(
    /// What a person did to a scope.
    Done {
        /// Began it.
        Started = "started",
        /// Posted against a warning.
        Overrode = "overrode",
        /// Approved.
        Approved = "approved",
        /// Took the approval back.
        Withdrew = "withdrew",
        /// Asked for changes.
        AskedForChanges = "asked_for_changes",
        /// Began an edit.
        EditBegun = "edit_begun",
        /// Threw an edit or a draft away.
        Discarded = "discarded",
        /// Wished what was refused.
        Refused = "refused",
    }
);

keys!(
    /// What came of what people did, or of time.
    Came {
        /// The quorum was reached.
        QuorumReached = "quorum_reached",
        /// It was lost.
        QuorumLost = "quorum_lost",
        /// The draft expired.
        Expired = "expired",
        /// Its author has left.
        AuthorLeft = "author_left",
        /// Its author is back.
        AuthorBack = "author_back",
        /// Its approvers were reminded.
        Nudged = "nudged",
        /// A message was not delivered.
        NotDelivered = "not_delivered",
    }
);

holes!(
    /// Who did it, and when.
    DoneHole { Who = "who", sample_person(), 81; Date = "date", sample_date(), 40; }
);
holes!(
    /// Who did it, from or to whom, and when.
    PassedHole {
        Who = "who", sample_person(), 81;
        Other = "other", sample_person(), 81;
        Date = "date", sample_date(), 40;
    }
);
holes!(
    /// Who asked, when, and for what.
    AskedForHole {
        Who = "who", sample_person(), 81;
        Date = "date", sample_date(), 40;
        What = "what", Span::plain("Speed or load looks like a guess; “too vague”"), 850;
    }
);
holes!(
    /// When.
    WhenHole { Date = "date", sample_date(), 40; }
);
holes!(
    /// How many older revisions there are.
    OlderHole { Count = "count", Span::plain("12"), 6; }
);
holes!(
    /// Who tried, why it does not count, and when.
    NotCountedHole {
        Who = "who", sample_person(), 81;
        Why = "why", Span::plain("not an approver"), 75;
        Date = "date", sample_date(), 40;
    }
);
