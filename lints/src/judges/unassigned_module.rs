//! `unassigned-module`: a module with production code that is in no component.

use archguard_invariants::finding::{Lint, Site};
use archguard_invariants::graph::{Item, ItemId, ItemKind};
use archguard_invariants::place::{Place, Position};
use archguard_invariants::policy::RuleId;
use rustc_hash::FxHashMap;

use crate::context::Context;
use crate::sink::{Details, FoundSite, Key, Sink};
use crate::wording;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    if ctx.policy.policy.settings.unassigned_allowed {
        return;
    }
    let contents = Contents::new(ctx);
    let rule = RuleId::reserved("policy.unassigned");
    for (id, item) in ctx.graph.items() {
        if item.kind != ItemKind::Module || !ctx.graph.is_examined(id) {
            continue;
        }
        sink.matched(&rule, 1);
        if ctx.policy.component_of(id).is_some() || item.only_modules || ctx.is_dev(id) || contents.all_claimed(id) {
            continue;
        }
        // A module whose file is not there has no code to be without a component, and there is a problem that says so.
        let Some(place) = contents.place(ctx, item, id) else {
            continue;
        };
        let key = Key {
            rule: rule.clone(),
            lint: Lint::UnassignedModule,
            from: id,
            to: None,
        };
        let site = Site { place, reference: None };
        sink.report_whole(key, vec![FoundSite { site, inherited: false }], details(ctx, id));
    }
}

fn details(ctx: &Context<'_>, module: ItemId) -> Details {
    Details {
        written: ctx.graph.item(module).path.to_string(),
        message: format!("{} holds code and is in no component", wording::item(ctx, module)),
        ..Details::default()
    }
}

/// What stands directly in each module that no component owns.
struct Contents {
    of: FxHashMap<ItemId, Content>,
}

#[derive(Default)]
struct Content {
    claimed: usize,
    unclaimed: usize,
    first: Option<Place>,
}

impl Contents {
    fn new(ctx: &Context<'_>) -> Self {
        let mut of: FxHashMap<ItemId, Content> = FxHashMap::default();
        for (id, item) in ctx.graph.items() {
            if ctx.policy.component_of(item.module).is_some() || id == item.module || !ctx.graph.is_examined(id) {
                continue;
            }
            let content = of.entry(item.module).or_default();
            content.first = content.first.into_iter().chain(item.place).min();
            if !ctx.is_dev(id) {
                let claimed = ctx.policy.component_of(id).is_some();
                *(if claimed {
                    &mut content.claimed
                } else {
                    &mut content.unclaimed
                }) += 1;
            }
        }
        for link in ctx.graph.references() {
            if let Some(content) = of.get_mut(&link.from) {
                content.first = content.first.or(Some(link.reference.place));
            }
        }
        Self { of }
    }

    /// A component may claim single items: a module all of whose items are claimed holds nothing that is not.
    fn all_claimed(&self, module: ItemId) -> bool {
        self.of
            .get(&module)
            .is_some_and(|content| content.claimed > 0 && content.unclaimed == 0)
    }

    /// Where the module stands; without a place of its own, where its code begins, or its file.
    fn place(&self, ctx: &Context<'_>, item: &Item, module: ItemId) -> Option<Place> {
        let first = || self.of.get(&module).and_then(|content| content.first);
        let start = Position { line: 1, column: 1 };
        let file = || {
            let file = ctx.graph.module_file(module)?;
            Some(Place {
                file,
                start,
                end: start,
            })
        };
        item.place.or_else(first).or_else(file)
    }
}
