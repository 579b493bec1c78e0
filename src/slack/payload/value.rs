//! What an input or a control holds, in one shape for `actions[]` and for `state.values`.

use crate::domain::ids::{ChannelId, UserId};
use crate::slack::node::Node;

use super::handles::Typed;

/// More options, people or files than this in one element would be no payload of Slack's.
const MOST_ITEMS: usize = 500;

/// The value of one element. In `actions[0]` [`FieldValue::Nothing`] clears; in a view's state it says nothing at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Null, absent or an empty string.
    Nothing,
    /// A button, with the value the bot gave it.
    Pressed(Option<String>),
    /// Text, number, address or link, as typed.
    Words(Typed),
    /// The value of the one option chosen: select, radio, overflow.
    Choice(String),
    /// The values of the options ticked, none of them being an answer too: checkboxes, multi-select.
    Choices(Vec<String>),
    /// One person.
    User(UserId),
    /// Several people.
    Users(Vec<UserId>),
    /// One channel or conversation.
    Channel(ChannelId),
    /// Several channels or conversations.
    Channels(Vec<ChannelId>),
    /// A day as `YYYY-MM-DD`.
    Date(String),
    /// A time of day as `HH:MM`.
    Time(String),
    /// A moment, in seconds since 1970.
    Moment(i64),
    /// Rich text as Slack's own tree of JSON, as text.
    Rich(Typed),
    /// Ids of files.
    Files(Vec<String>),
}

impl FieldValue {
    /// Reads an element by what it carries, so that a kind unknown today is read as far as it speaks.
    pub(super) fn of(element: Node<'_>) -> Self {
        if element.at("type").text() == Some("button") {
            return FieldValue::Pressed(element.at("value").string());
        }
        let one = |name: &str| element.at(name);
        if one("selected_options").is_list() {
            let values = one("selected_options").list(MOST_ITEMS).filter_map(|option| option.at("value").string());
            return FieldValue::Choices(values.collect());
        }
        for name in ["selected_channels", "selected_conversations"] {
            if one(name).is_list() {
                return FieldValue::Channels(one(name).all(MOST_ITEMS));
            }
        }
        if one("selected_users").is_list() {
            return FieldValue::Users(one("selected_users").all(MOST_ITEMS));
        }
        if one("files").is_list() {
            let files = one("files").list(MOST_ITEMS).filter_map(|file| file.at("id").or(file).string());
            return FieldValue::Files(files.collect());
        }
        if one("rich_text_value").is_given() {
            return FieldValue::Rich(Typed::new(one("rich_text_value").raw().to_string()));
        }
        let channel = one("selected_channel").or(one("selected_conversation"));
        let single = one("selected_option")
            .at("value")
            .string()
            .map(FieldValue::Choice)
            .or_else(|| channel.parsed().map(FieldValue::Channel))
            .or_else(|| one("selected_user").parsed().map(FieldValue::User))
            .or_else(|| one("selected_date").string().map(FieldValue::Date))
            .or_else(|| one("selected_time").string().map(FieldValue::Time))
            .or_else(|| one("selected_date_time").whole().map(FieldValue::Moment))
            .or_else(|| one("value").text().map(|words| FieldValue::Words(Typed::new(words))))
            .or_else(|| one("value").whole().map(|number| FieldValue::Words(Typed::new(number.to_string()))));
        single.unwrap_or(FieldValue::Nothing)
    }

    /// The value a button or an option carries.
    pub fn chosen(&self) -> Option<&str> {
        match self {
            FieldValue::Pressed(Some(value)) | FieldValue::Choice(value) => Some(value),
            _ => None,
        }
    }
}
