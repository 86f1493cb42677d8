//! The facts of one file, whole.

use serde::{Deserialize, Serialize};

use super::annotation::AnnotationFact;
use super::body::{IncludeFact, TypeFact};
use super::code::Code;
use super::index::{CfgIdx, ItemIdx, PathIdx};
use super::item::{ItemFact, ScopeFact};
use super::path::PathFact;
use crate::facts::cfg::Cfg;
use crate::facts::lines::Lines;

/// The facts of one file.
#[derive(Debug, Serialize, Deserialize)]
pub struct FileFacts {
    /// Scopes; the first is the file's own.
    pub scopes: Vec<ScopeFact>,
    /// Items.
    pub items: Vec<ItemFact>,
    /// Paths, each once.
    pub paths: Vec<PathFact>,
    /// Types.
    pub types: Vec<TypeFact>,
    /// Bounds of type parameters, as paths.
    pub bounds: Vec<PathIdx>,
    /// Items declared in `extern` blocks.
    pub foreign_items: Vec<ItemIdx>,
    /// What may be annotations.
    pub annotations: Vec<AnnotationFact>,
    /// Includes.
    pub includes: Vec<IncludeFact>,
    /// Cfg expressions, each once.
    pub cfgs: Vec<Cfg>,
    /// `#![cfg(..)]` of the file.
    pub file_cfg: Option<CfgIdx>,
    /// `#![no_std]`, `#![no_core]`.
    pub no_std: bool,
    /// Where the lines begin.
    pub lines: Lines,
    /// What its code names and does.
    pub code: Code,
}

impl FileFacts {
    /// The same without room for more: lists that grew by doubling hold a third more than they need.
    #[must_use]
    pub(crate) fn without_room(mut self) -> Self {
        self.scopes.shrink_to_fit();
        self.items.shrink_to_fit();
        self.paths.shrink_to_fit();
        self.types.shrink_to_fit();
        self.bounds.shrink_to_fit();
        self.annotations.shrink_to_fit();
        self.cfgs.shrink_to_fit();
        for scope in &mut self.scopes {
            scope.items.shrink_to_fit();
            scope.imports.shrink_to_fit();
            scope.calls.shrink_to_fit();
        }
        self
    }
}
