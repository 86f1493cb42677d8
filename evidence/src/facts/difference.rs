//! What two states of one file declare differently, by names: whoever mentions none of them in another file notices nothing.
//! What others may notice without any name (modules, definitions and calls of macros, globs, traits that go out of scope,
//! includes, symbols, the order of impls) is not told apart: then nobody knows who is affected.

#[cfg(test)]
mod tests;

use archguard_invariants::graph::{ItemKind, ReferenceKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::declared::Writer;
use super::model::{
    FileFacts, ImportFact, ItemData, ItemFact, ItemIdx, Name, Named, RefFact, ScopeFact, ScopeIdx, TypeIdx,
    VisibilityFact,
};

/// What is declared differently.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Names that may mean something else.
    pub(crate) names: FxHashSet<Name>,
    /// Names that are imported now and were not, and can be seen in this module and those below alone.
    pub(crate) imported: FxHashSet<Name>,
}

/// What something is declared as: where, and under which name.
type Key = Vec<u8>;

/// What is declared under a key.
#[derive(Debug, Clone, Copy)]
enum Piece {
    Item(ItemIdx),
    /// Of a struct or union.
    Field(ItemIdx, Name),
}

/// What a file declares, in pieces.
struct Pieces<'f> {
    writer: Writer<'f>,
    /// By scope, which one it is, whatever its number.
    scopes: Vec<Key>,
    items: FxHashMap<Key, Vec<(Vec<u8>, Piece)>>,
    imports: FxHashMap<Key, Vec<(Vec<u8>, &'f ImportFact)>>,
    /// The impls and traits in their order: of several with a member of one name the first counts.
    blocks: Vec<Key>,
    /// The attributes on each item, by their positions.
    attributes_of: FxHashMap<ItemIdx, Vec<usize>>,
    /// All else, in order.
    rest: Vec<(u32, Vec<u8>)>,
}

/// What is declared differently; nothing if it is more than names tell.
pub(crate) fn difference(before: &FileFacts, now: &FileFacts) -> Option<Difference> {
    let (before, now) = (Pieces::of(before), Pieces::of(now));
    let has_includes = |pieces: &Pieces<'_>| !pieces.writer.facts.includes.is_empty();
    if has_includes(&before)
        || has_includes(&now)
        || !before.rest_in_order().eq(now.rest_in_order())
        || !before.common_blocks(&now).eq(now.common_blocks(&before))
    {
        return None;
    }
    let mut difference = Difference::default();
    for (one, other) in [(&before, &now), (&now, &before)] {
        for (key, items) in &one.items {
            if !is_same(items, other.items.get(key)) {
                for &(_, piece) in items {
                    difference.add(one.writer.facts, piece)?;
                }
            }
        }
    }
    for (key, imports) in &before.imports {
        // What is imported no longer might have been a trait.
        if !is_same(imports, now.imports.get(key)) {
            return None;
        }
    }
    let new = now.imports.iter().filter(|(key, _)| !before.imports.contains_key(*key));
    for (_, import) in new.flat_map(|(_, imports)| imports) {
        let is_own = import.visibility == VisibilityFact::Private;
        let names = if is_own {
            &mut difference.imported
        } else {
            &mut difference.names
        };
        names.extend(import.name);
        if now.has_attribute(import.name?) {
            return None;
        }
    }
    Some(difference)
}

/// Whether the same is written of some pieces, in the same order.
fn is_same<T>(pieces: &[(Vec<u8>, T)], others: Option<&Vec<(Vec<u8>, T)>>) -> bool {
    let texts = pieces.iter().map(|(text, _)| text);
    others.is_some_and(|others| others.iter().map(|(text, _)| text).eq(texts))
}

impl Difference {
    fn add(&mut self, facts: &FileFacts, piece: Piece) -> Option<()> {
        match piece {
            Piece::Item(item) => self.add_item(facts, item),
            Piece::Field(item, field) => {
                // What is numbered is taken apart without its number.
                let is_numbered = field.starts_with(|letter: char| letter.is_ascii_digit());
                let name = if is_numbered {
                    facts.items[item.index()].name
                } else {
                    field
                };
                self.names.insert(name);
                Some(())
            }
        }
    }

    fn add_item(&mut self, facts: &FileFacts, index: ItemIdx) -> Option<()> {
        let item = &facts.items[index.index()];
        // Symbols are texts: they may be written in other ways.
        if item.link_name.is_some() {
            return None;
        }
        match &item.data {
            ItemData::Impl {
                of_trait, self_type, ..
            } => {
                self.names.extend(members_of(facts, index));
                if of_trait.is_some() {
                    // Who has such a type may have what the trait gives without mentioning that.
                    self.names.insert(own_type(facts, *self_type)?);
                }
                return Some(());
            }
            // Whoever has it in scope need not mention it.
            ItemData::Trait { .. } => self.names.extend(members_of(facts, index)),
            _ => {}
        }
        self.names.insert(item.name);
        // `*x`, `x[0]`, `x.await` give what nobody mentions.
        let parent = item.parent.map(|parent| &facts.items[parent.index()]);
        if let Some(parent) = parent.filter(|_| item.kind == ItemKind::AssociatedType) {
            self.names.insert(match parent.data {
                ItemData::Impl { self_type, .. } => own_type(facts, self_type)?,
                _ => parent.name,
            });
        }
        Some(())
    }
}

/// The name of a type that is declared in the same file.
fn own_type(facts: &FileFacts, ty: TypeIdx) -> Option<Name> {
    let name = facts.name_of_type(ty)?;
    let is_type = |item: &&ItemFact| matches!(item.kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union);
    let mut types = facts.items.iter().filter(is_type);
    types.any(|item| item.name == name).then_some(name)
}

fn members_of(facts: &FileFacts, container: ItemIdx) -> impl Iterator<Item = Name> {
    let items = facts.items.iter();
    let members = items.filter(move |item| item.parent == Some(container));
    members.map(|member| member.name)
}

fn is_attribute(reference: &RefFact) -> bool {
    reference.kind == ReferenceKind::Attribute
}

/// Whether what its fields are matters to those alone who have a value of it.
fn has_fields_by_name(item: &ItemFact) -> bool {
    matches!(item.kind, ItemKind::Struct | ItemKind::Union)
}

impl<'f> Pieces<'f> {
    fn of(facts: &'f FileFacts) -> Self {
        let mut pieces = Self {
            writer: Writer { facts, out: Vec::new() },
            scopes: Vec::new(),
            items: FxHashMap::default(),
            imports: FxHashMap::default(),
            blocks: Vec::new(),
            attributes_of: FxHashMap::default(),
            rest: Vec::new(),
        };
        pieces.name_scopes();
        for (number, reference) in facts
            .code
            .refs
            .iter()
            .enumerate()
            .filter(|(_, reference)| is_attribute(reference))
        {
            if let Some(owner) = reference.owner {
                pieces.attributes_of.entry(owner).or_default().push(number);
            }
        }
        for index in (0..facts.items.len() as u32).map(ItemIdx::new) {
            pieces.item(index);
        }
        for (index, scope) in (0..).map(ScopeIdx::new).zip(&facts.scopes) {
            pieces.scope(index, scope);
        }
        pieces.attributes();
        let of_file = pieces.written(|writer| {
            writer.put(&facts.no_std);
            writer.cfg(facts.file_cfg);
        });
        pieces.rest.push((0, of_file));
        pieces.rest.sort_by_key(|(start, _)| *start);
        pieces
    }

    fn written(&mut self, write: impl FnOnce(&mut Writer<'f>)) -> Vec<u8> {
        write(&mut self.writer);
        std::mem::take(&mut self.writer.out)
    }

    /// Scopes stand behind those around them.
    fn name_scopes(&mut self) {
        let facts = self.writer.facts;
        let mut modules: FxHashMap<ScopeIdx, Name> = FxHashMap::default();
        for item in &facts.items {
            if let ItemData::Module { inline: Some(body), .. } = item.data {
                modules.insert(body, item.name);
            }
        }
        let mut met: FxHashMap<Key, u32> = FxHashMap::default();
        for (index, scope) in (0..).map(ScopeIdx::new).zip(&facts.scopes) {
            let around = scope.parent.map(|parent| self.scopes[parent.index()].clone());
            let block_of = scope.block_of.map(|item| facts.items[item.index()].name);
            let name = (around, block_of, modules.get(&index));
            let key = self.written(|writer| writer.put(&name));
            let number = met.entry(key.clone()).or_default();
            *number += 1;
            let number = *number;
            let key = self.written(|writer| writer.put(&(key, number)));
            self.scopes.push(key);
        }
    }

    /// Where an item is declared, and as what.
    fn key(&mut self, index: ItemIdx) -> Key {
        let facts = self.writer.facts;
        let item = &facts.items[index.index()];
        let around = match item.parent {
            Some(parent) => self.key(parent),
            None => Vec::new(),
        };
        let scope = self.scopes[item.scope.index()].clone();
        self.written(|writer| {
            writer.put(&(around, scope, item.name));
            if let ItemData::Impl {
                of_trait, self_type, ..
            } = &item.data
            {
                writer.paths(of_trait.as_slice());
                writer.ty(*self_type);
            }
        })
    }

    fn item(&mut self, index: ItemIdx) {
        let facts = self.writer.facts;
        let item = &facts.items[index.index()];
        let key = self.key(index);
        let is_foreign = facts.foreign_items.contains(&index);
        let attributes = self.attributes_on(index);
        let text = self.written(|writer| {
            writer.put(&(item.kind, item.dev, item.foreign, item.link_name, is_foreign));
            writer.put(&attributes);
            writer.visibility(&item.visibility);
            writer.cfg(item.cfg);
            match &item.data {
                ItemData::Module {
                    inline,
                    paths,
                    macro_use,
                    attributes: _,
                } => {
                    writer.put(&(inline.is_some(), macro_use));
                    for (cfg, path) in paths {
                        writer.cfg(*cfg);
                        writer.put(path);
                    }
                }
                ItemData::Fields {
                    fields: _,
                    constructor,
                    generics,
                    derives,
                } if has_fields_by_name(item) => {
                    writer.put(&(constructor, generics));
                    writer.paths(derives);
                }
                data => writer.data(data),
            }
        });
        if matches!(item.data, ItemData::Module { .. } | ItemData::Macro { .. }) {
            self.add_rest(item.span.start, key, text);
            return;
        }
        if matches!(item.data, ItemData::Impl { .. } | ItemData::Trait { .. }) {
            self.blocks.push(key.clone());
        }
        if let ItemData::Trait { supertraits, .. } = &item.data
            && !supertraits.is_empty()
        {
            // Their members are those of other traits, with other names.
            let text = self.written(|writer| writer.paths(supertraits));
            self.add_rest(item.span.start, key.clone(), text);
        }
        if let ItemData::Fields { fields, .. } = &item.data
            && has_fields_by_name(item)
        {
            for &(name, ty) in fields {
                let key = self.written(|writer| writer.put(&(&key, name)));
                let text = self.written(|writer| writer.ty(ty));
                let field = (text, Piece::Field(index, name));
                self.items.entry(key).or_default().push(field);
            }
        }
        self.items.entry(key).or_default().push((text, Piece::Item(index)));
    }

    fn scope(&mut self, index: ScopeIdx, scope: &'f ScopeFact) {
        let key = self.scopes[index.index()].clone();
        for import in &scope.imports {
            let owner = import.owner;
            let text = self.written(|writer| {
                // Numbers of items may shift.
                let import = ImportFact {
                    owner: None,
                    ..import.clone()
                };
                writer.import(&import);
                writer.put(&owner.map(|owner| writer.facts.items[owner.index()].name));
            });
            match import.name.filter(|_| !import.glob && !import.extern_crate) {
                Some(name) => {
                    let key = self.written(|writer| writer.put(&(&key, name)));
                    self.imports.entry(key).or_default().push((text, import));
                }
                None => self.add_rest(import.span.start, key.clone(), text),
            }
        }
        for call in &scope.calls {
            let text = self.written(|writer| {
                let names =
                    [call.container, call.owner].map(|item| item.map(|item| writer.facts.items[item.index()].name));
                let mut call = call.clone();
                (call.container, call.owner) = (None, None);
                writer.call(&call);
                writer.put(&names);
            });
            self.add_rest(call.span.start, key.clone(), text);
        }
    }

    /// Those that stand on what holds more than its own code; others are written with what they stand on.
    fn attributes(&mut self) {
        let facts = self.writer.facts;
        for reference in facts.code.refs.iter().filter(|reference| is_attribute(reference)) {
            if reference.owner.is_none() {
                let key = self.scopes[reference.scope.index()].clone();
                let text = self.attribute(reference);
                self.add_rest(reference.span.start, key, text);
            }
        }
    }

    fn attribute(&mut self, reference: &RefFact) -> Vec<u8> {
        self.written(|writer| {
            if let Named::Path(path, _) = reference.named {
                writer.path(path);
            }
        })
    }

    /// What stands on an item, which may make development code of it and of what it has in other files.
    fn attributes_on(&mut self, index: ItemIdx) -> Vec<Vec<u8>> {
        let facts = self.writer.facts;
        let on = self.attributes_of.get(&index).cloned().unwrap_or_default();
        on.into_iter()
            .map(|number| self.attribute(&facts.code.refs[number]))
            .collect()
    }

    /// Whether an attribute begins with a name.
    fn has_attribute(&self, name: Name) -> bool {
        let facts = self.writer.facts;
        let mut attributes = facts.code.refs.iter().filter(|reference| is_attribute(reference));
        attributes.any(|reference| match reference.named {
            Named::Path(path, _) => facts.paths[path.index()].segments.first() == Some(&name),
            _ => false,
        })
    }

    /// The impls and traits that another state has, too.
    fn common_blocks(&self, other: &Self) -> impl Iterator<Item = &Key> {
        self.blocks.iter().filter(|key| other.items.contains_key(*key))
    }

    fn rest_in_order(&self) -> impl Iterator<Item = &[u8]> {
        self.rest.iter().map(|(_, text)| text.as_slice())
    }

    fn add_rest(&mut self, start: u32, key: Key, text: Vec<u8>) {
        self.rest.push((start, [key, text].concat()));
    }
}
