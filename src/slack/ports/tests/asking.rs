//! Who is who.

use super::*;
use crate::app::ports::{Registry, RegistryFault};
use crate::domain::ids::GroupId;
use crate::domain::person::{ChannelState, PersonKind};

fn group() -> GroupId {
    GroupId::parse("S1").unwrap()
}

#[tokio::test]
async fn a_person_is_what_slack_says_of_them() {
    let slack = FakeSlack::start().await;
    let ports = slack.ports();
    for (fields, kind) in [
        (json!({}), PersonKind::Member),
        (json!({ "is_restricted": true }), PersonKind::Guest),
        (json!({ "deleted": true }), PersonKind::Deactivated),
        (json!({ "is_bot": true }), PersonKind::Bot),
        (json!({ "team_id": "T9" }), PersonKind::Outsider),
    ] {
        let mut user = json!({ "id": "U0MARA", "team_id": "T1" });
        user.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        slack.answers("users.info", json!({ "ok": true, "user": user }));
        let person = ports.person(&samples::user()).await.unwrap().unwrap();
        assert_eq!((person.id, person.kind, person.read_at), (samples::user(), kind, samples::moment()), "{fields}");
    }
    slack.refuses("users.info", "user_not_found");
    assert_eq!(ports.person(&samples::user()).await, Ok(None));
}

#[tokio::test]
async fn a_group_is_its_members() {
    let slack = FakeSlack::start().await;
    let ports = slack.ports();
    slack.answers("usergroups.users.list", json!({ "ok": true, "users": ["U1", "U2", "U1"] }));
    assert_eq!(ports.group(&group()).await.unwrap().unwrap().members.len(), 2);
    slack.refuses("usergroups.users.list", "no_such_subteam");
    assert_eq!(ports.group(&group()).await, Ok(None));
    slack.refuses("usergroups.users.list", "plan_upgrade_required");
    assert_eq!(ports.group(&group()).await, Err(RegistryFault::Never("plan_upgrade_required".into())));
}

#[tokio::test]
async fn a_channel_says_whether_it_can_take_a_summary() {
    let slack = FakeSlack::start().await;
    let ports = slack.ports();
    for (fields, state, shared) in [
        (json!({ "is_member": true }), ChannelState::Ready, false),
        (json!({ "is_member": false }), ChannelState::NotIn, false),
        (json!({ "is_member": true, "is_archived": true }), ChannelState::Archived, false),
        (json!({ "is_member": true, "is_ext_shared": true }), ChannelState::Ready, true),
    ] {
        let mut channel = json!({ "id": "C0HIRING", "name": "hiring" });
        channel.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        slack.answers("conversations.info", json!({ "ok": true, "channel": channel }));
        let found = ports.channel(&samples::channel()).await.unwrap();
        assert_eq!((found.state, found.shared, found.name.as_str()), (state, shared, "hiring"), "{fields}");
    }
    slack.refuses("conversations.info", "channel_not_found");
    assert_eq!(ports.channel(&samples::channel()).await.unwrap().state, ChannelState::Gone);
}

#[tokio::test]
async fn what_passes_is_told_from_what_never_will() {
    let slack = FakeSlack::start().await;
    let ports = slack.ports();
    slack.answers_with("users.info", 429, json!({}));
    let wait = Some(Duration::from_secs(7));
    assert!(
        matches!(ports.person(&samples::user()).await, Err(RegistryFault::Later { wait: found, .. }) if found == wait)
    );
    slack.answers_with("users.info", 503, json!({}));
    assert!(matches!(ports.person(&samples::user()).await, Err(RegistryFault::Later { wait: None, .. })));
    slack.refuses("usergroups.users.list", "account_inactive");
    assert!(matches!(ports.group(&group()).await, Err(RegistryFault::Later { .. })), "no word about the group");
    slack.answers("users.info", json!({ "ok": false, "error": "missing_scope", "needed": "users:read" }));
    let never = RegistryFault::Never("missing_scope (needs users:read)".into());
    assert_eq!(ports.person(&samples::user()).await, Err(never));
}

#[tokio::test]
async fn a_message_says_whose_summary_it_is_and_who_reacts() {
    use crate::domain::ids::{MessageTs, Revision};
    use crate::domain::reconcile::Named;
    use crate::store::Place;

    let slack = FakeSlack::start().await;
    let ports = slack.ports();
    let place = Place { channel: samples::channel(), ts: MessageTs::parse("1700000000.000100").unwrap() };
    let value = format!("{}.2", samples::scope());
    let button = json!({ "type": "actions", "elements": [{ "type": "button", "value": "other" }, { "type": "button", "value": value }] });
    let reactions = json!([
        { "name": "white_check_mark::skin-tone-3", "users": ["U1"], "count": 1 },
        { "name": "eyes", "users": ["U1"], "count": 9 },
    ]);
    let message = json!({ "user": "UBOT", "ts": place.ts.as_str(), "blocks": [button], "reactions": reactions });
    let told = |fields: Value| {
        let mut message = message.clone();
        message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        slack.answers("reactions.get", json!({ "ok": true, "type": "message", "message": message }));
    };
    told(json!({}));
    let seen = ports.message(&place).await.unwrap().unwrap();
    assert_eq!(seen.summary_of, Some((samples::scope(), Revision(2))));
    let named: Vec<_> = seen.reactions.iter().map(|one| (one.emoji.as_str(), one.people.len(), one.named)).collect();
    assert_eq!(named, [("white_check_mark", 1, Named::All), ("eyes", 1, Named::Some)]);
    // Somebody else's message, and one in a thread, are no summary of ours.
    for fields in [json!({ "user": "U1" }), json!({ "thread_ts": "1600000000.000100" }), json!({ "blocks": [] })] {
        told(fields.clone());
        assert_eq!(ports.message(&place).await.unwrap().unwrap().summary_of, None, "{fields}");
    }
    slack.refuses("reactions.get", "message_not_found");
    assert_eq!(ports.message(&place).await, Ok(None));
    slack.answers("reactions.get", json!({ "ok": true }));
    assert!(matches!(ports.message(&place).await, Err(RegistryFault::Later { .. })), "no message is not no reactions");
    slack.refuses("reactions.get", "channel_not_found");
    assert_eq!(ports.message(&place).await, Err(RegistryFault::Never("channel_not_found".into())));
}
