//! The evaluation kit and the first 30 days.

use super::section::section;
use super::{Line, Lines, Phrase, Table, holes, keys};
use crate::domain::choices::SystemType;
use crate::domain::document::Span;
use crate::domain::shape::Band;

section!(
    /// The evaluation kit: what holds for every type.
    Kit {
        /// Title, with the type's short name.
        title: Phrase<KindHole>, in Heading;
        /// What it is, and what it leaves out.
        intro: Line, in Line;
        /// Headings of the parts.
        heading: KitHeadings;
        /// Labels within a part.
        label: KitLabels;
        /// What the manager prepares.
        prepare: Lines, in Line;
        /// The same, when nobody of theirs writes backend code.
        prepare_solo: Line, in Line;
        /// A system they ran.
        walkthrough: KitWalkthrough;
        /// A data design.
        schema: KitSchema;
        /// Your own code.
        codebase: KitCodebase;
        /// In the thread, where the first 30 days are not yet.
        days_later: Line, in Line;
        /// Before the sentences of the scope.
        interviewers: Line, in Line;
        /// How to use the sheet.
        scoring: Line, in Line;
        /// One criterion a row.
        criterion: Table<Criterion, Anchors>;
        /// What differs by type: a file each, `prompts/kit/`.
        kind: Table<SystemType, KindKit>;
    }
);

section!(
    /// Headings of the parts.
    KitHeadings {
        /// Preparation.
        prepare: Line, in Heading;
        /// Part one.
        walkthrough: Line, in Heading;
        /// Part two.
        schema: Line, in Heading;
        /// Part three.
        codebase: Line, in Heading;
        /// The scope, for interviewers.
        interviewers: Line, in Heading;
        /// The scoring sheet.
        scoring: Line, in Heading;
    }
);

section!(
    /// Labels within a part.
    KitLabels {
        /// What to ask.
        ask: Line, in Option;
        /// What to hope for.
        good: Line, in Option;
        /// What to doubt.
        doubt: Line, in Option;
        /// The problem to set.
        task: Line, in Option;
    }
);

section!(
    /// A system they ran.
    KitWalkthrough {
        /// The questions for every type.
        ask: Lines, in Line;
        /// What weighs most.
        weight: Line, in Line;
        /// One question more, by load.
        load: Table<Band, Line>, in Line;
    }
);

section!(
    /// A data design.
    KitSchema {
        /// How to set it.
        intro: Line, in Line;
        /// Good signs for every type.
        good: Lines, in Line;
    }
);

section!(
    /// Your own code.
    KitCodebase {
        /// How to set it.
        intro: Line, in Line;
        /// How to set it when there is no code yet.
        intro_new: Line, in Line;
        /// Good signs for every type.
        good: Lines, in Line;
        /// What does not count.
        finish: Line, in Line;
        /// How to choose the problem in coupled code.
        coupled: Line, in Line;
    }
);

section!(
    /// The kit of one type.
    KindKit {
        /// What the manager prepares besides.
        prepare: Lines, in Line;
        /// The walkthrough.
        walkthrough: KindWalkthrough;
        /// The data design.
        schema: KindTask;
        /// The code.
        codebase: KindTask;
    }
);

section!(
    /// The walkthrough of one type.
    KindWalkthrough {
        /// Questions.
        ask: Lines, in Line;
        /// Good signs.
        good: Lines, in Line;
        /// Warning signs.
        doubt: Lines, in Line;
    }
);

section!(
    /// A task of one type.
    KindTask {
        /// The problem to set.
        task: Line, in Line;
        /// Good signs.
        good: Lines, in Line;
    }
);

keys!(
    /// What the scoring sheet weighs.
    Criterion {
        /// How they talk about failure; counts double.
        Failure = "failure",
        /// Parts and flows.
        Flows = "flows",
        /// Data.
        Data = "data",
        /// Finding a fault in unknown code.
        Debugging = "debugging",
    }
);

section!(
    /// One row of the sheet.
    Anchors {
        /// What is weighed.
        name: Line, in Option;
        /// One point.
        one: Line, in Line;
        /// Two points.
        two: Line, in Line;
        /// Three points.
        three: Line, in Line;
    }
);

section!(
    /// The first 30 days.
    Days {
        /// Title.
        title: Line, in Heading;
        /// Day one.
        day_one: DayOne;
        /// Week one.
        week_one: Week;
        /// Week two.
        week_two: WeekTwo;
        /// Week three.
        week_three: Week;
        /// Week four.
        week_four: WeekFour;
        /// Where to look when the pace does not hold.
        pace: Line, in Line;
    }
);

section!(
    /// Access.
    DayOne {
        /// Heading.
        heading: Line, in Heading;
        /// What they can open.
        access: Lines, in Line;
        /// Why.
        why: Line, in Line;
    }
);

section!(
    /// A week that ends in something shipped.
    Week {
        /// Heading.
        heading: Line, in Heading;
        /// What happens.
        text: Line, in Line;
        /// For instance, by type.
        example: Table<SystemType, Line>, in Line;
        /// What coupled code adds.
        coupled: Line, in Line;
    }
);

section!(
    /// The walk through the running system.
    WeekTwo {
        /// Heading.
        heading: Line, in Heading;
        /// With a senior colleague.
        text: Line, in Line;
        /// Without one.
        solo: Line, in Line;
        /// What it covers.
        covers: Lines, in Line;
    }
);

section!(
    /// The question.
    WeekFour {
        /// Heading.
        heading: Line, in Heading;
        /// The question and its use.
        text: Line, in Line;
        /// How to read "nothing".
        nothing: Line, in Line;
    }
);

holes!(
    /// The type's short name.
    KindHole { Kind = "kind", Span::plain("event pipeline"), 75; }
);
