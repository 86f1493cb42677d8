//! The only way to make a graph: collect items and references in any order, then [`GraphBuilder::finish`] puts them into
//! the one stable order that everything printed later relies on.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::annotations::Annotations;
use super::arrangement::Ranks;
use super::details::Details;
use super::generated::Generated;
use super::model::{
    CfgId, CfgSetsId, Crate, CrateId, ExaminedCounts, File, Item, ItemId, Linked, Reference, Unresolved,
};
use super::query::Graph;
use super::targets::Targets;
use crate::pattern::PathPattern;
use crate::place::FileId;

/// Collects what a graph will hold.
#[derive(Debug, Default)]
pub struct GraphBuilder {
    items: Vec<Item>,
    references: Vec<Linked>,
    crates: Vec<Crate>,
    files: Vec<File>,
    cfgs: Vec<Arc<str>>,
    cfg_ids: FxHashMap<Arc<str>, CfgId>,
    texts: FxHashSet<Arc<str>>,
    cfg_sets: Vec<Vec<Arc<str>>>,
    unresolved: Vec<Unresolved>,
    targets: FxHashMap<PathPattern, Targets>,
    module_files: FxHashMap<ItemId, FileId>,
    /// What is generated; filled by the maker.
    pub generated: Generated,
    /// What was examined; filled by the maker.
    pub examined: ExaminedCounts,
    /// What requirements ask for; filled by the maker where a policy has any.
    pub details: Details,
    /// What the code says of the architecture; filled by the maker.
    pub annotations: Annotations,
    /// Whether nobody looked for references and literals.
    pub outline: bool,
}

impl GraphBuilder {
    /// An empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an item; ids are given in order of adding and stay valid in the finished graph.
    pub fn add_item(&mut self, item: Item) -> ItemId {
        self.items.push(item);
        ItemId::new(self.items.len() - 1)
    }

    /// How many items have been added.
    pub fn item_count(&self) -> usize {
        self.items.len()
    }

    /// The files added so far; [`FileId`] is the index.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The item as added so far.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.index()]
    }

    /// The item, to be completed.
    pub fn item_mut(&mut self, id: ItemId) -> &mut Item {
        &mut self.items[id.index()]
    }

    /// Adds a crate.
    pub fn add_crate(&mut self, krate: Crate) -> CrateId {
        self.crates.push(krate);
        CrateId(u32::try_from(self.crates.len() - 1).expect("fewer than 2^32 crates"))
    }

    /// The crate as added so far.
    pub fn crate_mut(&mut self, id: CrateId) -> &mut Crate {
        &mut self.crates[id.0 as usize]
    }

    /// Adds a file.
    pub fn add_file(&mut self, file: File) -> FileId {
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).expect("fewer than 2^32 files"))
    }

    /// The id of a cfg expression, made on first sight.
    pub fn cfg(&mut self, text: &str) -> CfgId {
        if let Some(&id) = self.cfg_ids.get(text) {
            return id;
        }
        let text: Arc<str> = text.into();
        let id = CfgId(u32::try_from(self.cfgs.len()).expect("fewer than 2^32 cfg expressions"));
        self.cfgs.push(Arc::clone(&text));
        self.cfg_ids.insert(text, id);
        id
    }

    /// A text that references share: there are many references and few texts, and who judges them tells the same text by
    /// where it is.
    pub fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&text));
        text
    }

    /// Shares texts from now on that somebody else has.
    pub fn share_texts(&mut self, texts: impl IntoIterator<Item = Arc<str>>) {
        self.texts.extend(texts);
    }

    /// The id of some cfg sets by their names, made on first sight. There are few.
    pub fn cfg_sets(&mut self, names: Vec<Arc<str>>) -> CfgSetsId {
        let known = self.cfg_sets.iter().position(|known| *known == names);
        let index = known.unwrap_or_else(|| {
            self.cfg_sets.push(names);
            self.cfg_sets.len() - 1
        });
        CfgSetsId(u32::try_from(index).expect("fewer than 2^32 combinations of cfg sets"))
    }

    /// States which file a module's own text is in; its place is its name in its parent.
    pub fn set_module_file(&mut self, module: ItemId, file: FileId) {
        self.module_files.insert(module, file);
    }

    /// Adds a reference.
    pub fn add_reference(&mut self, from: ItemId, to: ItemId, reference: Reference) {
        self.references.push((from, to, reference));
    }

    /// Makes room for so many more references, which are large.
    pub fn reserve_references(&mut self, count: usize) {
        self.references.reserve_exact(count);
    }

    /// Adds references, without moving them if they are the first.
    pub fn add_references(&mut self, references: Vec<Linked>) {
        if self.references.is_empty() {
            self.references = references;
        } else {
            self.references.extend(references);
        }
    }

    /// The references added so far.
    pub fn references(&self) -> &[Linked] {
        &self.references
    }

    /// The reference that was added at a position, to be completed.
    pub fn reference_mut(&mut self, index: usize) -> &mut Reference {
        &mut self.references[index].2
    }

    /// The crate as added so far.
    pub fn krate(&self, id: CrateId) -> &Crate {
        &self.crates[id.0 as usize]
    }

    /// Adds a path that led nowhere.
    pub fn add_unresolved(&mut self, unresolved: Unresolved) {
        self.unresolved.push(unresolved);
    }

    /// The paths that led nowhere, as added so far.
    pub fn unresolved(&self) -> &[Unresolved] {
        &self.unresolved
    }

    /// States what a pattern leads to.
    pub fn set_targets(&mut self, pattern: PathPattern, targets: Targets) {
        self.targets.insert(pattern, targets);
    }

    /// Numbers cfg expressions by their texts, whoever was met first.
    fn order_cfgs(&mut self) {
        let mut order: Vec<usize> = (0..self.cfgs.len()).collect();
        order.sort_by(|&one, &other| self.cfgs[one].cmp(&self.cfgs[other]));
        let mut numbers = vec![CfgId(0); order.len()];
        for (number, &old) in (0..).zip(&order) {
            numbers[old] = CfgId(number);
        }
        self.cfgs.sort();
        let items = self.items.iter_mut().map(|item| &mut item.cfg);
        let references = self.references.iter_mut().map(|(_, _, reference)| &mut reference.cfg);
        let unresolved = self.unresolved.iter_mut().map(|unresolved| &mut unresolved.cfg);
        let passings = self.details.passings_mut().map(|passing| &mut passing.reference.cfg);
        for cfg in items.chain(references).chain(unresolved).chain(passings) {
            *cfg = cfg.map(|cfg| numbers[cfg.0 as usize]);
        }
    }

    /// Orders references by file and place and closes the graph.
    pub fn finish(mut self) -> Graph {
        self.order_cfgs();
        // Compared by rank: a name is looked at once a file, not once a reference.
        let ranks = Ranks::of(&self.files);
        ranks.put_in_order(&mut self.references);
        self.unresolved.sort_by(|unresolved, other| {
            (ranks.key(&unresolved.place).cmp(&ranks.key(&other.place)))
                .then_with(|| unresolved.written.cmp(&other.written))
        });
        self.details.close();
        self.annotations.close();
        Graph {
            items: self.items,
            references: self.references,
            ends: OnceLock::new(),
            crates: self.crates,
            files: self.files,
            cfgs: self.cfgs,
            cfg_sets: self.cfg_sets,
            unresolved: self.unresolved,
            targets: self.targets,
            module_files: self.module_files,
            generated: self.generated,
            examined: self.examined,
            details: self.details,
            annotations: self.annotations,
            outline: self.outline,
        }
    }
}
