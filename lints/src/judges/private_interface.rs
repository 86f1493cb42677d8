//! `private-interface`: code writes a path of another component that is not in that component's `public`.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{ItemKind, ReferenceKind};
use archguard_invariants::pattern::{PathPattern, Segment};
use archguard_invariants::policy::ComponentId;
use rustc_hash::FxHashMap;

use crate::blame::site;
use crate::context::Context;
use crate::handouts::is_public;
use crate::sink::{Details, Key, Sink};

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    if ctx.policy.components.iter().all(|component| component.public.is_none()) {
        return;
    }
    let mut judged: FxHashMap<ComponentId, usize> = FxHashMap::default();
    for link in ctx.graph.references().filter(|link| is_judged(ctx, link)) {
        // Code in no component is an outsider to all of them.
        let user = ctx.policy.component_of(link.from);
        let (asked, owner) = private_to(ctx, &link, user);
        if let Some(asked) = asked {
            *judged.entry(asked).or_default() += 1;
        }
        if let Some(owner) = owner {
            let rule = ctx.component_rule(owner, "public");
            let key = Key {
                rule,
                lint: Lint::PrivateInterface,
                from: link.from,
                to: Some(link.to),
            };
            sink.report(key, site(&link, false), || details(ctx, &link, owner));
        }
    }
    for (owner, count) in judged {
        sink.matched(&ctx.component_rule(owner, "public"), count);
    }
}

/// What has no path of its own, or came out of a macro, was judged where the value or the macro came from.
fn is_judged(ctx: &Context<'_>, link: &Link<'_>) -> bool {
    let own = !link.reference.pathless && link.reference.inherited_from.is_none() && ctx.graph.is_examined(link.from);
    own && (ctx.judges_dev(false) || !ctx.is_dev_reference(link))
}

/// The component with a declared `public` that a reference of `user` was judged by, and again if it is private to that.
///
/// First by whose territory the written path lies in, then by whose the definition is: what one component keeps to itself
/// is not public because another re-exports it.
fn private_to(
    ctx: &Context<'_>,
    link: &Link<'_>,
    user: Option<ComponentId>,
) -> (Option<ComponentId>, Option<ComponentId>) {
    let declares =
        |component: &ComponentId| Some(*component) != user && ctx.policy.component(*component).public.is_some();
    let territory = ctx.component_of_written(link);
    if let Some(owner) = territory.filter(declares) {
        let public = ctx.handouts().written_through(ctx, link) == Some(owner) || leads_to_public(ctx, link, owner);
        return (Some(owner), (!public).then_some(owner));
    }
    // A trait's item called by way of a type: the type is what was written.
    let own_type = link
        .reference
        .also
        .is_some_and(|also| ctx.policy.component_of(also) == territory);
    let defined = ctx
        .policy
        .component_of(link.to)
        .filter(|owner| declares(owner) && !own_type);
    let private = defined.filter(|&owner| Some(owner) != territory && !is_public(ctx, owner, link.to));
    (defined, private)
}

/// An import of a module on the way to something public is no use of the component yet: what is then written is judged.
fn leads_to_public(ctx: &Context<'_>, link: &Link<'_>, owner: ComponentId) -> bool {
    if link.reference.kind != ReferenceKind::Import || ctx.graph.item(link.to).kind != ItemKind::Module {
        return false;
    }
    let public = ctx.policy.component(owner).public.as_ref();
    public.is_some_and(|public| {
        public
            .written
            .iter()
            .any(|(pattern, _)| starts_with(pattern, ctx.written(link)))
    })
}

/// Whether a pattern names something below a module. The first segments, crate or package, are the same: both paths are
/// the component's own.
fn starts_with(pattern: &PathPattern, module: &str) -> bool {
    let mut segments = pattern.segments.iter().skip(1);
    let mut names = module.split("::").skip(1);
    names.all(|name| match segments.next() {
        Some(Segment::Many) => true,
        Some(segment) => segment.matches(name),
        None => false,
    })
}

fn details(ctx: &Context<'_>, link: &Link<'_>, owner: ComponentId) -> Details {
    let name = ctx.name(owner);
    let terms = ctx
        .policy
        .component(owner)
        .public
        .iter()
        .flat_map(|public| &public.terms);
    Details {
        written: ctx.written(link).to_owned(),
        continues_deed: true,
        message: format!(", which is private to `{name}`: it is not in its `public`"),
        instead: terms.map(|(text, _)| text.to_string()).collect(),
        policy_span: ctx.declaration(owner).public.as_ref().map(|public| public.span),
        ..Details::default()
    }
}
