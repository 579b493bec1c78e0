//! The evaluation kit and the first 30 days of a scope.

use super::answers::{Code, Team};
use super::brief::Brief;
use super::document::{Document, Span, Spans};
use super::shape::{Band, has_senior_colleague};
use super::wording::kit::{Anchors, KindHole, Week};
use super::wording::{Line, Words};

/// The kit for interviewers: what to prepare, then three conversations, the walkthrough first and weighing most.
/// `sentences` are those of the shown revision.
pub fn kit(brief: &Brief, sentences: &[String; 3], words: &Words) -> Document {
    let (said, kind) = (&words.kit, words.kit.kind.of(brief.system_type));
    let short = words.title.short.of(brief.system_type);
    let prepare_solo = (brief.team == Team::Solo).then_some(&said.prepare_solo);
    Document::new()
        .title(said.title.fill(|KindHole::Kind| short.as_str()))
        .para(&said.intro)
        .section(&said.heading.prepare)
        .bullets(said.prepare.iter().chain(kind.prepare.iter()).chain(prepare_solo))
        .section(&said.heading.interviewers)
        .para(&said.interviewers)
        .bullets(sentences.iter().map(|sentence| Span::typed(sentence)))
        .then(walkthrough(brief, words))
        .then(schema(brief, words))
        .then(codebase(brief, words))
}

fn walkthrough(brief: &Brief, words: &Words) -> Document {
    let (said, label, kind) = (&words.kit.walkthrough, &words.kit.label, words.kit.kind.of(brief.system_type));
    let load = said.load.of(Band::of(brief.load));
    Document::new()
        .section(&words.kit.heading.walkthrough)
        .para(&said.weight)
        .then(list(&label.ask, said.ask.iter().chain(kind.walkthrough.ask.iter()).chain([load])))
        .then(list(&label.good, kind.walkthrough.good.iter()))
        .then(list(&label.doubt, kind.walkthrough.doubt.iter()))
}

fn schema(brief: &Brief, words: &Words) -> Document {
    let (said, label, kind) = (&words.kit.schema, &words.kit.label, words.kit.kind.of(brief.system_type));
    Document::new()
        .section(&words.kit.heading.schema)
        .para(&said.intro)
        .fact(&label.task, &kind.schema.task)
        .then(list(&label.good, said.good.iter().chain(kind.schema.good.iter())))
}

fn codebase(brief: &Brief, words: &Words) -> Document {
    let (said, label, kind) = (&words.kit.codebase, &words.kit.label, words.kit.kind.of(brief.system_type));
    let intro = if brief.code == Some(Code::New) { &said.intro_new } else { &said.intro };
    let mut page =
        Document::new().section(&words.kit.heading.codebase).para(intro).fact(&label.task, &kind.codebase.task);
    if brief.code == Some(Code::Coupled) {
        page = page.para(&said.coupled);
    }
    page.then(list(&label.good, said.good.iter().chain(kind.codebase.good.iter()))).para(&said.finish)
}

/// The scoring sheet with an anchor for each point; for the Markdown, where there is room.
pub fn scoring_sheet(words: &Words) -> Document {
    let said = &words.kit;
    let mut page = Document::new().section(&said.heading.scoring).para(&said.scoring);
    for (_, Anchors { name, one, two, three }) in said.criterion.iter() {
        let points = [("1", one), ("2", two), ("3", three)];
        page = page
            .para(Span::Bold(String::from(name)))
            .bullets(points.map(|(points, anchor)| Spans::from(points).and(": ").and(anchor)));
    }
    page
}

/// The first 30 days: access on day one, then four weeks. Without a senior colleague the second week differs; coupled
/// code adds time for refactoring.
pub fn thirty_days(brief: &Brief, words: &Words) -> Document {
    let said = &words.days;
    let coupled = brief.code == Some(Code::Coupled);
    let week_two = if has_senior_colleague(brief.team) { &said.week_two.text } else { &said.week_two.solo };
    let week = |week: &Week| {
        let coupled = coupled.then_some(&week.coupled);
        in_a_row([&week.text, week.example.of(brief.system_type)].into_iter().chain(coupled))
    };
    let (one, three) = (&said.week_one, &said.week_three);
    Document::new()
        .title(&said.title)
        .section(&said.day_one.heading)
        .bullets(said.day_one.access.iter())
        .para(&said.day_one.why)
        .section(&one.heading)
        .para(week(one))
        .section(&said.week_two.heading)
        .para(week_two)
        .bullets(said.week_two.covers.iter())
        .section(&three.heading)
        .para(week(three))
        .section(&said.week_four.heading)
        .para(in_a_row([&said.week_four.text, &said.week_four.nothing]))
        .context(&said.pace)
}

/// Lines as one paragraph.
fn in_a_row<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Spans {
    Spans::from(lines.into_iter().map(Line::as_str).collect::<Vec<_>>().join(" ").as_str())
}

fn list<'a>(label: &Line, lines: impl IntoIterator<Item = &'a Line>) -> Document {
    Document::new().para(Span::Bold(String::from(label))).bullets(lines)
}
