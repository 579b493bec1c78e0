use std::time::Duration;

use serde_json::{Value, json};

use super::fake_app::{Answer, Desk, desk};

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

fn form(block: &str, extra: Value) -> Value {
    let mut view = json!({
        "type": "modal", "callback_id": "form", "title": plain("Form"), "submit": plain("Review"), "close": plain("Close"),
        "notify_on_close": true,
        "blocks": [
            {"type": "input", "block_id": block, "label": plain("System"), "dispatch_action": true,
             "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "from the draft",
                         "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}},
            {"type": "input", "block_id": "code", "label": plain("Code"), "optional": true,
             "element": {"type": "checkboxes", "action_id": "ticks",
                         "options": [{"text": plain("New"), "value": "new"}, {"text": plain("Coupled"), "value": "coupled"}]}},
            {"type": "actions", "block_id": "more", "elements": [{"type": "button", "action_id": "save", "text": plain("Save")}]},
        ],
    });
    for (key, value) in extra.as_object().unwrap() {
        view[key] = value.clone();
    }
    view
}

/// The form open before Mara; its view as the app got it back.
async fn opened(desk: &mut Desk, view: Value) -> Value {
    desk.ws.persona("mara").types("/scope-backend", "hiring", "").await.unwrap();
    let trigger = desk.app.hears_of("/scope-backend").await["trigger_id"].clone();
    let answer = desk.call("views.open", json!({"trigger_id": trigger, "view": view})).await;
    assert_eq!(answer["ok"], true, "{answer}");
    answer["view"].clone()
}

#[tokio::test]
async fn a_trigger_opens_one_view_within_three_seconds() {
    let mut desk = desk().await;
    let mara = desk.ws.persona("mara");
    for wait in [3, 4] {
        mara.types("/scope-backend", "hiring", "").await.unwrap();
        let trigger = desk.app.hears_of("/scope-backend").await["trigger_id"].clone();
        desk.ws.advance(Duration::from_secs(wait)).await.unwrap();
        let open = json!({"trigger_id": trigger, "view": form("b", json!({}))});
        let first = desk.call("views.open", open.clone()).await;
        if wait == 3 {
            assert_eq!(first["ok"], true);
            assert_eq!(desk.call("views.open", open).await["error"], "exchanged_trigger_id");
            mara.dismisses().await.unwrap();
        } else {
            assert_eq!(first["error"], "expired_trigger_id");
        }
    }
    let stray = json!({"trigger_id": "1.2.3", "view": form("b", json!({}))});
    assert_eq!(desk.call("views.open", stray).await["error"], "invalid_trigger_id");
}

#[tokio::test]
async fn each_character_is_reported_with_the_whole_state_and_the_view_it_stands_in() {
    let mut desk = desk().await;
    let view = opened(&mut desk, form("b", json!({"private_metadata": "draft 7"}))).await;
    let mara = desk.ws.persona("mara");
    mara.ticks("Code", "Coupled").await.unwrap();
    mara.writes("System", "abc").await.unwrap();
    for expected in ["a", "ab", "abc"] {
        let payload = desk.app.hears_of("block_actions").await;
        assert_eq!(payload["container"], json!({"type": "view", "view_id": view["id"]}));
        assert_eq!(payload["actions"][0]["value"], expected);
        assert_eq!(payload["view"]["private_metadata"], "draft 7");
        assert_eq!(payload["view"]["hash"], view["hash"]);
        let values = &payload["view"]["state"]["values"];
        assert_eq!(values["b"]["text"], json!({"type": "plain_text_input", "value": expected}));
        assert_eq!(
            values["code"]["ticks"]["selected_options"][0]["value"], "coupled",
            "not dispatched, but in the state"
        );
        assert_eq!(payload.get("response_url"), None);
    }
}

#[tokio::test]
async fn an_update_keeps_what_was_typed_unless_the_block_changes_and_an_old_hash_conflicts() {
    let mut desk = desk().await;
    let view = opened(&mut desk, form("b", json!({}))).await;
    let mara = desk.ws.persona("mara");
    mara.fills("System", "typed").await.unwrap();
    let update =
        |block: &str, hash: &Value| json!({"view_id": view["id"], "hash": hash, "view": form(block, json!({}))});
    let after = desk.call("views.update", update("b", &view["hash"])).await;
    assert_eq!(after["view"]["state"]["values"]["b"]["text"]["value"], "typed");
    assert_eq!(desk.call("views.update", update("b", &view["hash"])).await["error"], "hash_conflict");
    let fresh = desk.call("views.update", update("b#2", &after["view"]["hash"])).await;
    assert_eq!(fresh["view"]["state"]["values"]["b#2"]["text"]["value"], "from the draft");
}

#[tokio::test]
async fn a_submission_is_answered_by_errors_update_push_and_clear() {
    let mut desk = desk().await;
    opened(&mut desk, form("b", json!({}))).await;
    let mara = desk.ws.persona("mara");
    let second = json!({"type": "modal", "title": plain("Review"), "submit": plain("Post"), "blocks": []});
    desk.app.answers([
        Answer::Json(json!({"response_action": "errors", "errors": {"b": "too short"}})),
        Answer::Json(json!({"response_action": "errors", "errors": {"more": "no input"}})),
        Answer::Json(json!({"response_action": "update", "view": form("b", json!({"title": plain("Changed")}))})),
        Answer::Json(json!({"response_action": "push", "view": second})),
        Answer::Json(json!({"response_action": "clear"})),
    ]);
    mara.submits().await.unwrap();
    assert_eq!(mara.modal().unwrap().error("b"), Some("too short"));
    mara.submits().await.unwrap();
    assert_eq!(
        mara.modal().unwrap().failure(),
        Some("We had some trouble connecting. Try again?"),
        "only inputs show errors"
    );
    mara.submits().await.unwrap();
    assert_eq!((mara.modal().unwrap().title().to_owned(), mara.stack_depth()), ("Changed".to_owned(), 1));
    mara.submits().await.unwrap();
    assert_eq!((mara.modal().unwrap().title().to_owned(), mara.stack_depth()), ("Review".to_owned(), 2));
    mara.submits().await.unwrap();
    assert!(mara.modal().is_none());
}

#[tokio::test]
async fn an_empty_acknowledgement_closes_the_submitted_view_and_shows_the_one_below() {
    let mut desk = desk().await;
    opened(&mut desk, form("b", json!({}))).await;
    let mara = desk.ws.persona("mara");
    mara.presses("Save").await.unwrap();
    let trigger = desk.app.hears_of("block_actions").await["trigger_id"].clone();
    let pushed = desk
        .call("views.push", json!({"trigger_id": trigger, "view": form("c", json!({"title": plain("Above")}))}))
        .await;
    assert_eq!(pushed["view"]["previous_view_id"], pushed["view"]["root_view_id"]);
    mara.submits().await.unwrap();
    assert_eq!((mara.modal().unwrap().title().to_owned(), mara.stack_depth()), ("Form".to_owned(), 1));
}

#[tokio::test]
async fn a_submission_that_fails_leaves_the_modal_and_what_was_typed() {
    let mut desk = desk().await;
    opened(&mut desk, form("b", json!({}))).await;
    let mara = desk.ws.persona("mara");
    mara.fills("System", "kept").await.unwrap();
    desk.app.answers([Answer::Status(500)]);
    mara.submits().await.unwrap();
    let modal = mara.modal().unwrap();
    assert_eq!(modal.failure(), Some("We had some trouble connecting. Try again?"));
    assert_eq!(modal.value("b", "text").unwrap()["value"], "kept");
}

#[tokio::test]
async fn a_required_field_holds_the_submission_back_in_the_client() {
    let mut desk = desk().await;
    opened(&mut desk, form("b", json!({}))).await;
    let mara = desk.ws.persona("mara");
    mara.fills("System", "").await.unwrap();
    desk.app.hears_of("block_actions").await;
    assert_eq!(mara.submits().await.unwrap_err().error, "incomplete");
    assert_eq!(mara.modal().unwrap().error("b"), Some("Please complete this required field."));
    assert!(desk.app.heard_nothing());
}

#[tokio::test]
async fn closing_reports_no_values_and_says_whether_the_whole_stack_went() {
    let mut desk = desk().await;
    let root = opened(&mut desk, form("b", json!({}))).await;
    let mara = desk.ws.persona("mara");
    mara.presses("Save").await.unwrap();
    let trigger = desk.app.hears_of("block_actions").await["trigger_id"].clone();
    let pushed = desk.call("views.push", json!({"trigger_id": trigger, "view": form("c", json!({}))})).await;
    mara.closes().await.unwrap();
    let closed = desk.app.hears_of("view_closed").await;
    assert_eq!((&closed["view"]["id"], &closed["is_cleared"]), (&pushed["view"]["id"], &json!(false)));
    assert_eq!(closed["view"]["state"]["values"], json!({}));
    mara.dismisses().await.unwrap();
    let closed = desk.app.hears_of("view_closed").await;
    assert_eq!((&closed["view"]["id"], &closed["is_cleared"]), (&root["id"], &json!(true)));
    assert_eq!(
        desk.call("views.update", json!({"view_id": root["id"], "view": form("b", json!({}))})).await["error"],
        "not_found"
    );
}

#[tokio::test]
async fn a_trigger_from_a_command_pushes_nothing_and_a_view_opened_over_a_modal_is_not_shown() {
    let mut desk = desk().await;
    opened(&mut desk, form("b", json!({}))).await;
    let mara = desk.ws.persona("mara");
    assert_eq!(mara.types("/scope-backend", "hiring", "").await.unwrap_err().error, "modal_open");
    mara.at("phone").types("/scope-backend", "hiring", "").await.unwrap();
    let trigger = desk.app.hears_of("/scope-backend").await["trigger_id"].clone();
    let pushed = desk.call("views.push", json!({"trigger_id": trigger, "view": form("c", json!({}))})).await;
    assert_eq!(pushed["error"], "invalid_arguments");
    mara.presses("Save").await.unwrap();
    let trigger = desk.app.hears_of("block_actions").await["trigger_id"].clone();
    let over = desk
        .call("views.open", json!({"trigger_id": trigger, "view": form("c", json!({"title": plain("Over")}))}))
        .await;
    assert_eq!(over["ok"], true);
    assert_eq!(mara.modal().unwrap().title(), "Form");
}
