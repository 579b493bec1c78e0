//! What kind of engineer a scope selects for, and the title made from it.

use super::section::section;
use super::{Line, Phrase, Table, holes};
use crate::domain::choices::{SystemType, Team};
use crate::domain::document::Span;
use crate::domain::shape::Band;

section!(
    /// The title of a role.
    Title {
        /// For a backend engineer.
        backend: Phrase<WhatHole>, in Heading;
        /// For one who owns the front end too.
        full_stack: Phrase<WhatHole>, in Heading;
        /// What the system is, where the words do not say it.
        short: Table<SystemType, Line>, in Option;
    }
);

section!(
    /// Look for, looks right but is not, ask first.
    Shape {
        /// What a fitting engineer has done.
        look_for: Phrase<LookHole>, in Line;
        /// Who looks right and is not.
        looks_right: Phrase<WrongHole>, in Line;
        /// The first question, and what a good answer has.
        ask_first: Phrase<AskHole>, in Line;
        /// By type.
        kind: Table<SystemType, OfKind>;
        /// By load.
        load: Table<Band, OfLoad>;
        /// By team.
        team: Table<Team, OfTeam>;
    }
);

section!(
    /// What the type brings.
    OfKind {
        /// What they have done.
        look_for: Line, in Part;
        /// Who looks right and is not.
        looks_right: Line, in Part;
        /// The question.
        question: Line, in Part;
        /// What a good answer has.
        good: Line, in Part;
    }
);

section!(
    /// What the load brings.
    OfLoad {
        /// What they have done.
        look_for: Line, in Part;
        /// Who looks right and is not.
        looks_right: Line, in Part;
        /// What a good answer has.
        good: Line, in Part;
    }
);

section!(
    /// What the team brings.
    OfTeam {
        /// What they have done.
        look_for: Line, in Part;
        /// What a good answer has.
        good: Line, in Part;
    }
);

holes!(
    /// What the system is.
    WhatHole { What = "what", Span::typed("streaming ledger"), 80; }
);
holes!(
    /// The parts of "Look for".
    LookHole {
        Kind = "kind", Span::plain("Has owned a stream in production"), 200;
        Load = "load", Span::plain("has split data over machines"), 120;
        Team = "team", Span::plain("decides the design alone"), 120;
    }
);
holes!(
    /// The parts of "Looks right but is not".
    WrongHole {
        Kind = "kind", Span::plain("An API developer in the same language"), 200;
        Load = "load", Span::plain("anyone who has never measured a slow query"), 160;
    }
);
holes!(
    /// The parts of "Ask first".
    AskHole {
        Question = "question", Span::plain("When did events come twice?"), 200;
        Kind = "kind", Span::plain("how it was noticed"), 160;
        Load = "load", Span::plain("numbers at the busiest moment"), 120;
        Team = "team", Span::plain("how they decided without a colleague to ask"), 120;
    }
);
