use std::collections::BTreeMap;

use super::*;

fn said(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

/// The embedded files, one of them changed.
fn faults_with(name: &str, change: impl FnOnce(String) -> String) -> Vec<String> {
    let mut faults = Vec::new();
    let mut files: BTreeMap<String, String> =
        Files::collect(None, &mut faults).iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let text = files.remove(name).unwrap();
    let changed = change(text.clone());
    assert_ne!(text, changed, "the change must change something");
    files.insert(name.to_owned(), changed);
    texts::read(&Files::of(files), &mut faults);
    said(&faults)
}

/// The line of a file that starts with these words, from 1.
fn line_of(name: &str, start: &str) -> usize {
    let files = Files::collect(None, &mut Vec::new());
    let text = files.iter().find(|(found, _)| *found == name).unwrap().1;
    1 + text.lines().position(|line| line.starts_with(start)).unwrap()
}

#[test]
fn the_embedded_words_have_no_fault() {
    if let Err(faults) = load(None) {
        panic!("{}", said(&faults).join("\n"));
    }
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    let faults = faults_with("help.toml", |text| format!("titel = \"x\"\n{text}"));
    assert_eq!(faults, ["help.toml:1: nothing reads help.titel; compare with the file as it came"]);
}

#[test]
fn a_missing_key_is_named_with_the_table_it_belongs_to() {
    let faults = faults_with("form.toml", |text| text.replacen("placeholder = ", "place_holder = ", 1));
    let line = line_of("form.toml", "[system]");
    let typed = line_of("form.toml", "placeholder = ");
    assert_eq!(
        faults,
        [
            format!("form.toml:{line}: form.system.placeholder is missing"),
            format!("form.toml:{typed}: nothing reads form.system.place_holder; compare with the file as it came"),
        ]
    );
}

#[test]
fn holes_that_are_unknown_missing_or_not_closed_are_named() {
    let line = line_of("form.toml", "too_long = ");
    let faults = faults_with("form.toml", |text| {
        text.replace("{found} characters. {limit} fit.", "{fond} characters, } {limit}")
    });
    assert_eq!(
        faults,
        [
            format!(
                "form.toml:{line}: form.wrong.too_long: there is no hole {{fond}} here; this text may use {{found}}, {{limit}}"
            ),
            format!(
                "form.toml:{line}: form.wrong.too_long: a brace without its partner; write {{{{ or }}}} for a brace that is meant as one"
            ),
            format!("form.toml:{line}: form.wrong.too_long: the hole {{found}} must be used"),
        ]
    );
    let faults = faults_with("form.toml", |text| text.replace("submit = \"Review\"", "submit = \"Review {x}\""));
    assert_eq!(faults.len(), 1);
    assert!(faults[0].ends_with("there is no hole {x} here; this text may use none"), "{faults:?}");
}

#[test]
fn a_text_too_long_for_its_place_is_named_with_what_fits() {
    let line = line_of("form.toml", "title = ");
    let faults =
        faults_with("form.toml", |text| text.replace("\"Scope a backend role\"", "\"Scope a backend engineer role\""));
    assert_eq!(
        faults,
        [format!(
            "form.toml:{line}: form.title: 29 characters, holes at their longest; a title or the submit or close label of a window takes 24"
        )]
    );
}

#[test]
fn values_of_the_wrong_kind_and_untidy_texts_are_named() {
    let faults = faults_with("windows.toml", |text| text.replace("loading = \"One moment.\"", "loading = 3"));
    let line = line_of("windows.toml", "loading");
    assert_eq!(faults, [format!("windows.toml:{line}: windows.loading must be a text in quotes")]);
    let faults = faults_with("windows.toml", |text| text.replace("\"One moment.\"", "[\"One moment.\"]"));
    assert_eq!(faults, [format!("windows.toml:{line}: windows.loading must be one text, not a list")]);
    let faults = faults_with("windows.toml", |text| text.replace("\"One moment.\"", "\" One\\nmoment.\""));
    assert_eq!(faults.len(), 2, "{faults:?}");
    let faults = faults_with("home.toml", |text| text.replace("first_run = [", "first_run = [4, "));
    assert_eq!(faults.len(), 1, "{faults:?}");
    let faults = faults_with("kit/kind/rest_api.toml", |text| text.replace("prepare = [", "prepare = \"x\"\nlist = ["));
    assert_eq!(faults.len(), 2, "{faults:?}");
}

#[test]
fn a_file_that_is_no_toml_is_one_fault_with_its_line() {
    let faults = faults_with("thread.toml", |text| text.replace("keeps = \"", "keeps = "));
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with(&format!("thread.toml:{}: ", line_of("thread.toml", "keeps"))), "{faults:?}");
}

#[test]
fn a_folder_replaces_a_file_by_name_and_all_faults_come_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let help =
        Files::collect(None, &mut Vec::new()).iter().find(|(name, _)| *name == "help.toml").unwrap().1.to_owned();
    std::fs::write(dir.path().join("help.toml"), help.replace("Good to know", "Good to know here")).unwrap();
    assert_eq!(load(Some(dir.path())).unwrap().words.help.questions.as_str(), "Good to know here");

    std::fs::write(dir.path().join("help.toml"), help.replace("questions = ", "question = ")).unwrap();
    std::fs::create_dir(dir.path().join("kit")).unwrap();
    std::fs::write(dir.path().join("kit/rest.toml"), "").unwrap();
    std::fs::write(dir.path().join("names.toml"), [0xff, 0xfe]).unwrap();
    std::fs::write(dir.path().join("README.md"), "not ours").unwrap();
    let faults = said(&load(Some(dir.path())).unwrap_err());
    assert_eq!(faults.len(), 4, "{faults:?}");
    assert!(faults[0].starts_with("help.toml: help.questions is missing"), "{faults:?}");
    assert!(faults[1].starts_with("help.toml:") && faults[1].contains("nothing reads help.question"), "{faults:?}");
    assert!(faults[2].starts_with("kit/rest.toml: no file of this name is read"), "{faults:?}");
    assert_eq!(faults[3], "names.toml: the file is not UTF-8 text");
}

#[test]
fn a_folder_that_cannot_be_read_is_a_fault() {
    let faults = said(&load(Some(Path::new("/nowhere/prompts"))).unwrap_err());
    assert!(faults.len() == 1 && faults[0].contains("/nowhere/prompts: the folder cannot be read"), "{faults:?}");
}

#[test]
fn names_of_languages_and_stacks_may_be_added_in_a_file_of_any_name() {
    let dir = tempfile::tempdir().unwrap();
    let ours = dir.path().join("lexicon/ours.toml");
    std::fs::create_dir(dir.path().join("lexicon")).unwrap();
    std::fs::write(&ours, "kind = \"framework\"\n[names]\nQuorbit = [\"quorbit.js\"]\n[word]\nAnvil = []\n").unwrap();
    let coach = load(Some(dir.path())).unwrap().coach.coach;
    for text in ["Quorbit developer", "quorbit.js engineer wanted", "Anvil developer", "Java developer"] {
        assert!(coach.read(text).language_first(), "{text}");
    }
    assert!(!coach.read("hammer and anvil sales in our shop").language_first());
    std::fs::write(&ours, "kind = \"framework\"\n[namez]\nQuorbit = []\n").unwrap();
    let faults = said(&load(Some(dir.path())).unwrap_err());
    assert!(faults.len() == 1 && faults[0].starts_with("lexicon/ours.toml:"), "{faults:?}");
}
