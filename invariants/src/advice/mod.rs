//! What the policy says to whoever writes code somewhere, before anything is judged: the questions behind `guard` and
//! `explain`, answered in one place.
//!
//! [`standpoint`] says where somebody stands, also in a module that does not exist yet; [`allowances`] which components and
//! crates code there may use, and why; [`applying`] which rules speak of it; `exceptions` what was accepted there. `guidance` puts all of that into
//! the values of [`document`], which are printed. Nothing here judges a reference: what holds for single references (macros, hand-outs, a definition
//! behind an alias) the lints know.

pub mod allowances;
pub mod applying;
pub mod document;
pub(crate) mod exceptions;
mod guidance;
pub mod standpoint;

pub use document::Guidance;
pub use standpoint::{Owner, Standpoint};

pub(crate) use guidance::{among_word, as_written, demand};

#[cfg(test)]
mod tests;
