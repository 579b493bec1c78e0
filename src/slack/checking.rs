//! A second reading of Slack's limits, for tests: numbers written out again from `slack-platform` sources, none of them
//! shared with the code that draws.

use std::collections::BTreeSet;

use serde_json::Value;

/// Everything wrong with a view.
pub(in crate::slack) fn faults_of_view(view: &Value) -> Vec<String> {
    let mut check = Check::default();
    let is_modal = view["type"] == "modal";
    check.holds(is_modal || view["type"] == "home", "type", "modal or home");
    if is_modal {
        check.plain(&view["title"], "title", 24);
        check.plain(&view["close"], "close", 24);
        check.length(&view["private_metadata"], "private_metadata", 0, 3000);
        check.length(&view["callback_id"], "callback_id", 1, 255);
        if !view["submit"].is_null() {
            check.plain(&view["submit"], "submit", 24);
        }
    }
    check.holds(view.to_string().len() <= 250_000, "view", "250 KB at most");
    check.blocks(&view["blocks"], 100);
    let has_input = list(&view["blocks"]).iter().any(|block| block["type"] == "input");
    check.holds(!has_input || !view["submit"].is_null(), "submit", "a view with a field needs it");
    check.faults
}

/// Everything wrong with a message.
pub(in crate::slack) fn faults_of_message(message: &Value) -> Vec<String> {
    let mut check = Check::default();
    check.length(&message["text"], "text", 1, 4000);
    check.blocks(&message["blocks"], 50);
    for (field, wanted) in [("unfurl_links", false), ("unfurl_media", false), ("link_names", false)] {
        check.holds(message[field] == wanted, field, "must be off");
    }
    check.holds(message["parse"] == "none", "parse", "must be none");
    let has_input = list(&message["blocks"]).iter().any(|block| block["type"] == "input");
    check.holds(!has_input, "blocks", "no field in a message");
    check.faults
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[derive(Default)]
struct Check {
    faults: Vec<String>,
}

impl Check {
    fn holds(&mut self, truth: bool, place: &str, wanted: &str) {
        if !truth {
            self.faults.push(format!("{place}: {wanted}"));
        }
    }

    fn length(&mut self, text: &Value, place: &str, least: usize, most: usize) {
        let found = text.as_str().map(|text| text.encode_utf16().count());
        self.holds(found.is_some_and(|found| (least..=most).contains(&found)), place, &format!("{least} to {most}"));
    }

    fn plain(&mut self, text: &Value, place: &str, most: usize) {
        self.holds(text["type"] == "plain_text", place, "plain text");
        self.holds(text["emoji"] == false, place, "emoji codes must stay codes");
        self.length(&text["text"], place, 1, most);
    }

    fn blocks(&mut self, blocks: &Value, most: usize) {
        let blocks = list(blocks);
        self.holds((1..=most).contains(&blocks.len()), "blocks", &format!("{} of {most}", blocks.len()));
        let mut ids = BTreeSet::new();
        for block in blocks {
            if let Some(id) = block["block_id"].as_str() {
                self.holds(ids.insert(id), id, "the id of another block");
                self.length(&block["block_id"], "block_id", 1, 255);
            }
            self.block(block);
        }
    }

    fn block(&mut self, block: &Value) {
        match block["type"].as_str().unwrap_or_default() {
            "header" => self.plain(&block["text"], "header", 150),
            "divider" => {}
            "context" => {
                let elements = list(&block["elements"]);
                self.holds((1..=10).contains(&elements.len()), "context", "1 to 10 elements");
                for element in elements {
                    match element["type"].as_str() {
                        Some("plain_text") => self.plain(element, "context", 3000),
                        _ => self.ours_in_mrkdwn(element, "context"),
                    }
                }
            }
            "actions" => {
                let elements = list(&block["elements"]);
                self.holds((1..=25).contains(&elements.len()), "actions", "1 to 25 elements");
                let ids: BTreeSet<_> = elements.iter().map(|one| one["action_id"].to_string()).collect();
                self.holds(ids.len() == elements.len(), "actions", "each action_id once in a block");
                elements.iter().for_each(|one| self.button(one));
            }
            "input" => {
                self.plain(&block["label"], "label", 2000);
                if !block["hint"].is_null() {
                    self.plain(&block["hint"], "hint", 2000);
                }
                self.field(&block["element"]);
            }
            "rich_text" => {
                let elements = list(&block["elements"]);
                self.holds(!elements.is_empty(), "rich_text", "something in it");
                elements.iter().for_each(|one| self.rich(one));
            }
            other => self.holds(false, other, "a kind of block that is expected"),
        }
    }

    fn ours_in_mrkdwn(&mut self, text: &Value, place: &str) {
        self.holds(text["type"] == "mrkdwn", place, "plain text or mrkdwn");
        self.length(&text["text"], place, 1, 3000);
    }

    fn button(&mut self, button: &Value) {
        self.holds(button["type"] == "button", "actions", "buttons only");
        self.plain(&button["text"], "button", 75);
        self.length(&button["action_id"], "action_id", 1, 255);
        if !button["value"].is_null() {
            self.length(&button["value"], "value", 1, 2000);
        }
        let confirm = &button["confirm"];
        if !confirm.is_null() {
            self.plain(&confirm["title"], "confirm.title", 100);
            self.plain(&confirm["text"], "confirm.text", 300);
            self.plain(&confirm["confirm"], "confirm.confirm", 30);
            self.plain(&confirm["deny"], "confirm.deny", 30);
        }
    }

    fn field(&mut self, element: &Value) {
        self.length(&element["action_id"], "action_id", 1, 255);
        match element["type"].as_str().unwrap_or_default() {
            "plain_text_input" => {
                let most = element["max_length"].as_u64().and_then(|most| usize::try_from(most).ok()).unwrap_or(0);
                self.holds((1..=3000).contains(&most), "max_length", "1 to 3000");
                if !element["placeholder"].is_null() {
                    self.plain(&element["placeholder"], "placeholder", 150);
                }
                if !element["initial_value"].is_null() {
                    self.length(&element["initial_value"], "initial_value", 1, most);
                }
            }
            "radio_buttons" | "checkboxes" => {
                let options = list(&element["options"]);
                self.holds((1..=10).contains(&options.len()), "options", "1 to 10");
                let values: BTreeSet<_> = options.iter().map(|one| one["value"].to_string()).collect();
                self.holds(values.len() == options.len(), "options", "each value once");
                for option in options {
                    match option["text"]["type"].as_str() {
                        Some("plain_text") => self.plain(&option["text"], "option", 75),
                        _ => self.ours_in_mrkdwn(&option["text"], "option"),
                    }
                    self.length(&option["value"], "option.value", 1, 75);
                    if !option["description"].is_null() {
                        self.plain(&option["description"], "option.description", 75);
                    }
                }
                let initial = &element["initial_option"];
                self.holds(
                    initial.is_null() || options.contains(initial),
                    "initial_option",
                    "one of the options, whole",
                );
            }
            "conversations_select" => {
                self.length(&element["initial_conversation"], "initial_conversation", 2, 32);
            }
            "datepicker" => {
                let day = &element["initial_date"];
                let sound = |day: &str| day.parse::<jiff::civil::Date>().is_ok() && day.len() == 10;
                self.holds(day.is_null() || day.as_str().is_some_and(sound), "initial_date", "YYYY-MM-DD");
            }
            "users_select" => {}
            other => self.holds(false, other, "a kind of field that is expected"),
        }
    }

    fn rich(&mut self, element: &Value) {
        let kind = element["type"].as_str().unwrap_or_default();
        let known = ["rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"];
        self.holds(known.contains(&kind), kind, "a kind of rich text");
        let elements = list(&element["elements"]);
        self.holds(!elements.is_empty(), kind, "something in it");
        for one in elements {
            match one["type"].as_str().unwrap_or_default() {
                "rich_text_section" if kind == "rich_text_list" => self.rich(one),
                "text" => self.length(&one["text"], "rich text", 1, 3000),
                "user" => self.length(&one["user_id"], "user", 2, 32),
                "usergroup" => self.length(&one["usergroup_id"], "usergroup", 2, 32),
                "channel" => self.length(&one["channel_id"], "channel", 2, 32),
                "emoji" => self.length(&one["name"], "emoji", 1, 100),
                "date" => {
                    self.holds(one["timestamp"].is_i64() || one["timestamp"].is_u64(), "date", "a whole second");
                    self.length(&one["fallback"], "date", 1, 100);
                }
                "link" => self.length(&one["url"], "link", 8, 3000),
                other => self.holds(false, other, "a kind of rich text element that is expected"),
            }
        }
    }
}
