//! For tests alone: the documented policy, and graphs written as text.

mod code;
mod policy;

pub(crate) use code::{graph_for, graph_of};
pub(crate) use policy::SHOP_POLICY;
