//! Path patterns: Rust paths with wildcards, as the policy writes them.
//!
//! [`model`] holds the parsed form, [`parse`] reads it from text (with [`braces`] and [`error`] for what it needs),
//! [`matching`] holds it against a path that stands as text, [`specificity`] and `covering` compare two.

pub mod braces;
mod covering;
pub mod error;
pub mod matching;
pub mod model;
pub mod parse;
pub mod specificity;

#[cfg(test)]
mod tests;

pub use error::{PatternError, PatternErrorKind};
pub use model::{LiteralKind, PathPattern, Segment, SegmentPart, TargetSelector};
