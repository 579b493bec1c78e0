//! `/scope-backend`: help, drafts, status; a need in words; or the newest draft, resumed.

use std::sync::Arc;

use crate::domain::answers::Question;
use crate::domain::command::Command;
use crate::domain::decide::{Answer, decide};
use crate::domain::document::Document;
use crate::domain::ids::{ChannelId, ScopeId, SlackTime, WindowId};
use crate::domain::notes::quiet;
use crate::domain::person::ChannelState;
use crate::domain::policy::Connect;
use crate::domain::rights::may_open;
use crate::domain::scope::Scope;
use crate::store::{Listed, SeenKey, Shelf};

use super::engine::Plan;
use super::intent::{CommandTyped, Pressed, ReplyTo, Stale, Surface, Trigger, Who};
use super::reply::Reply;
use super::reviewing::refusal_of;
use super::screen::{FormLine, FormScreen, Screen};
use super::{App, Trouble};

/// What the text after the command is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// Nothing: resume, or start.
    Nothing,
    /// One of the commands.
    Word(Word),
    /// A single word close to one of them.
    Near(Word),
    /// A need.
    Need(String),
}

/// The commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// What this is.
    Help,
    /// My drafts.
    Drafts,
    /// My scopes and what waits for me.
    Status,
}

impl Word {
    const ALL: [(Word, &'static str); 3] = [(Word::Help, "help"), (Word::Drafts, "drafts"), (Word::Status, "status")];

    pub(super) fn key(self) -> &'static str {
        Word::ALL.into_iter().find(|(word, _)| *word == self).map_or("help", |(_, key)| key)
    }
}

impl Typed {
    /// Reads the text. "A single word close to one of them" is one edit away, transpositions included.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Typed::Nothing;
        }
        let lower = text.to_lowercase();
        for (word, key) in Word::ALL {
            if lower == key {
                return Typed::Word(word);
            }
        }
        if !text.contains(char::is_whitespace) {
            for (word, key) in Word::ALL {
                if strsim::osa_distance(&lower, key) == 1 {
                    return Typed::Near(word);
                }
            }
        }
        Typed::Need(text.to_owned())
    }
}

impl App {
    pub(super) async fn command_typed(&self, key: Option<SeenKey>, typed: CommandTyped) -> Result<Reply, Trouble> {
        let words = &self.0.words;
        if let Some(refused) = self.refused(&typed).await? {
            return Ok(Reply::Message(refused));
        }
        let who = typed.who.id.clone();
        match Typed::read(&typed.text) {
            Typed::Word(Word::Help) => Ok(Reply::Message(self.help())),
            Typed::Word(Word::Drafts) => Ok(Reply::Message(self.drafts_of(&who).await?)),
            Typed::Word(Word::Status) => Ok(Reply::Message(self.status_of(&who).await?)),
            Typed::Near(word) => Ok(Reply::Message(quiet::meant(&typed.text, word.key(), words))),
            Typed::Nothing => match self.newest_draft(&typed.who, None).await? {
                Some((scope, _)) => self.open_draft(key, scope, &typed.who, typed.trigger, typed.reply_to).await,
                None => self.start(key, typed, None).await,
            },
            Typed::Need(need) => self.start(key, typed, Some(need)).await,
        }
    }

    /// Why this person may not open a scope here, if they may not.
    async fn refused(&self, typed: &CommandTyped) -> Result<Option<Document>, Trouble> {
        let words = &self.0.words;
        let known = self.0.store.person(&self.0.home, &typed.who.id).await?;
        if known.is_none() {
            self.refresh_behind(Stale::Person(typed.who.id.clone()));
        }
        if typed.who.foreign || !may_open(known.map(|person| person.kind), &self.0.policy) {
            return Ok(Some(quiet::refused(quiet::Refusal::Guests, words)));
        }
        let Some(channel) = &typed.channel else { return Ok(None) };
        if self.0.policy.connect == Connect::Refused {
            let known = self.0.store.channel(&self.0.home, channel).await?;
            match known {
                Some(known) if known.shared => return Ok(Some(quiet::shared_channel(channel, words))),
                Some(known) if known.state == ChannelState::Ready => {}
                _ => self.look_at_channel_behind(channel.clone(), typed.reply_to.clone()),
            }
        }
        Ok(None)
    }

    /// A channel that nobody knows yet: the form does not wait for Slack's word on it. If it is shared with another company,
    /// they hear it right after; what they typed is kept, and the summary goes to a hiring channel, which is known before it
    /// is posted to.
    fn look_at_channel_behind(&self, channel: ChannelId, reply_to: Option<ReplyTo>) {
        let app = self.clone();
        self.behind(async move {
            app.read_again(Stale::Channel(channel.clone())).await;
            let known = app.0.store.channel(&app.0.home, &channel).await.ok().flatten();
            if let (Some(to), true) = (reply_to, known.is_some_and(|known| known.shared)) {
                app.whisper(&to, &quiet::shared_channel(&channel, &app.0.words)).await;
            }
        });
    }

    /// Somebody who was not known when the form opened, and turned out to be a guest: it goes no further.
    pub(super) async fn refused_since(&self, who: &Who) -> Result<Option<Reply>, Trouble> {
        let known = self.0.store.person(&self.0.home, &who.id).await?;
        if !who.foreign && may_open(known.map(|person| person.kind), &self.0.policy) {
            return Ok(None);
        }
        let document = quiet::refused(quiet::Refusal::Guests, &self.0.words);
        let title = self.0.words.form.title.as_str().to_owned();
        Ok(Some(Reply::Update(Box::new(Screen::Reading { title, document }))))
    }

    /// The newest draft of a person that is not `except`, and since when it stands.
    pub(super) async fn newest_draft(
        &self,
        who: &Who,
        except: Option<&ScopeId>,
    ) -> Result<Option<(Scope, Listed)>, Trouble> {
        let shelf = self.0.store.shelf(&self.0.home, &who.id, Shelf::Drafts, None, 2).await?;
        for listed in shelf {
            if Some(&listed.id) == except {
                continue;
            }
            if let Some(scope) = self.0.store.scope(&self.0.home, &listed.id).await? {
                return Ok(Some((scope, listed)));
            }
        }
        Ok(None)
    }

    /// A fresh scope: the window is on its way to Slack while the draft is on its way to the disk.
    pub(super) async fn start(
        &self,
        key: Option<SeenKey>,
        typed: CommandTyped,
        need: Option<String>,
    ) -> Result<Reply, Trouble> {
        if self.is_known(&key).await? {
            return Ok(Reply::Done);
        }
        let now = self.0.clock.now();
        let older = self.newest_draft(&typed.who, None).await?;
        let (scope, lines) = self.begun(&typed.who, need.as_deref(), older);
        let decision = scope;
        let screen = Screen::Form(self.form(&decision.scope, self.window_of(&decision.scope), lines));
        let id = decision.scope.id.clone();
        let starting = self.0.starts.begin(id.clone());
        self.show(typed.trigger, screen, typed.reply_to.clone(), Some(id));
        let change = crate::store::Change { seen: key, ..self.change_of(decision) };
        self.commit(change).await?;
        drop(starting);
        tracing::info!(user.id = %typed.who.id, at = %now, "a scope was started");
        match need {
            // More than a field holds: what was typed is given back, so that none of it is lost.
            Some(need) if need.chars().count() > Question::System.limit() => {
                let back = quiet::given_back(Document::new(), &need, &self.0.words);
                match (typed.channel, typed.reply_to) {
                    (Some(_), _) => Ok(Reply::Message(back)),
                    (None, reply_to) => self.tell(reply_to, back).await,
                }
            }
            _ => Ok(Reply::Done),
        }
    }

    /// The decision that starts a scope, and the lines above its form.
    pub(super) fn begun(
        &self,
        who: &Who,
        need: Option<&str>,
        older: Option<(Scope, Listed)>,
    ) -> (crate::domain::decide::Decision, Vec<FormLine>) {
        let now = self.0.clock.now();
        let scope = Scope::fresh(self.0.random.ulid(now), self.0.home.clone(), who.id.clone(), now);
        let (given, parked, mut lines) = self.sorted(need);
        lines.extend(older.map(|(scope, listed)| FormLine::Older(scope.id, listed.touched)));
        let command = Command::Start { given, parked, window: self.0.random.window_id(), at: SlackTime::of(now) };
        let given =
            self.given(crate::domain::approval::Standing { listed: crate::domain::approval::Listed::No, person: None });
        (decide(scope, command, &given), lines)
    }

    /// A draft that exists, in a window of its own.
    pub(super) async fn open_draft(
        &self,
        key: Option<SeenKey>,
        scope: Scope,
        who: &Who,
        trigger: Trigger,
        reply_to: Option<ReplyTo>,
    ) -> Result<Reply, Trouble> {
        if self.is_known(&key).await? {
            return Ok(Reply::Done);
        }
        let window = self.0.random.window_id();
        let lines = match scope.posted() {
            Some(_) => self.lines_of(&scope),
            None => vec![FormLine::Resumed(scope.touched)],
        };
        let id = scope.id.clone();
        let screen = Screen::Form(self.form(&scope, window.clone(), lines));
        self.show(trigger, screen, reply_to, Some(id.clone()));
        let at = SlackTime::of(self.0.clock.now());
        let plan = Plan::new(key, id, Command::Open { by: who.id.clone(), window, at });
        self.act(plan).await?;
        Ok(Reply::Done)
    }

    /// Whether this came in before; the write decides, this only spares a second window.
    pub(super) async fn is_known(&self, key: &Option<SeenKey>) -> Result<bool, Trouble> {
        Ok(match key {
            Some(key) => self.0.store.seen(&self.0.home, key).await?,
            None => false,
        })
    }

    /// The window that a fresh decision opened.
    fn window_of(&self, scope: &Scope) -> WindowId {
        let newest = scope.draft().and_then(|draft| draft.windows.last());
        newest.map_or_else(|| self.0.random.window_id(), |window| window.id.clone())
    }

    /// The form on a scope's draft.
    pub(super) fn form(&self, scope: &Scope, window: WindowId, lines: Vec<FormLine>) -> FormScreen {
        let (generation, answers) =
            scope.draft().map(|draft| (draft.generation, draft.answers.clone())).unwrap_or_default();
        FormScreen { scope: scope.id.clone(), window, generation, answers, lines }
    }

    /// Opens a window beside the commit. It promises nothing; if Slack's leave is gone, a quiet word with a button
    /// that brings a fresh one.
    pub(super) fn show(&self, trigger: Trigger, screen: Screen, reply_to: Option<ReplyTo>, scope: Option<ScopeId>) {
        if !self.0.leaves.is_first(&trigger) {
            return;
        }
        let app = self.clone();
        let screens = Arc::clone(&self.0.screens);
        self.behind(async move {
            let Err(fault) = screens.open(&trigger, &screen).await else { return };
            tracing::warn!(error = %fault, "a window did not open");
            metrics::counter!("scopebot_windows_not_opened_total").increment(1);
            if let Some(to) = reply_to {
                app.whisper(&to, &quiet::expired(scope.as_ref(), &app.0.words)).await;
            }
        });
    }

    /// Says something quietly, once.
    pub(super) async fn whisper(&self, to: &ReplyTo, document: &Document) {
        if let ReplyTo::Window(trigger) = to
            && !self.0.leaves.is_first(trigger)
        {
            return;
        }
        if let Err(fault) = self.0.screens.whisper(to, document).await {
            tracing::warn!(error = %fault, "a quiet word did not arrive");
        }
    }

    /// Opens a posted scope for editing.
    pub(super) async fn edit(&self, key: Option<SeenKey>, id: ScopeId, pressed: Pressed) -> Result<Reply, Trouble> {
        let Pressed { who, trigger, reply_to, surface, .. } = pressed;
        if self.is_known(&key).await? {
            return Ok(Reply::Done);
        }
        // The edit begins with the commit, and the form needs it; both are quick, and the window is opened right after.
        let window = self.0.random.window_id();
        let at = SlackTime::of(self.0.clock.now());
        let command = Command::Edit { by: who.id.clone(), window: window.clone(), at };
        let Some(acted) = self.act(Plan::new(key, id, command)).await? else { return self.gone(reply_to).await };
        if let Answer::Refused(refusal) = acted.answer {
            return self.tell(reply_to, quiet::refused(refusal_of(refusal), &self.0.words)).await;
        }
        let screen = Screen::Form(self.form(&acted.scope, window, self.lines_of(&acted.scope)));
        match surface {
            // In place of the list that it was chosen from.
            Surface::Window(shown) => self.update_behind(shown.view.id, None, screen),
            _ => self.show(trigger, screen, reply_to, Some(acted.scope.id)),
        }
        Ok(Reply::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_words_close_to_a_command_are_asked_about_and_needs_are_not() {
        let table: &[(&str, Typed)] = &[
            ("", Typed::Nothing),
            ("  ", Typed::Nothing),
            ("help", Typed::Word(Word::Help)),
            (" HELP ", Typed::Word(Word::Help)),
            ("drafts", Typed::Word(Word::Drafts)),
            ("status", Typed::Word(Word::Status)),
            ("hlep", Typed::Near(Word::Help)),
            ("draft", Typed::Near(Word::Drafts)),
            ("statsu", Typed::Near(Word::Status)),
            ("ledger", Typed::Need("ledger".into())),
            ("draft ledger", Typed::Need("draft ledger".into())),
            ("help us move events", Typed::Need("help us move events".into())),
        ];
        for (text, wanted) in table {
            assert_eq!(Typed::read(text), *wanted, "{text:?}");
        }
    }
}
