//! What the documents say that the code knows better: tables, names of metrics, names of tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::CommandFactory;
use scopebot::domain::approval::{Entitlement, Listed, Standing, entitled};
use scopebot::domain::ids::{ChannelId, Home, ScopeId, TeamId, Timestamp, UserId};
use scopebot::domain::life::StepKind;
use scopebot::domain::person::{Person, PersonKind};
use scopebot::domain::policy::{Connect, Guests, Policy};
use scopebot::domain::rights::{may_open, may_step};
use scopebot::domain::scope::Scope;
use scopebot::run::args::Args;
use scopebot::run::manifest::SCOPES;
use scopebot::telemetry::Part;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn paper(name: &str) -> String {
    fs::read_to_string(top().join(name)).unwrap()
}

/// The rows below the table head that begins so; cells without code marks.
fn table(text: &str, head: &str) -> Vec<Vec<String>> {
    let (_, rest) = text.split_once(head).unwrap_or_else(|| panic!("there is no table {head}"));
    let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
    rows.map(cells).collect()
}

fn files_under(folder: &str) -> Vec<PathBuf> {
    let (mut files, mut open) = (Vec::new(), vec![top().join(folder)]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// Every word of letters, digits and `_` that begins so and stands between these marks.
fn words(text: &str, begin: &str, mark: char) -> BTreeSet<String> {
    let word = |part: &&str| part.starts_with(begin) && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    text.split(mark).filter(word).map(str::to_owned).collect()
}

#[test]
fn the_readme_names_the_scopes_of_the_manifest_and_no_others() {
    let found = table(&paper("README.md"), "| scope | why |");
    let wanted: Vec<Vec<String>> =
        SCOPES.iter().map(|(scope, why)| vec![(*scope).to_owned(), (*why).to_owned()]).collect();
    assert_eq!(found, wanted);
}

#[test]
fn the_readme_names_every_command_and_no_other() {
    let found: BTreeSet<String> = table(&paper("README.md"), "| command | what |")
        .iter()
        .filter_map(|row| row.first()?.trim_matches('`').split(' ').nth(1).map(str::to_owned))
        .collect();
    let wanted: BTreeSet<String> =
        Args::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    assert_eq!(found, wanted);
}

/// Slack takes the text as it is printed; whoever reads it is told why each scope is asked for.
#[test]
fn the_manifest_comes_with_the_reason_of_each_scope_beside_it() {
    let printed = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_scopebot")).arg("manifest").args(args).env_clear().output().unwrap()
    };
    let output = printed(&[]);
    let manifest: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let asked = manifest["oauth_config"]["scopes"]["bot"].as_array().unwrap();
    assert_eq!(asked.len(), SCOPES.len());
    let beside = String::from_utf8(output.stderr).unwrap();
    for (scope, why) in SCOPES {
        assert!(beside.lines().any(|line| line.contains(scope) && line.ends_with(why)), "{scope}: {beside}");
    }
    for no_address in ["", "nonsense", "ftp://scopebot.example.com/slack/events", "scopebot.example.com"] {
        let refused = printed(&["--request-url", no_address]);
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "{no_address}");
    }
}

fn policy(guests: Guests) -> Policy {
    Policy {
        approvers: [UserId::parse("U1").unwrap()].into(),
        approver_groups: [].into(),
        quorum: 1,
        reactions: [].into(),
        hiring_channels: vec![ChannelId::parse("C1").unwrap()],
        guests,
        connect: Connect::Refused,
        draft_life: std::time::Duration::ZERO,
        reminder_before: std::time::Duration::ZERO,
        closed_kept: None,
        nudge_after: None,
    }
}

#[test]
fn the_table_of_rights_is_what_the_code_says() {
    let user = |id| UserId::parse(id).unwrap();
    let approves = |kind| {
        let person = Some(Person { id: user("U1"), kind, read_at: Timestamp::UNIX_EPOCH });
        let standing = Standing { listed: Listed::Yes, person };
        matches!(entitled(&user("U1"), &user("U2"), &policy(Guests::Refused), &standing), Entitlement::Yes(_))
    };
    let said = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let wanted: Vec<Vec<String>> = [
        ("member", PersonKind::Member),
        ("guest", PersonKind::Guest),
        ("of another company", PersonKind::Outsider),
        ("bot", PersonKind::Bot),
        ("deactivated", PersonKind::Deactivated),
    ]
    .into_iter()
    .map(|(name, kind)| {
        let opens = |guests| said(may_open(Some(kind), &policy(guests)));
        vec![name.to_owned(), opens(Guests::Refused), opens(Guests::Allowed), said(approves(kind))]
    })
    .collect();
    assert_eq!(table(&paper("docs/rights.md"), "| who | start a scope |"), wanted);
}

#[test]
fn the_table_of_the_search_is_what_the_code_says() {
    let user = |id: &str| UserId::parse(id).unwrap();
    let policy = policy(Guests::Refused);
    let home = Home::Team(TeamId::parse("T1").unwrap());
    let scope =
        Scope::fresh(ScopeId::parse("01J00000000000000000000000").unwrap(), home, user("U2"), Timestamp::UNIX_EPOCH);
    let may = |who: &str, listed, kind, step| {
        let standing =
            Standing { listed, person: Some(Person { id: user(who), kind, read_at: Timestamp::UNIX_EPOCH }) };
        may_step(&user(who), step, &scope, &policy, &standing).is_ok()
    };
    let said = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let row = |step: StepKind| {
        let others = [PersonKind::Guest, PersonKind::Bot, PersonKind::Outsider];
        vec![
            step.key().to_owned(),
            said(may("U2", Listed::No, PersonKind::Member, step)),
            said(may("U1", Listed::Yes, PersonKind::Member, step)),
            said(may("U3", Listed::No, PersonKind::Member, step)),
            said(others.iter().any(|kind| may("U1", Listed::Yes, *kind, step))),
        ]
    };
    let wanted: Vec<Vec<String>> = StepKind::ALL.iter().map(|step| row(*step)).collect();
    assert_eq!(table(&paper("docs/rights.md"), "| step | author |"), wanted);
}

#[test]
fn the_runbook_has_every_metric_and_every_part_of_readyz() {
    let runbook = paper("docs/runbook.md");
    let named: BTreeSet<String> = words(&runbook, "scopebot_", '`');
    let made: BTreeSet<String> = files_under("src")
        .iter()
        .filter(|file| !file.starts_with(top().join("src/simulator")))
        .map(|file| fs::read_to_string(file).unwrap())
        .filter(|text| text.contains("metrics::"))
        .flat_map(|text| words(&text, "scopebot_", '"'))
        .collect();
    assert!(made.len() > 10, "the metrics were found");
    assert_eq!(named, made);
    let parts: Vec<String> = table(&runbook, "| part |").into_iter().map(|row| row[0].clone()).collect();
    let known = [Part::Store, Part::Scrub, Part::Transport, Part::Outbox, Part::Installed, Part::Intake]
        .map(|part| part.key().to_owned());
    assert_eq!(parts, known);
}

#[test]
fn every_test_that_a_document_names_is_there() {
    let sources: String = ["src", "tests", "benches"]
        .iter()
        .flat_map(|it| files_under(it))
        .map(|it| fs::read_to_string(it).unwrap())
        .collect();
    let has = |name: &str| ["(", " =>"].iter().any(|after| sources.contains(&format!("{name}{after}")));
    for (document, least) in [("SECURITY.md", 20), ("docs/LOGGING.md", 3)] {
        let text = paper(document);
        // Names of tests are sentences; nothing else in code marks is so long.
        let named: Vec<&str> = text
            .split('`')
            .filter(|word| word.matches('_').count() >= 3 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            .collect();
        assert!(named.len() >= least, "{document} names {} tests", named.len());
        let missing: Vec<&&str> = named.iter().filter(|name| !has(name)).collect();
        assert!(missing.is_empty(), "{document} names tests that are not there: {missing:?}");
    }
}
