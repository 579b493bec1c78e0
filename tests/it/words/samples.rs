//! Briefs to render, and the words as they come.

use std::sync::LazyLock;

use scopebot::domain::answers::{Code, Detail, Length, Load, Ramp, Speed, SystemType, Team, Text};
use scopebot::domain::brief::Brief;
use scopebot::domain::wording::Words;

static WORDS: LazyLock<Words> = LazyLock::new(|| scopebot::prompts::load(None).unwrap().words);

/// The embedded catalogue.
pub fn words() -> &'static Words {
    &WORDS
}

/// Typed words.
pub fn text(words: &str) -> Text {
    Text::parse(words, 300).unwrap()
}

/// A complete brief with nothing optional but numbers.
pub fn brief(system_type: SystemType) -> Brief {
    let (system, speed, load, team) = match system_type {
        SystemType::RestApi => (
            "order history for the mobile app. Shops and support read it too",
            Speed::Under100Ms,
            Load::Tens,
            Team::OneOrTwo,
        ),
        SystemType::EventPipeline => (
            "takes card events from 40 shops and keeps the streaming ledger that finance reads",
            Speed::Under1S,
            Load::TensOfThousands,
            Team::Larger,
        ),
        SystemType::BatchProcessing => {
            ("nightly settlement of marketplace payouts", Speed::Hours, Load::Hundreds, Team::OneOrTwo)
        }
        SystemType::AiInference => {
            ("answers support questions with our own model", Speed::Under1S, Load::Ones, Team::Solo)
        }
        SystemType::ServiceIntegration => {
            ("joins the shop, the ERP and two payment providers", Speed::Under1Min, Load::UnderOne, Team::Solo)
        }
    };
    Brief {
        system_type,
        system: text(system),
        speed,
        load,
        numbers: (system_type == SystemType::EventPipeline).then(|| text("40,000 events a second at peak. p99 800 ms")),
        team,
        language: None,
        ramp: None,
        code: None,
        length: None,
        breadth: None,
        title: None,
        details: Vec::new(),
    }
}

/// A brief with everything in it.
pub fn full(system_type: SystemType) -> Brief {
    Brief {
        language: Some(text("Go, some Python")),
        ramp: Some(Ramp::Weeks),
        code: Some(Code::Coupled),
        length: Some(Length::Embedded),
        details: vec![
            (Detail::MustHave, text("has run a stream through a real outage")),
            (Detail::Place, text("remote, within 3 hours of Berlin")),
            (Detail::Seniority, text("Senior")),
        ],
        ..brief(system_type)
    }
}
