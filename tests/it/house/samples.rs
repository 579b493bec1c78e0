//! Small houses, each with one fault, so that every rule is seen to find what it is for.

use std::collections::BTreeSet;

use super::{File, LINES, forged_proofs, long_files, map, rooms, strays};

fn arrows(path: &str, text: &str) -> Vec<String> {
    rooms::arrows_upwards(&[File::new(path, text)])
}

#[test]
fn an_arrow_that_runs_up_or_across_is_found_however_it_is_written() {
    let table = [
        ("src/domain/a.rs", "use crate::store::Store;", "src/domain/a.rs:1: `domain` names `store`: the arrow runs up"),
        (
            "src/domain/a.rs",
            "\nfn f() -> super::super::app::App { }",
            "src/domain/a.rs:2: `domain` names `app`: the arrow runs up",
        ),
        (
            "src/store/mod.rs",
            "use crate::{domain::ids, prompts::{files, texts}};",
            "src/store/mod.rs:1: `store` names `prompts`: rooms of one level do not know each other",
        ),
        ("src/app/mod.rs", "use super::slack;", "src/app/mod.rs:1: `app` names `slack`: the arrow runs up"),
        (
            "src/outbox/mod.rs",
            "#[cfg(test)] mod tests { fn f() { crate::app::f() } }",
            "src/outbox/mod.rs:1: `outbox` names `app`: rooms of one level do not know each other",
        ),
        (
            "src/simulator/a.rs",
            "fn f(id: &crate::domain::ids::UserId) {}",
            "src/simulator/a.rs:1: `simulator` names `domain`: it imports no room of the bot",
        ),
        (
            "src/ambient.rs",
            "use super::domain::scope;",
            "src/ambient.rs:1: `ambient` names `domain`: rooms of one level do not know each other",
        ),
        ("src/domain/a.rs", "pub use crate::*;", "src/domain/a.rs:1: names the whole house"),
        ("src/ambient.rs", "use super::*;", "src/ambient.rs:1: names the whole house"),
        ("src/ambient.rs", "use super::super::a;", "src/ambient.rs:1: climbs out of the crate"),
        ("src/utils/a.rs", "", "src/utils/a.rs: `utils` is no room of the house"),
        ("src/app/a.rs", "use crate::helpers::f;", "src/app/a.rs:1: `app` names `helpers`, and one of them is no room"),
    ];
    for (path, text, fault) in table {
        let found = arrows(path, text);
        assert!(!found.is_empty() && found.iter().all(|one| one == fault), "{text}: {found:?}");
    }
}

#[test]
fn arrows_that_run_down_and_words_in_comments_and_strings_are_none() {
    let table = [
        ("src/main.rs", "use crate::run;"),
        ("src/run/bot.rs", "use crate::{slack, simulator, store, app, outbox, domain, ambient};"),
        ("src/slack/a/b.rs", "use super::super::c; use super::d; use crate::app::intent;"),
        ("src/simulator/a.rs", "use crate::ambient::Clock; use crate::simulator::b; use super::c;"),
        (
            "src/domain/a.rs",
            "// crate::app\n/// [`crate::app`]\nconst A: &str = \"crate::app::x\"; // super::super::app",
        ),
        ("src/ambient/chance.rs", "use crate::domain::ids::ScopeId;"),
        ("src/domain/a/b.rs", "#[cfg(test)] mod tests { use super::super::super::c; use super::*; }"),
    ];
    for (path, text) in table {
        assert_eq!(arrows(path, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_crate_in_the_domain_is_found() {
    let manifest =
        "[dependencies]\nserde = \"1\"\njiff = \"1\"\naho-corasick = \"1\"\n[dev-dependencies]\nproptest = \"1\"";
    let crates = rooms::crates_of(manifest);
    let strange = |path: &str, text: &str| {
        let file = |path: &str, text: &str| File::new(path, text);
        rooms::strange_crates(&[file("src/domain/mod.rs", "#[cfg(test)] mod tests;"), file(path, text)], &crates)
    };
    for (path, text) in [
        ("src/domain/a.rs", "use serde::Serialize;"),
        ("src/domain/a.rs", "#[derive(serde::Serialize)] struct A;"),
        ("src/domain/a.rs", "use aho_corasick::AhoCorasick;"),
        ("src/domain/coach/a.rs", "fn f() { ::serde::f() }"),
        ("src/domain/a.rs", "use proptest::prelude::*;"),
        ("src/domain/a.rs", "fn f() { std::fs::read(\"a\") }"),
        ("src/domain/tests.rs", "use serde::Serialize;"),
    ] {
        assert_eq!(strange(path, text).len(), 1, "{path}: {text}");
    }
    for (path, text) in [
        ("src/domain/a.rs", "use jiff::Timestamp; use std::fmt; use Kind::*;"),
        ("src/domain/coach/a.rs", "use aho_corasick::AhoCorasick;"),
        ("src/domain/a.rs", "#[cfg(test)] mod tests { use proptest::prelude::*; }"),
        ("src/domain/tests.rs", "use proptest::prelude::*;"),
        ("src/domain/tests/a.rs", "use proptest::prelude::*;"),
        ("src/store/a.rs", "use serde::Serialize;"),
    ] {
        assert_eq!(strange(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn a_forged_proof_is_found_outside_the_two_places() {
    let forged = |path: &str, text: &str| forged_proofs(&[File::new(path, text)]);
    for (path, text) in [
        ("src/app/a.rs", "let a = approval::Entitled::from_record(person);"),
        ("tests/it/a.rs", "vec.map(Entitled ::from_record)"),
        ("src/domain/decide/a.rs", "use crate::domain::approval::Entitled as E;"),
    ] {
        assert_eq!(forged(path, text).len(), 1, "{path}: {text}");
    }
    for (path, text) in [
        ("src/store/record/a.rs", "Entitled::from_record(person)"),
        ("src/domain/approval.rs", "Entitled::from_record(person)"),
        (
            "src/app/a.rs",
            "// Entitled::from_record\nlet a: Entitled = \"Entitled::from_record\"; Person::from_record()",
        ),
    ] {
        assert_eq!(forged(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn a_file_of_one_line_too_many_is_found() {
    let of = |lines: usize| long_files(&[File::new("src/a.rs", &"a\n".repeat(lines))]);
    assert_eq!(of(LINES), Vec::<String>::new());
    assert_eq!(of(LINES + 1), ["src/a.rs: 401 lines; split it by its ideas"]);
}

#[test]
fn a_place_on_the_map_that_is_not_there_is_found() {
    let places = ["Cargo.toml", "src", "src/app", "src/app/mod.rs", "src/domain", "src/domain/a.rs", "docs", ".ci/run"];
    let places: BTreeSet<String> = places.map(str::to_owned).into();
    for gone in [
        "See `src/app/gone.rs`.",
        "See `src/gone/`, or not.",
        "`app/gone.rs:12`",
        "`domain/{a,gone}.rs`",
        "[the docs](docs/gone.md)",
        "`gone.rs`",
        "`src/gone/*.rs`",
        "```text\nsrc/app/gone.rs   what is gone\n```",
    ] {
        assert_eq!(map::missing_places(gone, &places).len(), 1, "{gone}");
    }
    let sound = "`src/app/mod.rs`, `src/app/`, `app/mod.rs:3`, `domain/{a}.rs`, `mod.rs`, `src/app/*.rs`, `.ci/run`, \
                 `GET /slack/events`, `application/json`, [site](https://a.example/gone.html), app/outbox in prose, \
                 `domain::decide`, `Cargo.toml#lints`, `U1/S2`";
    assert_eq!(map::missing_places(sound, &places), Vec::<String>::new());
}

#[test]
fn a_file_that_no_module_declares_is_found() {
    let house = |main: &str| {
        [("tests/it/main.rs", main), ("tests/it/words/mod.rs", "mod notes;"), ("tests/it/words/notes.rs", "")]
            .map(|(path, text)| File::new(path, text))
    };
    assert_eq!(strays(&house("mod words;")), Vec::<String>::new());
    assert_eq!(strays(&house("// mod words;")), ["tests/it/words/mod.rs: no module declares it"]);
    let placed = [File::new("src/lib.rs", "#[path = \"a_tests.rs\"] mod tests;"), File::new("src/a_tests.rs", "")];
    assert_eq!(strays(&placed), Vec::<String>::new());
}
