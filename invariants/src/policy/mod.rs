//! The policy, in three stages that are three types.
//!
//! [`model::Policy`] is the file read and consistent in itself: every key known, every id unique, every set expanded. It
//! still speaks of names; `patterns` lists those that a graph must answer. [`bound::BoundPolicy`] is that policy bound to
//! a graph: every name has become components and items, every pattern has been seen to match. Only a bound policy can
//! judge: `judge` answers what lints ask. `read` makes the first from text, by the tables in [`mod@format`]; `bind` the second
//! from the first.
//! [`require`] holds what requirements have of their own in each stage.

mod bind;
pub mod bound;
pub mod exclusion;
pub mod format;
pub mod generated;
mod judge;
pub mod model;
mod patterns;
mod read;
pub mod require;
pub mod texts;
pub mod workspaces;

pub use bind::Binding;
pub use bound::{BoundPolicy, ComponentId, Permission, Scope, Selector};
pub use exclusion::Exclusion;
pub use model::{ComponentName, Policy, RuleId};
pub use texts::PolicyTexts;
