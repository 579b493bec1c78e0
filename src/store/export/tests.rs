use serde_json::value::RawValue;

use super::*;
use crate::domain::answers::Text;
use crate::domain::audit::Deed;
use crate::domain::ids::{ScopeId, SlackTime};
use crate::store::contract::fixture::{audit, draft, home, id, posted, shown_at};
use crate::store::record::Record;

fn row<R: Record>(kind: Kind, key: &[&str], record: &R) -> KeptRow {
    let record: Box<RawValue> = RawValue::from_string(serde_json::to_string(record).unwrap()).unwrap();
    let key = key.iter().map(|part| (*part).to_owned()).collect();
    KeptRow { home: home().as_str().to_owned(), kind, key, schema: R::SCHEMA, record }
}

fn collected(scopes: &[Scope], only: Option<&ScopeId>) -> Vec<Exported> {
    let mut all = Collected::default();
    for scope in scopes {
        let id = scope.id.as_str();
        // The later one comes first, as in the store.
        for (serial, deed) in [("9", Deed::Posted), ("8", Deed::Overrode("language_first".into()))] {
            let row = row(Kind::Audit, &[id, serial], &AuditRecord::into_record(&audit(1, deed)));
            all.take(row, only).unwrap();
        }
        all.take(row(Kind::Scope, &[id], &ScopeRecord::into_record(scope)), only).unwrap();
    }
    all.finish()
}

#[test]
fn a_posted_scope_is_written_out_with_all_that_people_would_look_for() {
    let all = collected(&[posted(draft(1), shown_at(1))], None);
    let [one] = all.as_slice() else { panic!("one scope") };
    insta::assert_snapshot!("posted_json", serde_json::to_string_pretty(&one.json()).unwrap());
    insta::assert_snapshot!("posted_markdown", one.markdown());
}

#[test]
fn what_is_typed_is_only_words_in_the_page() {
    let mut scope = draft(1);
    let hostile = Text::parse("# heading\n- item\n<script>alert(1)</script> [a](http://b)", 300).unwrap();
    let answer = Answer::Words(crate::domain::answers::Question::System, hostile);
    scope.draft_mut().unwrap().answers.set(answer.question(), Some(answer), SlackTime(1));
    let page = collected(&[scope], None)[0].markdown();
    assert!(page.contains("\\# heading") && page.contains("\\<script") && page.contains("\\[a\\]"), "{page}");
}

#[test]
fn one_scope_alone_can_be_asked_for_and_history_is_oldest_first() {
    let all = collected(&[draft(1), draft(2), draft(3)], Some(&id(2)));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].scope.id, id(2));
    let deeds: Vec<_> = all[0].audit.iter().map(|row| row.deed.key()).collect();
    assert_eq!(deeds, ["overrode", "posted"]);
    assert_eq!(collected(&[draft(3), draft(1)], None)[0].scope.id, id(1));
}
