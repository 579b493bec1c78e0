//! The reply as an acknowledgement, by what each kind of delivery takes back.
//!
//! A command takes a message; a submission takes a `response_action`; a press takes nothing, so whoever has to be told is
//! told by `response_url`. Source: slack-platform, section 1 ("What an ack may carry").

use serde_json::{Map, Value, json};

use super::{Handlers, Ignored};
use crate::app::intent::{ReplyTo, ScreenKind, Trigger};
use crate::app::reply::{Field, Reply};
use crate::app::screen::Screen;
use crate::domain::answers::Question;
use crate::domain::document::Document;
use crate::domain::notes::quiet;
use crate::domain::wording::notes::Refusal;
use crate::slack::blocks::said;
use crate::slack::blocks::text::{cut, unescaped};
use crate::slack::ids::{BlockId, Element, Generation, Metadata, screen_of};
use crate::slack::intake::Ack;
use crate::slack::limits;
use crate::slack::payload::{Inbound, ResponseUrl, View, ViewSubmission};
use crate::slack::reading::generation_of;
use crate::slack::screens::view_of;

impl Handlers {
    /// The acknowledgement of a reply.
    pub(super) fn answer(&self, inbound: &Inbound, reply: Reply) -> Ack {
        match (inbound, reply) {
            (_, Reply::Done) => Ack::Empty,
            (_, Reply::NotNow) => self.not_now(inbound),
            (Inbound::SlashCommand(_), Reply::Message(document)) => Ack::Body(message(&document)),
            (Inbound::ViewSubmission(submission), reply) => self.answer_submission(submission, reply),
            (_, Reply::Message(document)) => {
                self.whisper(way_to(inbound), document);
                Ack::Empty
            }
            (other, _) => {
                tracing::error!(inbound.kind = other.kind(), "a reply that only a submission can carry");
                Ack::Empty
            }
        }
    }

    /// The acknowledgement of what was not taken: people are told that their button or window is out of date, or that
    /// this is another workspace's.
    pub(super) fn unread(&self, inbound: &Inbound, why: Ignored) -> Ack {
        let elsewhere = why == Ignored::OtherInstallation;
        let refusal = if elsewhere { Refusal::Elsewhere } else { Refusal::OldButton };
        let said = || quiet::refused(refusal, &self.words);
        match inbound {
            Inbound::SlashCommand(_) if elsewhere => Ack::Body(message(&said())),
            Inbound::ViewSubmission(submission) => self.answer_submission(submission, Reply::Message(said())),
            Inbound::BlockActions(actions) if actions.actions.iter().any(|action| is_press(&action.action)) => {
                self.whisper(way_to(inbound), said());
                Ack::Empty
            }
            _ => Ack::Empty,
        }
    }

    fn answer_submission(&self, submission: &ViewSubmission, reply: Reply) -> Ack {
        let action = |action: &str, screen: &Screen| {
            let view = serde_json::to_value(view_of(screen, &self.words)).unwrap_or_default();
            let mut body = Map::new();
            body.insert("response_action".to_owned(), action.into());
            // Moved, not copied: it is a whole window.
            body.insert("view".to_owned(), view);
            Ack::Body(Value::Object(body))
        };
        match reply {
            Reply::Push(screen) => action("push", &screen),
            Reply::Update(screen) => action("update", &screen),
            Reply::CloseAll => Ack::Body(json!({ "response_action": "clear" })),
            Reply::Errors(errors) => Ack::Body(errors_of(&errors, &submission.view)),
            // A window takes no message: it shows one instead.
            Reply::Message(document) => {
                action("update", &Screen::Reading { title: String::from(&self.words.form.title), document })
            }
            Reply::Done | Reply::NotNow => Ack::Empty,
        }
    }

    /// Not taken. Slack repeats events; a person is told to press again.
    fn not_now(&self, inbound: &Inbound) -> Ack {
        let sentence = || quiet::refused(Refusal::NotSaved, &self.words);
        match inbound {
            Inbound::SlashCommand(command) => {
                // One word is soon typed again; a need is given back.
                let typed = unescaped(command.text.as_str());
                let is_long = typed.trim().contains(char::is_whitespace);
                let page = if is_long { quiet::given_back(sentence(), &typed, &self.words) } else { sentence() };
                Ack::Body(message(&page))
            }
            Inbound::ViewSubmission(submission) => match first_block(&submission.view) {
                Some(block) => {
                    let said = String::from(self.words.refusals.reason.of(Refusal::NotSaved));
                    Ack::Body(errors(std::iter::once((block, said))))
                }
                None => Ack::NotNow,
            },
            Inbound::ViewClosed(_) => Ack::Empty,
            Inbound::BlockActions(_) | Inbound::MessageAction(_)
                if response_url(inbound).is_some() && self.screens.can_whisper() =>
            {
                self.whisper(way_to(inbound), sentence());
                Ack::Empty
            }
            // In a window, or where nobody can be told now, Slack itself marks a press that was not acknowledged.
            Inbound::BlockActions(_) | Inbound::MessageAction(_) | Inbound::GlobalShortcut(_) => Ack::NotNow,
            Inbound::Event(_) | Inbound::Unknown(_) => Ack::NotNow,
        }
    }

    /// Tells somebody quietly, behind the acknowledgement; tried once.
    fn whisper(&self, to: Option<ReplyTo>, document: Document) {
        let Some(to) = to else {
            tracing::warn!("somebody should be told something and Slack gave no way to");
            return;
        };
        let screens = self.screens.clone();
        self.later.spawn(async move {
            if let Err(fault) = screens.whisper(&to, &document).await {
                tracing::warn!(error = %fault, "a quiet word was not said");
            }
        });
    }
}

/// A button of any release of the bot.
fn is_press(action_id: &str) -> bool {
    action_id.starts_with(crate::slack::ids::PRESSES)
}

fn response_url(inbound: &Inbound) -> Option<&ResponseUrl> {
    match inbound {
        Inbound::SlashCommand(it) => it.response_url.as_ref(),
        Inbound::BlockActions(it) => it.response_url.as_ref(),
        Inbound::MessageAction(it) => it.response_url.as_ref(),
        _ => None,
    }
}

/// How to tell whoever pressed or used a shortcut: by the address that Slack gave, else in a window, with the leave that it
/// gave. A press in a window has neither: its leave may be used up.
fn way_to(inbound: &Inbound) -> Option<ReplyTo> {
    let by_url = response_url(inbound).map(|url| ReplyTo::Url(url.url().to_string()));
    by_url.or_else(|| match inbound {
        Inbound::GlobalShortcut(it) => Some(ReplyTo::Window(Trigger(it.trigger.as_str().to_owned()))),
        Inbound::MessageAction(it) => Some(ReplyTo::Window(Trigger(it.trigger.as_str().to_owned()))),
        _ => None,
    })
}

/// A message that only the one who typed the command sees.
fn message(document: &Document) -> Value {
    let mut fields = said(document).into_fields();
    fields.insert("response_type".to_owned(), "ephemeral".into());
    Value::Object(fields)
}

/// Sentences beside fields. Slack shows them at blocks that the window has, so each goes to its own block, or to the
/// first there is when the window does not have that.
fn errors_of(found: &[(Field, String)], view: &View) -> Value {
    let blocks = found.iter().filter_map(|(field, sentence)| {
        let element = Element::from(*field);
        Some((block_of(element, view).or_else(|| first_block(view))?, sentence.clone()))
    });
    errors(blocks)
}

fn errors(found: impl Iterator<Item = (BlockId, String)>) -> Value {
    let mut errors: Map<String, Value> = Map::new();
    for (block, sentence) in found {
        let place = errors.entry(block.to_string()).or_insert_with(|| json!(""));
        let above = place.as_str().unwrap_or_default();
        // Two sentences at one field stand one after the other, each once.
        if !above.contains(&sentence) {
            let both = format!("{above} {sentence}");
            *place = json!(cut(both.trim(), limits::LABEL));
        }
    }
    json!({ "response_action": "errors", "errors": errors })
}

/// The block of an element in this window, in the edition that it shows.
fn block_of(element: Element, view: &View) -> Option<BlockId> {
    let screen = screen_of(&view.callback_id)?;
    let seen = generation_of(element, view).map(|generation| BlockId { screen, element, generation });
    seen.or_else(|| {
        // Slack at times leaves out what it shows from an initial value (slack-platform, section 3): what the window
        // surely has is found by the edition that it was drawn in.
        let metadata = Metadata::from_wire(&view.private_metadata).ok()?;
        is_drawn(screen, element).then_some(BlockId { screen, element, generation: metadata.generation })
    })
}

/// Whether a window always has this element, in the edition of the window.
fn is_drawn(screen: ScreenKind, element: Element) -> bool {
    let Element::Answer(question) = element else { return false };
    match screen {
        ScreenKind::Form => Question::REQUIRED.contains(&question) || question == Question::Numbers,
        ScreenKind::Review => matches!(
            question,
            Question::Language | Question::Ramp | Question::Code | Question::Length | Question::Title
        ),
        ScreenKind::More => matches!(question, Question::Detail(_)),
        ScreenKind::AskForChanges
        | ScreenKind::Filled
        | ScreenKind::Close
        | ScreenKind::HandOver
        | ScreenKind::Reading => false,
    }
}

/// The first field of ours that the view reports, or that it surely has.
fn first_block(view: &View) -> Option<BlockId> {
    let seen = view.fields.iter().find_map(|field| BlockId::parse(&field.block));
    seen.or_else(|| {
        let fixed = |screen, element| Some(BlockId { screen, element, generation: Generation::FIXED });
        let element = match screen_of(&view.callback_id)? {
            ScreenKind::Form => Element::Answer(Question::SystemType),
            ScreenKind::Review => Element::Answer(Question::Language),
            ScreenKind::More => Element::Answer(Question::Detail(crate::domain::answers::Detail::MustHave)),
            screen @ ScreenKind::AskForChanges => return fixed(screen, Element::Ticks),
            screen @ ScreenKind::Filled => return fixed(screen, Element::Name),
            screen @ ScreenKind::Close => return fixed(screen, Element::Why),
            screen @ ScreenKind::HandOver => return fixed(screen, Element::Person),
            ScreenKind::Reading => return None,
        };
        block_of(element, view)
    })
}
