//! What a word of the vocabulary can mean to a reader, and which reader looks at it.

/// A set of senses, one bit each.
pub(super) type Senses = u64;

macro_rules! senses {
    ($($(#[$doc:meta])* $variant:ident = $key:literal),+ $(,)?) => {
        /// What a word means to the readers. The key is the table in `prompts/vocabulary/`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Sense { $($(#[$doc])* $variant),+ }

        impl Sense {
            /// Every sense.
            pub const ALL: &'static [Sense] = &[$(Sense::$variant),+];

            /// The name of its table.
            pub fn key(self) -> &'static str {
                match self { $(Sense::$variant => $key),+ }
            }
            /// Reads what [`Self::key`] wrote.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Sense::$variant),)+ _ => None }
            }
        }
    };
}

senses! {
    /// Who is wanted: engineer, dev.
    Role = "role",
    /// How much of one: senior, certified.
    Seniority = "seniority",
    /// Words every backend could be described with: API, service, cloud.
    Generic = "generic",
    /// Modifiers that tell nothing of a system: robust, our, new.
    Adjective = "adjective",
    /// An industry: fintech.
    Industry = "industry",
    /// A company: startup, agency.
    Company = "company",
    /// What opens a company blurb: we help.
    Blurb = "blurb",
    /// Somebody is wanted: looking for.
    Need = "need",
    /// Verbs of making and owning.
    Build = "build",
    /// What stands in every advertisement: years, salary, remote.
    Filler = "filler",
    /// Function words.
    Stop = "stop",
    /// What stands before a skill: experience with.
    Skill = "skill",
    /// What stands after the name of a language: developer, codebase.
    Stackish = "stackish",
    /// A client technology: iOS, React app.
    Surface = "surface",
    /// Waves a language away: doesn't matter.
    Waive = "waive",
    /// Waves away the language that follows: not another.
    WaiveBefore = "waive_before",
    /// The old state: legacy, replacing.
    Legacy = "legacy",
    /// Only looks like a name: go live.
    Lookalike = "lookalike",
    /// A thing that can be built: service, engine.
    Artefact = "artefact",
    /// Begins what a thing is for: that, for, behind.
    Purpose = "purpose",
    /// A system by itself: ledger.
    System = "system",
    /// Makes architecture of an infrastructure name before it: Kafka *pipeline*.
    ArchNoun = "arch_noun",
    /// Makes architecture of an infrastructure name after it: *sharded* Postgres.
    ArchAdj = "arch_adj",
    /// What systems do: ingest.
    FlowVerb = "flow_verb",
    /// What flows: events, orders.
    FlowNoun = "flow_noun",
    /// Front-end work.
    Frontend = "frontend",
    /// Coupled code.
    Coupling = "coupling",
    /// A test of algorithms.
    AlgorithmTest = "algorithm_test",
    /// Scale without a number.
    VagueScale = "vague_scale",
    /// How quick people and firms are: no scale.
    Pace = "pace",
    /// No, not, without.
    Negation = "negation",
    /// The candidate's past.
    Past = "past",
    /// thousand, million.
    Magnitude = "magnitude",
    /// two, a few.
    CountWord = "count_word",
    /// second, day.
    TimeUnit = "time_unit",
    /// GB, terabyte.
    DataUnit = "data_unit",
    /// rps, qps.
    RateUnit = "rate_unit",
    /// What makes load: users, orders.
    LoadNoun = "load_noun",
    /// What does not: years, partners.
    NotLoad = "not_load",
    /// Money.
    Money = "money",
    /// under, within, p99.
    Bound = "bound",
    /// p99, median.
    Percentile = "percentile",
    /// per, each, a.
    Per = "per",
    /// An order of magnitude in words: sub-second.
    ScalePhrase = "scale_phrase",
    /// Alone.
    Solo = "solo",
    /// Alone, if the sentence is about people.
    SoloVague = "solo_vague",
    /// team, squad.
    TeamNoun = "team_noun",
    /// Who builds.
    Builder = "builder",
    /// Who does not.
    Nonbuilder = "nonbuilder",
    /// joins, works with.
    Join = "join",
    /// leads, mentors.
    Lead = "lead",
    /// small team.
    TeamSize = "team_size",
    /// The kind of a team: backend, payments.
    TeamArea = "team_area",
    /// "our growing team".
    NotTeam = "not_team",
    /// People of a team without a trade: others, contractors.
    Peer = "peer",
    /// What those who build do: wrote, maintain.
    Keeps = "keeps",
    /// Ties the new engineer to those named next: share on-call with, reviewed by.
    Shares = "shares",
    /// Who is not of the house: clients, partners.
    Outsider = "outsider",
    /// How the candidate is chosen: interviewed by.
    Interview = "interview",
    /// What stands between a team and its size: counts, consists of.
    TeamLink = "team_link",
    /// What the candidate is like: able, enjoys.
    Trait = "trait",
    /// Somebody is to be hired: need, recruit.
    Hires = "hires",
    /// English function words.
    English = "english",
    /// Function words of its neighbours.
    Foreign = "foreign",
}

impl Sense {
    /// Its bit.
    pub(super) const fn bit(self) -> Senses {
        1 << self as u32
    }
}

/// The union of senses.
pub(super) const fn any(senses: &[Sense]) -> Senses {
    let mut set = 0;
    let mut at = 0;
    while at < senses.len() {
        set |= senses[at].bit();
        at += 1;
    }
    set
}

/// Each reader sees the text cut by its own words alone: "small team" is one word to the reader of teams and two to the
/// reader of systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    /// What leads: names and systems.
    Lead,
    /// The type of system: votes.
    Kind,
    /// Numbers.
    Scale,
    /// People.
    Team,
    /// Phrases that need no grammar.
    Flat,
    /// Function words, for telling languages apart.
    Tongue,
}

impl Layer {
    /// The senses it sees.
    pub(super) const fn mask(self) -> Senses {
        use Sense as S;
        match self {
            Layer::Lead => any(&[
                S::Role,
                S::Seniority,
                S::Generic,
                S::Adjective,
                S::Industry,
                S::Company,
                S::Blurb,
                S::Need,
                S::Build,
                S::Filler,
                S::Stop,
                S::Skill,
                S::Stackish,
                S::Surface,
                S::Waive,
                S::WaiveBefore,
                S::Legacy,
                S::Lookalike,
                S::Artefact,
                S::Purpose,
                S::System,
                S::ArchNoun,
                S::ArchAdj,
                S::FlowVerb,
                S::FlowNoun,
                S::Negation,
                S::Foreign,
            ]),
            Layer::Kind => any(&[
                S::Blurb,
                S::Company,
                S::Role,
                S::Legacy,
                S::Negation,
                S::Need,
                S::Build,
                S::Skill,
                S::Filler,
                S::Lookalike,
            ]),
            Layer::Scale => any(&[
                S::Magnitude,
                S::CountWord,
                S::TimeUnit,
                S::DataUnit,
                S::RateUnit,
                S::LoadNoun,
                S::NotLoad,
                S::Money,
                S::Bound,
                S::Percentile,
                S::Per,
                S::ScalePhrase,
                S::Negation,
            ]),
            Layer::Team => any(&[
                S::Solo,
                S::SoloVague,
                S::TeamNoun,
                S::Builder,
                S::Nonbuilder,
                S::Join,
                S::Lead,
                S::TeamSize,
                S::TeamArea,
                S::NotTeam,
                S::CountWord,
                S::Magnitude,
                S::Past,
                S::Negation,
                S::Company,
                S::Peer,
                S::Keeps,
                S::Shares,
                S::Outsider,
                S::Interview,
                S::TeamLink,
                S::Trait,
                S::Hires,
            ]),
            Layer::Flat => any(&[
                S::Negation,
                S::Surface,
                S::Builder,
                S::TeamNoun,
                S::Frontend,
                S::Coupling,
                S::AlgorithmTest,
                S::VagueScale,
                S::Pace,
            ]),
            Layer::Tongue => any(&[S::English, S::Foreign]),
        }
    }
}
