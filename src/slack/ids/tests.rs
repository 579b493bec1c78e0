use std::collections::BTreeSet;

use super::*;
use crate::domain::document::Press;
use crate::domain::ids::{Revision, ScopeId, WindowId};
use crate::slack::limits;

fn scope() -> ScopeId {
    ScopeId::parse("01JD8Q7Z9N3E0V5T2R4M6K8H1C").unwrap()
}

#[test]
fn every_block_id_reads_back_and_names_one_thing() {
    let mut seen = BTreeSet::new();
    for screen in SCREENS {
        for element in Element::all() {
            for generation in [Generation(0), Generation(3), Generation(u32::MAX)] {
                let id = BlockId { screen, element, generation };
                let text = id.to_string();
                assert_eq!(BlockId::parse(&text), Some(id), "{text}");
                assert!(text.len() <= limits::ID);
                assert!(seen.insert(text), "{id:?} has the name of another");
            }
        }
    }
}

#[test]
fn every_id_follows_the_pattern() {
    let fields = SCREENS.into_iter().flat_map(|screen| Element::all().map(move |one| action_id(screen, one)));
    let windows = SCREENS.into_iter().map(callback_id);
    let presses = Press::ALL.iter().map(|press| press_id(*press));
    for id in fields.chain(windows).chain(presses).chain([SHORTCUT_NEW, SHORTCUT_MESSAGE]) {
        let parts: Vec<&str> = id.split('.').collect();
        let sound = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        assert!(parts.len() == 3 && parts.first() == Some(&"scoping") && parts.iter().all(sound), "{id}");
    }
}

#[test]
fn an_answers_id_ends_in_its_key() {
    for question in Question::all() {
        let id = action_id(ScreenKind::Review, Element::Answer(question));
        assert_eq!(id.rsplit('.').next(), Some(question.key()));
    }
}

#[test]
fn blocks_of_others_are_not_ours() {
    for text in [
        "",
        "scoping.form.system",
        "scoping.form.system#",
        "scoping.form.system#-1",
        "scoping.form.system#+1",
        "scoping.form.system#01",
        "scoping.form.system#4294967296",
        "scoping.form.system#1#2",
        "scoping.form.nothing#1",
        "scoping.other.system#1",
        "Scoping.form.system#1",
        "aBc12",
    ] {
        assert_eq!(BlockId::parse(text), None, "{text}");
    }
}

#[test]
fn every_press_and_window_reads_back() {
    for press in Press::ALL {
        assert_eq!(press_of(press_id(*press)), Some(*press));
        assert!(press_id(*press).ends_with(press.key()));
    }
    for screen in SCREENS {
        assert_eq!(screen_of(callback_id(screen)), Some(screen));
    }
    assert_eq!(press_of("scoping.press.other"), None);
    assert_eq!(screen_of("scoping.form.system"), None);
}

#[test]
fn a_buttons_value_is_small_and_reads_back() {
    for value in [
        ButtonValue::default(),
        ButtonValue { scope: Some(scope()), revision: None },
        ButtonValue { scope: Some(scope()), revision: Some(Revision(u32::MAX)) },
    ] {
        let wire = value.clone().into_wire();
        assert!(wire.as_deref().unwrap_or_default().len() <= 40);
        assert_eq!(ButtonValue::from_wire(wire.as_deref()), Some(value));
    }
}

#[test]
fn values_that_the_bot_never_wrote_are_refused() {
    for text in [
        "x",
        "01jd8q7z9n3e0v5t2r4m6k8h1c",
        "01JD8Q7Z9N3E0V5T2R4M6K8H1C.",
        "01JD8Q7Z9N3E0V5T2R4M6K8H1C.0",
        "01JD8Q7Z9N3E0V5T2R4M6K8H1C.01",
        "01JD8Q7Z9N3E0V5T2R4M6K8H1C.-1",
        "01JD8Q7Z9N3E0V5T2R4M6K8H1C.1.2",
        "01JD8Q7Z9N3E0V5T2R4M6K8H1C.99999999999",
        ".1",
    ] {
        assert_eq!(ButtonValue::from_wire(Some(text)), None, "{text}");
    }
}

#[test]
fn metadata_is_small_and_reads_back() {
    let metadata = Metadata {
        scope: Some(scope()),
        window: Some(WindowId::parse("w0123456789abcdef").unwrap()),
        candidate: Some(u32::MAX),
        generation: Generation(u32::MAX),
        revision: None,
    };
    let wire = metadata.clone().into_wire();
    assert!(wire.len() <= 160, "{wire}");
    assert_eq!(Metadata::from_wire(&wire), Ok(metadata));
    assert_eq!(Metadata::from_wire(&Metadata::default().into_wire()), Ok(Metadata::default()));
}

#[test]
fn foreign_metadata_is_told_apart() {
    assert_eq!(Metadata::from_wire(""), Err(MetadataFault::Malformed));
    assert_eq!(Metadata::from_wire("{}"), Err(MetadataFault::Malformed));
    assert_eq!(Metadata::from_wire(r#"{"schema":1,"scope":"nonsense"}"#), Err(MetadataFault::Malformed));
    assert_eq!(Metadata::from_wire(r#"{"schema":2}"#), Err(MetadataFault::OtherSchema));
    assert_eq!(Metadata::from_wire(r#"{"schema":1,"later":true}"#), Ok(Metadata::default()));
}
