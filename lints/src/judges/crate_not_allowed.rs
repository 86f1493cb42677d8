//! `crate-not-allowed`: a component with `crates` uses an external crate outside that list.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{CrateId, CrateOrigin, ItemId};
use archguard_invariants::policy::{ComponentId, RuleId, Selector};
use rustc_hash::FxHashMap;

use crate::blame::site;
use crate::context::{ByClass, Context};
use crate::sink::{Details, Key, Sink};

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    let by_component = ctx.policy.components.iter().any(|component| component.crates.is_some());
    let by_package = ctx.policy.packages.iter().any(|package| package.crates.is_some());
    if !by_component && !by_package {
        return;
    }
    let mut judged: FxHashMap<Owner, (ItemId, usize)> = FxHashMap::default();
    let mut memo: FxHashMap<Owner, ByClass<bool>> = FxHashMap::default();
    for link in ctx.graph.references().filter(|link| is_judged(ctx, link)) {
        let external = |&to: &ItemId| is_external(ctx, to) && !ctx.is_annotation(to);
        let Some(to) = Context::named(&link).find(external) else {
            continue;
        };
        for (owner, crates) in lists(ctx, link.from).into_iter().flatten() {
            judged.entry(owner).or_insert((link.from, 0)).1 += 1;
            let allowed = memo.entry(owner).or_insert_with(|| ctx.by_class());
            if !allowed.get(ctx, &link, || is_allowed(ctx, &link, crates)) {
                let key = Key {
                    rule: owner.rule(ctx, link.from),
                    lint: Lint::CrateNotAllowed,
                    from: link.from,
                    to: Some(to),
                };
                sink.report(key, site(&link, false), || details(ctx, &link, owner, to));
                break;
            }
        }
    }
    for (owner, (from, count)) in judged {
        sink.matched(&owner.rule(ctx, from), count);
    }
}

/// Whose list of crates it is that code must keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Owner {
    /// Of the component that it belongs to.
    Component(ComponentId),
    /// Of the package whose crate it is in.
    Package(CrateId),
}

impl Owner {
    fn rule(self, ctx: &Context<'_>, from: ItemId) -> RuleId {
        match self {
            Self::Component(user) => ctx.component_rule(user, "crates"),
            Self::Package(_) => ctx.package_rule(from, "crates"),
        }
    }
}

/// The list of the component that an item belongs to, and that of its package. What the first denies, the second need not.
fn lists<'c>(ctx: &'c Context<'_>, from: ItemId) -> [Option<(Owner, &'c Selector)>; 2] {
    let user = ctx.policy.component_of(from);
    let of_component = user.and_then(|user| {
        let crates = ctx.policy.component(user).crates.as_ref()?;
        Some((Owner::Component(user), crates))
    });
    let package = ctx.policy.package_of(ctx.graph, from);
    let of_package = package.and_then(|package| {
        let crates = package.crates.as_ref()?;
        Some((Owner::Package(ctx.graph.item(from).krate), crates))
    });
    [of_component, of_package]
}

/// What has no path of its own, or came out of a macro, was judged where the value or the macro came from.
fn is_judged(ctx: &Context<'_>, link: &Link<'_>) -> bool {
    let own = !link.reference.pathless && link.reference.inherited_from.is_none() && ctx.graph.is_examined(link.from);
    own && (ctx.judges_dev(false) || !ctx.is_dev_reference(link))
}

fn is_external(ctx: &Context<'_>, item: ItemId) -> bool {
    let origin = ctx.graph.krate(ctx.graph.item(item).krate).origin;
    matches!(origin, CrateOrigin::External | CrateOrigin::Opaque)
}

/// Listed, or handed out by a component under its public paths.
fn is_allowed(ctx: &Context<'_>, link: &Link<'_>, crates: &Selector) -> bool {
    crates.term_of_reference(ctx.graph, ctx.policy, link).is_some()
        || ctx.handouts().written_through(ctx, link).is_some()
}

fn details(ctx: &Context<'_>, link: &Link<'_>, owner: Owner, to: ItemId) -> Details {
    let (name, list) = match owner {
        Owner::Component(user) => (format!("`{}`", ctx.name(user)), ctx.declaration(user).crates.as_ref()),
        Owner::Package(krate) => {
            let package = ctx
                .policy
                .package_of(ctx.graph, link.from)
                .map(|package| package.limits);
            let name = format!("the package `{}`", ctx.graph.krate(krate).package);
            (name, package.and_then(|limits| limits.crates.as_ref()))
        }
    };
    let defining = &ctx.graph.krate(ctx.graph.item(to).krate).name;
    // Listing the crate that is written would do as well, where that is one: it hands the item out.
    let written = ctx.written(link).split("::").next().unwrap_or_default();
    let mut facades = ctx
        .graph
        .crates()
        .iter()
        .filter(|krate| krate.origin == CrateOrigin::External);
    let missing = if *written != **defining && facades.any(|krate| *krate.name == *written) {
        format!("lists neither `{written}` nor `{defining}`, the crate that defines it,")
    } else {
        format!("does not list the crate `{defining}`")
    };
    Details {
        written: ctx.written(link).to_owned(),
        continues_deed: true,
        message: format!(", but {name} {missing} in its `crates`"),
        policy_span: list.map(|crates| crates.span),
        ..Details::default()
    }
}
