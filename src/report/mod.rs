//! The answer, one file a format.
