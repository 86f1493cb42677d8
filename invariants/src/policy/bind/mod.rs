//! From a [`Policy`](super::Policy) and a graph to a [`BoundPolicy`](super::BoundPolicy): names become components and
//! items. What does not fit is a problem beside it; whatever can be judged, is.
//!
//! [`binder`] holds the order of things, [`claims`] finds out which component owns which item, [`lists`] binds the lists
//! of rules, [`requires`] requirements, [`whole`] those that name whole components, [`layerings`] and [`uses`] the
//! permissions, [`packages`] what packages say themselves, [`facades`] the families, [`dormant`] says what to make of
//! crates that are not there, [`packed`] what packs mean here.

mod binder;
mod claims;
mod dormant;
mod facades;
mod layerings;
mod lists;
mod owners;
mod packages;
mod packed;
mod requires;
mod uses;
mod whole;

#[cfg(test)]
mod tests;

pub use binder::Binding;
