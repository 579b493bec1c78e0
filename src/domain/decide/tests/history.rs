//! Generated histories: whatever people, Slack and the outbox do, in any order, no forbidden state is reached.
//!
//! Each history has up to 60 steps; `PROPTEST_CASES` says how many histories (256 unless told). A failure prints the
//! shortest history that shows it, and keeps its seed beside the sources.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::domain::answers::Question;
use crate::domain::approval::{Gesture, Listed, Mark, Source, Weight};
use crate::domain::audit::Deed;
use crate::domain::command::{Command, Delivered};
use crate::domain::decide::{Answer, Refusal};
use crate::domain::draft::WINDOWS_KEPT;
use crate::domain::effect::{Counted, Dm, Effect, Note};
use crate::domain::ids::{MessageTs, Revision, SlackTime, UserId};
use crate::domain::life::{Hire, Step as Move};
use crate::domain::person::{Person, PersonKind};
use crate::domain::policy::Policy;
use crate::domain::posting::Piece;
use crate::domain::scope::{DueKind, Stage};

use super::naive::{Entry, Log, Verdict, verdict};
use super::story::*;

const PEOPLE: [&str; 6] = [ADA, RITA, ROB, "UGRETA", "UGUS", NORA];
const KINDS: [Option<PersonKind>; 8] = [
    Some(PersonKind::Member),
    Some(PersonKind::Member),
    Some(PersonKind::Member),
    Some(PersonKind::Guest),
    Some(PersonKind::Outsider),
    Some(PersonKind::Bot),
    Some(PersonKind::Deactivated),
    None,
];

#[derive(Debug, Clone)]
enum Step {
    Mark { who: usize, source: usize, gesture: Gesture, lag: u64, back: u32 },
    Redeliver(usize),
    Know { who: usize, kind: usize },
    GroupRead { member: bool },
    LeavesTheApprovers(usize),
    Learnt(usize),
    NewText,
    NewDetails,
    NoChange,
    EditBegun,
    EditDiscarded,
    PostedAgain,
    Shown { back: u32 },
    Fenced { back: u32 },
    Failed,
    InDoubt,
    RepeatedPost,
    Asks(usize),
    Moves { who: usize, step: usize },
    Nudged,
}

fn step() -> impl Strategy<Value = Step> {
    // Rita and Rob above all: they may approve.
    let who = || prop_oneof![1 => 0..PEOPLE.len(), 1 => 1..3usize];
    let gesture = prop_oneof![3 => Just(Gesture::Given), 1 => Just(Gesture::Taken)];
    let back = || prop_oneof![4 => Just(0u32), 1 => 1..3u32];
    prop_oneof![
        12 => (who(), 0..3usize, gesture, 0..60u64, back())
            .prop_map(|(who, source, gesture, lag, back)| Step::Mark { who, source, gesture, lag, back }),
        2 => (0..20usize).prop_map(Step::Redeliver),
        3 => (who(), 0..KINDS.len()).prop_map(|(who, kind)| Step::Know { who, kind }),
        1 => any::<bool>().prop_map(|member| Step::GroupRead { member }),
        1 => (0..4 * PEOPLE.len()).prop_map(Step::LeavesTheApprovers),
        4 => who().prop_map(Step::Learnt),
        1 => Just(Step::NewText),
        1 => Just(Step::NewDetails),
        1 => Just(Step::NoChange),
        1 => Just(Step::EditBegun),
        1 => Just(Step::EditDiscarded),
        1 => Just(Step::PostedAgain),
        5 => back().prop_map(|back| Step::Shown { back }),
        5 => back().prop_map(|back| Step::Fenced { back }),
        1 => Just(Step::Failed),
        1 => Just(Step::InDoubt),
        1 => Just(Step::RepeatedPost),
        1 => who().prop_map(Step::Asks),
        2 => (who(), 0..9usize).prop_map(|(who, step)| Step::Moves { who, step }),
        1 => Just(Step::Nudged),
    ]
}

/// A story, beside it the log that the naive reading goes by.
struct History {
    story: Story,
    log: Log,
    marks: Vec<Mark>,
    words: BTreeMap<UserId, usize>,
    seconds: u64,
    shown_at: Option<SlackTime>,
    texts: usize,
}

impl History {
    fn begin(quorum: u32) -> History {
        let mut story = Story::waiting_under(Policy { quorum, ..policy() });
        story.known("UGRETA", Listed::Unknown, Some(PersonKind::Member));
        story.known("UGUS", Listed::Yes, Some(PersonKind::Guest));
        for who in [ADA, RITA, ROB, NORA] {
            let standing = story.standing(&user(who));
            story.directory.insert(user(who), standing);
        }
        let log = Log(vec![Entry::NewText(Revision::FIRST)]);
        History { story, log, marks: vec![], words: BTreeMap::new(), seconds: 10_000, shown_at: None, texts: 0 }
    }

    fn verdict(&self, who: &UserId) -> Verdict {
        let standing = self.story.standing(who);
        verdict(who, standing.listed, standing.person.map(|person| person.kind))
    }

    fn revision(&self, back: u32) -> Revision {
        Revision(self.story.posted().shown.revision.0.saturating_sub(back).max(1))
    }

    fn mark(&mut self, mark: Mark) {
        // What has ended is approved by nobody any more.
        let over = self.story.posted().life.is_over();
        let verdict = if over { Verdict::MayNot } else { self.verdict(&mark.person) };
        self.log.0.push(Entry::Marked(mark.clone(), verdict));
        self.weighed(&mark.person.clone(), Command::Mark(mark.clone()));
        // Delivered again at once, it changes and says nothing.
        let mut again = self.story.clone();
        again.wish(Command::Mark(mark));
        assert_eq!(again.scope.stage, self.story.scope.stage, "a redelivered mark changes nothing");
        assert!(again.effects.is_empty(), "a redelivered mark says nothing: {:?}", again.followed());
    }

    /// Each approval that counts or no longer counts is said once, in thread and to the author, with how many stand;
    /// crossing the quorum is an audit row, once. Nothing else says any of it.
    fn weighed(&mut self, mover: &UserId, command: Command) {
        let stood = self.story.approvers().len();
        let was = self.story.approved();
        self.wish(command);
        let stand = self.story.approvers().len();
        let is = self.story.approved();
        let deeds = |wanted: &Deed| self.story.deeds.iter().filter(|deed| *deed == wanted).count();
        assert_eq!(deeds(&Deed::QuorumReached), usize::from(!was && is));
        assert_eq!(deeds(&Deed::QuorumLost), usize::from(was && !is));
        let quorum = self.story.posted().approval.quorum;
        let counted = Counted { by: mover.clone(), given: u32::try_from(stand).unwrap(), quorum };
        let expected = match stand.cmp(&stood) {
            Ordering::Greater => {
                vec![Effect::Note(Note::Approved(counted.clone())), Effect::Dm(user(ADA), Dm::Approved(counted))]
            }
            Ordering::Less => {
                vec![Effect::Note(Note::Withdrawn(counted.clone())), Effect::Dm(user(ADA), Dm::Withdrawn(counted))]
            }
            Ordering::Equal => vec![],
        };
        // After the end of a search nothing of it is announced.
        let expected = if self.story.posted().life.is_over() { vec![] } else { expected };
        let said: Vec<Effect> = self
            .story
            .effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Note(_) | Effect::Dm(..)))
            .cloned()
            .collect();
        assert_eq!(said, expected, "{stood} stood, {stand} stand");
        assert!(stand.abs_diff(stood) <= 1, "one person moves one approval");
    }

    fn wish(&mut self, command: Command) {
        let before = self.story.scope.stage.clone();
        self.story.wish(command);
        let committed = self.story.scope.stage != before || !self.story.deeds.is_empty();
        assert!(committed || self.story.effects.is_empty(), "said, not committed: {:?}", self.story.followed());
        for who in self.story.told() {
            *self.words.entry(user(who)).or_default() += 1;
        }
    }

    fn revise(&mut self, question: Option<(Question, String)>) {
        let before: Vec<UserId> = self.story.approvers().into_iter().map(user).collect();
        let revision = self.story.posted().shown.revision;
        self.story.edit();
        if self.story.posted().life.is_over() {
            assert_eq!(self.story.answer, Answer::Refused(Refusal::SearchOver));
            return;
        }
        if let Some((question, text)) = &question {
            self.story.types_in("edit", *question, text, self.seconds);
        }
        self.story.review();
        let number = self.story.scope.draft().unwrap().reviews;
        self.wish(Command::Post { by: user(ADA), candidate: number, on_purpose: None, channel: channel(HIRING) });
        let Answer::Posted(axes) = self.story.answer.clone() else { panic!("{:?}", self.story.answer) };
        let substance = axes.iter().any(|axis| axis.is_substance());
        let voided: Vec<UserId> = self
            .story
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Dm(who, Dm::Voided(_)) => Some(who.clone()),
                _ => None,
            })
            .collect();
        let after: Vec<UserId> = self.story.approvers().into_iter().map(user).collect();
        if substance {
            self.log.0.push(Entry::NewText(revision.next()));
            assert_eq!((voided, after), (before, vec![]), "a new text voids, and tells each whom it voids");
        } else {
            assert_eq!((voided.len(), after), (0, before), "details keep approvals");
            if !axes.is_empty() {
                self.log.0.push(Entry::NewDetails(revision.next()));
            }
        }
        let expected = if axes.is_empty() { revision } else { revision.next() };
        assert_eq!(self.story.posted().shown.revision, expected);
    }

    fn take(&mut self, index: usize, step: &Step) {
        self.seconds += 10;
        match step.clone() {
            Step::Mark { who, source, gesture, lag, back } => {
                let source = match source {
                    0 => Source::Button,
                    1 => Source::Reaction(CHECK.to_owned()),
                    _ => Source::Reaction(if lag % 5 == 0 { "eyes".to_owned() } else { CHECK.to_owned() }),
                };
                // Slack's times differ by the microsecond.
                let at = SlackTime((self.seconds - lag) * 1_000_000 + index as u64);
                let revision = (source == Source::Button).then(|| self.revision(back));
                let mark = Mark { person: user(PEOPLE[who]), source, gesture, at, revision };
                self.marks.push(mark.clone());
                self.mark(mark);
            }
            Step::Redeliver(back) => {
                if let Some(mark) = self.marks.iter().rev().nth(back).cloned() {
                    self.mark(mark);
                }
            }
            Step::Know { who, kind } => {
                let (id, read_at) = (user(PEOPLE[who]), self.story.now);
                let person = KINDS[kind].map(|kind| Person { id: id.clone(), kind, read_at });
                if let Some(standing) = self.story.directory.get_mut(&id) {
                    standing.person = person;
                }
            }
            Step::GroupRead { member } => {
                if let Some(standing) = self.story.directory.get_mut(&user("UGRETA"))
                    && standing.listed == Listed::Unknown
                {
                    standing.listed = if member { Listed::Yes } else { Listed::No };
                }
            }
            Step::LeavesTheApprovers(who) => {
                if let Some(standing) = self.story.directory.get_mut(&user(PEOPLE.get(who).copied().unwrap_or(NORA)))
                    && standing.listed == Listed::Yes
                {
                    standing.listed = Listed::No;
                }
            }
            Step::Learnt(who) => {
                let who = user(PEOPLE[who]);
                let verdict = self.verdict(&who);
                self.log.0.push(Entry::Learnt(who.clone(), verdict));
                self.weighed(&who.clone(), Command::Learnt(who));
            }
            Step::NewText => {
                self.texts += 1;
                self.revise(Some((Question::System, format!("Text number {}", self.texts))));
            }
            Step::NewDetails => {
                self.texts += 1;
                self.revise(Some((Question::Title, format!("Title {}", self.texts))));
            }
            Step::NoChange => self.revise(None),
            Step::EditBegun => drop(self.story.edit()),
            Step::EditDiscarded => self.wish(Command::Discard { by: user(ADA) }),
            Step::PostedAgain => self.wish(Command::PostAgain { by: user(ADA) }),
            Step::RepeatedPost => {
                let (candidate, before) = (self.story.posted().shown.candidate, self.story.scope.stage.clone());
                self.story.post(candidate);
                assert_eq!(self.story.answer, Answer::Posted([].into()));
                assert!(self.story.scope.stage == before && self.story.effects.is_empty());
            }
            Step::Shown { back } => {
                let revision = self.revision(back);
                let at = *self.shown_at.get_or_insert(SlackTime(self.seconds * 1_000_000));
                if !self.story.posted().is_shown() {
                    self.log.0.push(Entry::Fenced(revision, at));
                }
                let ts = MessageTs::parse(&at.to_string()).unwrap();
                let (piece, channel) = (Piece::Summary, channel(HIRING));
                self.wish(Command::Delivered(Delivered::Shown { piece, channel, ts, revision }));
            }
            Step::Fenced { back } => {
                let (revision, at) = (self.revision(back), SlackTime(self.seconds * 1_000_000));
                self.log.0.push(Entry::Fenced(revision, at));
                self.wish(Command::Delivered(Delivered::Fence { revision, at }));
            }
            Step::Failed => {
                self.shown_at = None;
                self.story.fails(Piece::Summary, "channel_not_found");
            }
            Step::InDoubt => self.wish(Command::Delivered(Delivered::InDoubt(Piece::Summary))),
            Step::Asks(who) => drop(self.story.asks(PEOPLE[who], &[], Some("Why?"))),
            Step::Moves { who, step } => self.moves(PEOPLE[who], step),
            Step::Nudged => {
                self.story.passes(std::time::Duration::from_secs(2 * 24 * 3600));
                self.wish(Command::Nudge(PEOPLE.map(user).to_vec()));
            }
        }
    }

    /// A step of the search moves no approval, whoever makes it.
    fn moves(&mut self, who: &str, step: usize) {
        let stood: Vec<UserId> = self.story.approvers().into_iter().map(user).collect();
        let hire = Hire { name: None, starts: Some("1970-03-01".parse().unwrap()) };
        // Mostly it goes on: else little else would happen.
        let step = match step {
            0 | 1 => Move::Claim,
            2 => Move::Release,
            3 => Move::Hold,
            4 => Move::Resume,
            5 => Move::Fill(hire),
            6 => Move::Close(None),
            _ => Move::Reopen,
        };
        self.wish(Command::Step { by: user(who), step });
        let stand: Vec<UserId> = self.story.approvers().into_iter().map(user).collect();
        assert_eq!(stand, stood);
    }

    fn holds(&self) {
        let posted = self.story.posted();
        let (approval, revision) = (&posted.approval, posted.shown.revision);
        let standing = approval.standing(revision).into_iter().cloned().collect();
        let bounds = self.log.bounds();
        assert!(bounds.may.is_superset(&standing), "{standing:?} stand, {:?} may", bounds.may);
        assert!(bounds.must.is_subset(&standing), "{standing:?} stand, {:?} must", bounds.must);
        assert!(!standing.contains(&user(ADA)), "the author never counts");
        assert_eq!(self.story.approved(), standing.len() >= approval.quorum as usize);
        assert_eq!(approval.approved_at.is_some(), self.story.approved());
        let waits = self.story.scope.due.contains_key(&DueKind::Nudge);
        assert_eq!(waits, posted.waits_for_approval() && posted.nudges < 2, "reminded while it waits, and only then");
        assert!(self.words.values().all(|words| *words <= 1), "told once: {:?}", self.words);
        assert!(approval.marks.len() <= PEOPLE.len() * 2 && approval.told.len() <= PEOPLE.len());
        let counted = approval.marks.values().filter(|mark| matches!(mark.weight, Weight::Counts(_)));
        assert!(counted.into_iter().all(|mark| mark.revision == revision), "no mark of an older text counts");
        assert!(posted.edit.as_ref().is_none_or(|edit| edit.windows.len() <= WINDOWS_KEPT));
        assert!(matches!(self.story.scope.stage, Stage::Posted(_)));
    }
}

proptest! {
    #[test]
    fn no_history_reaches_a_forbidden_state(
        quorum in prop_oneof![2 => Just(1u32), 2 => Just(2), 1 => Just(3)],
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut history = History::begin(quorum);
        for (index, step) in steps.iter().enumerate() {
            history.take(index, step);
            history.holds();
        }
    }
}
