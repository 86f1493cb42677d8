//! What a person sees: findings and problems with the code they speak of, notes, one line of verdict.
//!
//! [`github`] is the same as annotations of a workflow, [`sarif`] as a document for code scanning, with [`lint_pages`] as help.
//!
//! [`sources`] reads the files behind snippets, [`group`] puts together what is read as one, [`decided`] says who accepted
//! what, [`diagnostic`] turns
//! findings and problems into diagnostics and [`marks`] underlines their code, [`notes`] and [`summary`] make the lines after
//! them, [`human`] puts everything in order.

mod decided;
mod diagnostic;
pub(crate) mod github;
mod group;
mod human;
mod lint_pages;
mod marks;
mod notes;
pub(crate) mod sarif;
mod sources;
mod summary;

pub(crate) use human::{problems, verdict};
pub(crate) use sources::Sources;
pub(crate) use summary::{count, count_days};

#[cfg(test)]
mod tests;
