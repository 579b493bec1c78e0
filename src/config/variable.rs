//! The table of variables: what each is for, an example, and what to do when it is wrong.

/// One variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What stands in `.env.example`: the default, or an example where there is none.
    pub example: &'static str,
    /// What holds when it is not set.
    pub unset: Unset,
    /// What to do when it is missing or wrong, one sentence.
    pub remedy: &'static str,
}

/// What holds when a variable is not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unset {
    /// This value.
    Default(&'static str),
    /// Nothing; the feature is off.
    Off,
    /// It must be set (or one of a group must).
    Required,
}

const fn variable(name: &'static str, example: &'static str, unset: Unset, remedy: &'static str) -> Variable {
    Variable { name, example, unset, remedy }
}

const fn defaulted(name: &'static str, default: &'static str, remedy: &'static str) -> Variable {
    Variable { name, example: default, unset: Unset::Default(default), remedy }
}

/// Every variable, in the order of `.env.example`.
pub const VARIABLES: &[Variable] = &[
    variable(
        "SLACK_BOT_TOKEN",
        "xoxb-your-bot-token",
        Unset::Required,
        "Copy the Bot User OAuth Token (it begins with xoxb-) from your app's page OAuth & Permissions.",
    ),
    variable(
        "SLACK_APP_TOKEN",
        "xapp-your-app-level-token",
        Unset::Off,
        "Create an app-level token with the scope connections:write (it begins with xapp-) on your app's page Basic Information.",
    ),
    variable(
        "SLACK_SIGNING_SECRET",
        "0123456789abcdef0123456789abcdef",
        Unset::Off,
        "Copy the Signing Secret (32 hexadecimal digits) from your app's page Basic Information.",
    ),
    defaulted("SLACK_API_URL", "https://slack.com/api", "Leave it out, or give a base URL that ends in /api."),
    variable(
        "SCOPEBOT_HIRING_CHANNEL",
        "C0123456789",
        Unset::Required,
        "Give one or several channel ids (C… or G…), separated by commas; a channel's id is at the bottom of its details.",
    ),
    variable(
        "SCOPEBOT_APPROVERS",
        "U0123456789,S0123456789",
        Unset::Off,
        "Give user ids (U… or W…) and user group ids (S…), separated by commas; leave it out to ask nobody.",
    ),
    defaulted("SCOPEBOT_QUORUM", "1", "Give the number of approvals that a scope needs, from 1 to 20."),
    defaulted(
        "SCOPEBOT_APPROVE_REACTIONS",
        "white_check_mark",
        "Give emoji names without colons and skin tones, separated by commas.",
    ),
    defaulted(
        "SCOPEBOT_READ_HISTORY",
        "off",
        "Write on or off; on needs the scopes channels:history and groups:history.",
    ),
    defaulted("SCOPEBOT_GUESTS", "off", "Write on or off; on lets guests open a scope."),
    defaulted("SCOPEBOT_CONNECT_CHANNELS", "off", "Write on or off; on serves channels shared with other companies."),
    defaulted("SCOPEBOT_DRAFT_DAYS", "30", "Give the days after which an untouched draft expires, from 1 to 365."),
    defaulted(
        "SCOPEBOT_REMINDER_DAYS",
        "3",
        "Give the days before that when its author is reminded, fewer than SCOPEBOT_DRAFT_DAYS.",
    ),
    defaulted(
        "SCOPEBOT_NUDGE_DAYS",
        "2",
        "Give the days after which approvers are reminded of a scope that waits, from 1 to 60, or 0 for never.",
    ),
    defaulted(
        "SCOPEBOT_CLOSED_DAYS",
        "365",
        "Give the days after which the texts of a filled or closed scope are deleted, up to 3650; 0 keeps them.",
    ),
    defaulted("SCOPEBOT_DATA_DIR", "data", "Give a folder on a local disk that only the bot writes to."),
    defaulted("SCOPEBOT_CACHE_MB", "4", "Give the megabytes of memory for pages of the store, from 1 to 65536."),
    defaulted(
        "SCOPEBOT_BACKUP_DIR",
        "backups",
        "Give a folder for backups, on another disk if there is one; not the data directory.",
    ),
    defaulted("SCOPEBOT_BACKUP_HOURS", "24", "Give the hours between two backups, up to 720; 0 makes none."),
    defaulted("SCOPEBOT_BACKUP_KEEP", "7", "Give the number of backups to keep, from 1 to 1000."),
    defaulted("SCOPEBOT_LISTEN", "127.0.0.1:3000", "Give an address and port, such as 0.0.0.0:3000."),
    defaulted("SCOPEBOT_ADMIN_LISTEN", "127.0.0.1:9090", "Give an address and port, such as 127.0.0.1:9090."),
    variable("SCOPEBOT_PROMPTS_DIR", "prompts", Unset::Off, "Give a folder that exists, or leave it out."),
    variable(
        "SCOPEBOT_DATABASE_URL",
        "",
        Unset::Off,
        "Leave it out: this version keeps its data in SCOPEBOT_DATA_DIR only.",
    ),
    defaulted("RUST_LOG", "info", "Give a filter such as info or scopebot=debug."),
];

/// A variable by its name.
pub fn variable_of(name: &str) -> Option<&'static Variable> {
    VARIABLES.iter().find(|variable| variable.name == name)
}
