//! Load, decide, commit; again when somebody else was quicker.

use crate::ambient::failpoint::{Step, reached};
use crate::domain::approval::{Listed, Standing};
use crate::domain::command::Command;
use crate::domain::decide::{Answer, Decision, Given, decide};
use crate::domain::effect::Effect;
use crate::domain::ids::{Home, ScopeId, Timestamp, UserId};
use crate::domain::person::DirectoryRow;
use crate::domain::scope::Scope;
use crate::store::{Change, Committed, Lane, NewRow, SeenKey, Settle};

use super::{App, Trouble};

/// Decided anew this often before the sender is asked to repeat.
const TRIES: usize = 6;

/// What to do with a scope in one write.
pub(super) struct Plan {
    /// The key of what came in.
    pub key: Option<SeenKey>,
    /// The scope.
    pub scope: ScopeId,
    /// What to decide, one after the other.
    pub commands: Vec<Command>,
    /// Whose standing the decisions need.
    pub standing: Standing,
    /// The outbox row this settles.
    pub settle: Option<Settle>,
    /// Rows of the directory that came with it.
    pub directory: Vec<DirectoryRow>,
    /// What holds whoever settles the row: decided also when somebody else has settled it.
    pub regardless: bool,
    /// What to decide after `commands`, once their outcome is seen.
    pub follow: Option<Follow>,
}

/// Commands that depend on the scope as the earlier ones left it. Pure: it may run more than once.
pub(super) type Follow = Box<dyn Fn(&Scope, &Answer) -> Vec<Command> + Send + Sync>;

impl Plan {
    /// Nothing yet, with this scope.
    pub fn on(scope: ScopeId) -> Self {
        let standing = Standing { listed: Listed::Unknown, person: None };
        Plan {
            key: None,
            scope,
            commands: Vec::new(),
            standing,
            settle: None,
            directory: Vec::new(),
            regardless: false,
            follow: None,
        }
    }
    pub fn new(key: Option<SeenKey>, scope: ScopeId, command: Command) -> Self {
        Plan { key, commands: vec![command], ..Plan::on(scope) }
    }
    pub fn then(mut self, follow: impl Fn(&Scope, &Answer) -> Vec<Command> + Send + Sync + 'static) -> Self {
        self.follow = Some(Box::new(follow));
        self
    }
    pub fn knowing(mut self, standing: Standing) -> Self {
        self.standing = standing;
        self
    }
}

/// What came of a plan.
pub(super) struct Acted {
    /// The scope as it is stored now.
    pub scope: Scope,
    /// The last answer that was not [`Answer::Same`], or that.
    pub answer: Answer,
}

impl App {
    pub(super) fn given(&self, standing: Standing) -> Given {
        Given { now: self.0.clock.now(), policy: self.0.policy.clone(), standing }
    }

    /// Carries out a plan. `None`: there is no such scope in this installation. A key seen before writes nothing and
    /// is answered from the scope as it stands.
    pub(super) async fn act(&self, mut plan: Plan) -> Result<Option<Acted>, Trouble> {
        self.0.starts.over(&plan.scope).await;
        let _turn = self.0.queues.turn(&plan.scope).await;
        for _ in 0..TRIES {
            let Some(scope) = self.0.store.scope(&self.0.home, &plan.scope).await? else {
                // The scope is gone: its rows still have to settle.
                if plan.settle.is_some() || !plan.directory.is_empty() {
                    let (settle, directory) = (plan.settle.clone(), plan.directory.clone());
                    self.commit(Change { settle, directory, ..self.change() }).await?;
                }
                return Ok(None);
            };
            let before = scope.clone();
            let given = self.given(plan.standing.clone());
            let decision = decided(scope, &plan, &given);
            let answer = decision.answer.clone();
            let idle = decision.scope == before && decision.effects.is_empty() && decision.audit.is_empty();
            // What did not count stays so: the same delivery once more, after they became an approver, is no new deed.
            let keeps_key = plan.key.is_some() && matches!(answer, Answer::NotCounted(_));
            if idle && !keeps_key && plan.settle.is_none() && plan.directory.is_empty() {
                return Ok(Some(Acted { scope: before, answer }));
            }
            let mut after = decision.scope.clone();
            let moved = !decision.audit.is_empty() || !decision.effects.is_empty() || plan.settle.is_some();
            let mut change = Change {
                settle: plan.settle.clone(),
                directory: plan.directory.clone(),
                seen: plan.key.clone(),
                ..self.change_of(decision)
            };
            if idle {
                // What only settles a row leaves the scope's version alone, and so disturbs nobody.
                change.scope = None;
            }
            match self.commit(change).await? {
                Committed::Written(version) => {
                    if !idle {
                        after.version = version;
                        if moved {
                            self.home_moved(&after);
                        }
                    }
                    return Ok(Some(Acted { scope: after, answer }));
                }
                Committed::Stale { .. } => {}
                Committed::AlreadySeen => {
                    let answer = decided(before.clone(), &plan, &given).answer;
                    return Ok(Some(Acted { scope: before, answer }));
                }
                // Settled already, by a trace or a repeat; what is told is true all the same.
                Committed::NotHeld if plan.regardless && plan.settle.is_some() => plan.settle = None,
                Committed::NotHeld => return Ok(Some(Acted { scope: before, answer: Answer::Same })),
            }
        }
        Err(Trouble::Contended)
    }

    /// An empty change of this installation, now.
    pub(super) fn change(&self) -> Change {
        Change::new(self.0.home.clone(), self.0.clock.now())
    }

    /// The change that a decision makes.
    pub(super) fn change_of(&self, decision: Decision) -> Change {
        change_of(decision, &self.0.home, self.0.clock.now())
    }

    /// Commits, and rings for whoever waits for work.
    pub(super) async fn commit(&self, change: Change) -> Result<Committed, Trouble> {
        let rings = !change.outbox.is_empty() || change.settle.is_some() || change.scope.is_some();
        let settles = change.settle.is_some();
        reached(if settles { Step::Settling } else { Step::Decided });
        let committed = self.0.store.commit(change).await?;
        reached(if settles { Step::Settled } else { Step::Committed });
        if rings && matches!(committed, Committed::Written(_)) {
            self.0.wake.notify_waiters();
        }
        Ok(committed)
    }
}

/// The change that a decision makes.
pub(super) fn change_of(decision: Decision, home: &Home, now: Timestamp) -> Change {
    let id = decision.scope.id.clone();
    let outbox = decision
        .effects
        .into_iter()
        .map(|effect| NewRow { lane: lane_of(&id, &effect), effect, not_before: now })
        .collect();
    Change { scope: Some(decision.scope), outbox, audit: decision.audit, ..Change::new(home.clone(), now) }
}

/// Several commands in a row make one decision. A refusal ends the row.
fn decided(scope: Scope, plan: &Plan, given: &Given) -> Decision {
    let mut whole = Decision { scope, effects: Vec::new(), audit: Vec::new(), answer: Answer::Same };
    extend(&mut whole, &plan.commands, given);
    if let Some(follow) = &plan.follow
        && !matches!(whole.answer, Answer::Refused(_))
    {
        let more = follow(&whole.scope, &whole.answer);
        extend(&mut whole, &more, given);
    }
    whole
}

fn extend(whole: &mut Decision, commands: &[Command], given: &Given) {
    for command in commands {
        if matches!(whole.answer, Answer::Refused(_)) {
            return;
        }
        let next = decide(whole.scope.clone(), command.clone(), given);
        whole.effects.extend(next.effects);
        whole.audit.extend(next.audit);
        whole.scope = next.scope;
        if next.answer != Answer::Same {
            whole.answer = next.answer;
        }
    }
}

fn lane_of(scope: &ScopeId, effect: &Effect) -> Lane {
    let person = |who: &UserId| Lane::Person(scope.clone(), who.clone());
    match effect {
        Effect::Refresh(_) | Effect::Supersede(_) | Effect::Note(_) | Effect::Retract(..) => {
            Lane::Channel(scope.clone())
        }
        Effect::Dm(who, _) | Effect::QuietWord(who, _) => person(who),
        Effect::Learn(who) => Lane::Learning(scope.clone(), who.clone()),
    }
}
