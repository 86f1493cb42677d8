//! What a person sees: findings and problems with the code they speak of, notes, one line of verdict.
//!
//! [`github`] is the same as annotations of a workflow, [`sarif`] as a document for code scanning, with [`lint_pages`] as help,
//! [`rustc`] as messages of the compiler, for editors and cargo.
//!
//! [`sources`] reads the files behind snippets, [`group`] puts together what is read as one, [`decided`] says who accepted
//! what, [`diagnostic`] turns
//! findings and problems into diagnostics and [`marks`] underlines their code, [`notes`] and [`summary`] make the lines after
//! them, [`human`] puts everything in order, [`visible`] keeps words from steering the terminal. [`guidance`] and [`explanation`] print answers instead of verdicts, on a
//! [`page`].

mod agreement;
mod decided;
mod diagnostic;
mod explanation;
pub(crate) mod github;
mod group;
mod guidance;
mod human;
mod lint_pages;
mod marks;
mod notes;
mod page;
mod proof;
pub(crate) mod rustc;
pub(crate) mod sarif;
mod sources;
mod summary;
mod visible;

pub(crate) use explanation::explanation;
pub(crate) use guidance::guard;
pub(crate) use human::{problems, verdict};
pub(crate) use proof::proof;
pub(crate) use sources::Sources;
pub(crate) use summary::{count, count_days};
pub(crate) use visible::visible;

#[cfg(test)]
mod tests;
