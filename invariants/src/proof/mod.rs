//! The document that `prove` prints: for every part of a policy whether it can fire. How that is found out is for those who
//! judge.

mod document;

pub use document::{ProofCounts, ProofDocument, ProofEntry, ProofState, ProofSubject, Violation};
