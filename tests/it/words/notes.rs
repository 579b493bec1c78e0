use scopebot::domain::answers::{Code, Detail, SystemType};
use scopebot::domain::approval::{ChangeAsked, NotCounted};
use scopebot::domain::brief::Brief;
use scopebot::domain::document::{Document, Press, Span, Spans};
use scopebot::domain::effect::{Passed, Passing};
use scopebot::domain::ids::{ChannelId, Revision, ScopeId, UserId};
use scopebot::domain::life::{Hire, Step};
use scopebot::domain::notes::thread::Approvals;
use scopebot::domain::notes::{About, Count, direct, erased, quiet, repeated, thread};
use scopebot::domain::pages::home::{HomeView, Reminders, home};
use scopebot::domain::pages::lists::{DraftLine, Lines, SHOWN, ScopeLine, drafts, status};
use scopebot::domain::pages::review::{
    Approvers, ChannelState, approvers_line, effect_on_approvals, selects_for, where_line, will_read,
};
use scopebot::domain::pages::{help, reminders};
use scopebot::domain::posting::Hindrance;
use scopebot::domain::scope::{Axis, Face};
use scopebot::domain::sentence::sentences_of;
use scopebot::domain::summary::Approval;
use scopebot::domain::title::title_of;
use scopebot::domain::wording::notes::{Failure, Refusal};
use scopebot::domain::wording::pages::State;

use super::samples::{brief, full, text, words};
use super::sketch::sketch;
use super::summaries::by;

const SCOPE: &str = "01J00000000000000000000000";

fn scope() -> ScopeId {
    ScopeId::parse(SCOPE).unwrap()
}
fn user(id: &str) -> UserId {
    UserId::parse(id).unwrap()
}
fn channel() -> ChannelId {
    ChannelId::parse("C0HIRING").unwrap()
}
fn together(pages: impl IntoIterator<Item = Document>) -> String {
    pages.into_iter().map(|page| sketch(&page)).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_note_in_the_thread() {
    let (who, words) = (user("U1"), words());
    let count = |given| Count { given, quorum: 2 };
    let ticks = [ChangeAsked::Load, ChangeAsked::Language];
    insta::assert_snapshot!(
        together([
            thread::approved(&who, count(1), words),
            thread::approved(&who, count(2), words),
            thread::withdrawn(&who, count(1), words),
            thread::changes_asked(&who, &ticks, Some("Is this *measured*?"), words),
            thread::changes_asked(&who, &[], Some("See above"), words),
            thread::changes_asked_earlier(&who, Revision(1), &ticks, Some("Is this *measured*?"), words),
            thread::superseded(
                &"Backend engineer".into(),
                Some("https://example.slack.com/archives/C0HIRING/p1"),
                words
            ),
            thread::superseded(&"Backend engineer".into(), None, words),
            thread::revision(Revision(2), &[Axis::System, Axis::Team, Axis::Details], Approvals::Some, words),
            thread::revision(Revision(3), &[Axis::Details], Approvals::Some, words),
            thread::revision(Revision(3), &[Axis::Details], Approvals::None, words),
        ]) + "\n\n"
            + &together(steps().iter().map(|step| thread::stepped(&who, step, words)).chain([
                thread::passed(&passed(Passing::HandedOver), words),
                thread::author_left(&who, words),
                erased(words),
                repeated(thread::passed(&passed(Passing::TakenOver), words), words),
            ]))
    );
}

fn passed(how: Passing) -> Passed {
    Passed { from: user("U1"), to: user("U2"), voided: u32::from(how == Passing::HandedOver), how }
}

/// Every step, with and without what may be typed with it.
fn steps() -> Vec<Step> {
    let starts = Some("2027-03-01".parse().unwrap());
    vec![
        Step::Claim,
        Step::Release,
        Step::Hold,
        Step::Resume,
        Step::Fill(Hire { name: Some(text("Grace *H*")), starts }),
        Step::Fill(Hire { name: None, starts }),
        Step::Fill(Hire::default()),
        Step::Close(Some(text("The budget <!here> moved"))),
        Step::Close(None),
        Step::Reopen,
    ]
}

#[test]
fn every_direct_message() {
    let (scope, who, words) = (scope(), user("U1"), words());
    let brief = brief(SystemType::EventPipeline);
    let title = title_of(&brief, Some("streaming ledger"), words);
    let sentences = sentences_of(&brief, words).map(|sentence| sentence.text());
    let about = About {
        scope: &scope,
        title: &title,
        revision: Revision(2),
        link: Some("https://example.slack.com/archives/C0HIRING/p1"),
    };
    let unposted = About { link: None, revision: Revision::FIRST, ..about };
    let state =
        Approval::Asked { quorum: 1, approvals: vec![], changes: vec![], emoji: vec!["white_check_mark".to_owned()] };
    let (_, when) = by("U1", 0);
    let pages = [
        direct::posted(about, &channel(), &sentences, &state, words),
        direct::approved(about, &who, Count { given: 1, quorum: 2 }, words),
        direct::approved(about, &who, Count { given: 2, quorum: 2 }, words),
        direct::withdrawn(about, &who, Count { given: 0, quorum: 2 }, words),
        direct::changes_asked(about, &who, &[ChangeAsked::Type], Some("Looks like batch"), words),
        direct::expiring(unposted, when, words),
        direct::expired(when, words),
        direct::before_start(about, when, words),
        direct::nudge(about, &user("U2"), when, &sentences, words),
        direct::voided(about, &[Axis::Scale, Axis::Language], &sentences, words),
    ];
    let told = steps();
    let told = told.iter().map(|step| direct::stepped(about, &who, step, words));
    let readers = [("U2", Passing::HandedOver), ("U3", Passing::HandedOver), ("U3", Passing::TakenOver)];
    let told = told.chain(readers.map(|(reader, how)| direct::passed(about, &user(reader), &passed(how), words)));
    let told = told.chain([Reminders::Off, Reminders::On].map(|wish| reminders(wish, words)));
    let failed = Failure::ALL.iter().map(|failure| direct::not_posted(unposted, *failure, words));
    let hindered = Hindrance::ALL.iter().map(|hindrance| direct::hindered(about, &channel(), *hindrance, words));
    insta::assert_snapshot!(together(pages.into_iter().chain(told).chain(failed).chain(hindered)));
}

#[test]
fn every_quiet_word_and_refusal() {
    let (scope, words) = (scope(), words());
    let title = Spans::from("Backend engineer");
    let about = About { scope: &scope, title: &title, revision: Revision(2), link: None };
    let quiet_words = NotCounted::ALL.iter().filter_map(|reason| quiet::not_counted(*reason, about, words));
    let refusals = Refusal::ALL.iter().map(|refusal| quiet::refused(*refusal, words));
    insta::assert_snapshot!(together(quiet_words.chain(refusals).chain([
        quiet::given_back(quiet::expired(Some(&scope), words), "ledger <!here>", words),
        quiet::meant("hlep", "help", words),
        quiet::shared_channel(&channel(), words),
    ])));
}

#[test]
fn the_parts_of_the_review_that_are_not_fields() {
    let words = words();
    let brief = full(SystemType::ServiceIntegration);
    let title = title_of(&brief, None, words);
    let states = [ChannelState::Ready, ChannelState::NotIn, ChannelState::Gone, ChannelState::Shared];
    let mut page = together([will_read(&title, &sentences_of(&brief, words), words), selects_for(&brief, words)]);
    let places = states.map(|state| where_line(&channel(), state, words));
    let rest = [
        approvers_line(Approvers::Count { able: 3, quorum: 2 }, words),
        approvers_line(Approvers::Nobody, words),
        approvers_line(Approvers::Count { able: 0, quorum: 1 }, words),
        effect_on_approvals(&[Axis::Team], words),
        effect_on_approvals(&[Axis::Title, Axis::Details], words),
    ];
    for spans in places.into_iter().chain(rest) {
        page.push_str(&format!("\n\n{}", spans.text()));
    }
    insta::assert_snapshot!(page);
}

fn line(state: State) -> ScopeLine {
    let (author, posted) = by("U2", 0);
    let link = (state == State::Waiting).then(|| "https://example.slack.com/archives/C0HIRING/p1".to_owned());
    ScopeLine {
        scope: scope(),
        title: Span::typed("Ledger").into(),
        author,
        state,
        revision: Revision(2),
        posted,
        link,
    }
}

fn all<L>(lines: impl IntoIterator<Item = L>) -> Lines<L> {
    Lines { shown: lines.into_iter().collect(), more: 0, last: None }
}

#[test]
fn home_lists_and_help() {
    let words = words();
    let (_, changed) = by("U1", 1);
    let draft = DraftLine { scope: scope(), title: "Draft".into(), answered: 3, changed };
    let empty = HomeView {
        drafts: Lines::default(),
        scopes: Lines::default(),
        waiting: None,
        draft_days: 30,
        scope_days: None,
        reminders: Reminders::On,
    };
    let busy = HomeView {
        drafts: all([draft.clone()]),
        scopes: all(State::ALL.iter().copied().map(line)),
        waiting: Some(Lines::default()),
        scope_days: Some(365),
        reminders: Reminders::Off,
        ..empty.clone()
    };
    insta::assert_snapshot!(together([
        home(&empty, words),
        home(&busy, words),
        drafts(&Lines::default(), words),
        drafts(&all([draft]), words),
        status(&Lines::default(), &Lines::default(), words),
        status(&all([line(State::Approved)]), &all([line(State::Waiting)]), words),
        help(words),
    ]));
}

#[test]
fn a_home_of_any_size_fits() {
    let lines =
        |count| Lines { more: count - SHOWN, last: Some(scope()), ..all((0..SHOWN).map(|_| line(State::Waiting))) };
    let (_, changed) = by("U1", 1);
    let draft = DraftLine { scope: scope(), title: "Draft".into(), answered: 3, changed };
    let view = HomeView {
        drafts: Lines { shown: vec![draft; SHOWN], more: 300 - SHOWN, last: Some(scope()) },
        scopes: lines(5000),
        waiting: Some(lines(70)),
        draft_days: 30,
        scope_days: None,
        reminders: Reminders::On,
    };
    let page = home(&view, words());
    assert!(page.blocks.len() <= 100, "{}", page.blocks.len());
    let more: Vec<String> = [70, 300, 5000].map(|count| format!("And {} more.", count - SHOWN)).to_vec();
    assert!(more.iter().all(|more| sketch(&page).contains(more.as_str())));
    let presses: Vec<Press> = page.buttons().map(|button| button.press).collect();
    for press in [Press::OlderDrafts, Press::OlderScopes, Press::OlderWaiting] {
        assert!(presses.contains(&press), "{press:?}");
    }
    // In a message there is less room.
    assert!(status(&lines(5000), &lines(70), words()).blocks.len() <= 50);
}

#[test]
fn nobody_speaks_to_a_bot_or_a_leaver_about_an_approval() {
    let scope = scope();
    let title = Spans::from("Backend engineer");
    let about = About { scope: &scope, title: &title, revision: Revision(2), link: None };
    let silent = |reason: &&NotCounted| quiet::not_counted(**reason, about, words()).is_none();
    let silent: Vec<&NotCounted> = NotCounted::ALL.iter().filter(silent).collect();
    assert_eq!(silent, [&NotCounted::Bot, &NotCounted::Deactivated]);
}

#[test]
fn only_sentences_code_and_language_void_an_approval() {
    let changes = |old: &Brief, new: &Brief| -> Vec<Axis> {
        let [old_title, new_title] = [old, new].map(|brief| title_of(brief, None, words()).text());
        let [old_said, new_said] = [old, new].map(|brief| sentences_of(brief, words()).map(|said| said.text()));
        let old = Face { brief: old, title: &old_title, sentences: &old_said };
        let new = Face { brief: new, title: &new_title, sentences: &new_said };
        old.changes_to(&new).into_iter().collect()
    };
    let old = brief(SystemType::RestApi);
    let mut new = old.clone();
    assert_eq!(changes(&old, &new), []);
    new.details.push((Detail::Pay, text("80,000")));
    new.title = Some(text("API engineer"));
    assert_eq!(changes(&old, &new), [Axis::Title, Axis::Details]);
    assert!(!changes(&old, &new).iter().any(|axis| axis.is_substance()));
    new.code = Some(Code::New);
    new.language = Some(text("Go"));
    new.system = text("something else");
    assert_eq!(changes(&old, &new), [Axis::System, Axis::Language, Axis::Code, Axis::Title, Axis::Details]);
    assert!(changes(&old, &new).iter().any(|axis| axis.is_substance()));
}
