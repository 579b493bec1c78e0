//! The closed list of all that can happen to the bot, whoever sends it. Read it first.

use std::collections::BTreeSet;

use crate::domain::answers::{Answer, AnswerFault, Question, Text};
use crate::domain::approval::{ChangeAsked, Gesture};
use crate::domain::document::Press;
use crate::domain::ids::{ChannelId, Home, Revision, ScopeId, SlackTime, UserId, WindowId};
use crate::domain::life::Step;
use crate::domain::person::DirectoryRow;
use crate::domain::posting::Piece;
use crate::store::{Delivery, DueRow, Place, Row, RowId, SeenKey, WorkerId};

/// Something happened.
#[derive(Debug, Clone)]
pub struct Intent {
    /// The installation it happened in.
    pub home: Home,
    /// The key of what came in; the bot's own intents have none.
    pub key: Option<SeenKey>,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum What {
    /// Somebody typed the slash command.
    CommandTyped(CommandTyped),
    /// A shortcut asks for the form, perhaps with a message's text.
    ShortcutUsed(CommandTyped),
    /// A window reports what it shows: a keystroke, a choice.
    FieldsReported(FieldsReported),
    /// A button was pressed, in a message, a window or on Home.
    Pressed(Pressed),
    /// The form was submitted: the review is wanted.
    FormSubmitted(FieldsReported),
    /// The review was submitted: post it.
    ReviewSubmitted(ReviewSubmitted),
    /// "More for recruiters" was submitted: keep it, go back to the review.
    MoreSubmitted(FieldsReported),
    /// "Ask for changes" was submitted.
    ChangesSubmitted(ChangesSubmitted),
    /// "Filled" or "Close" was submitted.
    StepSubmitted(StepSubmitted),
    /// "Hand it over" was submitted.
    HandOverSubmitted(HandOverSubmitted),
    /// The review was left by "Back" or the x.
    ReviewLeft(FieldsReported),
    /// A reaction was added or removed.
    Reacted(Reacted),
    /// Somebody opened the bot's Home.
    HomeOpened(UserId),
    /// Somebody wants everything of theirs deleted, and has confirmed it.
    ForgetMe(UserId),
    /// Slack tells something of people, groups or channels.
    DirectoryChanged(Vec<DirectoryRow>),
    /// Slack tells that something it does not describe in full has changed: it has to be read again.
    DirectoryStale(Stale),
    /// Slack shows one of the bot's own messages, recognised by its metadata.
    TraceSeen(Trace),
    /// The outbox has dealt with a row.
    Delivered(Delivered),
    /// Something falls due.
    Due(DueRow),
}

impl What {
    /// Its kind, for logs and metrics.
    pub fn kind(&self) -> &'static str {
        match self {
            What::CommandTyped(_) => "command_typed",
            What::ShortcutUsed(_) => "shortcut_used",
            What::FieldsReported(_) => "fields_reported",
            What::Pressed(_) => "pressed",
            What::FormSubmitted(_) => "form_submitted",
            What::ReviewSubmitted(_) => "review_submitted",
            What::MoreSubmitted(_) => "more_submitted",
            What::ChangesSubmitted(_) => "changes_submitted",
            What::StepSubmitted(_) => "step_submitted",
            What::HandOverSubmitted(_) => "hand_over_submitted",
            What::ReviewLeft(_) => "review_left",
            What::Reacted(_) => "reacted",
            What::HomeOpened(_) => "home_opened",
            What::ForgetMe(_) => "forget_me",
            What::DirectoryChanged(_) => "directory_changed",
            What::DirectoryStale(_) => "directory_stale",
            What::TraceSeen(_) => "trace_seen",
            What::Delivered(_) => "delivered",
            What::Due(_) => "due",
        }
    }
}

/// Who acts, as the payload tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The person.
    pub id: UserId,
    /// Whether the payload shows them to be of another workspace and organisation than the installation.
    pub foreign: bool,
}

/// Slack's leave to open a window: three seconds, one use.
#[derive(Clone, PartialEq, Eq)]
pub struct Trigger(pub String);

impl std::fmt::Debug for Trigger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Trigger(…)")
    }
}

/// How to answer somebody quietly. Never logged.
#[derive(Clone, PartialEq, Eq)]
pub enum ReplyTo {
    /// By Slack's `response_url`: five uses in thirty minutes.
    Url(String),
    /// In a window: a shortcut and Home have no `response_url`.
    Window(Trigger),
}

impl std::fmt::Debug for ReplyTo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReplyTo(…)")
    }
}

/// `/scope-backend TEXT`.
#[derive(Clone)]
pub struct CommandTyped {
    /// Who.
    pub who: Who,
    /// Where; `None` for a shortcut.
    pub channel: Option<ChannelId>,
    /// What stands after the command, entities unescaped.
    pub text: String,
    /// To open the form.
    pub trigger: Trigger,
    /// To answer quietly.
    pub reply_to: Option<ReplyTo>,
}

impl std::fmt::Debug for CommandTyped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CommandTyped(by {}, {} chars)", self.who.id, self.text.chars().count())
    }
}

/// A window on the draft, as Slack names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewRef {
    /// Slack's id of the view (`V…`).
    pub id: String,
    /// The view at the bottom of its stack.
    pub root: Option<String>,
    /// The view beneath it.
    pub beneath: Option<String>,
    /// Its hash, to refuse a write over something newer.
    pub hash: Option<String>,
}

/// What a window shows.
#[derive(Debug, Clone)]
pub struct FieldsReported {
    /// Who types.
    pub who: Who,
    /// The scope that the window names; no authority, checked again.
    pub scope: ScopeId,
    /// The window.
    pub window: WindowId,
    /// As Slack names it.
    pub view: ViewRef,
    /// Slack's `action_ts`; `None` for a submission, which is stamped on arrival.
    pub at: Option<SlackTime>,
    /// The field acted on; `None` as its answer clears it.
    pub acted: Option<(Question, Option<Answer>)>,
    /// Everything shown that can be read.
    pub shown: Vec<Answer>,
    /// Everything shown that cannot: too long, no such choice. Answered beside its field.
    pub faults: Vec<AnswerFault>,
}

/// The review was submitted.
#[derive(Debug, Clone)]
pub struct ReviewSubmitted {
    /// What the window shows.
    pub fields: FieldsReported,
    /// The candidate on the screen.
    pub candidate: u32,
    /// Whether "on purpose" is ticked.
    pub on_purpose: Tick,
    /// The reason beside it.
    pub reason: Option<Text>,
    /// The hiring channel chosen; `None` when there is one only.
    pub channel: Option<ChannelId>,
}

/// A checkbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// Ticked.
    On,
    /// Not ticked, or not there.
    Off,
}

/// "Ask for changes" was submitted.
#[derive(Debug, Clone)]
pub struct ChangesSubmitted {
    /// Who asks.
    pub who: Who,
    /// Of which scope.
    pub scope: ScopeId,
    /// What is ticked.
    pub ticks: BTreeSet<ChangeAsked>,
    /// In words.
    pub comment: Option<Text>,
    /// The revision that they read, where the window says.
    pub revision: Option<Revision>,
    /// Slack's id of the window.
    pub view: String,
    /// The view beneath the window, which shows the summary.
    pub beneath: Option<String>,
}

/// A window about the search was submitted.
#[derive(Debug, Clone)]
pub struct StepSubmitted {
    /// Who.
    pub who: Who,
    /// Of which scope.
    pub scope: ScopeId,
    /// What is done.
    pub step: Step,
}

/// "Hand it over" was submitted.
#[derive(Debug, Clone)]
pub struct HandOverSubmitted {
    /// Who.
    pub who: Who,
    /// Which scope.
    pub scope: ScopeId,
    /// To whom.
    pub to: UserId,
}

/// Where a button stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Surface {
    /// In a message.
    Message(Place),
    /// In a message that only one person sees.
    Ephemeral,
    /// In a window, with what it shows.
    Window(Box<FieldsShown>),
    /// On Home.
    Home,
}

/// The fields beside a button in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldsShown {
    /// The window.
    pub window: WindowId,
    /// As Slack names it.
    pub view: ViewRef,
    /// Which screen.
    pub screen: ScreenKind,
    /// The generation of its blocks.
    pub generation: u32,
    /// Everything shown that can be read.
    pub shown: Vec<Answer>,
}

/// The bot's windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScreenKind {
    /// The three questions.
    Form,
    /// The review.
    Review,
    /// "More for recruiters".
    More,
    /// "Ask for changes".
    AskForChanges,
    /// "Filled".
    Filled,
    /// "Close without a hire".
    Close,
    /// "Hand it over".
    HandOver,
    /// Something to read: kit, brief, history.
    Reading,
}

/// A button was pressed.
#[derive(Debug, Clone)]
pub struct Pressed {
    /// Who.
    pub who: Who,
    /// What it means.
    pub press: Press,
    /// The scope that the button names; no authority.
    pub scope: Option<ScopeId>,
    /// The revision that the button names.
    pub revision: Option<Revision>,
    /// Where it stood.
    pub surface: Surface,
    /// Slack's `action_ts`.
    pub at: SlackTime,
    /// To open a window.
    pub trigger: Trigger,
    /// To answer quietly.
    pub reply_to: Option<ReplyTo>,
}

/// A reaction was added or removed.
#[derive(Debug, Clone)]
pub struct Reacted {
    /// Who.
    pub person: UserId,
    /// The message.
    pub place: Place,
    /// The emoji's name without colons and skin tone.
    pub emoji: String,
    /// Added or removed.
    pub gesture: Gesture,
    /// Slack's `event_ts`.
    pub at: SlackTime,
    /// Whose message it is, where Slack tells.
    pub author: Option<UserId>,
}

/// What has to be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stale {
    /// A person.
    Person(UserId),
    /// A user group.
    Group(crate::domain::ids::GroupId),
    /// A channel.
    Channel(ChannelId),
}

/// One of the bot's own messages, as Slack shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Where.
    pub place: Place,
    /// The scope that its metadata names.
    pub scope: ScopeId,
    /// The outbox row that its metadata names.
    pub row: RowId,
    /// The kept message that its metadata names; `None` for a note or a direct message.
    pub piece: Option<Piece>,
    /// The revision that its metadata names.
    pub revision: Revision,
    /// Slack's time of the event.
    pub at: SlackTime,
    /// New, or changed.
    pub kind: TraceKind,
}

/// New, or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraceKind {
    /// Posted.
    Posted,
    /// Updated.
    Updated,
    /// Deleted, or its mark taken off.
    Deleted,
}

/// The outbox has dealt with a row.
#[derive(Debug, Clone)]
pub struct Delivered {
    /// Which.
    pub row: Row,
    /// Whose lease it is.
    pub holder: WorkerId,
    /// What became of it.
    pub delivery: Delivery,
}
