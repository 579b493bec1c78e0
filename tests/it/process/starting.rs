use scopebot::store::sled::{OpenOptions, SledStore};

use super::child::Serving;

/// Settings that are well; nothing listens at that address.
const WELL: &[(&str, &str)] = &[
    ("SLACK_BOT_TOKEN", "xoxb-1-2-abc"),
    ("SLACK_APP_TOKEN", "xapp-1-A1-2-abc"),
    ("SLACK_API_URL", "http://127.0.0.1:9/api"),
    ("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE"),
    ("SCOPEBOT_APPROVERS", "S0DEMORECR"),
    ("SCOPEBOT_ADMIN_LISTEN", "127.0.0.1:0"),
    ("SCOPEBOT_DATA_DIR", "data"),
];

#[test]
fn all_that_is_wrong_with_the_settings_is_said_at_once_each_with_its_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = [
        ("SLACK_BOT_TOKEN", "hello"),
        ("SLACK_API_URL", "not an address"),
        ("SCOPEBOT_QUORUM", "many"),
        ("SCOPEBOT_APPROVERS", "rhea"),
        ("SCOPEBOT_LISTEN", "everywhere"),
        ("RUST_LOG", "scopebot=loud"),
    ];
    let ended = Serving::start(folder.path(), &wrong).ended();
    assert_eq!(ended.code, Some(2), "{}", ended.said);
    for named in wrong.iter().map(|(name, _)| *name).chain(["SCOPEBOT_HIRING_CHANNEL", "SLACK_SIGNING_SECRET"]) {
        assert!(ended.said.contains(named), "{named} is not named:\n{}", ended.said);
    }
    assert!(ended.said.contains("Give the number of approvals that a scope needs, from 1 to 20."), "{}", ended.said);
    assert!(!ended.said.contains("hello"), "a token is not repeated:\n{}", ended.said);
    assert!(!folder.path().join("data").exists(), "nothing was begun");
}

#[test]
fn nothing_set_at_all_is_said_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let ended = Serving::start(folder.path(), &[]).ended();
    assert_eq!(ended.code, Some(2));
    for named in ["SLACK_BOT_TOKEN", "SCOPEBOT_HIRING_CHANNEL"] {
        assert!(ended.said.contains(named), "{}", ended.said);
    }
}

#[tokio::test]
async fn a_store_in_use_by_another_copy_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(&folder.path().join("data"), OpenOptions::default()).await.unwrap();
    let path = folder.path().to_owned();
    let ended = tokio::task::spawn_blocking(move || Serving::start(&path, WELL).ended()).await.unwrap();
    assert_eq!(ended.code, Some(1), "{}", ended.said);
    assert!(ended.said.contains("is in use by another copy of the bot"), "{}", ended.said);
    assert!(ended.said.contains("SCOPEBOT_DATA_DIR"), "{}", ended.said);
    store.close().await.unwrap();
}

#[test]
fn while_slack_is_not_there_the_bot_waits_and_ends_well_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut serving = Serving::start(folder.path(), WELL);
    serving.until_said("Slack cannot be reached");
    serving.asked_to_end();
    let ended = serving.ended();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
}
