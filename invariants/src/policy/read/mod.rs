//! From the policy's text to a [`Policy`](super::Policy), in stages; a stage reports all its problems, the next starts
//! only when there are none.
//!
//! 1. [`document`]: TOML, with the place of every key and value.
//! 2. Keys, types and patterns: [`section`] and [`values`] are the tools, [`sets`] and [`terms`] read lists,
//!    [`settings`], [`components`], [`head`], [`rules`], [`layers`], [`require`], [`exclude`] and [`facades`] the entries,
//!    [`fragments`] what packages say themselves.
//! 3. [`names`]: what can be said of names without seeing code. The rest is the binding's.
//!
//! Beside it [`exceptions`] and [`baseline`]: the two files that stand next to the policy, read with the same tools.

mod baseline;
mod components;
mod document;
mod exceptions;
mod exclude;
mod facades;
mod fragments;
mod head;
mod layers;
mod names;
mod require;
mod rules;
mod section;
mod sets;
mod settings;
mod terms;
mod tool;
mod values;
mod workspaces;

#[cfg(test)]
mod require_tests;
#[cfg(test)]
mod tests;
