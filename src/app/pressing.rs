//! Presses: each button of [`Press`] in one place.

use std::sync::Arc;

use crate::domain::approval::{Gesture, Mark, Source};
use crate::domain::command::Command;
use crate::domain::decide::Answer;
use crate::domain::digest::digest;
use crate::domain::document::{Document, Press};
use crate::domain::ids::{ScopeId, SlackTime};
use crate::domain::life::{Step, StepKind};
use crate::domain::notes::quiet;
use crate::domain::pages::lists::{self, Rest};
use crate::domain::person::Reminders;
use crate::domain::rights::may_ask_for_changes;
use crate::store::SeenKey;

use super::engine::Plan;
use super::intent::{
    ChangesSubmitted, CommandTyped, FieldsReported, FieldsShown, Pressed, ReplyTo, ScreenKind, Surface,
};
use super::reply::{Field, Reply};
use super::reviewing::refusal_of;
use super::screen::{FormLine, MoreScreen, Screen};
use super::{App, Trouble};

impl App {
    pub(super) async fn pressed(&self, key: Option<SeenKey>, pressed: Pressed) -> Result<Reply, Trouble> {
        let at_home = (pressed.surface == Surface::Home).then(|| pressed.who.id.clone());
        let deciding = deciding_in(&pressed);
        let reply = self.pressed_anywhere(key, pressed).await?;
        if let Some(who) = at_home {
            self.draw_home(who);
        }
        if let Some((scope, view)) = deciding {
            self.decided_in(&scope, view).await?;
        }
        Ok(reply)
    }

    async fn pressed_anywhere(&self, key: Option<SeenKey>, pressed: Pressed) -> Result<Reply, Trouble> {
        match (pressed.press, pressed.scope.clone()) {
            (Press::Start | Press::StartNew, _) => self.start_new(key, pressed).await,
            // Asked once more by the client before it was pressed; offered at Home alone.
            (Press::DeleteMine, _) if pressed.surface == Surface::Home => self.forget_me(pressed.who.id).await,
            (Press::Help, _) => self.tell(pressed.reply_to, self.help()).await,
            (Press::RemindersOff, _) => self.remind(key, pressed, Reminders::Off).await,
            (Press::RemindersOn, _) => self.remind(key, pressed, Reminders::On).await,
            (Press::Open, None) => self.command_typed(key, as_command(pressed)).await,
            (press, Some(scope)) => self.pressed_about(key, press, scope, pressed).await,
            _ => Ok(Reply::Done),
        }
    }

    async fn pressed_about(
        &self,
        key: Option<SeenKey>,
        press: Press,
        scope: ScopeId,
        pressed: Pressed,
    ) -> Result<Reply, Trouble> {
        if let (Surface::Message(place), Some(revision)) = (&pressed.surface, pressed.revision) {
            self.adopt(&scope, place, revision).await?;
        }
        match press {
            Press::Approve => self.press_mark(key, scope, Gesture::Given, pressed).await,
            Press::WithdrawMine => self.press_mark(key, scope, Gesture::Taken, pressed).await,
            Press::AskForChanges => {
                let revision = pressed.revision;
                // So that the directory tells, by the time it is sent off, whether they may.
                self.known_soon(&pressed.who.id).await?;
                self.read(pressed, Screen::AskForChanges(scope, revision)).await
            }
            Press::PostAgain => self.post_again(key, scope, pressed).await,
            Press::Kit | Press::Brief | Press::Figures | Press::History | Press::Review => {
                self.read_about(&scope, pressed).await
            }
            Press::Claim => self.press_step(key, scope, Step::Claim, pressed).await,
            Press::Release => self.press_step(key, scope, Step::Release, pressed).await,
            Press::Hold => self.press_step(key, scope, Step::Hold, pressed).await,
            Press::Resume => self.press_step(key, scope, Step::Resume, pressed).await,
            Press::Reopen => self.press_step(key, scope, Step::Reopen, pressed).await,
            Press::Filled | Press::ChangeHire => self.ask_step(scope, StepKind::Filled, pressed).await,
            Press::Close => self.ask_step(scope, StepKind::Closed, pressed).await,
            Press::HandOver => self.ask_hand_over(scope, pressed).await,
            Press::TakeOver => self.take_over(key, scope, pressed).await,
            Press::Edit => self.edit(key, scope, pressed).await,
            Press::OlderDrafts => self.older(Rest::Drafts, &scope, pressed).await,
            Press::OlderScopes => self.older(Rest::Scopes, &scope, pressed).await,
            Press::OlderWaiting => self.older(Rest::Waiting, &scope, pressed).await,
            Press::Open | Press::Continue => self.go_on(key, scope, pressed).await,
            Press::Keep => self.keep(key, scope, pressed).await,
            Press::Discard => self.discard(key, scope, pressed).await,
            Press::Save => self.saved(key, pressed, scope).await,
            Press::More => self.more(key, pressed, scope).await,
            Press::UseRewrite => self.use_rewrite(key, pressed, scope).await,
            _ => Ok(Reply::Done),
        }
    }

    async fn press_mark(
        &self,
        key: Option<SeenKey>,
        scope: ScopeId,
        gesture: Gesture,
        pressed: Pressed,
    ) -> Result<Reply, Trouble> {
        let mark = Mark {
            person: pressed.who.id,
            source: Source::Button,
            gesture,
            at: pressed.at,
            revision: pressed.revision,
        };
        self.mark(key, scope, mark).await?;
        Ok(Reply::Done)
    }

    /// Opens a window to read or to fill, at once: it changes nothing.
    pub(super) async fn read(&self, pressed: Pressed, screen: Screen) -> Result<Reply, Trouble> {
        let scope = pressed.scope.clone();
        if let Surface::Window(_) = pressed.surface {
            if !self.0.leaves.is_first(&pressed.trigger) {
                return Ok(Reply::Done);
            }
            let (screens, trigger) = (Arc::clone(&self.0.screens), pressed.trigger);
            self.behind(async move {
                if let Err(fault) = screens.push(&trigger, &screen).await {
                    tracing::warn!(error = %fault, "a window did not open");
                }
            });
        } else {
            self.show(pressed.trigger, screen, pressed.reply_to, scope);
        }
        Ok(Reply::Done)
    }

    /// "Open", "Continue": the draft in a window; from a window, in place of what it shows.
    async fn go_on(&self, key: Option<SeenKey>, id: ScopeId, pressed: Pressed) -> Result<Reply, Trouble> {
        let Some(scope) = self.0.store.scope(&self.0.home, &id).await? else {
            return self.gone(pressed.reply_to).await;
        };
        if scope.author != pressed.who.id {
            return self.tell(pressed.reply_to, quiet::refused(quiet::Refusal::NotAuthor, &self.0.words)).await;
        }
        if scope.draft().is_none() {
            if scope.posted().is_some_and(|posted| !posted.is_shown()) {
                // The summary could not be posted: "Continue" tries again.
                return self.post_again(key, id, pressed).await;
            }
            return self.gone(pressed.reply_to).await;
        }
        match &pressed.surface {
            Surface::Window(shown) => {
                let window = self.window_for(&key, "form");
                let at = SlackTime::of(self.0.clock.now());
                let (by, above) = (pressed.who.id.clone(), shown.generation);
                let command = Command::Renew { by, window: window.clone(), above, at };
                let Some(acted) = self.act(Plan::new(key, id, command)).await? else { return Ok(Reply::Done) };
                let lines = vec![FormLine::Resumed(scope.touched)];
                let screen = Screen::Form(self.form(&acted.scope, window, lines));
                self.update_behind(shown.view.id.clone(), None, screen);
                Ok(Reply::Done)
            }
            _ => self.open_draft(key, scope, &pressed.who, pressed.trigger, pressed.reply_to).await,
        }
    }

    /// "Post it again": what could not be posted, or was deleted.
    async fn post_again(&self, key: Option<SeenKey>, id: ScopeId, pressed: Pressed) -> Result<Reply, Trouble> {
        let acted = self.act(Plan::new(key, id, Command::PostAgain { by: pressed.who.id })).await?;
        match acted.map(|acted| acted.answer) {
            None => self.gone(pressed.reply_to).await,
            Some(Answer::Refused(refusal)) => {
                self.tell(pressed.reply_to, quiet::refused(refusal_of(refusal), &self.0.words)).await
            }
            Some(_) => Ok(Reply::Done),
        }
    }

    /// "Start new": a fresh draft; the older one stays.
    async fn start_new(&self, key: Option<SeenKey>, pressed: Pressed) -> Result<Reply, Trouble> {
        let Surface::Window(shown) = &pressed.surface else {
            let typed = as_command(pressed);
            return self.start(key, typed, None).await;
        };
        if self.is_known(&key).await? {
            return Ok(Reply::Done);
        }
        let older = self.newest_draft(&pressed.who, None).await?;
        let (mut decision, lines) = self.begun(&pressed.who, None, older);
        let window = decision.scope.draft().and_then(|draft| draft.windows.last()).map(|window| window.id.clone());
        let window = window.unwrap_or_else(|| self.0.random.window_id());
        // Other blocks than those of the older draft, or Slack would go on showing what stands in these.
        if let Some(draft) = decision.scope.draft_mut() {
            draft.generation = shown.generation.saturating_add(1);
        }
        let screen = Screen::Form(self.form(&decision.scope, window, lines));
        let change = crate::store::Change { seen: key, ..self.change_of(decision) };
        self.commit(change).await?;
        self.update_behind(shown.view.id.clone(), None, screen);
        Ok(Reply::Done)
    }

    async fn keep(&self, key: Option<SeenKey>, id: ScopeId, pressed: Pressed) -> Result<Reply, Trouble> {
        let command = Command::Keep { by: pressed.who.id };
        let Some(acted) = self.act(Plan::new(key, id, command)).await? else {
            return self.gone(pressed.reply_to).await;
        };
        let said = match acted.answer {
            Answer::Refused(refusal) => quiet::refused(refusal_of(refusal), &self.0.words),
            _ => self.kept(&acted.scope),
        };
        self.tell(pressed.reply_to, said).await
    }

    async fn discard(&self, key: Option<SeenKey>, id: ScopeId, pressed: Pressed) -> Result<Reply, Trouble> {
        let who = pressed.who.id.clone();
        let command = Command::Discard { by: who.clone() };
        let answer = self.act(Plan::new(key, id, command)).await?.map(|acted| acted.answer);
        match answer {
            Some(Answer::Refused(refusal)) => {
                self.tell(pressed.reply_to, quiet::refused(refusal_of(refusal), &self.0.words)).await
            }
            _ => match &pressed.surface {
                // Home itself shows that it is gone.
                Surface::Home => Ok(Reply::Done),
                Surface::Window(shown) => {
                    let title = self.0.words.form.title.as_str().to_owned();
                    let document = lists::discarded(&self.0.words);
                    self.update_behind(shown.view.id.clone(), None, Screen::Reading { title, document });
                    Ok(Reply::Done)
                }
                Surface::Message(_) | Surface::Ephemeral => {
                    let drafts = self.drafts_of(&who).await?;
                    self.tell(pressed.reply_to, drafts).await
                }
            },
        }
    }

    /// "Save": answers for certain that it is on disk.
    async fn saved(&self, key: Option<SeenKey>, pressed: Pressed, scope: ScopeId) -> Result<Reply, Trouble> {
        let Surface::Window(shown) = pressed.surface.clone() else { return Ok(Reply::Done) };
        let save = self.save(&reported(&pressed, &scope, &shown), SlackTime::default());
        let acted = self.act(Plan::new(key, scope, save)).await?;
        let Some(acted) = self.unless_over(acted, &pressed).await? else { return Ok(Reply::Done) };
        let mut lines = self.lines_of(&acted.scope);
        lines.push(FormLine::Saved(self.0.clock.now()));
        // The same window in the same blocks: what is typed meanwhile stays.
        let screen = Screen::Form(self.form(&acted.scope, shown.window.clone(), lines));
        self.update_behind(shown.view.id.clone(), shown.view.hash.clone(), screen);
        Ok(Reply::Done)
    }

    /// "More for recruiters": one window higher.
    async fn more(&self, key: Option<SeenKey>, pressed: Pressed, scope: ScopeId) -> Result<Reply, Trouble> {
        let Surface::Window(shown) = pressed.surface.clone() else { return Ok(Reply::Done) };
        let window = self.window_for(&key, "more");
        let save = self.save(&reported(&pressed, &scope, &shown), SlackTime::default());
        let by = pressed.who.id.clone();
        let at = SlackTime::of(self.0.clock.now());
        let mut plan = Plan::new(key, scope, save);
        plan.commands.push(Command::Open { by, window: window.clone(), at });
        let acted = self.act(plan).await?;
        let Some(acted) = self.unless_over(acted, &pressed).await? else { return Ok(Reply::Done) };
        let Some(draft) = acted.scope.draft() else { return Ok(Reply::Done) };
        let screen = Screen::More(MoreScreen {
            scope: acted.scope.id.clone(),
            window,
            generation: draft.generation,
            answers: draft.answers.clone(),
        });
        self.read(pressed, screen).await
    }

    pub(super) async fn changes_submitted(
        &self,
        key: Option<SeenKey>,
        submitted: ChangesSubmitted,
    ) -> Result<Reply, Trouble> {
        let key = asked_once(&submitted).or(key);
        let ChangesSubmitted { who, scope, ticks, comment, revision, beneath, .. } = submitted;
        let known = self.0.store.person(&self.0.home, &who.id).await?;
        if who.foreign || !may_ask_for_changes(known.map(|person| person.kind)) {
            let document = quiet::refused(quiet::Refusal::NotApprover, &self.0.words);
            let title = self.0.words.windows.ask_for_changes.title.as_str().to_owned();
            return Ok(Reply::Update(Box::new(Screen::Reading { title, document })));
        }
        let command = Command::AskForChanges { by: who.id, ticks, comment, revision };
        match self.act(Plan::new(key, scope.clone(), command)).await?.map(|acted| acted.answer) {
            Some(Answer::Refused(crate::domain::decide::Refusal::NothingAsked)) => {
                let said = self.nothing_asked();
                return Ok(Reply::Errors(vec![(Field::Comment, said)]));
            }
            Some(_) => {}
            None => return Ok(Reply::CloseAll),
        }
        // Whoever came from a window that shows the summary sees there that it was heard.
        let Some(view) = beneath else { return Ok(Reply::CloseAll) };
        self.decided_in(&scope, view).await?;
        Ok(Reply::Done)
    }

    /// Says something quietly, if there is a way; then all is done.
    pub(super) async fn tell(&self, to: Option<ReplyTo>, document: Document) -> Result<Reply, Trouble> {
        if let Some(to) = to {
            let app = self.clone();
            self.behind(async move { app.whisper(&to, &document).await });
        }
        Ok(Reply::Done)
    }

    /// What the button was about is gone.
    pub(super) async fn gone(&self, to: Option<ReplyTo>) -> Result<Reply, Trouble> {
        self.tell(to, quiet::refused(quiet::Refusal::DraftGone, &self.0.words)).await
    }
}

/// What names a request for changes: its window and what it asks for. Whoever heard no answer submits the same window again,
/// and Slack calls that another submission; nobody has to be told twice. Nothing asked is no request yet.
fn asked_once(submitted: &ChangesSubmitted) -> Option<SeenKey> {
    let ChangesSubmitted { ticks, comment, view, .. } = submitted;
    if ticks.is_empty() && comment.is_none() {
        return None;
    }
    let ticks: Vec<&str> = ticks.iter().map(|tick| tick.key()).collect();
    let words = comment.as_ref().map_or("", |comment| comment.as_str());
    let print = digest(format!("{}\u{0}{words}", ticks.join(",")).as_bytes());
    SeenKey::parse(&format!("asked:{view}:{print:016x}"))
}

/// The scope and the window of a press that changes what a window to read shows: only that of a summary has such buttons.
fn deciding_in(pressed: &Pressed) -> Option<(ScopeId, String)> {
    let Surface::Window(shown) = &pressed.surface else { return None };
    let changes = matches!(
        pressed.press,
        Press::Approve
            | Press::WithdrawMine
            | Press::Claim
            | Press::Release
            | Press::Hold
            | Press::Resume
            | Press::Reopen
            | Press::TakeOver
    );
    let scope = pressed.scope.clone().filter(|_| changes && shown.screen == ScreenKind::Reading)?;
    Some((scope, shown.view.id.clone()))
}

/// A press that stands for the bare command.
fn as_command(pressed: Pressed) -> CommandTyped {
    CommandTyped {
        who: pressed.who,
        channel: None,
        text: String::new(),
        trigger: pressed.trigger,
        reply_to: pressed.reply_to,
    }
}

/// The fields beside a pressed button, as a report.
pub(super) fn reported(pressed: &Pressed, scope: &ScopeId, shown: &FieldsShown) -> FieldsReported {
    FieldsReported {
        who: pressed.who.clone(),
        scope: scope.clone(),
        window: shown.window.clone(),
        view: shown.view.clone(),
        at: Some(pressed.at),
        acted: None,
        shown: shown.shown.clone(),
        faults: Vec::new(),
    }
}
