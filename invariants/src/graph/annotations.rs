//! What the code says of the architecture itself: annotations of the crate `archguard`, which expand to nothing. What they
//! mean under a policy is decided elsewhere.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::ItemId;
use crate::place::Place;

/// All annotations of the examined code, in order of place.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Annotations {
    /// `component!("persistence")`.
    pub components: Vec<ComponentAnnotation>,
    /// `#[except(..)]` and `except_here!(..)`.
    pub exceptions: Vec<ExceptionAnnotation>,
    /// `#[shared]`.
    pub shared: Vec<SharedAnnotation>,
}

/// A module says which component it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentAnnotation {
    /// The module.
    pub module: ItemId,
    /// What it says.
    pub component: Arc<str>,
    /// Where.
    pub place: Place,
    /// Development code.
    pub dev: bool,
}

/// Code says that somebody accepts a finding in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionAnnotation {
    /// The item that it stands on, or in.
    pub item: ItemId,
    /// What it speaks of.
    pub covers: Covered,
    /// The rule's id; none where that is not said.
    pub rule: Option<Arc<str>>,
    /// Why.
    pub reason: Option<Arc<str>>,
    /// Who answers for it.
    pub owner: Option<Arc<str>>,
    /// The last day, as written.
    pub until: Option<Arc<str>>,
    /// Where.
    pub place: Place,
}

/// The code that an exception in source speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Covered {
    /// All of a module, what is inside its submodules left out.
    Module(ItemId),
    /// A stretch of a file: an item, an impl, a block.
    Stretch(Place),
}

/// An entry point of a shared module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedAnnotation {
    /// The item; for a re-export the module that it stands in.
    pub item: ItemId,
    /// How others write it.
    pub path: Arc<str>,
    /// What it is there for.
    pub purpose: Option<Arc<str>>,
}

impl Annotations {
    /// Puts everything into the order in which it is told; what stands in several targets stays.
    pub(super) fn close(&mut self) {
        self.components
            .sort_by_key(|annotation| (annotation.place, annotation.module));
        self.exceptions
            .sort_by_key(|annotation| (annotation.place, annotation.item));
        self.shared
            .sort_by(|left, right| (&left.path, left.item).cmp(&(&right.path, right.item)));
        self.shared.dedup();
    }
}

impl SharedAnnotation {
    /// The path, and what it is there for where that is said.
    pub fn shown(&self) -> String {
        match &self.purpose {
            Some(purpose) => format!("{} ({purpose})", self.path),
            None => self.path.to_string(),
        }
    }
}
