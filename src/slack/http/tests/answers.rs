use serde_json::json;

use super::*;
use crate::slack::fake_intake::FakeIntake;
use crate::slack::intake::Ack;

const COMMAND: &str = "command=%2Fscope-backend&user_id=U1&trigger_id=1.2.3&text=private+words";

fn event() -> String {
    json!({
        "type": "event_callback", "event_id": "Ev1", "team_id": "T1",
        "event": { "type": "reaction_added", "user": "U1", "reaction": "eyes", "item": { "channel": "C1", "ts": "1.0" } },
    })
    .to_string()
}

#[tokio::test]
async fn each_answer_of_the_intake_goes_back_as_it_is() {
    let (intake, mut taken) = FakeIntake::that(|inbound| match inbound.kind() {
        "slash_command" => Ack::Body(json!({ "response_type": "ephemeral", "text": "hello" })),
        "view_closed" => Ack::Empty,
        _ => Ack::NotNow,
    });
    let served = Served::new(intake).await;
    let answer = served.signed(FORM, COMMAND).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(said(answer).await, (200, r#"{"response_type":"ephemeral","text":"hello"}"#.to_owned()));
    assert_eq!(said(served.signed(JSON, event()).send().await.unwrap()).await, (503, String::new()));
    let closed = json!({ "type": "view_closed", "user": { "id": "U1" }, "view": { "id": "V1" } }).to_string();
    let form = form_urlencoded::Serializer::new(String::new()).append_pair("payload", &closed).finish();
    assert_eq!(said(served.signed(FORM, form).send().await.unwrap()).await, (200, String::new()));
    let kinds = [taken.recv().await, taken.recv().await, taken.recv().await].map(|one| one.unwrap().kind());
    assert_eq!(kinds, ["slash_command", "reaction_added", "view_closed"]);
}

#[tokio::test]
async fn what_is_not_signed_gets_401_and_nothing_is_taken() {
    let (intake, mut taken) = FakeIntake::that(|_| Ack::Empty);
    let served = Served::new(intake).await;
    let signature = verifier().signature(&NOW.to_string(), COMMAND.as_bytes());
    let stale = (NOW - 301).to_string();
    let of_stale = verifier().signature(&stale, COMMAND.as_bytes());
    let now = NOW.to_string();
    let headers: [&[(&str, &str)]; 6] = [
        &[],
        &[("x-slack-request-timestamp", &now)],
        &[("x-slack-signature", &signature)],
        &[("x-slack-request-timestamp", &stale), ("x-slack-signature", &of_stale)],
        &[("x-slack-request-timestamp", &now), ("x-slack-signature", &of_stale)],
        // Twice, one of them right: none is believed.
        &[("x-slack-request-timestamp", &now), ("x-slack-signature", "v0=00"), ("x-slack-signature", &signature)],
    ];
    for headers in headers {
        let mut request = served.unsigned(FORM, COMMAND);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        assert_eq!(said(request.send().await.unwrap()).await, (401, String::new()), "{headers:?}");
    }
    let verification = json!({ "type": "url_verification", "challenge": "c" }).to_string();
    assert_eq!(said(served.unsigned(JSON, verification).send().await.unwrap()).await, (401, String::new()));
    assert!(taken.try_recv().is_err());
}

#[tokio::test]
async fn a_challenge_is_answered_once_it_is_signed() {
    let (intake, _taken) = FakeIntake::that(|_| Ack::Empty);
    let served = Served::new(intake).await;
    let verification = json!({ "type": "url_verification", "token": "t", "challenge": "3eZbrw1aB" }).to_string();
    let answer = served.signed(JSON, verification).send().await.unwrap();
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
    assert_eq!(said(answer).await, (200, "3eZbrw1aB".to_owned()));
}

#[tokio::test]
async fn an_ssl_check_is_answered_unsigned_and_nothing_else_of_it_is_read() {
    let (intake, mut taken) = FakeIntake::that(|_| Ack::Body(json!({ "text": "no" })));
    let served = Served::new(intake).await;
    let forged = format!("ssl_check=1&token=t&{COMMAND}&payload=%7B%22type%22%3A%22view_closed%22%7D");
    for body in ["ssl_check=1&token=legacy".to_owned(), forged] {
        assert_eq!(said(served.unsigned(FORM, body).send().await.unwrap()).await, (200, String::new()));
    }
    for (content_type, body) in
        [(FORM, "ssl_check=true"), (FORM, "ssl_check=11"), (FORM, "a=ssl_check=1"), (JSON, "ssl_check=1")]
    {
        assert_eq!(served.unsigned(content_type, body).send().await.unwrap().status(), 401, "{body}");
    }
    assert!(taken.try_recv().is_err());
}

#[tokio::test]
async fn what_is_signed_and_no_payload_is_400_and_what_is_unknown_is_200() {
    let (intake, mut taken) = FakeIntake::that(|_| Ack::NotNow);
    let served = Served::new(intake).await;
    let cases = [
        (JSON, "{", 400),
        (FORM, "text=private", 400),
        (FORM, "payload=private", 400),
        ("text/plain", "private", 415),
        (JSON, r#"{"type":"tomorrow"}"#, 200),
        (JSON, r#"{"type":"event_callback","event_id":"Ev2","event":{"type":"canvas_danced"}}"#, 200),
        (
            JSON,
            r#"{"type":"event_callback","event_id":"Ev3","event":{"type":"reaction_added","item":{"type":"file"}}}"#,
            200,
        ),
    ];
    for (content_type, body, status) in cases {
        let (found, text) = said(served.signed(content_type, body).send().await.unwrap()).await;
        assert_eq!(found, status, "{body}");
        assert!(!text.contains("private"), "{text}");
    }
    assert!(taken.try_recv().is_err());
}

#[tokio::test]
async fn there_is_nothing_but_the_one_path_and_method() {
    let (intake, _taken) = FakeIntake::that(|_| Ack::Empty);
    let served = Served::new(intake).await;
    assert_eq!(served.client.get(served.url()).send().await.unwrap().status(), 405);
    for path in ["", "/", "/healthz", "/metrics", "/slack/events/", "/slack"] {
        let url = format!("http://{}{path}", served.address);
        assert_eq!(served.client.post(url).body(COMMAND).send().await.unwrap().status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_panic_of_a_handler_costs_its_own_delivery_alone() {
    let (intake, _taken) = FakeIntake::that(|inbound| match inbound.kind() {
        "slash_command" => panic!("of the handler"),
        _ => Ack::Empty,
    });
    let served = Served::new(intake).await;
    assert_eq!(served.signed(FORM, COMMAND).send().await.unwrap().status(), 503);
    assert_eq!(served.signed(JSON, event()).send().await.unwrap().status(), 200);
}
