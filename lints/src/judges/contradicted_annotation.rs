//! `contradicted-annotation`: a module says that it belongs to one component, the policy gives it to another or to none. That
//! a module says nothing is left to `missing-annotation`.

use archguard_invariants::finding::{Lint, Site};
use archguard_invariants::graph::ComponentAnnotation;
use archguard_invariants::nearest::nearest;
use archguard_invariants::policy::{BoundPolicy, ComponentId, RuleId};

use crate::context::Context;
use crate::sink::{Details, FoundSite, Key, Sink};
use crate::wording;

/// The rule that annotations go by.
pub(super) const RULE: &str = "policy.annotations";

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    let rule = RuleId::reserved(RULE);
    for annotation in &ctx.graph.annotations().components {
        sink.matched(&rule, 1);
        let owner = ctx.policy.component_of(annotation.module);
        // Development code needs no component; what it says of one has to be right all the same.
        let unowned_dev = owner.is_none() && (annotation.dev || ctx.is_dev(annotation.module));
        if owner.is_some_and(|owner| is_meant(ctx.policy, owner, annotation))
            || (unowned_dev && named(ctx.policy, annotation).is_some())
        {
            continue;
        }
        let key = Key {
            rule: rule.clone(),
            lint: Lint::ContradictedAnnotation,
            from: annotation.module,
            to: None,
        };
        let site = Site {
            place: annotation.place,
            reference: None,
        };
        sink.report(key, FoundSite { site, inherited: false }, || {
            details(ctx, annotation, owner)
        });
    }
}

/// Whether an annotation names a component, or the family that it is a member of.
pub(super) fn is_meant(policy: &BoundPolicy<'_>, component: ComponentId, annotation: &ComponentAnnotation) -> bool {
    let bound = policy.component(component);
    let family = bound.family.as_ref();
    bound.name.as_str() == &*annotation.component
        || family.is_some_and(|family| family.as_str() == &*annotation.component)
}

fn named(policy: &BoundPolicy<'_>, annotation: &ComponentAnnotation) -> Option<ComponentId> {
    policy.ids().find(|&id| is_meant(policy, id, annotation))
}

fn details(ctx: &Context<'_>, annotation: &ComponentAnnotation, owner: Option<ComponentId>) -> Details {
    let said = &annotation.component;
    let meant = named(ctx.policy, annotation);
    let known = if meant.is_some() {
        String::new()
    } else {
        let names = ctx.policy.ids().map(|id| ctx.name(id));
        let near = nearest(said, names).map(|near| format!("; did you mean `{near}`?"));
        format!(", and there is no component `{said}`{}", near.unwrap_or_default())
    };
    let given = match owner {
        Some(owner) => format!("the policy gives it to `{}`", ctx.name(owner)),
        None => "the policy gives it to no component".to_owned(),
    };
    let module = wording::item(ctx, annotation.module);
    let declared = owner.or(meant).map(|id| ctx.declaration(id).name.span);
    Details {
        written: ctx.graph.item(annotation.module).path.to_string(),
        message: format!("{module} says that it belongs to `{said}`, {given}{known}"),
        policy_span: declared,
        ..Details::default()
    }
}
