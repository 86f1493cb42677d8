//! What a person sees: findings and problems with the code they speak of, notes, one line of verdict.
//!
//! [`sources`] reads the files behind snippets, [`group`] puts together what is read as one, [`diagnostic`] turns
//! findings and problems into diagnostics and [`marks`] underlines their code, [`notes`] and [`summary`] make the lines after
//! them, [`human`] puts everything in order. [`guidance`] and [`explanation`] print answers instead of verdicts, on a
//! [`page`].

mod diagnostic;
mod explanation;
mod group;
mod guidance;
mod human;
mod marks;
mod notes;
mod page;
mod sources;
mod summary;

pub(crate) use explanation::explanation;
pub(crate) use guidance::guard;
pub(crate) use human::{problems, verdict};
pub(crate) use sources::Sources;

#[cfg(test)]
mod tests;
