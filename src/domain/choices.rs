//! The closed choices a manager can make, each with its key in stores, forms and `prompts/`.

/// Declares a closed list whose members have keys; the one place that says what such a list can do.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every variant, in the order in which people see them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The key in stores, forms and `prompts/`.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }
            /// Reads what [`Self::key`] wrote.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use choice;

choice!(
    /// Question 1: what kind of system. Each selects for a different engineer.
    SystemType {
        /// A backend API behind a product surface.
        RestApi = "rest_api",
        /// Events or streams moved and transformed as they happen.
        EventPipeline = "event_pipeline",
        /// Scheduled or bulk data work.
        BatchProcessing = "batch_processing",
        /// Serving predictions of models.
        AiInference = "ai_inference",
        /// Glue between systems.
        ServiceIntegration = "service_integration",
    }
);

choice!(
    /// Question 2, first half: how soon an answer, an event or a run must be done. Upper bounds.
    Speed {
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
        /// An answer too: posted as an open question, never as a number.
        NotKnown = "not_known",
    }
);

choice!(
    /// Question 2, second half: load at a busy moment, in requests, events, records or predictions.
    /// Bands of one order of magnitude, lower bound inclusive, upper exclusive.
    Load {
        /// Less than one a minute: up to about a thousand a day.
        Rare = "rare",
        /// One a minute to one a second: thousands to about 100 thousand a day.
        UnderOne = "under_1",
        /// 1 to 10 a second: about 100 thousand to 1 million a day.
        Ones = "ones",
        /// 10 to 100 a second: about 1 to 10 million a day.
        Tens = "tens",
        /// 100 to 1,000 a second: about 10 to 100 million a day.
        Hundreds = "hundreds",
        /// 1,000 to 10,000 a second: about 100 million to 1 billion a day.
        Thousands = "thousands",
        /// 10,000 to 100,000 a second: about 1 to 10 billion a day.
        TensOfThousands = "tens_of_thousands",
        /// 100,000 a second and more.
        More = "more",
        /// An answer too: posted as an open question, never as a number.
        NotKnown = "not_known",
    }
);

choice!(
    /// Question 3: the engineering team around the new engineer.
    Team {
        /// No other backend engineer.
        Solo = "solo",
        /// One or two others.
        OneOrTwo = "one_or_two",
        /// Into a larger team.
        Larger = "larger",
    }
);

choice!(
    /// Optional, beside the language: the ramp time accepted for somebody strong in another one.
    Ramp {
        /// Must know it on the first day.
        None = "none",
        /// Two to four weeks.
        Weeks = "weeks",
        /// One to three months.
        Months = "months",
    }
);

choice!(
    /// Optional: the state of the code the engineer will change.
    Code {
        /// Nothing there yet.
        New = "new",
        /// Existing, changes stay local.
        Local = "existing_local",
        /// Existing, tightly coupled: refactoring time goes into the plan.
        Coupled = "existing_coupled",
        /// Nobody has looked.
        NotKnown = "not_known",
    }
);

choice!(
    /// Optional: length and kind of the need; the advice on the hiring model follows from it.
    Length {
        /// Permanent, a single owner past eighteen months.
        Permanent = "permanent",
        /// Twelve to eighteen months.
        YearAndMore = "12_to_18_months",
        /// Three to twelve months, embedded in the team.
        Embedded = "3_to_12_months",
        /// Defined, bounded work with an end date and an internal manager.
        Bounded = "bounded",
        /// Not decided.
        NotKnown = "not_known",
    }
);

choice!(
    /// Optional, only when the text names front-end work.
    Breadth {
        /// Mostly (about 80 per cent) backend.
        Backend = "backend",
        /// Owns backend and front end.
        FullStack = "full_stack",
    }
);

choice!(
    /// What recruiters ask for beyond the three questions; free text each, all optional.
    Detail {
        /// Must-haves.
        MustHave = "must_have",
        /// Nice to have.
        NiceToHave = "nice_to_have",
        /// Place or time zone.
        Place = "place",
        /// Seniority.
        Seniority = "seniority",
        /// Start date.
        Start = "start",
        /// Number of hires.
        Hires = "hires",
        /// Pay band.
        Pay = "pay",
        /// Replacement or new position.
        Replacement = "replacement",
    }
);
