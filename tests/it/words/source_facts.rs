use super::catalogue::texts;

const PAGE: &str = include_str!("../../../docs/source-facts.md");

/// The rows of all tables: their last cell, which names keys or says why the fact is left out.
fn carried() -> Vec<&'static str> {
    PAGE.lines()
        .filter(|line| line.starts_with("| ") && !line.contains("| carried by |"))
        .filter_map(|line| line.trim_end_matches(" |").rsplit("| ").next())
        .collect()
}

fn keys(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_fact_of_the_source_is_carried_by_a_key_that_exists_or_left_out_with_a_reason() {
    let texts = texts();
    let rows = carried();
    assert!(rows.len() >= 50, "{} rows", rows.len());
    for cell in rows {
        if let Some(reason) = cell.strip_prefix("left out: ") {
            assert!(reason.len() > 10, "no reason: {cell}");
            continue;
        }
        assert!(keys(cell).next().is_some(), "a row names no key: {cell}");
        for key in keys(cell) {
            let below = format!("{key}.");
            assert!(texts.keys().any(|found| found == key || found.starts_with(&below)), "no such key: {key}");
        }
    }
}

#[test]
fn every_figure_of_the_words_is_in_the_table_and_carries_level_region_and_year() {
    let texts = texts();
    for figure in scopebot::domain::wording::hiring::Figure::ALL {
        let key = format!("hiring.figure.{}", figure.key());
        assert!(carried().iter().any(|cell| keys(cell).any(|found| found == key)), "{key} is not in the table");
        for part in ["level", "region", "year"] {
            assert!(texts.contains_key(&format!("{key}.{part}")));
        }
    }
}
