//! Answers to questions about one place, one rule, or two places: the values that `explain` prints.
//!
//! [`Subject`] is what a name on the command line stands for, [`document`] holds the answers, [`place`], [`rule`] and
//! [`pair`] make them. What the policy says of a place comes from [`crate::advice`]; what the code does from the graph; the
//! findings from whoever judged.

mod decided;
pub mod document;
pub mod pair;
pub mod place;
pub mod rule;
mod says;
pub mod subject;
#[cfg(test)]
mod tests;

pub use document::Explanation;
pub use subject::{Subject, Unknown};
