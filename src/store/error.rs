//! What can go wrong with a store.

/// Why the store cannot do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The driver failed; after a failed write nothing more is written and the process should be restarted.
    #[error("the store cannot {doing}: {why}")]
    Driver {
        /// What it was doing ("commit").
        doing: &'static str,
        /// The driver's own words.
        why: String,
    },
    /// A stored row makes no sense: checksum, schema or content.
    #[error("the stored row {key} is damaged: {why}")]
    Damaged {
        /// Its key, without any text.
        key: String,
        /// What is wrong.
        why: String,
    },
    /// A record would need more rows than its kind may have, of [`super::ROW_LIMIT`] each.
    #[error("a record of {bytes} bytes is too large")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// What is asked contradicts itself, or what is under way; nothing was done.
    #[error("the store refuses: {why}")]
    Refused {
        /// How.
        why: &'static str,
    },
    /// The intake of the writer is full; nothing was written.
    #[error("the store is busy")]
    Busy,
    /// The store has stopped.
    #[error("the store has stopped")]
    Stopped,
}
