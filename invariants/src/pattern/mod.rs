//! Path patterns: Rust paths with wildcards, as the policy writes them.
//!
//! [`model`] holds the parsed form. Reading a pattern from text, matching it against a written path and comparing two
//! patterns by specificity live in files of their own beside it.

pub mod model;

pub use model::{PathPattern, Segment, SegmentPart, TargetSelector};
