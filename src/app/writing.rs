//! Writing: every report is saved; the form leads to the review, the review to the channel.

use crate::domain::answers::{Answer as Said, AnswerFault, Question, TextFault};
use crate::domain::brief::Brief;
use crate::domain::command::Command;
use crate::domain::decide::{Answer, Refusal};
use crate::domain::draft::{Draft, Save};
use crate::domain::ids::{ScopeId, SlackTime, WindowId};
use crate::domain::notes::quiet;
use crate::domain::scope::Scope;
use crate::domain::wording::form::LengthHole;
use crate::store::SeenKey;

use super::engine::{Acted, Plan};
use super::intent::{FieldsReported, Pressed, ReviewSubmitted, Tick};
use super::reply::{Field, Reply};
use super::reviewing::refusal_of;
use super::screen::{FormLine, Screen};
use super::{App, Trouble};

impl App {
    /// A keystroke or a choice: saved, and nothing is said.
    pub(super) async fn fields_reported(&self, key: Option<SeenKey>, fields: FieldsReported) -> Result<Reply, Trouble> {
        let plan = Plan::new(key, fields.scope.clone(), self.save(&fields, SlackTime::default()));
        if self.act(plan).await?.is_some() {
            return Ok(Reply::Done);
        }
        // A window whose draft is not stored promises nothing: what it reports is not acknowledged as kept.
        self.say_unkept(&fields);
        Ok(Reply::NotNow)
    }

    /// The form was submitted: the review, or what is missing beside its field.
    pub(super) async fn form_submitted(&self, key: Option<SeenKey>, fields: FieldsReported) -> Result<Reply, Trouble> {
        if let Some(refused) = self.refused_since(&fields.who).await? {
            return Ok(refused);
        }
        let window = self.window_for(&key, "review");
        let by = fields.who.id.clone();
        let Some(acted) = self.submit(key, &fields, window.clone(), Vec::new()).await? else {
            return Ok(self.unkept());
        };
        if let Answer::Refused(refusal) = acted.answer {
            return Ok(self.over(Some(refusal)));
        }
        let errors = self.errors(&fields.faults, &acted.scope);
        if !errors.is_empty() {
            return Ok(Reply::Errors(errors));
        }
        match self.review(&acted.scope, window, &by).await? {
            Some(review) => Ok(Reply::Push(Box::new(Screen::Review(Box::new(review))))),
            None => Ok(self.over(None)),
        }
    }

    /// The review was submitted: posted, or shown again when what it would post has moved.
    pub(super) async fn review_submitted(
        &self,
        key: Option<SeenKey>,
        submitted: ReviewSubmitted,
    ) -> Result<Reply, Trouble> {
        let ReviewSubmitted { fields, candidate, on_purpose, reason, channel } = submitted;
        if let Some(refused) = self.refused_since(&fields.who).await? {
            return Ok(refused);
        }
        let stored = self.0.store.scope(&self.0.home, &fields.scope).await?;
        let draft = stored.as_ref().and_then(Scope::draft);
        let shown = draft.and_then(|draft| draft.candidate.clone());
        let kept = draft.and_then(|draft| draft.answers.words(Question::System));
        if let Some(errors) = self.unposted(&fields, kept, on_purpose, reason.is_some()) {
            // Nothing typed is lost, even where it cannot be posted yet.
            self.act(Plan::new(key, fields.scope.clone(), self.save(&fields, SlackTime::default()))).await?;
            return Ok(Reply::Errors(errors));
        }
        // A summary stays where it is, so that is the channel that has to be ready.
        let stands = stored.as_ref().and_then(|scope| scope.posted().map(|posted| posted.channel.clone()));
        let Some(channel) = stands.or(channel).or_else(|| self.0.policy.hiring_channels.first().cloned()) else {
            return Ok(self.over(None));
        };
        let by = fields.who.id.clone();
        let window = self.window_for(&key, "review");
        let reason = if on_purpose == Tick::On { reason } else { None };
        let ready = self.can_post_in(&channel).await?;
        let post = (candidate, reason, channel, ready);
        let Some(acted) = self.submit(key, &fields, window.clone(), vec![post]).await? else {
            return Ok(self.unkept());
        };
        match acted.answer {
            Answer::Posted(_) => Ok(Reply::CloseAll),
            Answer::NeedsReason(_) => {
                let said = &self.0.words.review.finding.undecided;
                Ok(Reply::Errors(vec![(Field::OnPurpose, said.as_str().to_owned())]))
            }
            Answer::Missing(_) => Ok(Reply::Errors(self.errors(&[], &acted.scope))),
            // It was posted just so, perhaps by this very press, which Slack may bring twice.
            Answer::Refused(Refusal::NoDraft)
                if acted.scope.posted().is_some_and(|posted| posted.shown.candidate == candidate) =>
            {
                Ok(Reply::CloseAll)
            }
            Answer::Refused(refusal) => Ok(self.over(Some(refusal))),
            Answer::Done | Answer::Same | Answer::Moved | Answer::Waiting | Answer::NotCounted(_) => {
                self.renew_form_beneath(&acted.scope, &fields).await?;
                match self.review(&acted.scope, window, &by).await? {
                    Some(mut review) => {
                        review.moved = self.moved(candidate, shown.as_ref(), &review.candidate);
                        Ok(Reply::Update(Box::new(Screen::Review(Box::new(review)))))
                    }
                    None => Ok(self.over(None)),
                }
            }
        }
    }

    /// "More for recruiters": kept; the review comes back by itself, and asks no more for what it was just told.
    pub(super) async fn more_submitted(&self, key: Option<SeenKey>, fields: FieldsReported) -> Result<Reply, Trouble> {
        let errors = self.field_errors(&fields.faults);
        let window = self.window_for(&key, "review");
        let (by, opened, now) = (fields.who.id.clone(), window.clone(), SlackTime::of(self.0.clock.now()));
        let save = self.save(&fields, SlackTime::default());
        let plan = Plan::new(key, fields.scope.clone(), save).then(move |scope, _| {
            let open = |at| Command::Open { by: by.clone(), window: opened.clone(), at };
            scope.draft().map(|draft| open(draft.stamp(now))).into_iter().collect()
        });
        let Some(acted) = self.act(plan).await? else { return Ok(self.unkept()) };
        if let Answer::Refused(refusal) = acted.answer {
            return Ok(self.over(Some(refusal)));
        }
        if !errors.is_empty() {
            return Ok(Reply::Errors(errors));
        }
        if let Some(view) = fields.view.beneath
            && let Some(review) = self.review_as_it_is(&acted.scope, window, &fields.who.id).await?
        {
            self.update_behind(view, None, Screen::Review(Box::new(review)));
        }
        Ok(Reply::Done)
    }

    /// "Back": what was mended on the review is written into the form beneath.
    pub(super) async fn review_left(&self, fields: FieldsReported) -> Result<Reply, Trouble> {
        if let Some(scope) = self.0.store.scope(&self.0.home, &fields.scope).await? {
            self.renew_form_beneath(&scope, &fields).await?;
        }
        Ok(Reply::Done)
    }

    /// Draws the form under the review anew, in new blocks, so that it shows what the draft holds. It is hidden;
    /// nobody types there.
    pub(super) async fn renew_form_beneath(&self, scope: &Scope, fields: &FieldsReported) -> Result<(), Trouble> {
        let Some(root) = fields.view.root.clone().filter(|root| *root != fields.view.id) else { return Ok(()) };
        if scope.draft().is_none() {
            return Ok(());
        }
        let window = self.0.random.window_id();
        let at = scope.draft().map_or(SlackTime::default(), |draft| draft.stamp(SlackTime::of(self.0.clock.now())));
        let command = Command::Renew { by: fields.who.id.clone(), window: window.clone(), above: 0, at };
        let Some(acted) = self.act(Plan::new(None, scope.id.clone(), command)).await? else { return Ok(()) };
        if let Answer::Refused(_) = acted.answer {
            return Ok(());
        }
        let screen = Screen::Form(self.form(&acted.scope, window, self.lines_of(&acted.scope)));
        self.update_behind(root, None, screen);
        Ok(())
    }

    /// The lines above the form of a draft that is gone on with.
    pub(super) fn lines_of(&self, scope: &Scope) -> Vec<FormLine> {
        let Some(posted) = scope.posted() else { return Vec::new() };
        let revision = posted.shown.revision.next();
        let untouched = |edit: &Draft| Brief::of(&edit.answers).is_ok_and(|brief| brief == posted.shown.brief);
        match &posted.edit {
            Some(edit) if !untouched(edit) => vec![FormLine::EditingOn(revision)],
            _ => vec![FormLine::Editing(revision)],
        }
    }

    /// Replaces what a window shows, after the answer.
    pub(super) fn update_behind(&self, view: String, hash: Option<String>, screen: Screen) {
        let screens = std::sync::Arc::clone(&self.0.screens);
        self.behind(async move {
            if let Err(fault) = screens.update(&view, hash.as_deref(), &screen).await {
                tracing::warn!(error = %fault, "a window was not updated");
            }
        });
    }

    /// Saves what a window shows. `floor`: stamped no earlier than this.
    pub(super) fn save(&self, fields: &FieldsReported, floor: SlackTime) -> Command {
        let at = fields.at.unwrap_or_else(|| SlackTime::of(self.0.clock.now()).max(floor));
        let save = Save { window: fields.window.clone(), at, acted: fields.acted.clone(), shown: fields.shown.clone() };
        Command::Save { by: fields.who.id.clone(), save }
    }

    /// Saves, makes the candidate, and posts it if that is wished and nothing stands against it: one write.
    async fn submit(
        &self,
        key: Option<SeenKey>,
        fields: &FieldsReported,
        window: WindowId,
        post: Vec<(u32, Option<crate::domain::answers::Text>, crate::domain::ids::ChannelId, bool)>,
    ) -> Result<Option<Acted>, Trouble> {
        let (app, by, from) = (self.clone(), fields.who.id.clone(), fields.window.clone());
        let now = SlackTime::of(self.0.clock.now());
        let save = self.save(fields, self.newest(&fields.scope).await?);
        let plan = Plan::new(key, fields.scope.clone(), save).then(move |scope, _| {
            let mut commands = Vec::new();
            let Some(draft) = scope.draft() else {
                // Posted already: the wish to post it again is answered as success.
                return post
                    .iter()
                    .map(|(candidate, on_purpose, channel, _)| Command::Post {
                        by: by.clone(),
                        candidate: *candidate,
                        on_purpose: on_purpose.clone(),
                        channel: channel.clone(),
                    })
                    .collect();
            };
            let Some((candidate, conflict)) = app.candidate(draft) else { return commands };
            let number = candidate.number;
            let old = draft.candidate.clone();
            commands.extend(conflict.map(|answer| Command::Mend {
                by: by.clone(),
                window: from.clone(),
                answer,
                at: draft.stamp(now),
            }));
            commands.push(Command::Open { by: by.clone(), window: window.clone(), at: draft.stamp(now) });
            if old.as_ref() != Some(&candidate) {
                commands.push(Command::Review { by: by.clone(), candidate: Box::new(candidate.clone()) });
            }
            for (seen, on_purpose, channel, ready) in &post {
                let same = old.as_ref().is_some_and(|old| {
                    old.number == *seen
                        && old.sentences == candidate.sentences
                        && candidate.warnings.iter().all(|warning| old.warnings.contains(warning))
                });
                if same && *ready {
                    commands.push(Command::Post {
                        by: by.clone(),
                        candidate: number,
                        on_purpose: on_purpose.clone(),
                        channel: channel.clone(),
                    });
                }
            }
            commands
        });
        self.act(plan).await
    }

    /// The newest time of Slack's on a draft, so that a clock behind Slack's loses nothing.
    async fn newest(&self, scope: &ScopeId) -> Result<SlackTime, Trouble> {
        let scope = self.0.store.scope(&self.0.home, scope).await?;
        Ok(scope.and_then(|scope| scope.draft().map(|draft| draft.stamp(SlackTime::default()))).unwrap_or_default())
    }

    /// What stands against posting before anything is decided: blanks, a tick without a reason, unreadable fields.
    /// `kept` is the answer on the system as it is stored, for a window that does not show it.
    fn unposted(
        &self,
        fields: &FieldsReported,
        kept: Option<&str>,
        on_purpose: Tick,
        has_reason: bool,
    ) -> Option<Vec<(Field, String)>> {
        let words = &self.0.words;
        let mut errors = self.field_errors(&fields.faults);
        let shown = fields.shown.iter().find_map(|answer| match answer {
            Said::Words(Question::System, text) => Some(text.as_str()),
            _ => None,
        });
        if shown.or(kept).is_some_and(|text| self.has_blank(text)) {
            errors.push((Field::Answer(Question::System), words.form.wrong.blanks.as_str().to_owned()));
        }
        if on_purpose == Tick::On && !has_reason {
            errors.push((Field::Reason, words.review.finding.reason_missing.as_str().to_owned()));
        }
        (!errors.is_empty()).then_some(errors)
    }

    /// What is wrong beside each field, and what is missing.
    fn errors(&self, faults: &[AnswerFault], scope: &Scope) -> Vec<(Field, String)> {
        let mut errors = self.field_errors(faults);
        let wrong = &self.0.words.form.wrong;
        let missing = scope.draft().map(|draft| draft.answers.missing()).unwrap_or_default();
        for question in missing {
            let said = if question.limit() > 0 { &wrong.write } else { &wrong.choose };
            if !errors.iter().any(|(field, _)| *field == Field::Answer(question)) {
                errors.push((Field::Answer(question), said.as_str().to_owned()));
            }
        }
        errors
    }

    fn field_errors(&self, faults: &[AnswerFault]) -> Vec<(Field, String)> {
        let wrong = &self.0.words.form.wrong;
        let said = |fault: &AnswerFault| -> (Question, String) {
            match fault {
                AnswerFault::NoSuchChoice(question) => (*question, wrong.no_such_choice.as_str().to_owned()),
                AnswerFault::Text(question, TextFault::Empty) => (*question, wrong.write.as_str().to_owned()),
                AnswerFault::Text(question, TextFault::TooLong { found, limit }) => {
                    let filled = wrong.too_long.say(|hole| match hole {
                        LengthHole::Found => found.to_string(),
                        LengthHole::Limit => limit.to_string(),
                    });
                    (*question, filled)
                }
            }
        };
        faults.iter().map(said).map(|(question, text)| (Field::Answer(question), text)).collect()
    }

    /// The window closes its business: the draft is over, posted, or not theirs.
    fn over(&self, refusal: Option<Refusal>) -> Reply {
        Reply::Update(Box::new(self.over_screen(refusal_of(refusal.unwrap_or(Refusal::NoDraft)))))
    }

    fn over_screen(&self, refusal: quiet::Refusal) -> Screen {
        let words = &self.0.words;
        let document = quiet::refused(refusal, words);
        Screen::Reading { title: words.form.title.as_str().to_owned(), document }
    }

    /// What was done by a press in a window. Where the draft is over, or somebody else's, nothing of it is shown: a window
    /// on top says why, and what is typed below stays in sight.
    pub(super) async fn unless_over(&self, acted: Option<Acted>, pressed: &Pressed) -> Result<Option<Acted>, Trouble> {
        let refusal = match acted {
            Some(Acted { answer: Answer::Refused(refusal), .. }) => refusal_of(refusal),
            Some(acted) => return Ok(Some(acted)),
            None => quiet::Refusal::Unkept,
        };
        self.read(pressed.clone(), self.over_screen(refusal)).await?;
        Ok(None)
    }

    /// The name of a window that is opened in answer to `key`, the same for a duplicate.
    pub(super) fn window_for(&self, key: &Option<SeenKey>, part: &str) -> WindowId {
        let derived = key.as_ref().and_then(|key| {
            let print = crate::domain::digest::digest(format!("{part}:{}", key.as_str()).as_bytes());
            WindowId::parse(&format!("{print:016x}")).ok()
        });
        derived.unwrap_or_else(|| self.0.random.window_id())
    }
}
