//! The hiring model that the length of need suggests, and what it costs and how long it takes.

use super::answers::Length;
use super::brief::Brief;
use super::document::{Document, Spans};
use super::wording::Words;
use super::wording::hiring::{Figure, FigureHole};

/// The model for a length of need, the work before the budget.
pub fn advice(length: Length, words: &Words) -> Spans {
    let said = &words.hiring;
    Spans::from(said.advice.of(length)).and(" ").and(&said.work_first)
}

/// Costs by level and time to hire, each figure with level, region, year and source.
pub fn figures(brief: &Brief, words: &Words) -> Document {
    let said = &words.hiring;
    let mut page = Document::new().section(&said.costs);
    let of = |figure: Figure| {
        let words = said.figure.of(figure);
        let value = said.line.fill(|hole| match hole {
            FigureHole::Value => words.value.as_str(),
            FigureHole::Level => words.level.as_str(),
            FigureHole::Region => words.region.as_str(),
            FigureHole::Year => words.year.as_str(),
            FigureHole::Source => said.source.as_str(),
        });
        (&words.what, value)
    };
    let (times, costs): (Vec<Figure>, Vec<Figure>) = Figure::ALL.iter().partition(|figure| figure.is_time());
    for (what, value) in costs.into_iter().map(of) {
        page = page.fact(what, value);
    }
    page = page.para(&said.two_costs).para(said.range.of(brief.system_type)).para(&said.margin).section(&said.times);
    for (what, value) in times.into_iter().map(of) {
        page = page.fact(what, value);
    }
    page.para(&said.two_times)
}
