//! The message in the hiring channel.

use super::form::KeptHole;
use super::section::section;
use super::{Line, Phrase, Table, holes};
use crate::domain::choices::{Breadth, Code, Detail, Length, Ramp};
use crate::domain::document::{DateForm, Span};
use crate::domain::ids::{Timestamp, UserId};

section!(
    /// The summary.
    Summary {
        /// Labels of the lines.
        label: Labels;
        /// Labels of the details.
        detail: Table<Detail, Line>, in Option;
        /// The same in a list of what is not given.
        missing: Missing;
        /// Language alone.
        language: Phrase<KeptHole>, in Line;
        /// Language and ramp.
        language_ramp: Table<Ramp, Phrase<KeptHole>>, in Line;
        /// State of the code.
        code: Table<Code, Line>, in Line;
        /// Length of the need.
        length: Table<Length, Line>, in Line;
        /// Backend or full-stack.
        breadth: Table<Breadth, Line>, in Line;
        /// Who asked.
        asked_by: Phrase<WhoHole>, in Line;
        /// Who asked, from the second revision on.
        asked_by_revision: Phrase<WhoRevisionHole>, in Line;
        /// State of the approval.
        approval: Approval;
        /// What became of the search.
        life: Life;
        /// Its author has left.
        left: Phrase<WhoHole>, in Line;
        /// Between the last two of a list of people or things.
        and: Line, in Option;
    }
);

section!(
    /// Labels, without a colon.
    Labels {
        /// Line of the shape.
        look_for: Line, in Option;
        /// Line of the shape.
        looks_right: Line, in Option;
        /// Line of the shape.
        ask_first: Line, in Option;
        /// Fact.
        language: Line, in Option;
        /// Fact.
        code: Line, in Option;
        /// Fact.
        length: Line, in Option;
        /// Fact.
        breadth: Line, in Option;
        /// What sourcing needs and nobody gave.
        not_given: Line, in Option;
        /// An acknowledged warning; the reason follows.
        language_first: Line, in Option;
        /// State of the approval.
        approval: Line, in Option;
        /// State of the search.
        search: Line, in Option;
    }
);

section!(
    /// Names within "Not given: …".
    Missing {
        /// The details that sourcing needs.
        detail: Table<Detail, Line>, in Option;
        /// Length of the need.
        length: Line, in Option;
    }
);

section!(
    /// State of the approval, in words.
    Approval {
        /// No approvers are configured.
        nobody_asked: Line, in Line;
        /// Nobody has approved yet; one is enough.
        waiting_one: Line, in Line;
        /// Nobody has approved yet; several are needed.
        waiting: Phrase<QuorumHole>, in Line;
        /// Some have.
        partly: Phrase<PartlyHole>, in Line;
        /// Enough have.
        approved: Phrase<PeopleHole>, in Line;
        /// Somebody asked for changes.
        changes_asked: Phrase<PeopleHole>, in Line;
        /// How to approve.
        how: Phrase<EmojiHole>, in Line;
        /// A person and when they did.
        person: Phrase<PersonDateHole>, in Part;
    }
);

section!(
    /// What became of the search.
    Life {
        /// A recruiter has it.
        claimed: Phrase<WhoDateHole>, in Line;
        /// It rests.
        on_hold: Phrase<WhoDateHole>, in Line;
        /// Somebody is hired.
        filled: Phrase<WhoDateHole>, in Line;
        /// Somebody is hired: who and when they start.
        filled_with: Phrase<HireHole>, in Line;
        /// It ended without a hire.
        closed: Phrase<WhoDateHole>, in Line;
    }
);

holes!(
    /// A person.
    WhoHole { Who = "who", sample_person(), 81; }
);
holes!(
    /// A person and a revision.
    WhoRevisionHole { Who = "who", sample_person(), 81; Revision = "revision", Span::plain("2"), 4; }
);
holes!(
    /// A person and a moment.
    WhoDateHole { Who = "who", sample_person(), 81; Date = "date", sample_date(), 20; }
);
holes!(
    /// A person and a moment, within a list.
    PersonDateHole { Person = "person", sample_person(), 81; Date = "date", sample_date(), 20; }
);
holes!(
    /// Several people.
    PeopleHole { People = "people", sample_person(), 600; }
);
holes!(
    /// How many have to approve.
    QuorumHole { Quorum = "quorum", Span::plain("2"), 4; }
);
holes!(
    /// Who has approved, and how many of how many.
    PartlyHole {
        People = "people", sample_person(), 600;
        Count = "count", Span::plain("1"), 4;
        Quorum = "quorum", Span::plain("2"), 4;
    }
);
holes!(
    /// The reactions that count.
    EmojiHole { Emoji = "emoji", Span::Emoji("white_check_mark".into()), 200; }
);
holes!(
    /// Who is hired and when they start; who said so.
    HireHole {
        Hire = "hire", Span::typed("Ada Lovelace"), 150;
        Who = "who", sample_person(), 81;
        Date = "date", sample_date(), 20;
    }
);

pub(super) fn sample_person() -> Span {
    UserId::parse("U0AUTHOR").map(Span::Mention).unwrap_or_else(|_| Span::plain("@ada"))
}

pub(super) fn sample_date() -> Span {
    Span::Date(Timestamp::UNIX_EPOCH, DateForm::Day)
}
