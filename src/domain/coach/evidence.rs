//! What a reader shows for what it says: the words, and where they stand.

/// Words of a text and their byte offsets in it, always on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The words as typed.
    pub quote: String,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}
