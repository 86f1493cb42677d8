//! Which code is generated: by its file, or by the module that it stands in.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::model::ItemId;
use super::query::Graph;
use super::snapshot::set_in_order;
use crate::place::{FileId, Place};

/// What the maker of a graph has found to be generated.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Generated {
    #[serde(serialize_with = "set_in_order")]
    pub(super) items: FxHashSet<ItemId>,
    #[serde(serialize_with = "set_in_order")]
    pub(super) files: FxHashSet<FileId>,
}

impl Generated {
    /// Notes an item; what is defined in it is generated too.
    pub fn mark_item(&mut self, item: ItemId) {
        self.items.insert(item);
    }

    /// Notes a file.
    pub fn mark_file(&mut self, file: FileId) {
        self.files.insert(file);
    }
}

impl Graph {
    /// Whether an item is generated: its file is, or something that it is defined in.
    pub fn is_generated(&self, item: ItemId) -> bool {
        let generated = &self.generated;
        self.item(item)
            .place
            .is_some_and(|place| self.is_generated_place(place))
            || !generated.items.is_empty() && self.lineage(item).any(|outer| generated.items.contains(&outer))
    }

    /// Whether a place lies in a generated file.
    pub fn is_generated_place(&self, place: Place) -> bool {
        self.generated.files.contains(&place.file)
    }
}
