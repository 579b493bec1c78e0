//! The words as people read them: everything rendered from the embedded catalogue.

mod catalogue;
mod histories;
mod kits;
mod limits;
mod notes;
mod samples;
mod sentences;
mod sketch;
mod source_facts;
mod summaries;
