//! Signed HTTP push. Source: docs.slack.dev/authentication/verifying-requests-from-slack (v0), apis/events-api (retry headers).

use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::{ANSWER_WITHIN, Answer, Attempt, Family, Outcome, Parcel, Tried};
use crate::simulator::engine::Engine;

/// `v0=…` over timestamp and raw body.
#[must_use]
pub fn signature(secret: &str, timestamp: i64, body: &str) -> String {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(format!("v0:{timestamp}:{body}").as_bytes());
    format!("v0={}", hex::encode(mac.finalize().into_bytes()))
}

impl Engine {
    pub(super) async fn push(self: &Arc<Engine>, url: &str, parcel: &Parcel, attempt: Attempt) -> Tried {
        let (content_type, body) = wire_form(parcel);
        let secret = self.look(|world| world.state.app.signing_secret.clone());
        let timestamp = self.now().as_second();
        let mut request = self
            .client
            .post(url)
            .header("content-type", content_type)
            .header("user-agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
            .header("x-slack-request-timestamp", timestamp.to_string())
            .header("x-slack-signature", signature(&secret, timestamp, &body));
        if attempt.number > 0 {
            request = request
                .header("x-slack-retry-num", attempt.number.to_string())
                .header("x-slack-retry-reason", attempt.reason);
        }
        let answered = async {
            let response = request.body(body).send().await?;
            let status = response.status();
            let last = response.headers().get("x-slack-no-retry").is_some_and(|value| value.as_bytes() == b"1");
            let text = response.text().await?;
            Ok::<_, reqwest::Error>((status, last, text))
        };
        tokio::select! {
            () = self.sleep(ANSWER_WITHIN) => Tried { outcome: Outcome::TimedOut, last: false },
            answered = answered => match answered {
                Ok((status, _, text)) if status.is_success() => Tried { outcome: Outcome::Acknowledged(answer_of(&text)), last: true },
                Ok((status, last, _)) => Tried { outcome: Outcome::Refused(status.as_u16()), last },
                Err(_) => Tried { outcome: Outcome::Unreachable, last: false },
            },
        }
    }

    /// Asks a request address the question Slack asks before it keeps it; false unless the challenge comes back.
    pub async fn verify_request_url(self: &Arc<Engine>, url: &str) -> bool {
        let (secret, token, challenge) = self.change(|world| {
            (
                world.state.app.signing_secret.clone(),
                world.state.app.verification_token.clone(),
                world.chance.letters(52),
            )
        });
        let body = serde_json::json!({"token": token, "challenge": challenge, "type": "url_verification"}).to_string();
        let timestamp = self.now().as_second();
        let request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("x-slack-request-timestamp", timestamp.to_string())
            .header("x-slack-signature", signature(&secret, timestamp, &body))
            .body(body);
        let answered = async {
            let text = request.send().await.ok()?.error_for_status().ok()?.text().await.ok()?;
            let said = serde_json::from_str::<Value>(&text).ok();
            let echoed =
                said.as_ref().and_then(|said| said.get("challenge")).and_then(Value::as_str).unwrap_or(text.trim());
            Some(echoed == challenge)
        };
        tokio::select! {
            () = self.sleep(ANSWER_WITHIN) => false,
            echoed = answered => echoed.unwrap_or(false),
        }
    }
}

fn answer_of(text: &str) -> Answer {
    if text.trim().is_empty() {
        return Answer::Empty;
    }
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(object)) if object.is_empty() => Answer::Empty,
        Ok(body @ Value::Object(_)) => Answer::Json(body),
        _ => Answer::Text(text.to_owned()),
    }
}

fn wire_form(parcel: &Parcel) -> (&'static str, String) {
    const FORM: &str = "application/x-www-form-urlencoded";
    match parcel.family {
        Family::Event => ("application/json", parcel.payload.to_string()),
        Family::Command => {
            let mut form = form_urlencoded::Serializer::new(String::new());
            for (key, value) in parcel.payload.as_object().into_iter().flatten() {
                match value {
                    Value::Null => continue,
                    Value::String(text) => form.append_pair(key, text),
                    other => form.append_pair(key, &other.to_string()),
                };
            }
            (FORM, form.finish())
        }
        Family::Interaction => {
            let form = form_urlencoded::Serializer::new(String::new())
                .append_pair("payload", &parcel.payload.to_string())
                .finish();
            (FORM, form)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of docs.slack.dev/authentication/verifying-requests-from-slack.
    #[test]
    fn the_signature_equals_slacks_own_example() {
        let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=\
                    foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2F\
                    hooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.\
                    47445629121.803a0bc887a14d10d2c447fce8b6703c";
        let signed = signature("8f742231b10e8888abcd99yyyzzz85a5", 1_531_420_618, body);
        assert_eq!(signed, "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }
}
