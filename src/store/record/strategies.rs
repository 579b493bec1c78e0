//! Generated scopes: every stage, every field, every script, nanoseconds and the edges of numbers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use crate::domain::answers::{
    Answer, Answers, Breadth, Code, Detail, Length, Load, Question, Ramp, Speed, SystemType, Team, Text,
};
use crate::domain::approval::{Approval, ChangeAsked, Entitled, Source, Standmark, Weight};
use crate::domain::brief::Brief;
use crate::domain::draft::{Acknowledged, Candidate, Conflict, Draft, Warning, Window};
use crate::domain::effect::ChangesAsked;
use crate::domain::ids::{
    ChannelId, Home, MessageTs, Revision, ScopeId, SlackTime, Timestamp, UserId, Version, WindowId,
};
use crate::domain::life::{Hire, Life};
use crate::domain::person::Presence;

use crate::domain::posting::{Hindrance, Posting, Slot, Twin, TwinText};
use crate::domain::scope::{DueKind, Ending, Posted, Scope, Shown, Stage};
use crate::domain::wish::Wish;

pub fn homes() -> impl Strategy<Value = Home> {
    "[TE][A-Z0-9]{1,12}".prop_map(|text| Home::parse(&text).unwrap())
}
pub fn scope_ids() -> impl Strategy<Value = ScopeId> {
    "[0-9A-HJKMNP-TV-Z]{26}".prop_map(|text| ScopeId::parse(&text).unwrap())
}
pub fn users() -> impl Strategy<Value = UserId> {
    "[UW][A-Z0-9]{1,12}".prop_map(|text| UserId::parse(&text).unwrap())
}
pub fn channels() -> impl Strategy<Value = ChannelId> {
    "[CGD][A-Z0-9]{1,12}".prop_map(|text| ChannelId::parse(&text).unwrap())
}
pub fn message_ts() -> impl Strategy<Value = MessageTs> {
    "[0-9]{10}(\\.[0-9]{1,6})?".prop_map(|text| MessageTs::parse(&text).unwrap())
}
pub fn moments() -> impl Strategy<Value = Timestamp> {
    (-400_000_000_000..250_000_000_000i64, 0..1_000_000_000i32)
        .prop_map(|(second, nanos)| Timestamp::new(second.max(-370_000_000_000), nanos).unwrap())
}
pub fn slack_times() -> impl Strategy<Value = SlackTime> {
    any::<u64>().prop_map(SlackTime)
}
pub fn texts() -> impl Strategy<Value = Text> {
    vec(any::<char>(), 1..40)
        .prop_map(String::from_iter)
        .prop_filter_map("words", |words| Text::parse(&words, usize::MAX).ok())
}
fn one_of<T: Copy + std::fmt::Debug>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

pub fn answers() -> impl Strategy<Value = Answers> {
    let choices = (
        one_of(SystemType::ALL),
        one_of(Speed::ALL),
        one_of(Load::ALL),
        one_of(Team::ALL),
        one_of(Ramp::ALL),
        one_of(Code::ALL),
        one_of(Length::ALL),
        one_of(Breadth::ALL),
    );
    let written: Vec<Question> = Question::all().filter(|question| question.limit() > 0).collect();
    let words = vec(texts(), written.len());
    let stands = vec((any::<u8>(), slack_times()), 8 + written.len());
    (choices, words, stands).prop_map(
        move |((system, speed, load, team, ramp, code, length, breadth), words, stands)| {
            let choices = [
                Answer::SystemType(system),
                Answer::Speed(speed),
                Answer::Load(load),
                Answer::Team(team),
                Answer::Ramp(ramp),
                Answer::Code(code),
                Answer::Length(length),
                Answer::Breadth(breadth),
            ];
            let written = written.iter().zip(words).map(|(question, text)| Answer::Words(*question, text));
            let mut answers = Answers::default();
            for (answer, (stands, at)) in choices.into_iter().chain(written).zip(stands) {
                match stands % 3 {
                    0 => {}
                    1 => drop(answers.set(answer.question(), None, at)),
                    _ => drop(answers.set(answer.question(), Some(answer), at)),
                }
            }
            answers
        },
    )
}

pub fn briefs() -> impl Strategy<Value = Brief> {
    let required = (one_of(SystemType::ALL), texts(), one_of(Speed::ALL), one_of(Load::ALL), one_of(Team::ALL));
    let optional = (
        of(texts()),
        of(texts()),
        of(one_of(Ramp::ALL)),
        of(one_of(Code::ALL)),
        of(one_of(Length::ALL)),
        of(one_of(Breadth::ALL)),
        of(texts()),
    );
    let details = vec((one_of(Detail::ALL), texts()), 0..4);
    (required, optional, details).prop_map(|(required, optional, details)| {
        let (system_type, system, speed, load, team) = required;
        let (numbers, language, ramp, code, length, breadth, title) = optional;
        Brief { system_type, system, speed, load, numbers, team, language, ramp, code, length, breadth, title, details }
    })
}

fn sentences() -> impl Strategy<Value = [String; 3]> {
    (any::<String>(), any::<String>(), any::<String>()).prop_map(|(system, scale, team)| [system, scale, team])
}

fn acknowledged() -> impl Strategy<Value = Vec<Acknowledged>> {
    let one = ("[a-z_]{1,20}", any::<u64>(), texts());
    vec(one.prop_map(|(rule, words, reason)| Acknowledged { rule, words, reason }), 0..3)
}

pub fn drafts() -> impl Strategy<Value = Draft> {
    let questions: Vec<Question> = Question::all().collect();
    let seen = btree_map(select(questions), (any::<u64>(), slack_times()), 0..6);
    let window = ("[a-z0-9]{1,32}", slack_times(), seen).prop_map(|(id, last, seen)| Window {
        id: WindowId::parse(&id).unwrap(),
        last,
        seen,
    });
    let warnings = vec(("[a-z_]{1,20}", any::<u64>()).prop_map(|(rule, words)| Warning { rule, words }), 0..3);
    let conflict = (any::<u64>(), one_of(Load::ALL), one_of(Load::ALL)).prop_map(|(words, by_words, by_choice)| {
        Conflict { words, by_words: Answer::Load(by_words), by_choice: Answer::Load(by_choice) }
    });
    let candidate = (any::<u32>(), any::<u64>(), briefs(), any::<String>(), sentences(), warnings, of(conflict))
        .prop_map(|(number, answers, brief, title, sentences, warnings, conflict)| Candidate {
            number,
            answers,
            brief,
            title,
            sentences,
            warnings,
            conflict,
        });
    (
        answers(),
        vec(any::<String>(), 0..3),
        vec(window, 0..4),
        any::<u32>(),
        of(candidate),
        any::<u32>(),
        acknowledged(),
        of(channels()),
    )
        .prop_map(|(answers, parked, windows, generation, candidate, reviews, acknowledged, channel)| Draft {
            answers,
            parked,
            windows,
            generation,
            candidate,
            reviews,
            acknowledged,
            channel,
        })
}

fn approvals() -> impl Strategy<Value = Approval> {
    let source = prop_oneof![Just(Source::Button), "[a-z_]{1,12}".prop_map(Source::Reaction)];
    let mark = (users(), source, slack_times(), any::<u32>(), 0..3u8);
    let marks = vec(mark, 0..5).prop_map(|marks| {
        let standing = |(person, source, at, revision, weight): (UserId, Source, _, _, _)| {
            let weight = match weight {
                0 => Weight::Undecided,
                1 => Weight::Counts(Entitled::from_record(person.clone())),
                _ => Weight::Taken,
            };
            ((person, source), Standmark { at, revision: Revision(revision), weight })
        };
        marks.into_iter().map(standing).collect::<BTreeMap<_, _>>()
    });
    let people = || btree_set(users(), 0..4);
    let reactions = btree_set("[a-z_]{1,12}", 0..3);
    (any::<u32>(), reactions, any::<u32>(), of(slack_times()), marks, people(), people(), of(moments())).prop_map(
        |(quorum, reactions, since, fence, marks, told, changes_asked, approved_at)| Approval {
            quorum,
            reactions,
            since: Revision(since),
            fence,
            marks,
            told,
            changes_asked,
            approved_at,
        },
    )
}

fn slots() -> impl Strategy<Value = Slot> {
    let shown = (channels(), message_ts(), any::<u32>()).prop_map(|(channel, ts, revision)| Slot::Shown {
        channel,
        ts,
        revision: Revision(revision),
    });
    prop_oneof![
        Just(Slot::Empty),
        Just(Slot::Waiting),
        Just(Slot::InDoubt),
        shown,
        any::<String>().prop_map(|why| Slot::Failed { why }),
    ]
}

fn searches() -> impl Strategy<Value = (Life, Presence, u32)> {
    let by = || (users(), moments());
    let day = (1..9999i16, 1..13i8, 1..29i8).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
    let hire = (of(texts()), of(day)).prop_map(|(name, starts)| Hire { name, starts });
    let life = prop_oneof![
        Just(Life::Open),
        by().prop_map(Life::Claimed),
        (by(), of(by())).prop_map(|(by, claimed)| Life::OnHold { by, claimed }),
        (by(), hire, of(by())).prop_map(|(by, hire, claimed)| Life::Filled { by, hire, claimed }),
        (by(), of(texts()), of(by())).prop_map(|(by, why, claimed)| Life::Closed { by, why, claimed }),
    ];
    (life, select(&[Presence::Here, Presence::Left][..]), any::<u32>())
}

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let ticks = btree_set(select(ChangeAsked::ALL), 0..3);
    let wish = (moments(), users(), ticks, of(texts()), any::<u32>()).prop_map(|(at, by, ticks, comment, revision)| {
        Wish { at, asked: ChangesAsked { by, ticks, comment, revision: Revision(revision) } }
    });
    vec(wish, 0..3)
}

fn posted() -> impl Strategy<Value = Posted> {
    let shown = (any::<u32>(), any::<u32>(), briefs(), any::<String>(), sentences(), acknowledged(), moments())
        .prop_map(|(revision, candidate, brief, title, sentences, acknowledged, posted_at)| Shown {
            revision: Revision(revision),
            candidate,
            brief,
            title,
            sentences,
            acknowledged,
            posted_at,
        });
    let twin = (channels(), message_ts(), any::<u32>(), any::<bool>()).prop_map(|(channel, ts, revision, over)| Twin {
        channel,
        ts,
        revision: Revision(revision),
        text: if over { TwinText::Superseded } else { TwinText::Shown },
    });
    let hindered = btree_set(select(Hindrance::ALL), 0..4);
    let posting = (slots(), slots(), slots(), vec(twin, 0..3), hindered).prop_map(
        |(summary, kit, thirty_days, twins, hindered)| Posting { summary, kit, thirty_days, twins, hindered },
    );
    (shown, channels(), of(drafts()), any::<u32>(), (acknowledged(), approvals(), wishes()), posting, searches())
        .prop_map(
            |(shown, channel, edit, reviews, (acknowledged, approval, wishes), posting, (life, author, nudges))| {
                Posted { acknowledged, wishes, shown, channel, edit, reviews, approval, posting, life, author, nudges }
            },
        )
}

/// Any scope.
pub fn scopes() -> impl Strategy<Value = Scope> {
    let stage = prop_oneof![
        drafts().prop_map(|draft| Stage::Draft(Box::new(draft))),
        posted().prop_map(|posted| Stage::Posted(Box::new(posted))),
        select(&[Ending::Discarded, Ending::Expired, Ending::Erased, Ending::Lapsed][..]).prop_map(Stage::Ended),
    ];
    let due = btree_set(select(&DueKind::ALL[..]), 0..=5);
    (scope_ids(), homes(), any::<u64>(), users(), moments(), moments(), stage, (due, moments())).prop_map(
        |(id, home, version, author, created, touched, stage, (due, at))| Scope {
            id,
            home,
            version: Version(version),
            author,
            created,
            touched,
            stage,
            due: due.into_iter().collect::<BTreeSet<_>>().into_iter().map(|kind| (kind, at)).collect(),
        },
    )
}
