//! What happens in the workspace, as the app is told.

use super::*;
use crate::app::intent::{Stale, TraceKind};
use crate::domain::approval::Gesture;
use crate::domain::ids::{ChannelId, GroupId, Revision, SlackTime};
use crate::domain::person::{DirectoryRow, PersonKind};
use crate::domain::posting::Piece;
use crate::outbox::mouth::TraceMark;
use crate::store::RowId;

fn reaction(kind: &str, user: &str, name: &str) -> Value {
    json!({ "type": kind, "user": user, "reaction": name, "item_user": "UBOT", "event_ts": "1700000007.000400",
        "item": { "type": "message", "channel": "C0HIRING", "ts": "1700000000.000100" } })
}

#[tokio::test]
async fn a_reaction_is_told_without_its_skin_tone() {
    let desk = Desk::new();
    for (kind, gesture) in [("reaction_added", Gesture::Given), ("reaction_removed", Gesture::Taken)] {
        let Some(What::Reacted(reacted)) = desk.told(event(reaction(kind, "U0RICK", "+1::skin-tone-3"))).await else {
            panic!()
        };
        assert_eq!((reacted.emoji.as_str(), reacted.gesture), ("+1", gesture));
        assert_eq!(reacted.at, SlackTime::parse("1700000007.000400").unwrap());
        assert_eq!(reacted.place.ts.as_str(), "1700000000.000100");
        assert_eq!(reacted.author.unwrap().as_str(), "UBOT");
    }
}

#[tokio::test]
async fn the_bots_own_deeds_are_ignored() {
    let desk = Desk::new();
    assert!(desk.told(event(reaction("reaction_added", "UBOT", "eyes"))).await.is_none());
    let home = json!({ "type": "app_home_opened", "user": "UBOT", "tab": "home", "channel": "D1", "event_ts": "1.1" });
    assert!(desk.told(event(home)).await.is_none());
}

#[tokio::test]
async fn events_of_other_installations_are_acknowledged_and_no_more() {
    let desk = Desk::new();
    let other = json!([{ "team_id": "T9", "user_id": "U9", "is_bot": true }]);
    assert_eq!(desk.take(event_for(other, reaction("reaction_added", "U0RICK", "eyes"))).await, Ack::Empty);
    let organisation = json!([{ "team_id": null, "enterprise_id": "E9", "is_enterprise_install": true }]);
    assert_eq!(desk.take(event_for(organisation, reaction("reaction_added", "U0RICK", "eyes"))).await, Ack::Empty);
    assert!(desk.verbs.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn home_is_told_only_for_its_own_tab() {
    let desk = Desk::new();
    let home = |tab: &str| json!({ "type": "app_home_opened", "user": "U0MARA", "tab": tab, "channel": "D1", "event_ts": "1.1" });
    assert!(matches!(desk.told(event(home("home"))).await, Some(What::HomeOpened(_))));
    assert!(desk.told(event(home("messages"))).await.is_none());
}

fn marked(kind: &str, user: Option<&str>, app: &str) -> Value {
    let mark =
        TraceMark { scope: samples::scope(), row: RowId(12), piece: Some(Piece::Summary), revision: Revision(2) };
    json!({ "type": kind, "user_id": user, "app_id": app, "channel_id": "C0HIRING",
        "message_ts": "1700000000.000100", "event_ts": "1700000009.000100",
        "metadata": crate::slack::mark::metadata_of(&mark) })
}

#[tokio::test]
async fn the_bots_own_marked_messages_are_traces_and_nobody_elses_are() {
    let desk = Desk::new();
    for (kind, wanted) in
        [("message_metadata_posted", TraceKind::Posted), ("message_metadata_updated", TraceKind::Updated)]
    {
        let Some(What::TraceSeen(trace)) = desk.told(event(marked(kind, Some("UBOT"), "A1"))).await else { panic!() };
        assert_eq!((trace.row, trace.piece, trace.revision), (RowId(12), Some(Piece::Summary), Revision(2)));
        assert_eq!((trace.kind, trace.scope), (wanted, samples::scope()));
        assert_eq!(trace.at, SlackTime::parse("1700000009.000100").unwrap());
    }
    // The event may name the app alone.
    assert!(desk.told(event(marked("message_metadata_posted", None, "A1"))).await.is_some());
    assert!(desk.told(event(marked("message_metadata_posted", None, "A9"))).await.is_none());
    assert!(desk.told(event(marked("message_metadata_posted", Some("U0RICK"), "A1"))).await.is_none());
}

#[tokio::test]
async fn people_groups_and_channels_are_told_or_said_to_be_stale() {
    let desk = Desk::new();
    let user = json!({ "type": "user_change", "event_ts": "1.1",
        "user": { "id": "U0RICK", "team_id": "T1", "is_restricted": true } });
    let Some(What::DirectoryChanged(rows)) = desk.told(event(user)).await else { panic!() };
    assert!(matches!(rows.as_slice(), [DirectoryRow::Person(person)] if person.kind == PersonKind::Guest
        && person.read_at == samples::moment()));

    let group = |extra: Value| {
        let mut subteam = json!({ "id": "S1", "team_id": "T1", "date_delete": 0 });
        subteam.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        event(json!({ "type": "subteam_updated", "subteam": subteam, "event_ts": "1.1" }))
    };
    let Some(What::DirectoryChanged(rows)) = desk.told(group(json!({ "users": ["U0RICK"] }))).await else { panic!() };
    assert!(matches!(rows.as_slice(), [DirectoryRow::Group(group)] if group.members.len() == 1));
    let disabled = group(json!({ "users": ["U0RICK"], "date_delete": 1_700_000_000 }));
    let Some(What::DirectoryChanged(rows)) = desk.told(disabled).await else { panic!() };
    assert!(matches!(rows.as_slice(), [DirectoryRow::Group(group)] if group.members.is_empty()));
    let stale = |what: Option<What>| match what {
        Some(What::DirectoryStale(stale)) => stale,
        other => panic!("{other:?}"),
    };
    let s1 = Stale::Group(GroupId::parse("S1").unwrap());
    assert_eq!(stale(desk.told(group(json!({}))).await), s1);
    let members =
        json!({ "type": "subteam_members_changed", "subteam_id": "S1", "added_users": [], "event_ts": "1.1" });
    assert_eq!(stale(desk.told(event(members)).await), s1);

    let c1 = Stale::Channel(ChannelId::parse("C1").unwrap());
    for inner in [
        json!({ "type": "channel_archive", "channel": "C1", "event_ts": "1.1" }),
        json!({ "type": "channel_rename", "channel": { "id": "C1", "name": "new" }, "event_ts": "1.1" }),
        json!({ "type": "member_left_channel", "user": "UBOT", "channel": "C1", "event_ts": "1.1" }),
        json!({ "type": "member_joined_channel", "user": "UBOT", "channel": "C1", "event_ts": "1.1" }),
    ] {
        assert_eq!(stale(desk.told(event(inner)).await), c1);
    }
    let other = json!({ "type": "member_joined_channel", "user": "U0RICK", "channel": "C1", "event_ts": "1.1" });
    assert!(desk.told(event(other)).await.is_none());
}

#[tokio::test]
async fn an_event_that_is_not_taken_is_left_for_slack_to_repeat() {
    let desk = Desk::replying(Reply::NotNow);
    assert_eq!(desk.take(event(reaction("reaction_added", "U0RICK", "eyes"))).await, Ack::NotNow);
    assert_eq!(desk.handlers.when_full(&event(reaction("reaction_added", "U0RICK", "eyes"))), Ack::NotNow);
    let unknown = of_envelope(
        "events_api",
        &json!({ "type": "event_callback", "event_id": "Ev2", "event": { "type": "new_kind" } }),
    )
    .unwrap();
    assert_eq!(desk.take(unknown).await, Ack::Empty);
}

#[tokio::test]
async fn what_is_done_in_another_workspace_is_answered_gently_and_not_told() {
    let elsewhere = |inbound: Value| interactive(inbound);
    let desk = Desk::new();
    let sentence = samples::words().refusals.reason.of(crate::domain::wording::notes::Refusal::Elsewhere).to_string();
    let mut press = json!({
        "type": "block_actions", "team": { "id": "T9" }, "user": { "id": "U0RICK", "team_id": "T9" },
        "trigger_id": "1.4.abc", "response_url": RESPONSE_URL,
        "container": { "type": "message", "message_ts": "1700000000.000100", "channel_id": "C0HIRING" },
        "channel": { "id": "C0HIRING" }, "message": { "ts": "1700000000.000100" },
        "actions": [{ "type": "button", "action_id": "scoping.press.approve", "block_id": "b",
            "value": format!("{}.1", samples::scope()), "action_ts": "1700000005.000100" }],
    });
    assert_eq!(desk.take(elsewhere(press.clone())).await, Ack::Empty);
    press["team"] = json!(null);
    press["enterprise"] = json!({ "id": "E9" });
    assert_eq!(desk.take(elsewhere(press)).await, Ack::Empty);
    let whispered = desk.whispered();
    assert!(whispered.iter().all(|(_, said)| said.contains(&sentence)), "{whispered:?}");
    assert_eq!(whispered.len(), 2);
    let submitted = json!({
        "type": "view_submission", "team": { "id": "T9" }, "user": { "id": "U0MARA", "team_id": "T9" },
        "trigger_id": "1.3.abc", "view": view(crate::app::intent::ScreenKind::Form, json!({})),
    });
    let Ack::Body(body) = desk.take(elsewhere(submitted)).await else { panic!() };
    assert!(body.to_string().contains(&sentence), "{body}");
    let typed = json!({ "command": "/scope-backend", "text": "x", "user_id": "U0MARA", "team_id": "T9",
        "channel_id": "C0HIRING", "trigger_id": "1.2.abc", "response_url": RESPONSE_URL });
    let Ack::Body(body) = desk.take(of_envelope("slash_commands", &typed).unwrap()).await else { panic!() };
    assert!(body.to_string().contains(&sentence), "{body}");
    assert!(desk.verbs.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_installation_taken_away_is_said_on_the_board() {
    for gone in [
        json!({ "type": "tokens_revoked", "tokens": { "oauth": [], "bot": ["UBOT"] }, "event_ts": "1.1" }),
        json!({ "type": "app_uninstalled", "event_ts": "1.1" }),
    ] {
        let desk = Desk::new();
        let board = &desk.board;
        assert!(desk.told(event(gone.clone())).await.is_none());
        assert!(!board.is_ready(), "{gone}");
        let said = board.parts();
        assert!(
            matches!(&said[..], [(crate::telemetry::Part::Installed, crate::telemetry::State::NotReady(_))]),
            "{said:?}"
        );
        board.recovered(crate::telemetry::Part::Installed);
        assert!(board.is_ready());
    }
}
