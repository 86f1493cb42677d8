//! What may be an annotation of the crate `archguard`, told by its form alone. Whether its path leads to one is for those who
//! know all files.

use serde::{Deserialize, Serialize};

use super::index::{CfgIdx, ItemIdx, Name, PathIdx, ScopeIdx, Span};

/// An invocation or an attribute whose arguments are those of an annotation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnnotationFact {
    /// The macro.
    pub path: PathIdx,
    /// What it says.
    pub says: Said,
    /// The macro's path and its arguments.
    pub span: Span,
    /// The scope that its path is looked up from.
    pub scope: ScopeIdx,
    /// What an attribute stands on; for an invocation the item around it.
    pub on: Option<ItemIdx>,
    /// What an attribute on a `use` stands on: the names that the `use` brings.
    pub imported: Vec<Name>,
    /// The code that it speaks of; none for all of the module that it stands in.
    pub covers: Option<Span>,
    /// Under which cfg, inside this file.
    pub cfg: Option<CfgIdx>,
    /// Whether it stands in test code of this file.
    pub dev: bool,
}

/// What stands between the parentheses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// Nothing.
    Nothing,
    /// One text.
    Text(Box<str>),
    /// `rule = "..", reason = "..", owner = "..", until = ".."`, in this order; none for a key that is not there.
    Exception([Option<Box<str>>; 4]),
}
