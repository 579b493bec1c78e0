//! The fixed parts of the three sentences.

use super::section::section;
use super::{Line, Phrase, Table, holes, keys};
use crate::domain::choices::{SystemType, Team};
use crate::domain::document::Span;

section!(
    /// The three sentences. Their full stop is supplied.
    Sentences {
        /// First: the system.
        system: SystemSentence;
        /// Second: latency and scale.
        scale: ScaleSentence;
        /// Third: the team.
        team: Table<Team, Line>, in Part;
    }
);

section!(
    /// The system.
    SystemSentence {
        /// One lead a type, with its capital.
        lead: Table<SystemType, Line>, in Part;
        /// Lead and typed words.
        with_words: Phrase<LeadHole>, in Line;
    }
);

section!(
    /// Latency and scale.
    ScaleSentence {
        /// What is counted, a type.
        unit: Table<SystemType, Unit>;
        /// How soon, a band.
        speed: Table<KnownSpeed, Phrase<EachHole>>, in Part;
        /// How much, a band.
        load: Table<KnownLoad, Phrase<ThingsHole>>, in Part;
        /// Both known.
        both: Phrase<ScaleHole>, in Line;
        /// Only the load is known.
        speed_open: Phrase<LoadHole>, in Line;
        /// Only the speed is known.
        load_open: Phrase<SpeedHole>, in Line;
        /// Neither is known.
        both_open: Line, in Line;
        /// With numbers as typed.
        with_numbers: Phrase<NumbersHole>, in Line;
        /// With numbers as typed, beside an open question.
        with_numbers_open: Phrase<NumbersHole>, in Line;
    }
);

section!(
    /// What a type of system counts.
    Unit {
        /// "Each request".
        each: Line, in Part;
        /// "is answered".
        done: Line, in Part;
        /// "requests".
        things: Line, in Part;
    }
);

keys!(
    /// Speeds that are known.
    KnownSpeed {
        /// Below 10 milliseconds.
        Under10Ms = "under_10_ms",
        /// Below 100 milliseconds.
        Under100Ms = "under_100_ms",
        /// Below one second.
        Under1S = "under_1_s",
        /// Within a minute.
        Under1Min = "under_1_min",
        /// Within an hour.
        Under1H = "under_1_h",
        /// Hours are fine.
        Hours = "hours",
    }
);

keys!(
    /// Loads that are known.
    KnownLoad {
        /// Less than one a minute.
        Rare = "rare",
        /// One a minute to one a second.
        UnderOne = "under_1",
        /// 1 to 10 a second.
        Ones = "ones",
        /// 10 to 100 a second.
        Tens = "tens",
        /// 100 to 1,000 a second.
        Hundreds = "hundreds",
        /// 1,000 to 10,000 a second.
        Thousands = "thousands",
        /// 10,000 to 100,000 a second.
        TensOfThousands = "tens_of_thousands",
        /// 100,000 a second and more.
        More = "more",
    }
);

holes!(
    /// Lead and words.
    LeadHole {
        Lead = "lead", Span::plain("Real-time event pipeline"), 60;
        Words = "words", Span::typed("takes card events and keeps the ledger"), 320;
    }
);
holes!(
    /// What is done, and how.
    EachHole { Each = "each", Span::plain("Each request"), 30; Done = "done", Span::plain("is answered"), 30; }
);
holes!(
    /// What is counted.
    ThingsHole { Things = "things", Span::plain("requests"), 30; }
);
holes!(
    /// Both halves.
    ScaleHole {
        Speed = "speed", Span::plain("Each request is answered in under 1 second"), 120;
        Load = "load", Span::plain("at 1 to 10 requests a second when busy"), 120;
    }
);
holes!(
    /// The first half alone.
    SpeedHole { Speed = "speed", Span::plain("Each request is answered in under 1 second"), 120; }
);
holes!(
    /// The second half alone.
    LoadHole { Load = "load", Span::plain("at 1 to 10 requests a second when busy"), 120; }
);
holes!(
    /// The sentence so far, and numbers as typed.
    NumbersHole {
        Scale = "scale", Span::plain("Each request is answered in under 1 second"), 240;
        Numbers = "numbers", Span::typed("p99 80 ms"), 170;
    }
);
