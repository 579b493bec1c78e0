use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;
use crate::slack::api::{ApiFailure, Refusal, Trouble};
use crate::slack::payload::Typed;

/// Writes, so that a doubt stays one.
const WRITES: &str = "chat.postMessage";
/// Reads, so that it may simply be called again.
const READS: &str = "users.info";

async fn failure(method: &str, rule: impl Fn(&Heard) -> Response + Send + Sync + 'static) -> ApiFailure {
    FakeSlack::that(rule).await.api().call(method, json!({ "text": "x" })).await.unwrap_err()
}

fn slack(code: &str) -> Trouble {
    Trouble::Slack(code.to_owned())
}

#[tokio::test]
async fn a_rate_limit_says_how_long() {
    for (header, seconds) in [(Some("7"), 7), (Some("0"), 1), (Some("99999"), 3600), (Some("soon"), 30), (None, 30)] {
        let rule = move |_: &Heard| match header {
            Some(header) => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", header)], "").into_response(),
            None => status(429, r#"{"ok":false,"error":"ratelimited"}"#),
        };
        let retry_after = Duration::from_secs(seconds);
        assert_eq!(failure(WRITES, rule).await, ApiFailure::RateLimited { retry_after }, "{header:?}");
    }
    // As a plain answer too, in both spellings.
    for code in ["ratelimited", "rate_limited"] {
        let rule = move |_: &Heard| {
            ([("retry-after", "3")], json!({ "ok": false, "error": code }).to_string()).into_response()
        };
        assert_eq!(failure(WRITES, rule).await, ApiFailure::RateLimited { retry_after: Duration::from_secs(3) });
    }
}

#[tokio::test]
async fn a_refusal_keeps_where_and_why_but_does_not_show_it() {
    let answer = json!({
        "ok": false, "error": "invalid_blocks",
        "response_metadata": { "messages": ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"] },
    });
    let failed = failure(WRITES, move |_| axum::Json(answer.clone()).into_response()).await;
    let message = "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]";
    let messages = vec![Typed::new(message)];
    assert_eq!(
        failed,
        ApiFailure::Refused(Refusal { error: "invalid_blocks".to_owned(), messages, needed: None, provided: None })
    );
    assert_eq!(failed.to_string(), "refused: invalid_blocks");
    assert!(!format!("{failed:?}").contains("3001"));
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let answer =
        json!({ "ok": false, "error": "missing_scope", "needed": "reactions:read", "provided": "commands,chat:write" });
    let failed = failure(READS, move |_| axum::Json(answer.clone()).into_response()).await;
    let refusal = failed.refusal().unwrap();
    assert_eq!(
        (refusal.needed.as_deref(), refusal.provided.as_deref()),
        (Some("reactions:read"), Some("commands,chat:write"))
    );
    assert_eq!(failed.to_string(), "refused: missing_scope (needs reactions:read)");
}

#[tokio::test]
async fn codes_are_sorted_by_what_may_be_done_next() {
    let of = |method: &'static str, code: &'static str, status: u16| async move {
        let body = json!({ "ok": false, "error": code }).to_string();
        failure(method, move |_| super::status(status, &body)).await
    };
    let passing = |code: &str| ApiFailure::Passing { why: slack(code) };
    let doubt = |code: &str| ApiFailure::InDoubt { why: slack(code) };
    for code in ["service_unavailable", "request_timeout", "team_added_to_org"] {
        assert_eq!(of(WRITES, code, 200).await, passing(code));
        assert_eq!(of(WRITES, code, 503).await, passing(code));
    }
    for code in ["internal_error", "fatal_error"] {
        assert_eq!(of(WRITES, code, 200).await, doubt(code));
        assert_eq!(of(READS, code, 500).await, passing(code));
    }
    for code in ["channel_not_found", "is_archived", "account_inactive", "something_new"] {
        assert_eq!(of(WRITES, code, 200).await, ApiFailure::refused(code));
    }
}

#[tokio::test]
async fn a_status_without_a_code_is_in_doubt_for_what_writes_alone() {
    let in_doubt = |why| ApiFailure::InDoubt { why };
    let passing = |why| ApiFailure::Passing { why };
    let cases = [
        (WRITES, 500, in_doubt(Trouble::Status(500))),
        (WRITES, 502, in_doubt(Trouble::Status(502))),
        ("views.open", 504, in_doubt(Trouble::Status(504))),
        (READS, 500, passing(Trouble::Status(500))),
        ("chat.update", 503, passing(Trouble::Status(503))),
        (WRITES, 408, passing(Trouble::Status(408))),
        (WRITES, 302, passing(Trouble::Status(302))),
        (WRITES, 404, ApiFailure::refused("http_404")),
        (WRITES, 200, in_doubt(Trouble::Undecodable)),
        (READS, 200, passing(Trouble::Undecodable)),
    ];
    for (method, status, expected) in cases {
        let page = "<html>not JSON</html>";
        assert_eq!(failure(method, move |_| super::status(status, page)).await, expected, "{method} {status}");
    }
    for body in ["{}", "null", "[]", r#"{"ok":"true"}"#, r#"{"ok":false}"#, r#"{"ok":true"#] {
        let failed = failure(WRITES, move |_| super::status(200, body)).await;
        assert_eq!(failed, in_doubt(Trouble::Undecodable), "{body}");
    }
}

/// A listener that reads what comes and then does as told: nothing for ever, or hangs up, or breaks off.
async fn server(answer: Option<&'static [u8]>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/api/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            if let Some(answer) = answer {
                let _ = stream.write_all(answer).await;
            } else {
                kept.push(stream);
            }
        }
    });
    base
}

#[tokio::test]
async fn what_was_sent_and_not_answered_is_in_doubt() {
    let call = |base: String, method: &'static str| async move {
        api(&base).call(method, json!({ "text": "x" })).await.unwrap_err()
    };
    let (silent, hangs_up) = (server(None).await, server(Some(b"")).await);
    let breaks_off = server(Some(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"ok\":true")).await;
    assert_eq!(call(silent.clone(), WRITES).await, ApiFailure::InDoubt { why: Trouble::TimedOut });
    assert_eq!(call(silent, READS).await, ApiFailure::Passing { why: Trouble::TimedOut });
    assert_eq!(call(hangs_up, WRITES).await, ApiFailure::InDoubt { why: Trouble::Lost });
    assert_eq!(call(breaks_off, WRITES).await, ApiFailure::InDoubt { why: Trouble::Lost });
}

#[tokio::test]
async fn what_found_no_connection_was_not_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/api", listener.local_addr().unwrap());
    drop(listener);
    let failed = api(&base).call(WRITES, json!({})).await.unwrap_err();
    assert_eq!(failed, ApiFailure::Unsent { why: Trouble::NoConnection });
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let failed = failure(READS, |_| status(200, &"x".repeat(9 * 1024 * 1024))).await;
    assert_eq!(failed, ApiFailure::Passing { why: Trouble::Undecodable });
}

#[test]
fn a_trigger_that_is_gone_is_known_by_every_spelling() {
    let refused = |error: &str, messages: &[&str]| {
        let messages = messages.iter().map(|message| Typed::new(*message)).collect();
        ApiFailure::Refused(Refusal { error: error.to_owned(), messages, needed: None, provided: None })
    };
    for code in
        ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired", "trigger_exchanged"]
    {
        assert!(refused(code, &[]).is_trigger_gone(), "{code}");
    }
    for message in ["[ERROR] Trigger expired [json-pointer:/trigger_id]", "expired trigger_id", "invalid trigger_id"] {
        assert!(refused("invalid_arguments", &[message]).is_trigger_gone(), "{message}");
    }
    for (code, message) in
        [("invalid_arguments", "[ERROR] missing required field: title"), ("push_limit_reached", "trigger expired")]
    {
        assert!(!refused(code, &[message]).is_trigger_gone(), "{code} {message}");
    }
    assert!(!ApiFailure::Unsent { why: Trouble::NoConnection }.is_trigger_gone());
}

#[test]
fn a_code_is_made_safe_for_a_log() {
    let answer: Value = json!({ "ok": false, "error": "bad\n<!channel> code" });
    let failed = ApiFailure::of_answer(WRITES, crate::slack::node::Node::of(&answer), None);
    assert_eq!(failed.to_string(), "refused: badchannelcode");
}
