use super::*;

fn sound() -> Vec<(&'static str, &'static str)> {
    vec![
        ("SLACK_BOT_TOKEN", "xoxb-1234567890"),
        ("SLACK_APP_TOKEN", "xapp-1234567890"),
        ("SCOPEBOT_HIRING_CHANNEL", "C1HIRING"),
    ]
}

fn problems(pairs: &[(&'static str, &'static str)]) -> Vec<String> {
    let all = sound().into_iter().chain(pairs.iter().copied());
    settings(&Vars::of(all)).err().unwrap_or_default().into_iter().map(|problem| problem.to_string()).collect()
}

#[test]
fn three_variables_are_enough() {
    let settings = settings(&Vars::of(sound())).unwrap();
    assert!(matches!(settings.slack.transport, Transport::Socket { .. }));
    assert_eq!(settings.slack.api_url.as_str(), "https://slack.com/api");
    assert!(!settings.policy.asks_for_approval());
}

#[test]
fn every_problem_is_reported_at_once_with_its_variable_and_remedy() {
    let found =
        settings(&Vars::of([("SCOPEBOT_QUORUM", "900"), ("SCOPEBOT_QUROUM", "1"), ("SLACK_API_URL", "ftp://x")]))
            .unwrap_err();
    let variables: Vec<&str> = found.iter().map(|problem| problem.variable.as_str()).collect();
    for wanted in [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SCOPEBOT_HIRING_CHANNEL",
        "SCOPEBOT_QUORUM",
        "SCOPEBOT_QUROUM",
        "SLACK_API_URL",
    ] {
        assert!(variables.contains(&wanted), "{wanted} is not among {variables:?}");
    }
    assert!(found.iter().all(|problem| problem.remedy.ends_with(['.', '?'])), "{found:?}");
}

#[test]
fn each_wrong_value_names_its_variable() {
    let table: &[(&str, &str)] = &[
        ("SLACK_BOT_TOKEN", "xoxp-1234567890"),
        ("SLACK_APP_TOKEN", "nonsense"),
        ("SLACK_SIGNING_SECRET", "zz"),
        ("SLACK_API_URL", "https://slack.com"),
        ("SCOPEBOT_HIRING_CHANNEL", "#hiring"),
        ("SCOPEBOT_HIRING_CHANNEL", ","),
        ("SCOPEBOT_APPROVERS", "@mara"),
        ("SCOPEBOT_QUORUM", "0"),
        ("SCOPEBOT_QUORUM", "two"),
        ("SCOPEBOT_APPROVE_REACTIONS", ":tada:"),
        ("SCOPEBOT_READ_HISTORY", "yes"),
        ("SCOPEBOT_DRAFT_DAYS", "0"),
        ("SCOPEBOT_REMINDER_DAYS", "30"),
        ("SCOPEBOT_BACKUP_DIR", "data"),
        ("SCOPEBOT_BACKUP_HOURS", "daily"),
        ("SCOPEBOT_BACKUP_KEEP", "0"),
        ("SCOPEBOT_CLOSED_DAYS", "4000"),
        ("SCOPEBOT_CACHE_MB", "0"),
        ("SCOPEBOT_LISTEN", "3000"),
        ("SCOPEBOT_ADMIN_LISTEN", "localhost"),
        ("SCOPEBOT_PROMPTS_DIR", "no/such/folder"),
        ("SCOPEBOT_DATABASE_URL", "postgres://db"),
    ];
    for (name, value) in table {
        let found = problems(&[(name, value)]);
        assert_eq!(found.len(), 1, "{name}={value}: {found:?}");
        assert!(found[0].starts_with(name), "{found:?}");
    }
}

#[test]
fn a_quorum_that_nobody_can_reach_is_a_problem() {
    assert_eq!(problems(&[("SCOPEBOT_APPROVERS", "U1,U2"), ("SCOPEBOT_QUORUM", "3")]).len(), 1);
    assert_eq!(problems(&[("SCOPEBOT_APPROVERS", "U1,S2"), ("SCOPEBOT_QUORUM", "3")]), Vec::<String>::new());
}

#[test]
fn a_trailing_slash_of_the_base_goes() {
    let url = |text| settings(&Vars::of(sound().into_iter().chain([("SLACK_API_URL", text)]))).unwrap().slack.api_url;
    assert_eq!(url("http://127.0.0.1:9/api/").as_str(), "http://127.0.0.1:9/api");
}

#[test]
fn no_secret_is_shown() {
    let settings = settings(&Vars::of(sound())).unwrap();
    assert!(!format!("{settings:?}").contains("1234567890"));
    let found = problems(&[("SLACK_SIGNING_SECRET", "topsecret")]);
    assert!(!found.concat().contains("topsecret"), "{found:?}");
}
