//! What changed from revision to revision, as people read it.

use scopebot::domain::answers::{Code, Detail, Load, Ramp, SystemType};
use scopebot::domain::approval::{ChangeAsked, NotCounted, Source};
use scopebot::domain::audit::{AuditRow, Deed};
use scopebot::domain::brief::Brief;
use scopebot::domain::document::{Ids, Span, Spans};
use scopebot::domain::draft::Acknowledged;
use scopebot::domain::effect::ChangesAsked;
use scopebot::domain::ids::{Revision, UserId};
use scopebot::domain::life::StepKind;
use scopebot::domain::pages::history::{Attempts, Trail, history, history_markdown};
use scopebot::domain::person::Presence;
use scopebot::domain::scope::Shown;
use scopebot::domain::sentence::sentences_of;
use scopebot::domain::wish::Wish;

use super::samples::{brief, text, words};
use super::sketch::sketch;
use super::summaries::by;

fn shown(revision: u32, brief: Brief) -> Shown {
    let sentences = sentences_of(&brief, words()).map(|sentence| sentence.text());
    let (_, posted_at) = by("U1", i64::from(revision));
    let title = "Backend engineer, streaming ledger".to_owned();
    Shown {
        revision: Revision(revision),
        candidate: revision,
        brief,
        title,
        sentences,
        acknowledged: vec![],
        posted_at,
    }
}

/// Two changes: of substance, then of details and the reason.
fn revisions() -> Vec<Shown> {
    let first = brief(SystemType::EventPipeline);
    let second = Brief {
        load: Load::NotKnown,
        numbers: None,
        language: Some(text("Go")),
        ramp: Some(Ramp::Weeks),
        code: Some(Code::Coupled),
        details: vec![(Detail::Place, text("Berlin")), (Detail::Pay, text("85,000 euros"))],
        ..first.clone()
    };
    let third = Brief { details: vec![(Detail::Place, text("*Remote* <b>"))], ..second.clone() };
    let reason = Acknowledged { rule: "language_first".into(), words: 1, reason: text("300,000 lines of Go") };
    let third = Shown { title: "Ledger engineer".into(), acknowledged: vec![reason], ..shown(3, third) };
    vec![third, shown(2, second), shown(1, first)]
}

fn audit() -> Vec<AuditRow> {
    let row = |second, who: Option<&str>, revision, deed| AuditRow {
        at: by("U1", second).1,
        by: who.map(|who| UserId::parse(who).unwrap()),
        revision,
        deed,
    };
    let (one, two, three) = (Some(Revision(1)), Some(Revision(2)), Some(Revision(3)));
    let reaction = || Source::Reaction("white_check_mark".into());
    vec![
        row(0, Some("U1"), None, Deed::Started),
        row(1, Some("U1"), one, Deed::Posted),
        row(2, Some("U5"), one, Deed::NotCounted(NotCounted::Guest)),
        row(3, Some("U2"), one, Deed::Approved(reaction())),
        row(3, None, one, Deed::QuorumReached),
        row(4, Some("U1"), one, Deed::EditBegun),
        row(5, Some("U1"), two, Deed::Posted),
        row(5, None, two, Deed::QuorumLost),
        row(6, Some("U3"), two, Deed::AskedForChanges),
        row(7, Some("U4"), two, Deed::Refused("not_yours".into())),
        row(8, Some("U1"), three, Deed::Posted),
        row(8, Some("U1"), three, Deed::Overrode("language_first".into())),
        row(9, Some("U2"), three, Deed::Approved(Source::Button)),
        row(10, Some("U2"), three, Deed::Withdrew(Source::Button)),
        row(10, Some("U2"), three, Deed::Stepped(StepKind::Claimed)),
        row(10, None, three, Deed::AuthorSeen(Presence::Left)),
        row(10, Some("U3"), three, Deed::TookOver(UserId::parse("U1").unwrap())),
        row(10, None, three, Deed::Nudged),
        row(11, None, three, Deed::NotDelivered("is_archived".into())),
    ]
}

/// Of the one wish that the audit has.
fn wishes() -> Vec<Wish> {
    let (by, at) = by("U3", 6);
    let ticks = [ChangeAsked::Load, ChangeAsked::Team].into();
    let comment = Some(text("*who* owns\nthe ledger?"));
    vec![Wish { at, asked: ChangesAsked { by, ticks, comment, revision: Revision(2) } }]
}

#[test]
fn a_history_tells_who_changed_what_and_when_in_both_wordings() {
    let (revisions, audit) = (revisions(), audit());
    let told = Trail { revisions: &revisions, audit: &audit, wishes: &wishes(), attempts: Attempts::Told };
    insta::assert_snapshot!(sketch(&history(&told, words())));
}

#[test]
fn attempts_that_came_to_nothing_are_told_to_those_concerned_alone() {
    let (revisions, audit) = (revisions(), audit());
    let page = |attempts| {
        sketch(&history(&Trail { revisions: &revisions, audit: &audit, wishes: &wishes(), attempts }, words()))
    };
    let (told, spared) = (page(Attempts::Told), page(Attempts::Spared));
    for who in ["@U5", "@U4"] {
        assert!(told.contains(who) && !spared.contains(who), "{who}");
    }
    assert!(spared.contains("@U2 approved"));
}

#[test]
fn a_history_cut_at_its_old_end_says_so_and_one_revision_says_that_nothing_changed() {
    let revisions = revisions();
    let page =
        |revisions| sketch(&history(&Trail { revisions, audit: &[], wishes: &[], attempts: Attempts::Told }, words()));
    assert!(page(&revisions[..2]).ends_with("Context: Older revisions that are not shown here: 1."));
    assert!(page(&revisions[2..]).ends_with("Context: Nothing has changed since it was posted."));
    assert!(!page(&revisions).contains("Context:"));
}

#[test]
fn a_history_pastes_clean() {
    let (revisions, audit) = (revisions(), audit());
    let trail = Trail { revisions: &revisions, audit: &audit, wishes: &wishes(), attempts: Attempts::Told };
    let title = Spans::from(Span::typed("Ledger engineer"));
    let markdown = history_markdown(&title, &trail, words(), &Ids);
    assert!(markdown.starts_with("# Ledger engineer\n\n## Revision 3\n\nPosted by @U1, "), "{markdown}");
    assert!(markdown.contains("“\\*who\\* owns the ledger?”"), "{markdown}");
    assert!(markdown.contains("- **Now:** Place or time zone: \\*Remote\\* \\<b>"), "{markdown}");
}
