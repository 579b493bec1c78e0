//! Slack's limits, each with where it is written. Lengths are measured by [`crate::slack::blocks::text::length`].
//!
//! Sources: NODE = slackapi/node-slack-sdk `packages/types` (doc comments of the types), BK = Slack's Block Kit
//! reference, REF = slack-ruby/slack-api-ref, DOC = docs.slack.dev. "Ours" marks a bound that Slack does not write down.

/// Blocks in a message. DOC reference/block-kit; REF `msg_blocks_too_many`.
pub const MESSAGE_BLOCKS: usize = 50;
/// Blocks in a modal or in Home. NODE views.
pub const VIEW_BLOCKS: usize = 100;
/// A whole view as JSON, in bytes: 250 KB. REF views.open, `view_too_large`.
pub const VIEW_BYTES: usize = 250_000;
/// The top-level text of a message: 4,000 are advised, and `chat.update` refuses more. DOC chat.postMessage; REF chat.update.
pub const FALLBACK_TEXT: usize = 4_000;
/// All texts in the blocks of one message. Ours: Slack knows `msg_blocks_too_long` and gives no number; the one it does
/// give, for markdown blocks together, is 12,000 (BK).
pub const MESSAGE_TEXT: usize = 12_000;
/// All texts in one window. Ours: three bytes a character and the JSON around them stay well below [`VIEW_BYTES`].
pub const VIEW_TEXT: usize = 50_000;

/// Text of a header. BK.
pub const HEADER: usize = 150;
/// A text object, and so a section's text. NODE composition objects.
pub const TEXT: usize = 3_000;
/// One run of rich text. Ours: Slack gives no number, that of a text object is the nearest.
pub const RICH_RUN: usize = 3_000;
/// Elements in a context block. NODE blocks.
pub const CONTEXT_ELEMENTS: usize = 10;
/// Elements in an actions block. NODE blocks.
pub const ACTION_ELEMENTS: usize = 25;

/// Title, submit and close of a modal. NODE views.
pub const WINDOW_LABEL: usize = 24;
/// The label of an input, and its hint. NODE blocks.
pub const LABEL: usize = 2_000;
/// The grey words in an empty field. NODE block elements.
pub const PLACEHOLDER: usize = 150;
/// `max_length` of a text field. NODE gives 3,000 for `min_length`.
pub const FIELD_LENGTH: usize = 3_000;
/// Options of radio buttons and checkboxes. NODE block elements.
pub const OPTIONS: usize = 10;
/// Text, description and value of an option. NODE composition objects; for the value python-slack-sdk says 150.
pub const OPTION: usize = 75;

/// The label of a button. NODE block elements.
pub const BUTTON_LABEL: usize = 75;
/// The value of a button. NODE block elements.
pub const BUTTON_VALUE: usize = 2_000;
/// Title of a confirmation. NODE composition objects.
pub const CONFIRM_TITLE: usize = 100;
/// Text of a confirmation. NODE composition objects.
pub const CONFIRM_TEXT: usize = 300;
/// Both buttons of a confirmation. NODE composition objects.
pub const CONFIRM_BUTTON: usize = 30;

/// `block_id`, `action_id`, `callback_id`. NODE, REF.
pub const ID: usize = 255;
/// `private_metadata`. NODE views.
pub const METADATA: usize = 3_000;
