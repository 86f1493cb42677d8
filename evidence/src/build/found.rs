//! What examined code names, as it is found: by definitions of the world, before the graph gives them items.

use std::collections::BTreeSet;

use archguard_invariants::graph::{ReferenceKind, Resolution, UnresolvedReason};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::details::FoundDetails;
use crate::facts::model::{CfgIdx, ItemIdx, Name, Span};
use crate::names::ids::{DefId, InstanceId, ScopeId, SourceId};

/// A reference between definitions, before the graph gives them items.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) from: Place,
    pub(super) to: DefId,
    pub(super) also: Option<DefId>,
    pub(super) self_type: Option<DefId>,
    pub(super) written: Name,
    pub(super) kind: ReferenceKind,
    pub(super) resolution: Resolution,
    pub(super) pathless: bool,
    pub(super) exposed: bool,
    pub(super) reexport: bool,
    /// The macro whose definition the tokens came from.
    pub(super) expanded_from: Option<DefId>,
}

/// Where in the facts something stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) instance: InstanceId,
    pub(super) scope: ScopeId,
    pub(super) owner: Option<ItemIdx>,
    pub(super) span: Span,
    pub(super) cfg: Option<CfgIdx>,
    pub(super) dev: bool,
}

/// A path that led nowhere.
#[derive(Debug)]
pub(super) struct Missing {
    pub(super) from: Place,
    pub(super) written: Name,
    pub(super) kind: ReferenceKind,
    pub(super) reason: UnresolvedReason,
    pub(super) leads: Vec<DefId>,
}

/// A text with values formatted into it that a call is given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handed {
    /// Where the template stands.
    pub(super) from: Place,
    /// What is called.
    pub(super) to: DefId,
    /// The macro whose definition the tokens came from.
    pub(super) expanded_from: Option<DefId>,
}

/// All that the examined code names.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) references: Vec<Found>,
    pub(super) handed: Vec<Handed>,
    pub(super) unresolved: Vec<Missing>,
    pub(super) tallies: FxHashMap<SourceId, Tally>,
    pub(super) details: FoundDetails,
}

/// What is counted in the code of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    pub(super) paths: usize,
    pub(super) opaque_paths: usize,
    pub(super) macro_made_paths: usize,
    pub(super) untyped_method_calls: usize,
    /// The crates without sources that it names.
    pub(super) opaque: BTreeSet<String>,
}
