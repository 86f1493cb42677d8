//! `missing-annotation`: a component has to say in its code that it is one, and an outermost module of it does not. What
//! those say that do say something is left to `contradicted-annotation`.

use archguard_invariants::finding::{Lint, Site};
use archguard_invariants::graph::{ItemId, ItemKind};
use archguard_invariants::place::{Place, Position, TextSpan};
use archguard_invariants::policy::{ComponentId, RuleId};
use rustc_hash::FxHashSet;

use super::contradicted_annotation::RULE;
use crate::context::Context;
use crate::sink::{Details, FoundSite, Key, Sink};
use crate::wording;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    let demands: Vec<Option<TextSpan>> = ctx.policy.ids().map(|id| demanded(ctx, id)).collect();
    if demands.iter().all(Option::is_none) {
        return;
    }
    let annotated: FxHashSet<ItemId> = ctx
        .graph
        .annotations()
        .components
        .iter()
        .map(|annotation| annotation.module)
        .collect();
    for (module, item) in ctx.graph.items() {
        if item.kind != ItemKind::Module || annotated.contains(&module) {
            continue;
        }
        let Some(owner) = ctx.policy.component_of(module) else {
            continue;
        };
        let Some(demand) = demands[owner.0 as usize].filter(|_| must_say(ctx, module, owner)) else {
            continue;
        };
        if let Some(place) = place(ctx, module) {
            let key = Key {
                rule: RuleId::reserved(RULE),
                lint: Lint::MissingAnnotation,
                from: module,
                to: None,
            };
            let site = Site { place, reference: None };
            let site = FoundSite { site, inherited: false };
            sink.report_whole(key, vec![site], details(ctx, module, owner, demand));
        }
    }
}

/// Where it is demanded that a component's code says what it is.
fn demanded(ctx: &Context<'_>, component: ComponentId) -> Option<TextSpan> {
    let of_all = ctx.policy.policy.settings.annotations_required;
    match &ctx.declaration(component).annotated {
        Some(annotated) => annotated.value.then_some(annotated.span),
        None => of_all,
    }
}

/// Whether a module is one of its component's outermost that hold code, and somebody writes it.
fn must_say(ctx: &Context<'_>, module: ItemId, owner: ComponentId) -> bool {
    let holds_code = |module: ItemId| !ctx.graph.item(module).only_modules;
    let mut around = ctx.graph.modules_around(module).skip(1);
    holds_code(module)
        && !ctx.is_dev(module)
        && !ctx.graph.is_generated(module)
        && !around.any(|outer| ctx.policy.component_of(outer) == Some(owner) && holds_code(outer))
}

/// Where the module stands; a crate root where its file begins.
fn place(ctx: &Context<'_>, module: ItemId) -> Option<Place> {
    let start = Position { line: 1, column: 1 };
    let file = || {
        Some(Place {
            file: ctx.graph.module_file(module)?,
            start,
            end: start,
        })
    };
    ctx.graph.item(module).place.or_else(file)
}

fn details(ctx: &Context<'_>, module: ItemId, owner: ComponentId, demand: TextSpan) -> Details {
    let name = ctx.name(owner);
    Details {
        written: ctx.graph.item(module).path.to_string(),
        message: format!(
            "{} does not say that it belongs to `{name}`: write `archguard::component!(\"{name}\");` in it",
            wording::item(ctx, module)
        ),
        policy_span: Some(demand),
        ..Details::default()
    }
}
