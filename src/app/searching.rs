//! The search behind a posted scope: taken, on hold, filled, closed, passed on; and who is reminded.

use crate::domain::approval::{Listed, Standing};
use crate::domain::command::Command;
use crate::domain::decide::{Answer, Refusal};
use crate::domain::ids::{ScopeId, UserId};
use crate::domain::life::{Life, Step, StepKind};
use crate::domain::notes::quiet;
use crate::domain::pages;
use crate::domain::person::{DirectoryRow, Person, PersonKind, Preference, Presence, Reminders};
use crate::domain::rights::{may_edit, may_step};
use crate::store::{Change, SeenKey, Shelf};

use super::engine::{Acted, Plan};
use super::intent::{HandOverSubmitted, Pressed, Stale, StepSubmitted, Surface, Who};
use super::reply::{Field, Reply};
use super::reviewing::refusal_of;
use super::screen::Screen;
use super::{App, Trouble};

/// Approvers reminded of one scope at most: beyond it nobody feels meant.
const NUDGED: usize = 20;
/// Scopes of one author read at once.
const SHELF_PAGE: usize = 50;

impl App {
    /// What is known of somebody, however old: what they may do with a search is no approval, and is undone as easily.
    async fn known(&self, who: &Who) -> Result<Standing, Trouble> {
        let home = &self.0.home;
        let mut listed = if self.0.policy.approvers.contains(&who.id) { Listed::Yes } else { Listed::No };
        for id in &self.0.policy.approver_groups {
            match self.0.store.group(home, id).await? {
                Some(group) if group.members.contains(&who.id) => listed = Listed::Yes,
                Some(_) => {}
                None if listed == Listed::No => listed = Listed::Unknown,
                None => {}
            }
        }
        let person = if who.foreign {
            Some(Person { id: who.id.clone(), kind: PersonKind::Outsider, read_at: self.0.clock.now() })
        } else {
            self.0.store.person(home, &who.id).await?
        };
        Ok(Standing { listed, person })
    }

    async fn kind_of(&self, who: &UserId) -> Result<Option<PersonKind>, Trouble> {
        Ok(self.0.store.person(&self.0.home, who).await?.map(|person| person.kind))
    }

    /// Where nobody knows yet, Slack is asked behind the answer, so that the next press is decided.
    fn look_up(&self, who: &UserId) {
        self.refresh_behind(Stale::Person(who.clone()));
        for group in &self.0.policy.approver_groups {
            self.refresh_behind(Stale::Group(group.clone()));
        }
    }

    /// A press that needs no more words.
    pub(super) async fn press_step(
        &self,
        key: Option<SeenKey>,
        scope: ScopeId,
        step: Step,
        pressed: Pressed,
    ) -> Result<Reply, Trouble> {
        let standing = self.known(&pressed.who).await?;
        let command = Command::Step { by: pressed.who.id.clone(), step };
        let acted = self.act(Plan::new(key, scope, command).knowing(standing)).await?;
        self.answer_press(acted, pressed).await
    }

    /// Told what does not go; beside a list of theirs the list as it is now. In the channel the message says it.
    async fn answer_press(&self, acted: Option<Acted>, pressed: Pressed) -> Result<Reply, Trouble> {
        let Some(acted) = acted else { return self.gone(pressed.reply_to).await };
        match (acted.answer, &pressed.surface) {
            (Answer::Refused(refusal), _) => self.refuse_press(refusal, pressed).await,
            (_, Surface::Ephemeral) => {
                let page = self.status_of(&pressed.who.id).await?;
                self.tell(pressed.reply_to, page).await
            }
            (_, Surface::Home | Surface::Message(_) | Surface::Window(_)) => Ok(Reply::Done),
        }
    }

    async fn refuse_press(&self, refusal: Refusal, pressed: Pressed) -> Result<Reply, Trouble> {
        if refusal == Refusal::NotKnownYet {
            self.look_up(&pressed.who.id);
        }
        self.tell(pressed.reply_to, quiet::refused(refusal_of(refusal), &self.0.words)).await
    }

    /// Opens the window that asks for the rest, unless it is clear already that it would be refused.
    pub(super) async fn ask_step(&self, id: ScopeId, kind: StepKind, pressed: Pressed) -> Result<Reply, Trouble> {
        let Some(scope) = self.0.store.scope(&self.0.home, &id).await? else {
            return self.gone(pressed.reply_to).await;
        };
        let Some(posted) = scope.posted() else {
            return self.refuse_press(Refusal::NotPosted, pressed).await;
        };
        let standing = self.known(&pressed.who).await?;
        if let Err(refusal) = may_step(&pressed.who.id, kind, &scope, &self.0.policy, &standing) {
            return self.refuse_press(refusal, pressed).await;
        }
        match (kind, &posted.life) {
            (StepKind::Filled, Life::Filled { hire, .. }) => {
                let hire = hire.clone();
                self.read(pressed, Screen::Filled(id, hire)).await
            }
            (_, Life::Filled { .. } | Life::Closed { .. }) => self.refuse_press(Refusal::SearchOver, pressed).await,
            (StepKind::Filled, _) => self.read(pressed, Screen::Filled(id, Default::default())).await,
            _ => self.read(pressed, Screen::Close(id)).await,
        }
    }

    pub(super) async fn step_submitted(
        &self,
        key: Option<SeenKey>,
        submitted: StepSubmitted,
    ) -> Result<Reply, Trouble> {
        let StepSubmitted { who, scope, step } = submitted;
        let title = match step.kind() {
            StepKind::Filled => &self.0.words.windows.filled.title,
            _ => &self.0.words.windows.close.title,
        };
        let standing = self.known(&who).await?;
        let command = Command::Step { by: who.id.clone(), step };
        let acted = self.act(Plan::new(key, scope, command).knowing(standing)).await?;
        Ok(self.answer_window(acted, &who.id, title.as_str()))
    }

    /// A window that did what it asked for closes; else it says why not.
    fn answer_window(&self, acted: Option<Acted>, who: &UserId, title: &str) -> Reply {
        let refusal = match acted.map(|acted| acted.answer) {
            Some(Answer::Refused(refusal)) => refusal,
            Some(_) => return Reply::CloseAll,
            None => Refusal::NotPosted,
        };
        if refusal == Refusal::NotKnownYet {
            self.look_up(who);
        }
        let document = quiet::refused(refusal_of(refusal), &self.0.words);
        Reply::Update(Box::new(Screen::Reading { title: title.to_owned(), document }))
    }

    pub(super) async fn ask_hand_over(&self, id: ScopeId, pressed: Pressed) -> Result<Reply, Trouble> {
        let Some(scope) = self.0.store.scope(&self.0.home, &id).await? else {
            return self.gone(pressed.reply_to).await;
        };
        match may_edit(&pressed.who.id, &scope) {
            Err(refusal) => self.refuse_press(refusal, pressed).await,
            Ok(()) => self.read(pressed, Screen::HandOver(id)).await,
        }
    }

    pub(super) async fn hand_over_submitted(
        &self,
        key: Option<SeenKey>,
        submitted: HandOverSubmitted,
    ) -> Result<Reply, Trouble> {
        let HandOverSubmitted { who, scope, to } = submitted;
        let said = &self.0.words.windows.hand_over;
        let kind = self.kind_of(&to).await?;
        let command = Command::HandOver { by: who.id.clone(), to: to.clone(), kind };
        let acted = self.act(Plan::new(key, scope, command)).await?;
        let beside = match acted.as_ref().map(|acted| &acted.answer) {
            Some(Answer::Refused(Refusal::NotKnownYet)) => &said.unknown,
            Some(Answer::Refused(Refusal::NotAMember)) => &said.not_a_member,
            _ => return Ok(self.answer_window(acted, &who.id, said.title.as_str())),
        };
        self.refresh_behind(Stale::Person(to));
        Ok(Reply::Errors(vec![(Field::Person, beside.as_str().to_owned())]))
    }

    pub(super) async fn take_over(
        &self,
        key: Option<SeenKey>,
        id: ScopeId,
        pressed: Pressed,
    ) -> Result<Reply, Trouble> {
        let Some(scope) = self.0.store.scope(&self.0.home, &id).await? else {
            return self.gone(pressed.reply_to).await;
        };
        let kind = self.known(&pressed.who).await?.person.map(|person| person.kind);
        let author = self.kind_of(&scope.author).await?;
        let command = Command::TakeOver { by: pressed.who.id.clone(), kind, author };
        let acted = self.act(Plan::new(key, id, command)).await?;
        self.answer_press(acted, pressed).await
    }

    /// Slack tells of people: the scopes of whoever has left can be taken over, and no more once they are back. Done before
    /// the rows are kept, so that a repeat of the same news finds what is left to do.
    pub(super) async fn authors_seen(&self, rows: &[DirectoryRow]) -> Result<(), Trouble> {
        for row in rows {
            let DirectoryRow::Person(person) = row else { continue };
            let presence = person.kind.presence();
            let known = self.kind_of(&person.id).await?.map(PersonKind::presence);
            if presence == Presence::Left || known == Some(Presence::Left) {
                self.author_seen(&person.id, presence).await?;
            }
        }
        Ok(())
    }

    async fn author_seen(&self, author: &UserId, presence: Presence) -> Result<(), Trouble> {
        let mut cursor = None;
        loop {
            let page = self.0.store.shelf(&self.0.home, author, Shelf::Posted, cursor.as_ref(), SHELF_PAGE).await?;
            let Some(last) = page.last().cloned() else { return Ok(()) };
            for listed in page {
                self.act(Plan::new(None, listed.id, Command::AuthorSeen(presence))).await?;
            }
            cursor = Some(last);
        }
    }

    /// The approvers to remind of a scope, as far as the directory knows them.
    pub(super) async fn nudge(&self, scope: ScopeId) -> Result<Option<Acted>, Trouble> {
        let mut people = self.0.policy.approvers.clone();
        for id in &self.0.policy.approver_groups {
            people.extend(self.0.store.group(&self.0.home, id).await?.into_iter().flat_map(|group| group.members));
        }
        let mut able = Vec::new();
        for person in people {
            if able.len() < NUDGED && self.kind_of(&person).await? == Some(PersonKind::Member) {
                able.push(person);
            }
        }
        self.act(Plan::new(None, scope, Command::Nudge(able))).await
    }

    /// Whether somebody gets reminders.
    pub(super) async fn reminders_of(&self, who: &UserId) -> Result<Reminders, Trouble> {
        let wish = self.0.store.preference(&self.0.home, who).await?;
        Ok(wish.map(|wish| wish.reminders).unwrap_or_default())
    }

    /// Reminders off or on, for whoever pressed.
    pub(super) async fn remind(
        &self,
        key: Option<SeenKey>,
        pressed: Pressed,
        reminders: Reminders,
    ) -> Result<Reply, Trouble> {
        let id = pressed.who.id.clone();
        let wish = DirectoryRow::Preference(Preference { id, reminders, read_at: self.0.clock.now() });
        self.commit(Change { directory: vec![wish], seen: key, ..self.change() }).await?;
        if pressed.surface == Surface::Home {
            return Ok(Reply::Done);
        }
        let reminders = self.reminders_of(&pressed.who.id).await?;
        self.tell(pressed.reply_to, pages::reminders(reminders, &self.0.words)).await
    }
}
