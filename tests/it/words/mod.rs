//! The words as people read them: everything rendered from the embedded catalogue.

mod kits;
mod samples;
mod sentences;
mod sketch;
mod summaries;
