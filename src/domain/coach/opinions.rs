//! Both opinions heard: what the rules answer, and what the weights make of the same words.

use super::kind::{RUNNING, TypeRead};
use super::lead::{Lead, Leading};
use super::lexicon::Running;
use super::marks::Marks;
use super::parts::Part;
use super::team::TeamRead;
use super::tokens::{Page, Token};
use super::weighing::{Told, Weighed, Weighing};

/// The score that stands for no type at all.
const UNCLEAR: usize = 5;

/// What leads.
pub(super) fn lead_heard(page: &Page, tokens: &[Token], weighing: &Weighing, leading: &Leading) -> Option<Lead> {
    if leading.names.is_empty() {
        return None;
    }
    let mut marks = Marks::default();
    marks.of_the_lead(page, tokens, &leading.named);
    let stack = matches!(leading.lead, Lead::Stack { .. });
    let yes = weighing.scores(Weighed::Lead, &marks, if stack { Told::Yes } else { Told::No })?[0] > 0.0;
    match (stack, yes) {
        (true, false) => Some(leading.systems.first().cloned().map_or(Lead::Nothing, Lead::System)),
        (false, true) => {
            let meant = |part: &Part| matches!(part, Part::Stack | Part::Legacy);
            let asked = leading.names.iter().find(|name| meant(&name.part));
            // Waved away in so many words: no weight says otherwise.
            let waived = asked.is_none() && leading.names.iter().any(|name| name.part == Part::Waived);
            let name = asked.or(leading.names.first()).filter(|_| !waived)?;
            Some(Lead::Stack {
                name: name.name.clone(),
                kind: name.kind,
                evidence: name.evidence.clone(),
                system_follows: leading.systems.iter().any(|system| system.start > name.evidence.start),
            })
        }
        _ => None,
    }
}

/// The type: of the rules where both agree, else of the heavier side, and then not a clear one.
pub(super) fn type_heard(
    page: &Page,
    tokens: &[Token],
    weighing: &Weighing,
    told: Option<TypeRead>,
) -> Option<TypeRead> {
    let of = told.as_ref().and_then(|told| RUNNING.iter().position(|running| *running == told.running));
    let mut marks = Marks::default();
    marks.of_the_type(page, tokens);
    let surely = told.as_ref().is_some_and(|told| told.clear);
    let Some(scores) = weighing.scores(Weighed::Type, &marks, Told::One { of: of.unwrap_or(UNCLEAR), surely }) else {
        return told;
    };
    let (top, _) =
        scores.iter().enumerate().fold((UNCLEAR, f32::MIN), |top, (at, s)| if *s > top.1 { (at, *s) } else { top });
    if top == of.unwrap_or(UNCLEAR) {
        return told;
    }
    let running = RUNNING.get(top).copied().filter(|running| *running != Running::Other)?;
    let (start, end) = weighing.weightiest(Weighed::Type, &marks, top)?;
    let claimed = told.and_then(|told| told.claimed);
    Some(TypeRead { running, evidence: page.evidence(start, end), clear: false, claimed })
}

/// The statements about the team: none where the weights deny one, one without size where they alone see it.
pub(super) fn teams_heard(page: &Page, tokens: &[Token], weighing: &Weighing, told: Vec<TeamRead>) -> Vec<TeamRead> {
    let mut marks = Marks::default();
    marks.of_the_team(page, tokens);
    let answer = if told.is_empty() { Told::No } else { Told::Yes };
    let Some([score, ..]) = weighing.scores(Weighed::Team, &marks, answer) else { return told };
    match (told.is_empty(), score > 0.0) {
        (false, false) => Vec::new(),
        (true, true) => weighing
            .weightiest(Weighed::Team, &marks, 0)
            .map(|(start, end)| TeamRead { team: None, size: None, evidence: page.evidence(start, end) })
            .into_iter()
            .collect(),
        _ => told,
    }
}
