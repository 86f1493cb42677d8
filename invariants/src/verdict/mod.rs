//! The verdict: what was examined, under which policy, and what came out.
//!
//! [`model`] and [`examined`] hold the values exactly as the JSON document prints them, [`describe`] turns what the judges
//! report into those values, and [`Verdict::conclude`] is the one function that decides outcome, exit code, order and
//! identity. Printers show a verdict; none of them changes it.

mod accept;
pub mod against;
pub mod agreement;
mod conclude;
pub mod describe;
pub mod examined;
pub mod model;
pub mod outcome;
#[cfg(feature = "schema")]
mod schema;
mod words;
mod written;

pub(crate) use accept::accept;
pub use against::{BaseFacts, ChangeEntry, Uncounted};
pub use agreement::{Agreement, Difference, ModuleAgreement, ModuleDependency};
pub use conclude::{Inputs, each_once};
pub use examined::{Examined, Exclusion, UnresolvedPath};
pub use model::{
    AcceptedBy, BaselineCounts, EvidenceWord, ExceptionCounts, Finding, Hop, KnotReferences, Narrowed, PolicyFacts,
    PolicySource, ProblemEntry, RuleEntry, RuleKind, SiteEntry, Source, Status, Target, Tool, Verdict,
};
pub use outcome::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_PROBLEMS, Outcome};
#[cfg(feature = "schema")]
pub use schema::{
    baseline_schema, diff_schema, exceptions_schema, explain_schema, graph_schema, guard_schema, packs_schema,
    prove_schema, setup_schema, verdict_schema,
};
pub use written::WrittenVerdict;
