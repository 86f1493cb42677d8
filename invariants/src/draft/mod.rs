//! A first policy for code that has none: components from the real tree, `uses` and one layering from the real references.
//!
//! [`Draft::of`] is what was seen and decided, [`Draft::to_toml`] the commented text. What points upwards today is decided
//! *against*: it is left out of `uses` and named in a comment, so that it stays a finding until somebody mends or freezes it.

mod arrange;
mod components;
mod packs;
mod suggestions;
mod text;

pub use components::{Draft, DraftComponent, UpwardUse, Use};
pub use packs::{KnownCrate, PackUser};
