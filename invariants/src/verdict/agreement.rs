//! Where source and compiler evidence agree, and why where they do not: the part of the verdict that says how far each can
//! be believed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Why only one of the two saw something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Difference {
    /// The compiler alone: a method on a value whose type only inference knows.
    InferredMethod,
    /// The compiler alone: an operator, `?`, `for`, a dereference.
    Operator,
    /// The compiler alone: written by a macro.
    MacroOutput,
    /// The compiler alone: a path that stands in the source and leads elsewhere there, or nowhere.
    Path,
    /// The source alone: the name of a macro, derive or attribute, which is gone once it is expanded.
    MacroName,
    /// The source alone: the body of a macro, as its invocations inherit it; no expansion used that part of it.
    MacroBody,
    /// The source alone: a primitive type, which has no definition.
    PrimitiveType,
    /// The source alone: what the compiler's output does not name: literals, fields, foreign items, `Self::Variant`.
    NotPrinted,
    /// The source alone: under a cfg that was not on.
    OtherCfg,
    /// The source alone: a method by declared types, where the compiler's lead elsewhere, mostly behind a dependency's `Deref`.
    InferredElsewhere,
    /// The source alone: in a unit whose interfaces were not asked of the compiler, because no macro from elsewhere writes
    /// items there.
    NotAsked,
    /// The source alone, and none of the other reasons.
    Unexplained,
}

impl Difference {
    /// The word for it in messages and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::InferredMethod => "inferred-method",
            Self::Operator => "operator",
            Self::MacroOutput => "macro-output",
            Self::Path => "path",
            Self::MacroName => "macro-name",
            Self::MacroBody => "macro-body",
            Self::PrimitiveType => "primitive-type",
            Self::NotPrinted => "not-printed",
            Self::OtherCfg => "other-cfg",
            Self::InferredElsewhere => "inferred-elsewhere",
            Self::NotAsked => "not-asked",
            Self::Unexplained => "unexplained",
        }
    }
}

/// Numbers of references by who saw them, within the crates that were compiled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agreement {
    /// References seen by both.
    pub both: usize,
    /// References seen by the compiler alone, by reason.
    pub compiler_only: BTreeMap<Difference, usize>,
    /// References seen in the source alone, by reason.
    pub source_only: BTreeMap<Difference, usize>,
    /// What the compiler saw and no item or place of ours was found for.
    pub unplaced: usize,
    /// What leads to a definition that is known by the compiler's path alone.
    pub assumed: usize,
    /// Dependencies of modules on modules and crates.
    pub modules: ModuleAgreement,
}

/// Dependencies of a module on another module, or on a crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModuleDependency {
    /// The module.
    pub from: String,
    /// The module or crate.
    pub to: String,
    /// File, line and column of one place.
    pub at: String,
    /// Why only one saw it.
    pub reason: Difference,
}
