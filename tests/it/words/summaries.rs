use scopebot::domain::answers::{Breadth, SystemType};
use scopebot::domain::brief::Brief;
use scopebot::domain::document::{Document, Press, Span};
use scopebot::domain::ids::{Revision, ScopeId, Timestamp, UserId};
use scopebot::domain::life::{By, Hire, Life};
use scopebot::domain::person::Presence;
use scopebot::domain::sentence::sentences_of;
use scopebot::domain::summary::{Acknowledged, Approval, SummaryView, presses, summary_of};
use scopebot::domain::title::title_of;

use super::samples::{brief, full, text, words};
use super::sketch::sketch;

pub fn by(user: &str, day: i64) -> By {
    (UserId::parse(user).unwrap(), Timestamp::from_second(1_795_000_000 + day * 86_400).unwrap())
}

fn asked(quorum: u32, approvals: Vec<By>, changes: Vec<UserId>) -> Approval {
    Approval::Asked { quorum, approvals, changes, emoji: vec!["white_check_mark".to_owned()] }
}

fn summary(brief: &Brief, evidence: Option<&str>, with: impl FnOnce(&mut SummaryView<'_>)) -> Document {
    let sentences = sentences_of(brief, words()).map(|sentence| sentence.text());
    let (scope, author) = (ScopeId::parse("01J00000000000000000000000").unwrap(), UserId::parse("U0ADA").unwrap());
    let mut view = SummaryView {
        scope: &scope,
        title: title_of(brief, evidence, words()),
        sentences: &sentences,
        brief,
        author: &author,
        revision: Revision::FIRST,
        approval: asked(1, vec![], vec![]),
        acknowledged: vec![],
        life: Life::Open,
        presence: Presence::Here,
        buttons: vec![vec![Press::Approve, Press::AskForChanges, Press::Kit, Press::Brief]],
    };
    with(&mut view);
    summary_of(&view, words())
}

pub fn filled(name: Option<&str>, starts: Option<&str>) -> Life {
    let hire = Hire { name: name.map(text), starts: starts.map(|day| day.parse().unwrap()) };
    Life::Filled { by: by("U4", 0), hire, claimed: None }
}

/// A summary with as much in it as there can be.
pub fn crowded(brief: &Brief) -> Document {
    summary(brief, None, |view| {
        let people = |from: i64| (from..from + 10).map(|at| by(&format!("U{at}"), at)).collect::<Vec<_>>();
        view.revision = Revision(12);
        view.approval = asked(20, people(0), people(10).into_iter().map(|(who, _)| who).collect());
        view.acknowledged = (0..3)
            .map(|_| Acknowledged {
                warning: "Leads with a language, on purpose".to_owned(),
                reason: text(&"w".repeat(300)),
            })
            .collect();
        view.life = filled(Some(&"w".repeat(Hire::NAME_LIMIT)), Some("2027-03-01"));
        view.presence = Presence::Left;
        view.buttons.push(vec![Press::TakeOver, Press::Filled, Press::Release, Press::Hold, Press::Close]);
    })
}

#[test]
fn every_type_has_a_summary_that_says_nothing_twice() {
    let pages: Vec<String> = SystemType::ALL.iter().map(|kind| sketch(&summary(&brief(*kind), None, |_| ()))).collect();
    insta::assert_snapshot!(pages.join("\n\n"));
}

#[test]
fn a_full_scope_on_hold_with_two_of_three_approvals() {
    insta::assert_snapshot!(sketch(&summary(&full(SystemType::EventPipeline), Some("streaming ledger"), |view| {
        view.revision = Revision(2);
        view.approval = asked(3, vec![by("U1", 0), by("U2", 1)], vec![by("U3", 2).0]);
        view.acknowledged.push(Acknowledged {
            warning: words().summary.label.language_first.as_str().to_owned(),
            reason: text("the code is 300,000 lines of Go"),
        });
        view.life = Life::OnHold { by: by("U4", 3), claimed: None };
    })));
}

#[test]
fn buttons_follow_the_state() {
    let approvals = [
        Approval::NobodyAsked,
        asked(1, vec![], vec![]),
        asked(2, vec![by("U1", 0)], vec![]),
        asked(1, vec![by("U1", 0)], vec![]),
    ];
    let lives = [
        Life::Open,
        Life::Claimed(by("U4", 0)),
        Life::OnHold { by: by("U4", 0), claimed: Some(by("U5", 0)) },
        filled(None, None),
        Life::Closed { by: by("U4", 0), why: None, claimed: None },
    ];
    let mut seen = Vec::new();
    for (approval, life, presence) in approvals.iter().flat_map(|approval| {
        let lives = lives.iter().flat_map(|life| [(life, Presence::Here), (life, Presence::Left)]);
        lives.map(move |(life, presence)| (approval, life, presence))
    }) {
        let rows = presses(approval, life, presence, Revision(2));
        assert!(rows.iter().all(|row| row.len() <= 5), "a row reads well: {rows:?}");
        let all = rows.concat();
        assert!(all.contains(&Press::Kit) && all.contains(&Press::Brief), "reading is always there");
        let decides = life.goes_on() && matches!(approval, Approval::Asked { .. }) && !approval.is_reached();
        assert_eq!(all.contains(&Press::Approve), decides, "{approval:?} {life:?}");
        assert_eq!(all.contains(&Press::Claim), *life == Life::Open && !decides, "{approval:?} {life:?}");
        let leaver = presence == Presence::Left && !life.is_over();
        assert_eq!(all.contains(&Press::TakeOver), leaver, "{life:?}");
        if presence == Presence::Here {
            let rows: Vec<String> = rows
                .iter()
                .filter(|row| !row.is_empty())
                .map(|row| row.iter().map(|press| press.key()).collect::<Vec<_>>().join(" "))
                .collect();
            seen.push(rows.join(" / "));
        }
    }
    insta::assert_snapshot!(seen.join("\n"));
}

#[test]
fn states_of_approval_and_search_in_words() {
    let brief = brief(SystemType::RestApi);
    let mut lines = Vec::new();
    for approval in [
        Approval::NobodyAsked,
        asked(1, vec![], vec![]),
        asked(2, vec![], vec![by("U3", 0).0]),
        asked(2, vec![by("U1", 0)], vec![]),
        asked(2, vec![by("U1", 0), by("U2", 1)], vec![]),
        asked(1, vec![by("U1", 0), by("U2", 1), by("U3", 2)], vec![]),
    ] {
        lines.push(scopebot::domain::summary::approval(&approval, words()).text());
    }
    for life in [
        Life::Open,
        Life::Claimed(by("U4", 0)),
        Life::OnHold { by: by("U4", 0), claimed: None },
        filled(None, None),
        filled(Some("Grace"), None),
        filled(None, Some("2027-03-01")),
        filled(Some("Grace *H*"), Some("2027-03-01")),
        Life::Closed { by: by("U4", 0), why: Some(text("The budget moved")), claimed: None },
    ] {
        lines
            .push(scopebot::domain::summary::life(&life, words()).map_or("(nothing)".to_owned(), |spans| spans.text()));
    }
    lines.push(sketch(&summary(&brief, None, |view| {
        view.presence = Presence::Left;
        view.buttons = presses(&view.approval, &view.life, view.presence, view.revision);
    })));
    assert!(sketch(&summary(&brief, None, |_| ())).contains("Waiting for one approval"));
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn other_scripts_and_the_longest_answers_stay_inert() {
    let mut page = String::new();
    for typed in [
        "处理支付事件。每秒一千笔！供财务使用",
        "يستقبل أحداث البطاقات. يحفظ السجل؟",
        "<!channel> *bold* <@U1> https://evil.example :tada:\n- and more",
        &"w".repeat(300),
    ] {
        let mut brief = full(SystemType::ServiceIntegration);
        brief.system = text(typed);
        brief.title = Some(text(&typed.chars().take(80).collect::<String>()));
        let summary = summary(&brief, None, |_| ());
        let loose = summary.blocks.iter().any(|block| match block {
            scopebot::domain::document::Block::Para(spans) => !matches!(spans.0.as_slice(), [Span::Typed(_)]),
            _ => false,
        });
        assert!(!loose, "a sentence must be typed text as a whole");
        page.push_str(&sketch(&summary).lines().take(4).collect::<Vec<_>>().join("\n"));
        page.push_str("\n\n");
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_title_is_made_from_the_system() {
    let mut brief = brief(SystemType::AiInference);
    let title = |brief: &Brief, evidence| title_of(brief, evidence, words()).text();
    assert_eq!(title(&brief, Some("streaming ledger")), "Backend engineer, streaming ledger");
    assert_eq!(title(&brief, Some("ledger")), "Backend engineer, AI model serving");
    assert_eq!(title(&brief, None), "Backend engineer, AI model serving");
    brief.breadth = Some(Breadth::FullStack);
    assert_eq!(title(&brief, None), "Full-stack engineer, AI model serving");
    brief.title = Some(text("Ledger engineer.\n"));
    assert_eq!(title(&brief, Some("streaming ledger")), "Ledger engineer");
}
