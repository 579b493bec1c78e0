//! Scopes as people and other programs read them, from the rows of a backup. The form is described in docs/store.md; fields
//! are added to it, and none changes its meaning.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::domain::answers::{Answer, Text};
use crate::domain::approval::Weight;
use crate::domain::audit::{AuditRow, Deed};
use crate::domain::document::markdown_escaped as escaped;
use crate::domain::effect::ChangesAsked;
use crate::domain::ids::{Home, ScopeId};
use crate::domain::life::Life;
use crate::domain::scope::{Posted, Scope, Stage};

use super::StoreError;
use super::backup::{KeptRow, Kind};
use super::record::audit::AuditRecord;
use super::record::envelope::{damaged, read_payload};
use super::record::scope::ScopeRecord;
use super::record::spelt::Spelling;

/// A scope and what happened to it, oldest first.
#[derive(Debug)]
pub struct Exported {
    /// The scope.
    pub scope: Scope,
    /// Its audit.
    pub audit: Vec<AuditRow>,
}

/// Rows taken from a backup, in whatever order they come.
#[derive(Debug, Default)]
pub struct Collected {
    scopes: BTreeMap<(String, ScopeId), Scope>,
    audit: BTreeMap<(String, String), BTreeMap<u64, AuditRow>>,
}

impl Collected {
    /// Takes what belongs to a scope, or to the one scope that is asked for; the rest is passed over.
    pub fn take(&mut self, row: KeptRow, only: Option<&ScopeId>) -> Result<(), StoreError> {
        let key = row.key.join("/").into_bytes();
        let nonsense = |nonsense| damaged(&key, nonsense);
        let payload = row.record.get().as_bytes();
        let [id, rest @ ..] = row.key.as_slice() else { return Ok(()) };
        if only.is_some_and(|only| only.as_str() != id) {
            return Ok(());
        }
        match row.kind {
            Kind::Scope => {
                let home = Home::parse(&row.home).map_err(|_| damaged(&key, "it names no installation"))?;
                let id = ScopeId::parse(id).map_err(|_| damaged(&key, "it names no scope"))?;
                let record = read_payload::<ScopeRecord>(&key, row.schema, payload)?;
                let scope = ScopeRecord::from_record(record, home, id.clone()).map_err(nonsense)?;
                self.scopes.insert((row.home, id), scope);
            }
            Kind::Audit => {
                let serial = rest.first().and_then(|serial| serial.parse().ok()).unwrap_or_default();
                let record = read_payload::<AuditRecord>(&key, row.schema, payload)?;
                let audit = self.audit.entry((row.home, id.clone())).or_default();
                audit.insert(serial, AuditRecord::from_record(record).map_err(nonsense)?);
            }
            _ => {}
        }
        Ok(())
    }

    /// All that was taken, oldest scope first: ids sort by their time.
    pub fn finish(mut self) -> Vec<Exported> {
        let audit = |home: &str, id: &ScopeId, all: &mut BTreeMap<(String, String), BTreeMap<u64, AuditRow>>| {
            all.remove(&(home.to_owned(), id.as_str().to_owned())).unwrap_or_default().into_values().collect()
        };
        let mut scopes = Vec::new();
        for ((home, id), scope) in self.scopes {
            let audit = audit(&home, &id, &mut self.audit);
            scopes.push(Exported { scope, audit });
        }
        scopes
    }
}

/// Where a scope stands, in a word.
fn state(scope: &Scope) -> String {
    match &scope.stage {
        Stage::Draft(_) => "draft".to_owned(),
        Stage::Posted(_) => "posted".to_owned(),
        Stage::Ended(ending) => ending.spell().into_owned(),
    }
}

fn answers_of(scope: &Scope) -> Vec<Answer> {
    match &scope.stage {
        Stage::Draft(draft) => draft.answers.given().cloned().collect(),
        Stage::Posted(posted) => posted.shown.brief.answers(),
        Stage::Ended(_) => Vec::new(),
    }
}

/// Where the search stands, in a word.
fn search(life: &Life) -> &'static str {
    match life {
        Life::Open => "open",
        Life::Claimed(_) => "claimed",
        Life::OnHold { .. } => "on_hold",
        Life::Filled { .. } => "filled",
        Life::Closed { .. } => "closed",
    }
}

/// Person, how, and when, of each approval that counts for the shown text.
fn approvals(posted: &Posted) -> Vec<(String, String, String)> {
    let counts = |weight: &Weight| matches!(weight, Weight::Counts(_));
    let shown = posted.shown.revision;
    let standing = posted.approval.marks.iter();
    standing
        .filter(|(_, mark)| counts(&mark.weight) && posted.approval.is_same_text(mark.revision, shown))
        .map(|((person, source), mark)| {
            (person.to_string(), source.spell().into_owned(), mark.at.timestamp().to_string())
        })
        .collect()
}

impl Exported {
    /// One JSON object.
    pub fn json(&self) -> Value {
        let Exported { scope, audit } = self;
        let answers: serde_json::Map<String, Value> = answers_of(scope)
            .iter()
            .map(|answer| (answer.question().key().to_owned(), answer.as_str().into()))
            .collect();
        let mut object = json!({
            "id": scope.id.as_str(),
            "workspace": scope.home.as_str(),
            "author": scope.author.as_str(),
            "created": scope.created.to_string(),
            "changed": scope.touched.to_string(),
            "state": state(scope),
            "answers": answers,
            "history": audit.iter().map(|row| history(row, wish_of(scope, row))).collect::<Vec<_>>(),
        });
        if let Some(posted) = scope.posted() {
            let shown = &posted.shown;
            let approvals: Vec<Value> =
                approvals(posted).into_iter().map(|(by, how, at)| json!({ "by": by, "how": how, "at": at })).collect();
            object["title"] = shown.title.as_str().into();
            object["sentences"] = shown.sentences.to_vec().into();
            object["revision"] = shown.revision.0.into();
            object["posted"] = shown.posted_at.to_string().into();
            object["channel"] = posted.channel.as_str().into();
            object["message"] = scope.summary_place().map(|(_, ts)| ts.as_str()).into();
            object["search"] = search(&posted.life).into();
            object["quorum"] = posted.approval.quorum.into();
            object["approved"] = posted.approval.approved_at.map(|at| at.to_string()).into();
            object["approvals"] = approvals.into();
        }
        object
    }

    /// One page.
    pub fn markdown(&self) -> String {
        let Exported { scope, audit } = self;
        let title = scope.posted().map(|posted| posted.shown.title.as_str());
        let mut page = format!("# {}\n\n", title.map_or_else(|| format!("Scope {}", scope.id), escaped));
        let mut facts = vec![
            ("Scope", scope.id.to_string()),
            ("State", state(scope)),
            ("Author", scope.author.to_string()),
            ("Created", scope.created.to_string()),
            ("Changed", scope.touched.to_string()),
        ];
        if let Some(posted) = scope.posted() {
            facts.push(("Search", search(&posted.life).to_owned()));
            facts.push(("Revision", posted.shown.revision.0.to_string()));
            facts.push(("Posted", format!("{} in {}", posted.shown.posted_at, posted.channel)));
            for (by, how, at) in approvals(posted) {
                facts.push(("Approved", format!("{at} by {by} ({})", escaped(&how))));
            }
        }
        for (label, fact) in facts {
            page.push_str(&format!("- {label}: {fact}\n"));
        }
        if let Some(posted) = scope.posted() {
            for sentence in &posted.shown.sentences {
                page.push_str(&format!("\n{}\n", escaped(sentence)));
            }
        }
        let answers = answers_of(scope);
        if !answers.is_empty() {
            page.push_str("\n## Answers\n\n");
            for answer in answers {
                let words = escaped(answer.as_str()).replace('\n', "\n  ");
                page.push_str(&format!("- {}: {words}\n", escaped(answer.question().key())));
            }
        }
        if !audit.is_empty() {
            page.push_str("\n## History\n\n");
            for row in audit {
                let by = row.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
                let about = about(row).map(|about| format!(": {}", escaped(&about))).unwrap_or_default();
                page.push_str(&format!("- {} {}{by}{about}\n", row.at, escaped(row.deed.key())));
                if let Some(asked) = wish_of(scope, row) {
                    for words in ticks_of(asked).into_iter().chain(asked.comment.as_ref().map(Text::as_str)) {
                        page.push_str(&format!("  - {}\n", escaped(words).replace('\n', "\n    ")));
                    }
                }
            }
        }
        page
    }
}

fn about(row: &AuditRow) -> Option<String> {
    AuditRecord::into_record(row).about().map(str::to_owned)
}

/// What was asked for, where this row tells that something was.
fn wish_of<'a>(scope: &'a Scope, row: &AuditRow) -> Option<&'a ChangesAsked> {
    let wishes = &scope.posted().filter(|_| row.deed == Deed::AskedForChanges)?.wishes;
    wishes.iter().find(|wish| wish.is_of(row.by.as_ref(), row.at)).map(|wish| &wish.asked)
}

fn ticks_of(asked: &ChangesAsked) -> Vec<&'static str> {
    asked.ticks.iter().map(|tick| tick.key()).collect()
}

fn history(row: &AuditRow, asked: Option<&ChangesAsked>) -> Value {
    let mut told = json!({
        "at": row.at.to_string(),
        "by": row.by.as_ref().map(|by| by.as_str()),
        "deed": row.deed.key(),
        "about": about(row),
        "revision": row.revision.map(|revision| revision.0),
    });
    if let Some(asked) = asked {
        told["ticks"] = ticks_of(asked).into();
        told["comment"] = asked.comment.as_ref().map(Text::as_str).into();
    }
    told
}

#[cfg(test)]
mod tests;
