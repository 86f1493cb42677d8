//! String literals as references: from the item that holds one to what it says (`literal:sql`), which is an item of the
//! graph for this alone. Only if the policy asks: then each distinct text is looked at once.

use std::sync::Arc;

use archguard_invariants::graph::{
    Crate, CrateOrigin, Evidence, GraphBuilder, Item, ItemId, ItemKind, Reference, ReferenceKind, Resolution, Root,
    TargetKind, TargetState, Targets, Visibility,
};
use archguard_invariants::packs::Pack;
use archguard_invariants::pattern::{LiteralKind, PathPattern};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::earlier::Earlier;
use super::found::{Handed, Place};
use super::items::Items;
use super::targets::definitions;
use crate::facts::model::{LiteralFact, Span};
use crate::names::ids::{DefId, InstanceId, SourceId};
use crate::names::world::World;
use crate::sql::is_sql;

/// The crate and module that what literals say is defined in: none of anybody's code.
const HOME: &str = "literal";

/// What literals can say, as an item.
pub(super) struct Said {
    kind: LiteralKind,
    item: ItemId,
    path: Arc<str>,
}

/// Adds the literals that say what is asked for, of some files alone where there are such. `handed` are the texts with
/// values formatted into them that calls are given.
pub(super) fn add(
    world: &World<'_>,
    builder: &mut GraphBuilder,
    items: &Items<'_, '_>,
    said: &[Said],
    handed: &[Handed],
    of: Option<&FxHashSet<SourceId>>,
) {
    if said.is_empty() {
        return;
    }
    let sql = texts_of_sql(world, of);
    for (id, literal) in literals(world, of).filter(|(_, literal)| sql.contains(&*literal.text)) {
        let stands = standing(world, id, literal);
        for said in said {
            if said.kind == LiteralKind::Sql || literal.formatted {
                add_reference(world, builder, items, &stands, said);
            }
        }
    }
    for said in said.iter().filter(|said| said.kind == LiteralKind::SqlFormatted) {
        for stands in handed_to_drivers(world, handed) {
            add_reference(world, builder, items, &stands, said);
        }
    }
}

/// Where a literal stands.
struct Standing {
    from: Place,
    exposed: bool,
    maker: Option<DefId>,
}

fn standing(world: &World<'_>, id: InstanceId, literal: &LiteralFact) -> Standing {
    let instance = world.instance(id);
    Standing {
        from: Place {
            instance: id,
            scope: instance.scopes[literal.scope.index()],
            owner: literal.owner,
            span: literal.span,
            cfg: literal.cfg,
            dev: literal.dev,
        },
        exposed: literal.exposed,
        maker: literal
            .foreign
            .then(|| world.unit(instance.unit).expanded_from)
            .flatten(),
    }
}

/// The formatted texts that are given to what takes SQL as text, whatever they say; each place once.
fn handed_to_drivers(world: &World<'_>, handed: &[Handed]) -> Vec<Standing> {
    if handed.is_empty() {
        return Vec::new();
    }
    let entries = Pack::all().iter().flat_map(|pack| &pack.entries);
    let patterns = entries
        .filter(|entry| entry.takes_sql)
        .flat_map(|entry| &entry.patterns);
    let sinks: FxHashSet<DefId> = patterns.flat_map(|pattern| definitions(world, pattern)).collect();
    let mut seen = FxHashSet::default();
    let to_drivers = handed.iter().filter(|handed| sinks.contains(&handed.to));
    to_drivers
        .filter(|handed| seen.insert((handed.from.instance, handed.from.span)))
        .map(|handed| Standing {
            from: handed.from,
            exposed: false,
            maker: handed.expanded_from,
        })
        .collect()
}

/// The literals of examined code, in order.
fn literals<'w>(
    world: &'w World<'_>,
    of: Option<&FxHashSet<SourceId>>,
) -> impl Iterator<Item = (InstanceId, &'w LiteralFact)> {
    let instances = (0..world.instances.len() as u32).map(InstanceId::new);
    let wanted = instances.filter(move |&id| of.is_none_or(|of| of.contains(&world.source_id_of(id))));
    let examined = wanted.filter(|&id| world.krate(world.instance(id).krate).origin.is_examined());
    examined.flat_map(|id| {
        let annotated = annotated(world, id);
        let literals = world.facts_of(id).code.literals.iter();
        let code = literals.filter(move |literal| !annotated.iter().any(|span| span.contains(literal.span)));
        code.map(move |literal| (id, literal))
    })
}

/// Where annotations stand: what they say is no code.
fn annotated(world: &World<'_>, id: InstanceId) -> Vec<Span> {
    let annotations = world.facts_of(id).annotations.iter();
    let own = annotations.filter(|fact| world.own_macro_of(id, fact).is_some());
    own.map(|fact| fact.span).collect()
}

fn texts_of_sql<'w>(world: &'w World<'_>, of: Option<&FxHashSet<SourceId>>) -> FxHashSet<&'w str> {
    let texts: FxHashSet<&str> = literals(world, of).map(|(_, literal)| &*literal.text).collect();
    let texts: Vec<&str> = texts.into_iter().collect();
    let told: FxHashMap<&str, bool> = texts.into_par_iter().map(|text| (text, is_sql(text))).collect();
    told.into_iter().filter(|&(_, sql)| sql).map(|(text, _)| text).collect()
}

/// One item for each pattern that asks for literals, in a crate of their own, and what the patterns lead to.
pub(super) fn add_items(builder: &mut GraphBuilder, patterns: &[PathPattern]) -> Vec<Said> {
    let asked: Vec<&PathPattern> = patterns.iter().filter(|pattern| pattern.literal.is_some()).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let root = add_item(builder, HOME.into(), ItemKind::Module, None);
    let krate = builder.add_crate(Crate {
        name: HOME.into(),
        head: HOME.into(),
        package: HOME.into(),
        version: "".into(),
        repository: None,
        origin: CrateOrigin::Standard,
        target: TargetKind::Lib,
        root,
        dev: false,
        dependencies: Vec::new(),
        dev_only: Vec::new(),
    });
    let mut said = Vec::new();
    builder.item_mut(root).krate = krate;
    for pattern in asked {
        let path: Arc<str> = pattern.to_string().into();
        let item = add_item(builder, Arc::clone(&path), ItemKind::Primitive, Some(root));
        builder.item_mut(item).krate = krate;
        let roots = vec![Root { item, own_only: false }];
        let state = TargetState::Matched;
        builder.set_targets((*pattern).clone(), Targets { roots, state });
        said.extend(pattern.literal.map(|kind| Said { kind, item, path }));
    }
    said
}

/// What became of the items that stood for the same in an earlier graph.
pub(super) fn match_earlier(said: &[Said], earlier: &Earlier, of_earlier: &mut [Option<ItemId>]) {
    let items = (0..of_earlier.len()).map(ItemId::new);
    for id in items.filter(|&id| earlier.crate_of(id).is_none()) {
        let now = said.iter().find(|said| said.path == earlier.item(id).path);
        of_earlier[id.index()] = now.map(|said| said.item);
    }
}

fn add_item(builder: &mut GraphBuilder, path: Arc<str>, kind: ItemKind, parent: Option<ItemId>) -> ItemId {
    let id = builder.add_item(Item {
        path,
        kind,
        krate: archguard_invariants::graph::CrateId(0),
        parent,
        module: ItemId::new(0),
        visibility: Visibility::Public,
        place: None,
        dev: false,
        cfg: None,
        link_name: None,
        only_modules: false,
    });
    builder.item_mut(id).module = parent.unwrap_or(id);
    id
}

fn add_reference(world: &World<'_>, builder: &mut GraphBuilder, items: &Items<'_, '_>, stands: &Standing, said: &Said) {
    let at = stands.from;
    let Some(from) = items.id(items.owner(at.instance, at.owner, at.scope)) else {
        return;
    };
    let Some(place) = items.place(at.instance, at.span) else {
        return;
    };
    let cfg = items.cfg_text(at.instance, at.cfg);
    let dev = at.dev
        || world.scope(at.scope).dev
        || builder.item(from).dev
        || cfg.as_ref().is_some_and(|cfg| items.dev_by_cfg(cfg));
    let reference = Reference {
        written: builder.share_text(Arc::clone(&said.path)),
        kind: ReferenceKind::Literal,
        place,
        evidence: Evidence::SOURCE,
        resolution: Some(Resolution::Resolved),
        pathless: true,
        exposed: stands.exposed,
        reexport: false,
        dev,
        cfg: cfg.map(|cfg| builder.cfg(&cfg.to_string())),
        inherited_from: stands.maker.and_then(|maker| items.id(maker)),
        also: None,
        self_type: None,
    };
    builder.add_reference(from, said.item, reference);
}
