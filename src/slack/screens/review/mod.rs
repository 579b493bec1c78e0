//! The review: the three sentences as they will be posted, findings under the sentence they concern, the optional
//! questions, and what posting will do.

mod finding;

use slack_morphism::prelude::{SlackBlock, SlackModalView};

use self::finding::Shown;
use super::questions::{Sheet, choices};
use super::{Frame, button, part};
use crate::app::intent::ScreenKind;
use crate::app::screen::{ConflictShown, ReviewScreen};
use crate::domain::answers::{Answer, Question};
use crate::domain::document::{Document, Press, Span};
use crate::domain::ids::Revision;
use crate::domain::wording::Words;
use crate::slack::blocks::field::{self, Choice, ChoiceText, Need, Report};
use crate::slack::blocks::{divider, header};
use crate::slack::ids::{BlockId, Element, Generation, Metadata};

pub(super) fn window(screen: &ReviewScreen, words: &Words) -> SlackModalView {
    let review = &words.review;
    let first = screen.revision == Revision::FIRST;
    let submit = if first { &review.submit } else { &review.submit_revision };
    let generation = Generation(screen.generation);
    Frame {
        screen: ScreenKind::Review,
        title: review.title.as_str(),
        submit: Some(submit.as_str()),
        close: review.close.as_str(),
        metadata: Metadata {
            scope: Some(screen.scope.clone()),
            window: Some(screen.window.clone()),
            candidate: Some(screen.candidate.number),
            generation,
            revision: None,
        },
    }
    .around(blocks(screen, words))
    // "Back" tells the bot that the form is looked at again.
    .with_notify_on_close(true)
}

fn blocks(screen: &ReviewScreen, words: &Words) -> Vec<SlackBlock> {
    let review = &words.review;
    let sheet =
        Sheet { screen: ScreenKind::Review, generation: Generation(screen.generation), answers: &screen.answers };
    let mut shown = Shown::default();
    let mut blocks = screen.moved.as_ref().map(|moved| part(&moved.clone().divider())).unwrap_or_default();
    blocks.push(header(&screen.candidate.title));
    blocks.extend(part(&Document::new().context(&review.sentences)));
    for (at, sentence) in screen.candidate.sentences.iter().enumerate() {
        blocks.extend(part(&Document::new().quote(Span::typed(sentence))));
        for finding in screen.findings.iter().filter(|finding| finding.sentence == at) {
            blocks.extend(finding::blocks(finding, screen, &sheet, &mut shown, words));
        }
        blocks.extend(screen.conflict.iter().filter(|_| at == SCALE).filter_map(|it| conflict(it, &sheet, words)));
    }
    // A finding on no sentence is still said.
    for finding in screen.findings.iter().filter(|finding| finding.sentence >= screen.candidate.sentences.len()) {
        blocks.extend(finding::blocks(finding, screen, &sheet, &mut shown, words));
    }
    blocks.extend(part(&Document::new().context(&review.change_answer)));
    blocks.push(divider());
    blocks.extend(part(&Document::new().section(&review.selects_for).then(screen.selects_for.clone())));
    blocks.extend(optional(screen, &sheet, &shown, words));
    blocks.push(divider());
    blocks.extend(channels(screen, words));
    let notices = screen.notices.iter().cloned().fold(Document::new(), Document::then);
    blocks.extend(part(&notices));
    blocks
}

/// The sentence on latency and scale, under which words and band are compared.
const SCALE: usize = 1;

/// Words and band name two orders of magnitude: which is right?
fn conflict(conflict: &ConflictShown, sheet: &Sheet<'_>, words: &Words) -> Option<SlackBlock> {
    let said = &words.review.conflict;
    if conflict.by_words == conflict.by_choice {
        return None;
    }
    let (label, bands) = match conflict.question {
        Question::Speed => (&said.speed, choices(&words.form.speed)),
        Question::Load => (&said.load, choices(&words.form.load)),
        _ => return None,
    };
    let choice = |answer: &Answer, whose: &crate::domain::wording::Line| {
        let band = bands.iter().find(|band| band.value == answer.as_str())?;
        Some(Choice { description: Some(String::from(whose)), ..band.clone() })
    };
    let both = [choice(&conflict.by_words, &said.by_words)?, choice(&conflict.by_choice, &said.by_choice)?];
    let frame = sheet.frame(conflict.question, label.as_str(), None);
    Some(field::radio(frame, &both, Some(conflict.posted.as_str())))
}

/// Language, ramp, code and length, and the title; only here, after the three.
fn optional(screen: &ReviewScreen, sheet: &Sheet<'_>, shown: &Shown, words: &Words) -> Vec<SlackBlock> {
    let review = &words.review;
    let mut blocks = vec![divider(), header(review.optional.as_str())];
    // A field that stands under a finding already is not asked twice: Slack refuses two blocks of one id.
    let mut typing = |question, said, placeholder: &str| {
        if !shown.has(question) {
            blocks.push(sheet.typing_over(question, said, placeholder));
        }
    };
    typing(Question::Language, &review.language, review.language.placeholder.as_str());
    blocks.push(sheet.choosing(Question::Ramp, &review.ramp));
    blocks.push(sheet.choosing(Question::Code, &review.code));
    blocks.push(sheet.choosing(Question::Length, &review.length));
    if screen.asks_breadth {
        blocks.push(sheet.choosing(Question::Breadth, &review.breadth));
    }
    if !shown.has(Question::Title) {
        // The made title shows through, so that leaving the field alone keeps it.
        blocks.push(sheet.typing_over(Question::Title, &review.role_title, &screen.candidate.title));
    }
    let buttons = [Press::More, Press::Figures].map(|press| button(press, words).about(&screen.scope));
    blocks.extend(part(&Document::new().actions(buttons.into())));
    blocks
}

/// Where it appears, when there is a choice. Kept over every edition of the window, since no draft keeps it.
fn channels(screen: &ReviewScreen, words: &Words) -> Option<SlackBlock> {
    let chosen = screen.channels.first().filter(|_| screen.channels.len() > 1)?;
    let frame = field::Frame {
        block: BlockId { screen: ScreenKind::Review, element: Element::Channel, generation: Generation::FIXED },
        label: words.review.posting.channel_label.as_str(),
        hint: None,
        need: Need::Required,
        report: Report::WithTheWindow,
    };
    if screen.channels.len() > crate::slack::limits::OPTIONS {
        return Some(field::conversation(frame, chosen));
    }
    let choice = |channel: &crate::domain::ids::ChannelId| Choice {
        value: channel.to_string(),
        text: ChoiceText::Channel(channel.clone()),
        description: None,
    };
    let choices: Vec<Choice> = screen.channels.iter().map(choice).collect();
    Some(field::radio(frame, &choices, Some(chosen.as_str())))
}
