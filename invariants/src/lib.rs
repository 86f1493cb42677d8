//! What must hold: the policy, path patterns, the graph model, findings and the verdict.
//!
//! Everything here is a value or a pure function over values. Nothing in this crate reads a file, knows a terminal
//! or ends the process; a caller hands over texts and gets back values with problems beside them.
//!
//! Reading order: [`place`] (where something stands), [`graph`] (what the code does), [`pattern`] and [`policy`] (what it
//! may do), [`packs`] (what the field knows of), [`date`] (how long something is let pass), [`finding`], [`problem`] and
//! [`verdict`] (what came out), [`advice`] (what an author is told beforehand), [`document`] (the graph as it is printed).

pub mod advice;
pub mod date;
pub mod document;
pub mod explain;
pub mod finding;
pub mod graph;
pub mod nearest;
pub mod packs;
pub mod pattern;
pub mod place;
pub mod policy;
pub mod problem;
pub mod verdict;

#[cfg(test)]
mod testing;
