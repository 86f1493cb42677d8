//! Where source and compiler evidence agree, and why where they do not: the part of the verdict that says how far each can
//! be believed.

use std::collections::BTreeMap;

use serde::Serialize;

/// Numbers of references by who saw them, within the crates that were compiled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agreement {
    /// References seen by both.
    pub both: usize,
    /// References seen by the compiler alone, by reason.
    pub compiler_only: BTreeMap<&'static str, usize>,
    /// References seen in the source alone, by reason.
    pub source_only: BTreeMap<&'static str, usize>,
    /// What the compiler saw and no item or place of ours was found for.
    pub unplaced: usize,
    /// What leads to a definition that is known by the compiler's path alone.
    pub assumed: usize,
    /// Dependencies of modules on modules and crates.
    pub modules: ModuleAgreement,
}

/// Dependencies of a module on another module, or on a crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModuleAgreement {
    /// How many both saw.
    pub both: usize,
    /// Those that the compiler alone saw.
    pub compiler_only: Vec<ModuleDependency>,
    /// Those that the source alone shows.
    pub source_only: Vec<ModuleDependency>,
}

/// A dependency that one of the two derivations saw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModuleDependency {
    /// The module.
    pub from: String,
    /// The module or crate.
    pub to: String,
    /// File, line and column of one place.
    pub at: String,
    /// Why only one saw it.
    pub reason: &'static str,
}
