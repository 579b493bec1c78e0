//! A scope in the hands of people: each method is one thing that somebody does, and what followed last can be asked.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::domain::answers::{Answer as Said, Question, Text};
use crate::domain::approval::{ChangeAsked, Gesture, Listed, Mark, Source, Standing};
use crate::domain::audit::Deed;
use crate::domain::brief::Brief;
use crate::domain::command::{Command, Delivered};
use crate::domain::decide::{Answer, Decision, Given, decide};
use crate::domain::draft::{Candidate, Save, Warning};
use crate::domain::effect::{Counted, Dm, Effect, Note};
use crate::domain::ids::{
    ChannelId, Home, MessageTs, Revision, ScopeId, SlackTime, TeamId, Timestamp, UserId, Version, WindowId,
};
use crate::domain::life::{Hire, Step};
use crate::domain::person::{Person, PersonKind};
use crate::domain::policy::{Connect, Guests, Policy};
use crate::domain::posting::Piece;
use crate::domain::scope::{DueKind, Posted, Scope, Stage};

pub const ADA: &str = "UADA";
pub const RITA: &str = "URITA";
pub const ROB: &str = "UROB";
pub const NORA: &str = "UNORA";
pub const CHECK: &str = "white_check_mark";
pub const HIRING: &str = "CHIRING";

pub fn user(name: &str) -> UserId {
    UserId::parse(name).unwrap()
}
pub fn channel(name: &str) -> ChannelId {
    ChannelId::parse(name).unwrap()
}
pub fn window(name: &str) -> WindowId {
    WindowId::parse(name).unwrap()
}
pub fn at(seconds: u64) -> SlackTime {
    SlackTime(seconds * 1_000_000)
}
pub fn said(question: Question, text: &str) -> Said {
    Said::parse(question, text).unwrap().unwrap()
}
pub fn press(revision: u32) -> (Source, Option<Revision>) {
    (Source::Button, Some(Revision(revision)))
}
pub fn reaction() -> (Source, Option<Revision>) {
    (Source::Reaction(CHECK.to_owned()), None)
}

/// The five required answers.
pub const FIVE: [(Question, &str); 5] = [
    (Question::SystemType, "event_pipeline"),
    (Question::System, "Streams card payments into a ledger"),
    (Question::Speed, "under_100_ms"),
    (Question::Load, "thousands"),
    (Question::Team, "one_or_two"),
];

/// Rita and Rob approve, one is enough, Ada asks.
pub fn policy() -> Policy {
    Policy {
        approvers: BTreeSet::from([user(RITA), user(ROB), user(ADA)]),
        approver_groups: BTreeSet::new(),
        quorum: 1,
        reactions: BTreeSet::from([CHECK.to_owned()]),
        hiring_channels: vec![channel(HIRING)],
        guests: Guests::Refused,
        connect: Connect::Refused,
        draft_life: Duration::from_secs(14 * 24 * 3600),
        reminder_before: Duration::from_secs(2 * 24 * 3600),
        nudge_after: Some(Duration::from_secs(3 * 24 * 3600)),
        closed_kept: None,
    }
}

/// Grace starts on day 40 of 1970; a story begins on day 0.
pub fn grace() -> Hire {
    Hire { name: Some(Text::parse("Grace", 80).unwrap()), starts: Some("1970-02-10".parse().unwrap()) }
}

/// "URITA, 1 of 2".
fn tally(counted: &Counted) -> String {
    format!("{}, {} of {}", counted.by, counted.given, counted.quorum)
}

#[derive(Debug, Clone)]
pub struct Story {
    pub scope: Scope,
    pub policy: Policy,
    /// What the directory holds; whoever is not in it is a member, listed by the policy.
    pub directory: BTreeMap<UserId, Standing>,
    pub now: Timestamp,
    /// What the last wish led to.
    pub effects: Vec<Effect>,
    pub deeds: Vec<Deed>,
    pub answer: Answer,
}

impl Story {
    /// Ada types the command, with nothing after it.
    pub fn begun() -> Story {
        Story::begun_under(policy(), &[])
    }
    pub fn begun_under(policy: Policy, given: &[(Question, &str)]) -> Story {
        let now = Timestamp::from_second(1_000).unwrap();
        let id = ScopeId::parse("01J00000000000000000000000").unwrap();
        let scope = Scope::fresh(id, Home::Team(TeamId::parse("THOME").unwrap()), user(ADA), now);
        let directory = BTreeMap::new();
        let mut story = Story { scope, policy, directory, now, effects: vec![], deeds: vec![], answer: Answer::Same };
        let given = given.iter().map(|(question, text)| said(*question, text)).collect();
        story.wish(Command::Start { given, parked: vec![], window: window("first"), at: at(1_000) });
        story
    }
    /// All five questions are answered.
    pub fn complete() -> Story {
        Story::begun_under(policy(), &FIVE)
    }
    /// The review is on Ada's screen.
    pub fn reviewed() -> Story {
        let mut story = Story::complete();
        story.review();
        story
    }
    /// Posted, but Slack has not shown it yet.
    pub fn waiting() -> Story {
        Story::waiting_under(policy())
    }
    pub fn waiting_under(policy: Policy) -> Story {
        let mut story = Story::begun_under(policy, &FIVE);
        story.review();
        story.post(1);
        story
    }
    /// In the channel since second 2000.
    pub fn shown() -> Story {
        Story::shown_under(policy())
    }
    pub fn shown_under(policy: Policy) -> Story {
        let mut story = Story::waiting_under(policy);
        story.is_shown(1, 2_000);
        story
    }
    /// In the channel, with a quorum of two.
    pub fn shown_for_two() -> Story {
        Story::shown_under(Policy { quorum: 2, ..policy() })
    }
    /// In the channel, with an edit of it begun.
    pub fn editing() -> Story {
        let mut story = Story::shown();
        story.edit();
        story
    }
    /// Rita has it.
    pub fn claimed() -> Story {
        let mut story = Story::shown();
        story.steps(RITA, Step::Claim);
        story
    }
    /// On hold by Ada, while Rita has it.
    pub fn on_hold() -> Story {
        let mut story = Story::claimed();
        story.steps(ADA, Step::Hold);
        story
    }
    /// Marked as filled by Rita; Grace starts in 40 days.
    pub fn filled() -> Story {
        let mut story = Story::claimed();
        story.steps(RITA, Step::Fill(grace()));
        story
    }
    /// Closed by Ada.
    pub fn closed() -> Story {
        let mut story = Story::shown();
        story.steps(ADA, Step::Close(None));
        story
    }
    /// Discarded.
    pub fn ended() -> Story {
        let mut story = Story::complete();
        story.discard(ADA);
        story
    }

    /// Anybody wishes anything; the standing is that of whom it concerns.
    pub fn wish(&mut self, command: Command) -> &mut Story {
        let who = match &command {
            Command::Mark(mark) => Some(mark.person.clone()),
            Command::Learnt(person) => Some(person.clone()),
            Command::Step { by, .. } => Some(by.clone()),
            _ => None,
        };
        let standing = who.map_or(Standing { listed: Listed::Unknown, person: None }, |who| self.standing(&who));
        let given = Given { now: self.now, policy: self.policy.clone(), standing };
        let Decision { mut scope, effects, audit, answer } = decide(self.scope.clone(), command, &given);
        if answer == Answer::Same {
            assert_eq!((&scope, effects.len(), audit.len()), (&self.scope, 0, 0), "Same means that nothing changed");
        }
        assert!(audit.iter().all(|row| row.at == self.now), "audit rows carry the bot's time");
        scope.version = Version(scope.version.0 + 1);
        self.scope = scope;
        self.effects = effects;
        self.deeds = audit.into_iter().map(|row| row.deed).collect();
        self.answer = answer;
        self
    }
    pub fn standing(&self, who: &UserId) -> Standing {
        self.directory.get(who).cloned().unwrap_or_else(|| Standing {
            listed: if self.policy.approvers.contains(who) { Listed::Yes } else { Listed::No },
            person: Some(Person { id: who.clone(), kind: PersonKind::Member, read_at: self.now }),
        })
    }
    /// The directory holds this of somebody from now on.
    pub fn known(&mut self, who: &str, listed: Listed, kind: Option<PersonKind>) -> &mut Story {
        let person = kind.map(|kind| Person { id: user(who), kind, read_at: self.now });
        self.directory.insert(user(who), Standing { listed, person });
        self
    }
    pub fn unknown(&mut self, who: &str) -> &mut Story {
        let listed = self.standing(&user(who)).listed;
        self.known(who, listed, None)
    }
    /// The bot's clock moves on.
    pub fn passes(&mut self, time: Duration) -> &mut Story {
        self.now = self.now.checked_add(time).unwrap();
        self
    }

    pub fn types(&mut self, question: Question, text: &str, seconds: u64) -> &mut Story {
        self.types_in("first", question, text, seconds)
    }
    pub fn types_in(&mut self, name: &str, question: Question, text: &str, seconds: u64) -> &mut Story {
        let acted = Some((question, Said::parse(question, text).unwrap()));
        let save = Save { window: window(name), at: at(seconds), acted, shown: vec![] };
        self.wish(Command::Save { by: user(ADA), save })
    }
    /// What the review would show of the answers as they stand, under the next number.
    pub fn candidate(&self) -> Candidate {
        let draft = self.scope.draft().unwrap();
        let brief = Brief::of(&draft.answers).unwrap();
        Candidate {
            number: draft.reviews + 1,
            answers: draft.fingerprint(),
            title: format!("Backend engineer, {}", brief.title.as_ref().map_or("payments", Text::as_str)),
            sentences: [
                format!("{}: {}.", brief.system_type.key(), brief.system.as_str()),
                format!("{}, {}.", brief.speed.key(), brief.load.key()),
                format!("{}.", brief.team.key()),
            ],
            brief,
            warnings: vec![],
            conflict: None,
        }
    }
    pub fn review(&mut self) -> &mut Story {
        self.review_with(&[])
    }
    pub fn review_with(&mut self, rules: &[&str]) -> &mut Story {
        let mut candidate = self.candidate();
        candidate.warnings = rules.iter().map(|rule| Warning { rule: (*rule).to_owned(), words: 7 }).collect();
        self.wish(Command::Review { by: user(ADA), candidate: Box::new(candidate) })
    }
    pub fn post(&mut self, candidate: u32) -> &mut Story {
        self.post_on_purpose(candidate, None)
    }
    pub fn post_on_purpose(&mut self, candidate: u32, reason: Option<&str>) -> &mut Story {
        let on_purpose = reason.map(|reason| Text::parse(reason, 150).unwrap());
        self.wish(Command::Post { by: user(ADA), candidate, on_purpose, channel: channel(HIRING) })
    }
    pub fn edit(&mut self) -> &mut Story {
        self.wish(Command::Edit { by: user(ADA), window: window("edit"), at: at(3_000) })
    }
    /// Ada changes one answer of the posted scope, reviews and posts it.
    pub fn revise(&mut self, question: Question, text: &str) -> &mut Story {
        self.edit();
        self.types_in("edit", question, text, 3_001);
        self.review();
        let number = self.scope.draft().unwrap().reviews;
        self.post(number)
    }
    pub fn discard(&mut self, by: &str) -> &mut Story {
        self.wish(Command::Discard { by: user(by) })
    }
    pub fn steps(&mut self, who: &str, step: Step) -> &mut Story {
        self.wish(Command::Step { by: user(who), step })
    }
    pub fn due(&mut self, kind: DueKind) -> &mut Story {
        self.wish(Command::Due(kind))
    }

    pub fn gives(&mut self, who: &str, how: (Source, Option<Revision>), seconds: u64) -> &mut Story {
        self.marks(who, how, Gesture::Given, seconds)
    }
    pub fn takes(&mut self, who: &str, how: (Source, Option<Revision>), seconds: u64) -> &mut Story {
        self.marks(who, how, Gesture::Taken, seconds)
    }
    fn marks(&mut self, who: &str, how: (Source, Option<Revision>), gesture: Gesture, seconds: u64) -> &mut Story {
        let (source, revision) = how;
        self.wish(Command::Mark(Mark { person: user(who), source, gesture, at: at(seconds), revision }))
    }
    pub fn learnt(&mut self, who: &str) -> &mut Story {
        self.wish(Command::Learnt(user(who)))
    }
    pub fn asks(&mut self, who: &str, ticks: &[ChangeAsked], comment: Option<&str>) -> &mut Story {
        let ticks = ticks.iter().copied().collect();
        let comment = comment.map(|text| Text::parse(text, 300).unwrap());
        self.wish(Command::AskForChanges { by: user(who), ticks, comment, revision: None })
    }

    /// The outbox: Slack shows this revision of the summary, first posted at this second.
    pub fn is_shown(&mut self, revision: u32, seconds: u64) -> &mut Story {
        let ts = MessageTs::parse(&at(seconds).to_string()).unwrap();
        let (piece, revision) = (Piece::Summary, Revision(revision));
        self.wish(Command::Delivered(Delivered::Shown { piece, channel: channel(HIRING), ts, revision }))
    }
    pub fn fence(&mut self, revision: u32, seconds: u64) -> &mut Story {
        self.wish(Command::Delivered(Delivered::Fence { revision: Revision(revision), at: at(seconds) }))
    }
    pub fn fails(&mut self, piece: Piece, why: &str) -> &mut Story {
        self.wish(Command::Delivered(Delivered::Failed { piece, why: why.to_owned() }))
    }

    pub fn posted(&self) -> &Posted {
        self.scope.posted().expect("it is posted")
    }
    /// Whether the revision shown has its quorum.
    pub fn approved(&self) -> bool {
        let posted = self.posted();
        posted.approval.reached(posted.shown.revision)
    }
    /// Whose approval of the revision shown stands.
    pub fn approvers(&self) -> Vec<&str> {
        let posted = self.posted();
        posted.approval.standing(posted.shown.revision).into_iter().map(UserId::as_str).collect()
    }
    pub fn holds_no_text(&self) -> bool {
        matches!(self.scope.stage, Stage::Ended(_)) && self.scope.due.is_empty()
    }
    pub fn told(&self) -> Vec<&str> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::QuietWord(who, _) => Some(who.as_str()),
                _ => None,
            })
            .collect()
    }
    /// What followed, in words short enough to compare.
    pub fn followed(&self) -> Vec<String> {
        let name = |effect: &Effect| match effect {
            Effect::Refresh(piece) => format!("refresh {piece:?}"),
            Effect::Supersede(ts) => format!("supersede {}", ts.as_str()),
            Effect::Dm(who, Dm::Hindered(hindrance)) => format!("dm {who} hindered {}", hindrance.key()),
            Effect::Note(Note::Approved(by)) => format!("note approved by {}", tally(by)),
            Effect::Note(Note::Withdrawn(by)) => format!("note withdrawn by {}", tally(by)),
            Effect::Note(Note::ChangesAsked(asked)) => format!("note {} asks for changes", asked.by),
            Effect::Note(Note::Revised(revised)) => format!("note revision {} {:?}", revised.revision.0, revised.axes),
            Effect::Dm(who, Dm::Voided(revised)) => format!("dm {who} voided by revision {}", revised.revision.0),
            Effect::Dm(who, Dm::Posted) => format!("dm {who} posted"),
            Effect::Dm(who, Dm::NotPosted(why)) => format!("dm {who} not posted {why}"),
            Effect::Dm(who, Dm::Approved(by)) => format!("dm {who} approved by {}", tally(by)),
            Effect::Dm(who, Dm::Withdrawn(by)) => format!("dm {who} withdrawn by {}", tally(by)),
            Effect::Dm(who, Dm::ChangesAsked(asked)) => format!("dm {who} {} asks for changes", asked.by),
            Effect::Dm(who, Dm::Expiring) => format!("dm {who} expiring"),
            Effect::Dm(who, Dm::Expired) => format!("dm {who} expired"),
            Effect::Note(Note::Stepped(did)) => format!("note {} {}", did.by, did.step.kind().key()),
            Effect::Note(Note::Passed(it)) => format!("note {:?} {} to {}, {}", it.how, it.from, it.to, it.voided),
            Effect::Note(Note::AuthorLeft(who)) => format!("note {who} left"),
            Effect::Dm(who, Dm::Stepped(did)) => format!("dm {who} {} {}", did.by, did.step.kind().key()),
            Effect::Dm(who, Dm::Passed(it)) => format!("dm {who} {} to {}", it.from, it.to),
            Effect::Dm(who, Dm::Nudge) => format!("dm {who} nudge"),
            Effect::Dm(who, Dm::BeforeStart) => format!("dm {who} before the start"),
            Effect::QuietWord(who, why) => format!("quiet {who} {}", why.key()),
            Effect::Learn(who) => format!("learn {who}"),
            Effect::Retract(channel, ts) => format!("retract {channel} {}", ts.as_str()),
        };
        self.effects.iter().map(name).collect()
    }
}
