use super::*;

#[test]
fn the_embedded_words_have_no_fault() {
    if let Err(faults) = load(None) {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}
