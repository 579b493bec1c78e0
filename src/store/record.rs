//! The stored form of every row, apart from the domain types.
