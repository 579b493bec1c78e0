//! The offered rewrite: put into the answer, shown on the review, written into the form beneath.

use crate::domain::answers::{Answer as Said, Question, Text};
use crate::domain::command::Command;
use crate::domain::ids::{ScopeId, SlackTime};
use crate::store::SeenKey;

use super::engine::Plan;
use super::intent::{Pressed, Surface};
use super::pressing::reported;
use super::reply::Reply;
use super::screen::Screen;
use super::{App, Trouble};

impl App {
    pub(super) async fn use_rewrite(
        &self,
        key: Option<SeenKey>,
        pressed: Pressed,
        scope: ScopeId,
    ) -> Result<Reply, Trouble> {
        let Surface::Window(shown) = pressed.surface.clone() else { return Ok(Reply::Done) };
        let window = self.window_for(&key, "review");
        let (app, by, now) = (self.clone(), pressed.who.id.clone(), SlackTime::of(self.0.clock.now()));
        let fields = reported(&pressed, &scope, &shown);
        let save = self.save(&fields, SlackTime::default());
        let opened = window.clone();
        let fields_window = fields.window.clone();
        let plan = Plan::new(key, scope, save).then(move |scope, _| {
            let Some(draft) = scope.draft() else { return Vec::new() };
            let rewritten =
                app.rewritten(&draft.answers).and_then(|text| Text::parse(&text, Question::System.limit()).ok());
            let Some(text) = rewritten else { return Vec::new() };
            let answer = Said::Words(Question::System, text);
            let at = draft.stamp(now);
            let mut mended = draft.clone();
            let mut commands = Vec::new();
            // The language that the new wording leaves out moves to its own question.
            for answer in std::iter::once(answer).chain(app.left_out(&draft.answers)) {
                mended.mend(&fields_window, answer.clone(), at);
                commands.push(Command::Mend { by: by.clone(), window: fields_window.clone(), answer, at });
            }
            commands.push(Command::Open { by: by.clone(), window: opened.clone(), at });
            if let Some((candidate, _)) = app.candidate(&mended) {
                commands.push(Command::Review { by: by.clone(), candidate: Box::new(candidate) });
            }
            commands
        });
        let acted = self.act(plan).await?;
        let Some(acted) = self.unless_over(acted, &pressed).await? else { return Ok(Reply::Done) };
        if let Some(review) = self.review(&acted.scope, window, &pressed.who.id).await? {
            self.update_behind(shown.view.id.clone(), None, Screen::Review(Box::new(review)));
        }
        self.renew_form_beneath(&acted.scope, &fields).await?;
        Ok(Reply::Done)
    }
}
