//! The only way to make a graph: collect items and references in any order, then [`GraphBuilder::finish`] puts them into
//! the one stable order that everything printed later relies on.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::annotations::Annotations;
use super::arrangement::Arrangement;
use super::details::Details;
use super::generated::Generated;
use super::model::{
    CfgId, CfgSetsId, Crate, CrateId, ExaminedCounts, File, Item, ItemId, Linked, Reference, TextId, Unresolved,
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
    texts: Vec<Arc<str>>,
    text_ids: FxHashMap<Arc<str>, TextId>,
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
        let id = CfgId::new(self.cfgs.len());
        self.cfgs.push(Arc::clone(&text));
        self.cfg_ids.insert(text, id);
        id
    }

    /// The id of what is written at references, made on first sight: there are many references and few texts. The finished
    /// graph numbers them anew.
    pub fn text(&mut self, text: &str) -> TextId {
        if let Some(&known) = self.text_ids.get(text) {
            return known;
        }
        self.share_text(text.into())
    }

    /// The same of a text that somebody has already.
    pub fn share_text(&mut self, text: Arc<str>) -> TextId {
        *self.text_ids.entry(text).or_insert_with_key(|text| {
            self.texts.push(Arc::clone(text));
            TextId::new(self.texts.len() - 1)
        })
    }

    /// The id of some cfg sets by their names, made on first sight. There are few.
    pub fn cfg_sets(&mut self, names: Vec<Arc<str>>) -> CfgSetsId {
        let known = self.cfg_sets.iter().position(|known| *known == names);
        let index = known.unwrap_or_else(|| {
            self.cfg_sets.push(names);
            self.cfg_sets.len() - 1
        });
        CfgSetsId::new(index)
    }

    /// States which file a module's own text is in; its place is its name in its parent.
    pub fn set_module_file(&mut self, module: ItemId, file: FileId) {
        self.module_files.insert(module, file);
    }

    /// Adds a reference.
    pub fn add_reference(&mut self, from: ItemId, to: ItemId, reference: Reference) {
        self.references.push((from, to, reference));
    }

    /// Makes room for so many more items, and some that come behind.
    pub fn reserve_items(&mut self, count: usize) {
        self.items.reserve_exact(count + count / 32);
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
        let mut numbers = vec![CfgId::new(0); order.len()];
        for (number, &old) in order.iter().enumerate() {
            numbers[old] = CfgId::new(number);
        }
        self.cfgs.sort();
        let items = self.items.iter_mut().map(|item| &mut item.cfg);
        let references = self.references.iter_mut().map(|(_, _, reference)| &mut reference.cfg);
        let unresolved = self.unresolved.iter_mut().map(|unresolved| &mut unresolved.cfg);
        let passings = self.details.passings_mut().map(|passing| &mut passing.reference.cfg);
        for cfg in items.chain(references).chain(unresolved).chain(passings) {
            *cfg = cfg.map(|cfg| numbers[cfg.index()]);
        }
    }

    /// Numbers texts in the order in which they are met, whoever was added first.
    fn order_texts(&mut self) {
        let mut numbers: Vec<Option<TextId>> = vec![None; self.texts.len()];
        let mut texts = Vec::with_capacity(self.texts.len());
        let references = self
            .references
            .iter_mut()
            .map(|(_, _, reference)| &mut reference.written);
        let unresolved = self.unresolved.iter_mut().map(|unresolved| &mut unresolved.written);
        let passings = self.details.passings_mut();
        let passings = passings.map(|passing| &mut passing.reference.written);
        for text in references.chain(unresolved).chain(passings) {
            *text = *numbers[text.index()].get_or_insert_with(|| {
                texts.push(Arc::clone(&self.texts[text.index()]));
                TextId::new(texts.len() - 1)
            });
        }
        self.texts = texts;
    }

    /// Orders references by file and place and closes the graph.
    pub fn finish(mut self) -> Graph {
        self.order_cfgs();
        let arrangement = Arrangement::of(&self.files, &self.texts);
        arrangement.put_in_order(&mut self.references);
        self.unresolved
            .sort_by_cached_key(|unresolved| arrangement.key(unresolved.place, unresolved.written));
        self.details.close(&self.texts);
        self.order_texts();
        self.annotations.close();
        Graph {
            items: self.items,
            references: self.references,
            ends: OnceLock::new(),
            crates: self.crates,
            files: self.files,
            cfgs: self.cfgs,
            texts: self.texts,
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
