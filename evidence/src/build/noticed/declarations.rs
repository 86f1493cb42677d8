//! What examined code declares, and what that is made of: by it a change of meaning spreads from name to name.

use archguard_invariants::graph::ItemKind;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::elsewhere::examined;
use crate::facts::mentions::Mentions;
use crate::facts::model::{FileFacts, ImportFact, ItemData, ItemFact, ItemIdx, Name};
use crate::names::world::World;

pub(super) type Names = FxHashSet<Name>;

/// Something that is declared, and what it is made of.
#[derive(Debug)]
pub(super) struct Declaration {
    /// What means something else when that does.
    pub(super) names: Vec<Name>,
    pub(super) made_of: Vec<Name>,
    pub(super) form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Item,
    Import,
    Glob,
    /// Of a type by the name that the code has for it, which may be another's, too.
    OfType,
    /// What it makes cannot be told without looking it up.
    MacroCall,
    /// An `impl` for more than one type, or a trait with others above it: whoever has it mentions none of them.
    Wide,
}

/// Everything that examined code declares.
pub(super) struct Declarations {
    all: Vec<Vec<Declaration>>,
    /// What goes by another name.
    aliases: FxHashMap<Name, Vec<Name>>,
}

impl Declarations {
    /// Those there are, and those there were in files that have changed: what is gone means something else, too.
    pub(super) fn of(world: &World<'_>, before: &[&FileFacts]) -> Self {
        let mut units = FxHashSet::default();
        let instances = examined(world).filter(|&id| units.insert(world.instance(id).unit));
        let now = instances.map(|id| world.facts_of(id));
        let facts: Vec<&FileFacts> = now.chain(before.iter().copied()).collect();
        let all = facts.par_iter().map(|facts| declared(facts)).collect();
        let mut declarations = Self {
            all,
            aliases: FxHashMap::default(),
        };
        for facts in facts {
            declarations.add_names(facts);
        }
        declarations
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Declaration> {
        self.all.iter().flatten()
    }

    fn add_names(&mut self, facts: &FileFacts) {
        for item in &facts.items {
            if item.kind == ItemKind::TypeAlias {
                let mut behind = Mentions::of(facts);
                behind.item(item);
                self.aliases.entry(item.name).or_default().extend(behind.names);
            }
        }
        for import in facts.scopes.iter().flat_map(|scope| &scope.imports) {
            let last = facts.last_name(import.path);
            if let (Some(name), Some(last)) = (import.name, last)
                && name != last
            {
                self.aliases.entry(name).or_default().push(last);
            }
        }
    }

    /// The names that a type may go by for what is behind it.
    fn same_as(&self, ty: Name) -> Names {
        let mut same = Names::default();
        let mut pending = vec![ty];
        while let Some(name) = pending.pop() {
            if same.insert(name) {
                pending.extend(self.aliases.get(&name).into_iter().flatten());
            }
        }
        same
    }

    /// Adds to some names all that is declared by them, in declarations of some forms.
    pub(super) fn follow(&self, names: &mut Names, follows: impl Fn(Form) -> bool) {
        let mut left: Vec<&Declaration> = self.all().filter(|one| follows(one.form)).collect();
        loop {
            let before = names.len();
            left.retain(|declaration| {
                let is_met = declaration.made_of.iter().any(|name| names.contains(name));
                if is_met && declaration.form == Form::OfType {
                    names.extend(declaration.names.iter().flat_map(|&name| self.same_as(name)));
                } else if is_met {
                    names.extend(declaration.names.iter().copied());
                }
                !is_met
            });
            if names.len() == before {
                return;
            }
        }
    }
}

/// What a file or an expansion declares.
fn declared(facts: &FileFacts) -> Vec<Declaration> {
    let mut all = Vec::new();
    for index in (0..facts.items.len() as u32).map(ItemIdx::new) {
        add_item(&mut all, facts, &facts.items[index.index()]);
    }
    for data in &facts.scopes {
        for import in &data.imports {
            all.push(of_import(facts, import));
        }
        for call in &data.calls {
            let mut made_of = Mentions::of(facts);
            made_of.path(call.path);
            all.push(Declaration {
                names: Vec::new(),
                made_of: made_of.names,
                form: Form::MacroCall,
            });
        }
    }
    all
}

fn of_import(facts: &FileFacts, import: &ImportFact) -> Declaration {
    let mut made_of = Mentions::of(facts);
    made_of.path(import.path);
    Declaration {
        names: import.name.into_iter().collect(),
        made_of: made_of.names,
        form: if import.glob { Form::Glob } else { Form::Import },
    }
}

fn add_item(all: &mut Vec<Declaration>, facts: &FileFacts, item: &ItemFact) {
    let mut made_of = Mentions::of(facts);
    let mut add = |names: Vec<Name>, made_of: Mentions<'_>, form: Form| {
        if !made_of.names.is_empty() {
            let made_of = made_of.names;
            all.push(Declaration { names, made_of, form });
        }
    };
    made_of.item(item);
    match &item.data {
        ItemData::Impl { self_type, .. } => match facts.name_of_type(*self_type) {
            Some(ty) => add(vec![ty], made_of, Form::OfType),
            None => add(Vec::new(), made_of, Form::Wide),
        },
        ItemData::Trait { .. } => add(vec![item.name], made_of, Form::Wide),
        _ => {
            let parent = item.parent.map(|parent| &facts.items[parent.index()].data);
            let of_type = match parent {
                // `*x`, `x[0]`, `x.await` give what nobody mentions.
                Some(ItemData::Impl { self_type, .. }) if item.kind == ItemKind::AssociatedType => {
                    facts.name_of_type(*self_type)
                }
                _ => None,
            };
            let form = if of_type.is_some() { Form::OfType } else { Form::Item };
            add(std::iter::once(item.name).chain(of_type).collect(), made_of, form);
        }
    }
}
