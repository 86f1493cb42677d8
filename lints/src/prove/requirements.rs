//! Violations of `require`: new items that are all that `items` selects by, in every kind, place and form that it leaves open,
//! and nothing else. What all of them fulfil anyway, `must` asks in vain.

use archguard_invariants::graph::{ItemId, ItemKind, Passing, ReferenceKind, Signature, Visibility};
use archguard_invariants::policy::Selector;
use archguard_invariants::policy::require::{Access, BoundRequire, Conditions, KindWord, Relation};

use super::aims::{aims, name};
use super::bonds::{Bond, first, terms};
use super::garden::{Expectation, Garden, PlantId};
use super::places::Places;
use super::proof::Subject;

/// How many places are tried.
pub(super) const PLACES: usize = 6;

pub(super) fn of_require(garden: &mut Garden<'_>, places: &Places<'_>, rule: &BoundRequire<'_>) -> Vec<Expectation> {
    let (graph, policy) = (garden.graph, garden.policy);
    let speaks_of = |item: ItemId| {
        let covers = |list: &Selector| list.term_of_definition(graph, policy, item).is_some();
        rule.scope.contains(graph, policy, item) && rule.items.within.as_ref().is_none_or(covers)
    };
    let mut stands = places.some_within(1, speaks_of);
    // Where `must` says where, all places count.
    if rule.must.within.is_none() {
        stands.truncate(PLACES);
    }
    let id = &rule.rule.head.id;
    let mut lists = Vec::new();
    for (relation, list) in &rule.items.relations {
        let terms = terms(rule.items.conditions, *relation);
        lists.push((*relation, aims(garden, list, terms)));
    }
    let bonds: Vec<Option<Bond>> = lists.iter().map(|(relation, aims)| first(*relation, aims)).collect();
    let mut of_rule = Vec::new();
    let mut entries = Vec::new();
    let reason = why_not(rule, &stands);
    for (at, (relation, aims)) in lists.iter().enumerate() {
        let terms = terms(rule.items.conditions, *relation);
        for aim in aims {
            let mut plants = Vec::new();
            for &item in aim.items.iter().flatten() {
                let mut bonds = bonds.clone();
                bonds[at] = Some(Bond::new(*relation, item));
                if let Some(bonds) = bonds.into_iter().collect::<Option<Vec<Bond>>>() {
                    plants.extend(plant(garden, rule, &rule.kinds, &stands, &bonds));
                }
            }
            of_rule.extend(&plants);
            // One of several is proved by leaving it out.
            if terms.len() > 1 {
                continue;
            }
            entries.push(Expectation {
                subject: Subject::Pattern,
                rule: Some(id.value.clone()),
                name: aim.name.clone(),
                span: terms.get(aim.term).map(|term| term.span),
                plants,
                reason: match &aim.items {
                    Err(reason) => reason.clone(),
                    Ok(_) => Ok(reason.clone()),
                },
            });
        }
    }
    if lists.is_empty() {
        of_rule.extend(plant(garden, rule, &rule.kinds, &stands, &[]));
    }
    let whole = Expectation {
        subject: Subject::Rule,
        rule: Some(id.value.clone()),
        name: id.value.as_str().to_owned(),
        span: Some(id.span),
        plants: of_rule,
        reason: Ok(reason),
    };
    std::iter::once(whole).chain(entries).collect()
}

/// Why nothing that `items` selects breaks the rule.
pub(super) fn why_not(rule: &BoundRequire<'_>, stands: &[ItemId]) -> String {
    if stands.is_empty() {
        return "no code is in its scope: `in` of the rule, `in` of `items` and `except` leave nothing".to_owned();
    }
    if rule.kinds.is_empty() {
        return "no kind of item can meet all that `items` says".to_owned();
    }
    "every item that `items` selects meets `must` by that alone".to_owned()
}

/// Plants an item of every form that the rule leaves open.
pub(super) fn plant(
    garden: &mut Garden<'_>,
    rule: &BoundRequire<'_>,
    kinds: &[KindWord],
    stands: &[ItemId],
    bonds: &[Bond],
) -> Vec<PlantId> {
    let (items, must) = (rule.items.conditions, rule.must.conditions);
    let mut plants = Vec::new();
    for &stand in stands {
        for &kind in kinds {
            for name in names(items, must) {
                for access in accesses(items, must) {
                    for is_async in flags(items.is_async, must.is_async) {
                        for is_unsafe in flags(items.is_unsafe, must.is_unsafe) {
                            let form = Form {
                                kind,
                                name: &name,
                                access,
                                is_async,
                                is_unsafe,
                            };
                            plants.push(form.plant(garden, stand, bonds));
                        }
                    }
                }
            }
        }
    }
    plants
}

/// Names that select, of both cases where any does, and those that `must` rules out.
fn names(items: &Conditions, must: &Conditions) -> Vec<String> {
    let wanted = |conditions: &Conditions, negative: bool| -> Vec<String> {
        let names = conditions.names.iter().filter(|name| name.value.negative == negative);
        names.filter_map(|pattern| name(&pattern.value.segment)).collect()
    };
    let mut names = wanted(items, false);
    if names.is_empty() {
        names = ["planted", "Planted"].map(str::to_owned).to_vec();
        names.extend(wanted(must, true));
    }
    names
}

fn accesses(items: &Conditions, must: &Conditions) -> Vec<Access> {
    match (items.access.is_empty(), must.access.is_empty()) {
        (false, _) => items.access.clone(),
        (true, false) => Access::ALL.to_vec(),
        (true, true) => vec![Access::Public],
    }
}

fn flags(items: Option<bool>, must: Option<bool>) -> Vec<bool> {
    match (items, must) {
        (Some(wanted), _) => vec![wanted],
        (None, Some(_)) => vec![false, true],
        (None, None) => vec![false],
    }
}

/// An item's form.
pub(super) struct Form<'n> {
    pub(super) kind: KindWord,
    pub(super) name: &'n str,
    pub(super) access: Access,
    pub(super) is_async: bool,
    pub(super) is_unsafe: bool,
}

/// An item under construction: itself, whose code its references are, and where it stands.
struct Planted {
    item: ItemId,
    holder: ItemId,
    stand: ItemId,
}

impl Form<'_> {
    pub(super) fn plant(&self, garden: &mut Garden<'_>, stand: ItemId, bonds: &[Bond]) -> PlantId {
        let planted = self.item(garden, stand);
        let mut signature = Signature {
            is_async: self.is_async,
            ..Signature::default()
        };
        for bond in bonds {
            match bond.relation {
                Relation::Take => signature.parameters.push(Some(bond.shape(garden))),
                Relation::Return => signature.returns = Some(bond.shape(garden)),
                Relation::PassedTo => planted.pass(garden, bond.to),
                _ => planted.refer(garden, bond.relation, bond.to),
            }
        }
        let here = garden.here();
        let details = garden.planting.details_mut();
        if matches!(self.kind, KindWord::Function | KindWord::Method | KindWord::Closure) {
            details.set_signature(planted.item, signature);
        }
        if self.kind == KindWord::Closure {
            details.set_body(planted.item, Some(here));
        }
        if self.is_unsafe {
            details.set_unsafe(planted.item);
        }
        garden.note(stand, None)
    }

    fn item(&self, garden: &mut Garden<'_>, stand: ItemId) -> Planted {
        let parent = match self.kind {
            KindWord::Method => garden.child(stand, ItemKind::Struct, &format!("Planted{}", garden.plants.len() + 1)),
            KindWord::Closure => garden.function(stand),
            _ => stand,
        };
        let name = match self.kind {
            KindWord::Closure => "{closure#0}",
            KindWord::Impl => "<Planted>",
            _ => self.name,
        };
        let item = garden.child(parent, item_kind(self.kind), name);
        let root = garden.planting.graph().krate(garden.item(item).krate).root;
        let around = garden.item(stand).module;
        garden.planting.item_mut(item).visibility = match self.access {
            Access::Public => Visibility::Public,
            Access::Crate => Visibility::Within(root),
            Access::Private => Visibility::Within(around),
        };
        let holder = if self.kind == KindWord::Closure { parent } else { item };
        Planted { item, holder, stand }
    }
}

impl Planted {
    /// Plants a reference that puts the item into a relation.
    fn refer(&self, garden: &mut Garden<'_>, relation: Relation, to: ItemId) {
        let here = garden.here();
        let (from, kind, exposed) = match (relation, garden.item(self.item).kind) {
            (Relation::Attribute, ItemKind::Module) => {
                garden.planting.details_mut().set_attributes(self.item, here);
                (self.stand, ReferenceKind::Attribute, false)
            }
            (Relation::Attribute, _) => (self.item, ReferenceKind::Attribute, false),
            (Relation::Implement, ItemKind::Impl) => {
                // The place of an impl is that of its type, and what else its head names is its trait.
                let mut own = here;
                (own.start.column, own.end.column) = (own.start.column + 10, own.end.column + 10);
                garden.planting.item_mut(self.item).place = Some(own);
                (self.item, ReferenceKind::Impl, true)
            }
            (Relation::Call, _) => (self.holder, ReferenceKind::Call, false),
            (Relation::Reference, _) => (self.holder, ReferenceKind::Path, false),
            _ => (self.item, ReferenceKind::Derive, true),
        };
        garden.refer(from, to, kind, exposed);
    }

    /// Passes the item to something.
    fn pass(&self, garden: &mut Garden<'_>, to: ItemId) {
        let passing = Passing {
            what: self.item,
            from: self.stand,
            to,
            through: None,
            reference: garden.reference(self.stand, to, ReferenceKind::Call, false),
        };
        garden.planting.details_mut().add_passing(passing);
    }
}

fn item_kind(kind: KindWord) -> ItemKind {
    match kind {
        KindWord::Module => ItemKind::Module,
        KindWord::Function => ItemKind::Function,
        KindWord::Method => ItemKind::Method,
        KindWord::Closure => ItemKind::Closure,
        KindWord::Struct => ItemKind::Struct,
        KindWord::Enum => ItemKind::Enum,
        KindWord::Union => ItemKind::Union,
        KindWord::Trait => ItemKind::Trait,
        KindWord::Impl => ItemKind::Impl,
        KindWord::Type => ItemKind::TypeAlias,
        KindWord::Constant => ItemKind::Constant,
        KindWord::Static => ItemKind::Static,
        KindWord::Macro => ItemKind::Macro,
    }
}
