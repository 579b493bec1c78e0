use serde_json::json;

use super::*;
use crate::domain::ids::{Home, SlackTime};
use crate::slack::payload::{ChannelChange, Event, Happening, HomeTab, Unknown, Unreadable, of_envelope};

const JSON: &str = "application/json";

fn wrapped(inner: Value) -> Value {
    json!({
        "type": "event_callback", "event_id": "Ev1", "event_time": 1_700_000_000, "team_id": "T1", "api_app_id": "A1",
        "event": inner, "authorizations": [{ "team_id": "T1", "user_id": "U0", "is_bot": true }],
    })
}

fn event(inner: Value) -> Event {
    match of_envelope("events_api", &wrapped(inner)) {
        Ok(Inbound::Event(event)) => event,
        other => panic!("{other:?}"),
    }
}

fn unknown(inner: Value) -> Unknown {
    match of_envelope("events_api", &wrapped(inner)) {
        Ok(Inbound::Unknown(unknown)) => unknown,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_reaction_in_a_shared_channel_belongs_to_the_installation_that_is_named() {
    let Inbound::Event(event) = delivered(JSON, REACTION.as_bytes()) else { panic!() };
    assert!(event.is_ext_shared_channel);
    assert_eq!(event.origin.home(), Some(Home::parse("T0HOME001").unwrap()));
    assert!(event.origin.is_for(&Home::parse("T0HOME001").unwrap()));
    assert!(!event.origin.is_for(&Home::parse("T0OTHER01").unwrap()));
    assert_eq!(event.at, Some(SlackTime(1_700_000_007_000_400)));
    assert_eq!(event.key.as_ref().unwrap().as_str(), "event/Ev0REACT01");
    let Happening::ReactionAdded(reaction) = event.happening else { panic!() };
    assert_eq!((reaction.name.as_str(), reaction.emoji()), ("+1::skin-tone-3", "+1"));
    assert_eq!((reaction.user.as_str(), reaction.item_user.unwrap().as_str()), ("U0PARTNER", "U0BOT0001"));
    assert_eq!((reaction.channel.as_str(), reaction.ts.as_str()), ("C0SHARED1", "1700000000.000100"));
}

#[test]
fn an_event_of_an_organisation_is_for_the_organisation() {
    let mut payload = json_of(REACTION);
    payload["team_id"] = json!(null);
    payload["authorizations"] = json!([{ "enterprise_id": "E0GRID001", "team_id": null, "user_id": "U0BOT0001", "is_bot": true, "is_enterprise_install": true }]);
    let Ok(Inbound::Event(event)) = of_envelope("events_api", &payload) else { panic!() };
    assert_eq!(event.origin.home(), Some(Home::parse("E0GRID001").unwrap()));
    assert!(event.origin.is_enterprise_install);
}

#[test]
fn a_time_that_the_event_lacks_is_the_wrappers() {
    let inner = json!({ "type": "app_uninstalled" });
    assert_eq!(event(inner).at, Some(SlackTime(1_700_000_000_000_000)));
}

#[test]
fn every_known_event_is_read() {
    let item = json!({ "type": "message", "channel": "C1", "ts": "1.000001" });
    let mark = json!({ "event_type": "scope", "event_payload": { "scope": "01J", "revision": 2 } });
    let cases = [
        (
            json!({ "type": "reaction_added", "user": "U1", "reaction": "eyes", "item": item, "event_ts": "2.0" }),
            "reaction_added",
        ),
        (json!({ "type": "reaction_removed", "user": "U1", "reaction": "eyes", "item": item }), "reaction_removed"),
        (json!({ "type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home" }), "app_home_opened"),
        (
            json!({ "type": "message_metadata_posted", "channel_id": "C1", "message_ts": "1.000001", "user_id": "U0", "app_id": "A1", "metadata": mark }),
            "message_metadata_posted",
        ),
        (
            json!({ "type": "message_metadata_updated", "channel_id": "C1", "message_ts": "1.000001", "metadata": mark, "previous_metadata": mark }),
            "message_metadata_updated",
        ),
        (
            json!({ "type": "message_metadata_deleted", "channel_id": "C1", "message_ts": "1.000001", "deleted_ts": "2.0", "previous_metadata": mark }),
            "message_metadata_deleted",
        ),
        (json!({ "type": "user_change", "user": { "id": "U1", "deleted": true } }), "user_change"),
        (json!({ "type": "subteam_created", "subteam": { "id": "S1", "date_delete": 0 } }), "subteam_created"),
        (
            json!({ "type": "subteam_updated", "subteam": { "id": "S1", "date_delete": 1_700_000_000 } }),
            "subteam_updated",
        ),
        (
            json!({ "type": "subteam_members_changed", "subteam_id": "S1", "added_users": ["U1"], "removed_users": [] }),
            "subteam_members_changed",
        ),
        (json!({ "type": "member_joined_channel", "user": "U1", "channel": "C1" }), "member_joined_channel"),
        (json!({ "type": "member_left_channel", "user": "U1", "channel": "C1" }), "member_left_channel"),
        (json!({ "type": "channel_archive", "channel": "C1", "user": "U1" }), "channel_change"),
        (json!({ "type": "message", "channel": "C1", "user": "U1", "ts": "1.000001", "text": "hi" }), "message"),
        (json!({ "type": "tokens_revoked", "tokens": { "oauth": ["U1"], "bot": ["U0"] } }), "tokens_revoked"),
        (json!({ "type": "app_uninstalled" }), "app_uninstalled"),
    ];
    for (inner, kind) in cases {
        assert_eq!(Inbound::Event(event(inner)).kind(), kind);
    }
}

#[test]
fn what_an_event_tells_is_kept() {
    let Happening::AppHomeOpened(home) =
        event(json!({ "type": "app_home_opened", "user": "U1", "tab": "messages", "view": { "id": "V1", "type": "home", "hash": "h" } })).happening
    else {
        panic!()
    };
    assert_eq!((home.tab, home.view.unwrap().hash.as_deref()), (HomeTab::Messages, Some("h")));

    let mark = json!({ "event_type": "scope", "event_payload": { "scope": "01J" } });
    let Happening::MetadataDeleted(marked) = event(
        json!({ "type": "message_metadata_deleted", "channel_id": "C1", "message_ts": "1.000001", "previous_metadata": mark }),
    )
    .happening
    else {
        panic!()
    };
    assert_eq!(marked.metadata.field("scope"), Some("01J"));

    let user = json!({
        "id": "U1", "team_id": "T1", "is_ultra_restricted": true, "is_bot": false,
        "enterprise_user": { "id": "W1", "enterprise_id": "E1", "teams": ["T1", "T2"] },
    });
    let Happening::UserChanged(user) = event(json!({ "type": "user_change", "user": user })).happening else {
        panic!()
    };
    assert!(user.is_guest && !user.is_bot && !user.is_deleted);
    assert_eq!((user.enterprise.unwrap().as_str(), user.enterprise_teams.len()), ("E1", 2));
    let Happening::UserChanged(slackbot) =
        event(json!({ "type": "user_change", "user": { "id": "USLACKBOT", "is_bot": false } })).happening
    else {
        panic!()
    };
    assert!(slackbot.is_bot);

    let Happening::GroupUpdated(group) =
        event(json!({ "type": "subteam_updated", "subteam": { "id": "S1", "date_delete": 5, "users": ["U1"] } }))
            .happening
    else {
        panic!()
    };
    assert!(group.is_disabled && group.users.unwrap().len() == 1);
}

#[test]
fn channels_change_in_every_way() {
    let cases = [
        (json!({ "type": "channel_archive", "channel": "C1" }), ChannelChange::Archived),
        (json!({ "type": "group_unarchive", "channel": "G1" }), ChannelChange::Unarchived),
        (json!({ "type": "channel_deleted", "channel": "C1" }), ChannelChange::Deleted),
        (json!({ "type": "channel_rename", "channel": { "id": "C1", "name": "new" } }), ChannelChange::Renamed),
        (json!({ "type": "channel_shared", "channel": "C1", "connected_team_id": "E1" }), ChannelChange::Shared),
        (json!({ "type": "channel_unshared", "channel": "C1" }), ChannelChange::Unshared),
        (json!({ "type": "channel_left", "channel": "C1" }), ChannelChange::Left),
        (
            json!({ "type": "channel_id_changed", "old_channel_id": "G1", "new_channel_id": "C2" }),
            ChannelChange::Became("C2".parse().unwrap()),
        ),
    ];
    for (inner, expected) in cases {
        let Happening::ChannelChanged { change, .. } = event(inner.clone()).happening else { panic!("{inner}") };
        assert_eq!(change, expected, "{inner}");
    }
}

#[test]
fn a_changed_or_deleted_message_is_the_one_it_is_about() {
    let inner = |subtype: &str, nested: &str| {
        json!({
            "type": "message", "subtype": subtype, "channel": "C1", "ts": "9.000000",
            nested: { "ts": "1.000001", "user": "U1", "text": "old" },
        })
    };
    for (subtype, nested) in [("message_changed", "message"), ("message_deleted", "previous_message")] {
        let Happening::MessagePosted(message) = event(inner(subtype, nested)).happening else { panic!() };
        assert_eq!((message.subtype.as_deref(), message.ts.as_str()), (Some(subtype), "1.000001"));
    }
}

#[test]
fn unknown_and_incomplete_events_keep_their_key_and_say_what_they_lack() {
    let read = unknown(json!({ "type": "canvas_danced\n<!channel>" }));
    assert_eq!((read.kind.as_str(), read.lacks), ("canvas_dancedchannel", None));
    assert_eq!(read.key.unwrap().as_str(), "event/Ev1");
    let on_file =
        json!({ "type": "reaction_added", "user": "U1", "reaction": "eyes", "item": { "type": "file", "file": "F1" } });
    assert_eq!(unknown(on_file).lacks, Some(Unreadable::Lacks("item.channel")));
    let no_mark = json!({ "type": "message_metadata_posted", "channel_id": "C1", "message_ts": "1.0", "metadata": {} });
    assert_eq!(unknown(no_mark).lacks, Some(Unreadable::Lacks("metadata")));
}

#[test]
fn a_rate_limit_notice_stands_where_the_wrapper_else_is() {
    let notice = json!({ "type": "app_rate_limited", "token": "t", "team_id": "T1", "minute_rate_limited": 1_518_467_820, "api_app_id": "A1" });
    let inbound = delivered(JSON, notice.to_string().as_bytes());
    let Inbound::Event(Event { happening: Happening::AppRateLimited { team, minute }, key: None, .. }) = inbound else {
        panic!()
    };
    assert_eq!((team.unwrap().as_str(), minute), ("T1", Some(1_518_467_820)));
}
