//! A path crate outside the workspace.

pub mod w47_outside; //~ 47:policy.unassigned
