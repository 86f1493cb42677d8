//! The way from a workspace to a verdict: which files say what was decided, in which order the stages run, what is handed
//! from one to the next. The command line and the macro begin and end differently, and judge by this alike.
//!
//! What this crate is not: it shows nothing, knows no terminal and no command line, and decides nothing about findings.
//!
//! Reading order: [`Options`] (what was asked for), `stages` (each a small function over the crate that does it), `opened`
//! and `policy_file` (the policy), `gather` (the evidence), `conclude` (from the evidence to the verdict), [`check`].

mod against;
mod base;
mod beside;
mod cargo_target;
mod causes;
mod check;
mod conclude;
mod decided;
mod examined_crate;
mod excluded;
mod gather;
mod growth;
mod in_build;
mod known;
mod opened;
mod options;
mod policy_file;
mod source_files;
pub mod stages;
mod text_file;

pub use base::{Accept, Base, BaseTree, Extent};
pub use beside::{BASELINE_FILE, Beside, EXCEPTIONS_FILE};
pub use cargo_target::{CargoTarget, percent_encoded};
pub use causes::with_causes;
pub use check::{Checked, check, check_against, recall_or_check, unknown_packages};
pub use conclude::{component_name, conclude, described_problems, idle_generated};
pub use decided::Decided;
pub use examined_crate::ExaminedCrate;
pub use excluded::problems as exclusion_problems;
pub use gather::{Compiling, Gathered};
pub use growth::growth_since;
pub use in_build::{InBuild, Judge, runs_for_verify};
pub use opened::Opened;
pub use options::{Latitude, Options, Surroundings, Watch};
pub use policy_file::{POLICY_FILE, PolicyFile};
pub use source_files::SourceFiles;
pub use stages::Loaded;
