//! Every page fits what Slack takes, with the longest answers in several scripts.

use scopebot::domain::answers::{Breadth, Code, Detail, Length, Load, Ramp, Speed, SystemType, Team};
use scopebot::domain::brief::Brief;
use scopebot::domain::document::{Block, Document};
use scopebot::domain::hiring::figures;
use scopebot::domain::kit::{kit, scoring_sheet, thirty_days};
use scopebot::domain::pages::help;
use scopebot::domain::sentence::sentences_of;

use super::samples::{brief, text, words};
use super::summaries::crowded;

fn longest(system_type: SystemType, letter: &str) -> Brief {
    let of = |limit: usize| text(&letter.repeat(limit));
    Brief {
        system: of(300),
        numbers: Some(of(150)),
        speed: Speed::Under100Ms,
        load: Load::TensOfThousands,
        team: Team::Solo,
        language: Some(of(150)),
        ramp: Some(Ramp::Weeks),
        code: Some(Code::Coupled),
        length: Some(Length::Permanent),
        breadth: Some(Breadth::FullStack),
        title: Some(of(80)),
        details: Detail::ALL.iter().map(|detail| (*detail, of(detail_limit(*detail)))).collect(),
        ..brief(system_type)
    }
}

fn detail_limit(detail: Detail) -> usize {
    scopebot::domain::answers::Question::Detail(detail).limit()
}

fn fits(page: &Document, blocks: usize) {
    assert!(page.blocks.len() <= blocks, "{} blocks", page.blocks.len());
    for block in &page.blocks {
        let (found, limit) = match block {
            Block::Heading(_, spans) => (spans.text().chars().count(), 150),
            Block::Para(spans) | Block::Quote(spans) | Block::Context(spans) => (spans.text().chars().count(), 3000),
            Block::Fact { label, value } => (label.chars().count() + 2 + value.text().chars().count(), 3000),
            Block::Bullets(items) => (items.iter().map(|item| item.text().chars().count() + 2).sum(), 3000),
            Block::Divider => (0, 0),
            Block::Actions(buttons) => {
                assert!(buttons.iter().all(|button| button.label.chars().count() <= 30));
                (buttons.len(), 5)
            }
        };
        assert!(found <= limit, "{found} of {limit}: {block:?}");
    }
}

#[test]
fn the_longest_answers_fit_in_every_page() {
    for system_type in SystemType::ALL {
        for letter in ["w", "支", "ع", "😀"] {
            let brief = longest(*system_type, letter);
            let sentences = sentences_of(&brief, words()).map(|sentence| sentence.text());
            fits(&crowded(&brief), 50);
            fits(&kit(&brief, &sentences, words()), 50);
            fits(&thirty_days(&brief, words()), 50);
            fits(&figures(&brief, words()), 50);
        }
    }
    fits(&scoring_sheet(words()), 50);
    fits(&help(words()), 50);
}
