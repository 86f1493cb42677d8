//! What must hold: the policy, path patterns, the graph model, findings and the verdict.
//!
//! Everything here is a value or a pure function over values. Nothing in this crate reads a file, knows a terminal
//! or ends the process; a caller hands over texts and gets back values with problems beside them.
//!
//! Reading order: [`place`] (where something stands), [`graph`] (what the code does), [`pattern`] and [`policy`] (what it
//! may do), [`packs`] (what the field knows of), [`finding`] and [`problem`] (what came out), [`date`] and [`decisions`]
//! (what is let pass, and how long), [`changes`] (what a policy has become since another), [`verdict`] (what it amounts to), [`advice`] (what an author is told beforehand),
//! [`document`] (the graph as it is printed), [`difference`] (two of them compared).

pub mod advice;
pub mod changes;
pub mod date;
pub mod decisions;
pub mod difference;
pub mod document;
pub mod draft;
pub mod explain;
pub mod finding;
pub mod graph;
pub mod nearest;
pub mod packs;
pub mod pattern;
pub mod place;
pub mod policy;
pub mod problem;
pub mod proof;
pub mod verdict;

#[cfg(test)]
mod testing;
