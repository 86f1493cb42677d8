//! What examined code names, added to the graph: each place with its cfg, and whether it is development code.

use archguard_invariants::graph::{CfgId, Evidence, GraphBuilder, ItemId, Reference, TextId, Unresolved};
use rustc_hash::FxHashMap;

use super::earlier::Earlier;
use super::found::{Collected, Place};
use super::items::Items;
use crate::facts::model::{CfgIdx, Name};
use crate::names::ids::InstanceId;
use crate::names::world::World;

/// Adds what was collected to the graph. References are most of what there is: they are taken, so that they do not stand
/// in memory twice.
pub(super) fn add_all(world: &World<'_>, builder: &mut GraphBuilder, items: &Items<'_, '_>, collected: &mut Collected) {
    let mut known = Known::default();
    builder.reserve_references(collected.references.len());
    for found in std::mem::take(&mut collected.references) {
        let from = items.owner(found.from.instance, found.from.owner, found.from.scope);
        let (Some(from_id), Some(to)) = (items.id(from), items.id(found.to)) else {
            continue;
        };
        let Some(place) = items.place(found.from.instance, found.from.span) else {
            continue;
        };
        let (cfg, dev_by_cfg) = known.cfg(builder, items, &found.from);
        let dev = found.from.dev || world.scope(found.from.scope).dev || builder.item(from_id).dev || dev_by_cfg;
        let reference = Reference {
            written: known.text(builder, found.written),
            kind: found.kind,
            place,
            evidence: Evidence::SOURCE,
            resolution: Some(found.resolution),
            pathless: found.pathless,
            exposed: found.exposed,
            reexport: found.reexport,
            dev,
            cfg,
            inherited_from: found.expanded_from.and_then(|def| items.id(def)),
            also: found.also.and_then(|def| items.id(def)),
            self_type: found.self_type.and_then(|def| items.id(def)),
        };
        builder.add_reference(from_id, to, reference);
    }
    for missing in std::mem::take(&mut collected.unresolved) {
        let from = items.owner(missing.from.instance, missing.from.owner, missing.from.scope);
        let Some(from_id) = items.id(from) else { continue };
        let Some(place) = items.place(missing.from.instance, missing.from.span) else {
            continue;
        };
        let (cfg, _) = known.cfg(builder, items, &missing.from);
        let dev = missing.from.dev || world.scope(missing.from.scope).dev || builder.item(from_id).dev;
        let written = known.text(builder, missing.written);
        builder.add_unresolved(Unresolved {
            from: from_id,
            written,
            kind: missing.kind,
            place,
            reason: missing.reason,
            leads: missing.leads.iter().filter_map(|&def| items.id(def)).collect(),
            dev,
            cfg,
        });
    }
}

/// What many references share.
#[derive(Default)]
struct Known {
    /// By place in the facts: the cfg, and whether it makes development code.
    cfgs: FxHashMap<(InstanceId, Option<CfgIdx>), (Option<CfgId>, bool)>,
    texts: FxHashMap<Name, TextId>,
}

impl Known {
    fn cfg(&mut self, builder: &mut GraphBuilder, items: &Items<'_, '_>, from: &Place) -> (Option<CfgId>, bool) {
        let key = (from.instance, from.cfg);
        *self.cfgs.entry(key).or_insert_with(|| {
            let cfg = items.cfg_text(from.instance, from.cfg);
            let dev = cfg.as_ref().is_some_and(|cfg| items.dev_by_cfg(cfg));
            (cfg.map(|cfg| builder.cfg(&cfg.to_string())), dev)
        })
    }

    fn text(&mut self, builder: &mut GraphBuilder, text: Name) -> TextId {
        *self.texts.entry(text).or_insert_with(|| builder.text(&text))
    }
}

/// Adds what stands in the files that have not changed, as it was. Every item that they name has become another.
pub(super) fn add_earlier(builder: &mut GraphBuilder, earlier: &mut Earlier, of_earlier: &[Option<ItemId>]) {
    let parts = &mut earlier.parts;
    let texts = std::mem::take(&mut parts.texts).into_iter();
    let texts: Vec<TextId> = texts.map(|text| builder.share_text(text)).collect();
    let earlier_cfgs = std::mem::take(&mut parts.cfgs);
    let mut cfgs: Vec<Option<CfgId>> = vec![None; earlier_cfgs.len()];
    let mut cfg = |cfg: Option<CfgId>| {
        let index = cfg?.index();
        Some(*cfgs[index].get_or_insert_with(|| builder.cfg(&earlier_cfgs[index])))
    };
    let now = |id: ItemId| of_earlier[id.index()];
    let references = std::mem::take(&mut parts.references).into_iter();
    // Each stays where it is: there are many.
    let references = references.filter_map(|(from, to, reference)| {
        let ends = now(from).zip(now(to))?;
        let reference = Reference {
            written: texts[reference.written.index()],
            cfg: cfg(reference.cfg),
            inherited_from: reference.inherited_from.and_then(now),
            also: reference.also.and_then(now),
            self_type: reference.self_type.and_then(now),
            ..reference
        };
        Some((ends.0, ends.1, reference))
    });
    let references = references.collect();
    let unresolved = std::mem::take(&mut parts.unresolved).into_iter();
    let unresolved = unresolved.filter_map(|unresolved| {
        let from = now(unresolved.from)?;
        Some(Unresolved {
            from,
            written: texts[unresolved.written.index()],
            leads: unresolved.leads.iter().filter_map(|&lead| now(lead)).collect(),
            cfg: cfg(unresolved.cfg),
            ..unresolved
        })
    });
    let unresolved: Vec<Unresolved> = unresolved.collect();
    builder.add_references(references);
    for unresolved in unresolved {
        builder.add_unresolved(unresolved);
    }
}
