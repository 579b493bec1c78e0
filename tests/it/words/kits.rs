use scopebot::domain::answers::{Code, Length, SystemType, Team};
use scopebot::domain::brief::Brief;
use scopebot::domain::brief_text::brief_markdown;
use scopebot::domain::document::Ids;
use scopebot::domain::hiring::{advice, figures};
use scopebot::domain::kit::{kit, scoring_sheet, thirty_days};
use scopebot::domain::sentence::sentences_of;
use scopebot::domain::summary::Acknowledged;
use scopebot::domain::title::title_of;

use super::samples::{brief, full, text, words};
use super::sketch::sketch;

#[test]
fn every_type_has_its_own_evaluation_kit() {
    let mut pages = Vec::new();
    for kind in SystemType::ALL {
        let brief = brief(*kind);
        let sentences = sentences_of(&brief, words()).map(|sentence| sentence.text());
        let page = kit(&brief, &sentences, words());
        assert!(page.blocks.len() <= 45, "a message takes 50 blocks");
        pages.push(sketch(&page));
    }
    insta::assert_snapshot!(pages.join("\n\n"));
}

#[test]
fn no_code_yet_and_coupled_code_change_the_kit() {
    let mut brief = brief(SystemType::RestApi);
    let sentences = sentences_of(&brief, words()).map(|sentence| sentence.text());
    let sketches = |brief: &Brief| sketch(&kit(brief, &sentences, words()));
    let said = &words().kit.codebase;
    let plain = sketches(&brief);
    brief.code = Some(Code::New);
    let new = sketches(&brief);
    brief.code = Some(Code::Coupled);
    let coupled = sketches(&brief);
    assert!(plain.contains(said.intro.as_str()) && !plain.contains(said.coupled.as_str()));
    assert!(new.contains(said.intro_new.as_str()) && !new.contains(said.intro.as_str()));
    assert!(coupled.contains(said.coupled.as_str()));
}

#[test]
fn thirty_days_for_a_team_a_solo_hire_and_coupled_code() {
    let mut brief = brief(SystemType::EventPipeline);
    let team = sketch(&thirty_days(&brief, words()));
    (brief.team, brief.code) = (Team::Solo, Some(Code::Coupled));
    let solo = sketch(&thirty_days(&brief, words()));
    assert!(!solo.contains(words().days.week_two.text.as_str()));
    insta::assert_snapshot!([team, solo].join("\n\n"));
}

#[test]
fn advice_and_figures() {
    let mut lines: Vec<String> = Length::ALL.iter().map(|length| advice(*length, words()).text()).collect();
    for kind in SystemType::ALL {
        lines.push(sketch(&figures(&brief(*kind), words())));
    }
    insta::assert_snapshot!(lines.join("\n\n"));
}

#[test]
fn a_brief_pastes_clean() {
    let mut brief = full(SystemType::AiInference);
    brief.system = text("# answers *support* questions. [link](http://evil.example) <b>x</b>\n- next");
    let sentences = sentences_of(&brief, words()).map(|sentence| sentence.text());
    let acknowledged =
        [Acknowledged { warning: "Leads with a language, on purpose".to_owned(), reason: text("1. Go *only*") }];
    let title = title_of(&brief, None, words());
    let markdown = brief_markdown(&title, &sentences, &brief, &acknowledged, words(), &Ids);
    assert!(markdown.contains(scoring_sheet(words()).to_markdown(&Ids).lines().next_back().unwrap()));
    insta::assert_snapshot!(markdown);
}
