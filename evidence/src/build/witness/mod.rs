//! What the compiler saw, brought together with what our own names found: its definitions become ours, and a reference that
//! both have seen is one reference with both kinds of evidence.

mod agree;
mod definitions;
mod makers;
mod merge;
mod owners;
mod printed;
mod resolve;
mod sets;
mod texts;

pub use agree::Differences;
pub(super) use merge::add_all;
pub(super) use resolve::{SeenReferences, resolve};
