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
