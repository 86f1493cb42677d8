//! The policy, in three stages that are three types.
//!
//! [`model::Policy`] is the file read and consistent in itself: every key known, every id unique, every set expanded. It
//! still speaks of names. [`bound::BoundPolicy`] is that policy bound to a graph: every name has become components and
//! items, every pattern has been seen to match. Only a bound policy can judge.

pub mod bound;
pub mod model;

pub use bound::{BoundPolicy, ComponentId, Permission, Scope, Selector};
pub use model::{ComponentName, Policy, RuleId};
