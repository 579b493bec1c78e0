//! Generated scopes, rows and marks.
