//! Why a body is no payload. The words are ours alone: nothing of the body is ever quoted.

/// What makes a payload unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Neither JSON nor a form by its content type.
    #[error("the content type is neither JSON nor a form")]
    ContentType,
    /// Broken, truncated or nested deeper than 128 levels.
    #[error("the body is not sound JSON")]
    NotJson,
    /// A form with neither `payload` nor `command`.
    #[error("the form carries neither payload nor command")]
    NoPayload,
    /// A field without which nothing can be done is absent or misspelt.
    #[error("{0} is missing or malformed")]
    Lacks(&'static str),
}
