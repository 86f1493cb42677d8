//! What a person sees: findings and problems with the code they speak of, notes, one line of verdict.
//!
//! [`sources`] reads the files behind snippets, [`diagnostic`] turns findings and problems into diagnostics, [`notes`] and
//! [`summary`] make the lines after them, [`human`] puts everything in order.

mod diagnostic;
mod human;
mod notes;
mod sources;
mod summary;

pub(crate) use human::{problems, verdict};
pub(crate) use sources::Sources;

#[cfg(test)]
mod tests;
