//! `[[require]]`: items that a rule selects, and what it demands of them, in one vocabulary (design 5).
//!
//! [`model`] holds the conditions as read, [`bound`] those bound to a graph, [`examiner`] answers whether an item meets
//! them, `reach` knows what other crates can name, `selection` what each rule selects. Reading stands with the other
//! rules' in `read`, binding in `bind`.

pub mod bound;
pub mod examiner;
pub mod model;
mod reach;
mod selection;

pub use bound::{BoundConditions, BoundRequire};
pub use examiner::Examiner;
pub use model::{Access, Conditions, Key, KindWord, NamePattern, Relation, Require};
