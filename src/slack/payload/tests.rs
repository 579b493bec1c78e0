//! Tables over fixture payloads, shaped as Slack's documentation and libraries show them.

mod events;
mod hostile;
mod interactions;

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::{Inbound, Request, form_of, of_request};

pub(super) const TYPING: &str = include_str!("fixtures/typing_in_a_modal.json");
pub(super) const PRESS: &str = include_str!("fixtures/press_on_a_message.json");
pub(super) const SUBMISSION: &str = include_str!("fixtures/submission_of_an_organisation.json");
pub(super) const CLOSED: &str = include_str!("fixtures/window_closed.json");
pub(super) const ON_MESSAGE: &str = include_str!("fixtures/shortcut_on_a_message.json");
pub(super) const REACTION: &str = include_str!("fixtures/reaction_in_a_shared_channel.json");
pub(super) const COMMAND: &str = "token=legacy&team_id=T0HOME001&team_domain=example&channel_id=C0GENERAL\
    &channel_name=general&user_id=U0MARA001&user_name=mara&command=%2Fscope-backend&text=streaming+ledger%2C+Rust\
    &api_app_id=A0SCOPE01&is_enterprise_install=false\
    &response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT0HOME001%2F1%2Fsecretsecret\
    &trigger_id=156772942.1827394.abcdef0123456789";

pub(super) fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// As an interaction comes over HTTP.
pub(super) fn as_form(payload: &str) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new()).append_pair("payload", payload).finish().into_bytes()
}

pub(super) fn delivered(content_type: &str, body: &[u8]) -> Inbound {
    match of_request(Some(content_type), body).unwrap() {
        Request::Delivery(inbound) => *inbound,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn a_form_is_read_as_the_standard_has_it(
        body in "[a%+=&2Fe4é€]{0,40}",
        bytes in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        for body in [body.as_bytes(), &bytes] {
            let mut wanted = Map::new();
            for (name, value) in form_urlencoded::parse(body) {
                wanted.entry(name.into_owned()).or_insert_with(|| Value::String(value.into_owned()));
            }
            prop_assert_eq!(form_of(body), Value::Object(wanted));
        }
    }
}
