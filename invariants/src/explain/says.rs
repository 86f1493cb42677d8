//! What a rule says, in a sentence or two.

use super::place::{backticks, manner, scope_words};
use crate::advice::{as_written, demand};
use crate::place::Spanned;
use crate::policy::model::{Component, Layering, PackageLimits, Rank, RuleHead, TermList, Uses};
use crate::policy::{BoundPolicy, RuleId};

/// What a rule says.
pub(super) fn of(policy: &BoundPolicy<'_>, id: &RuleId) -> String {
    let is = |head: &RuleHead| head.id.value == *id;
    if let Some(rule) = policy.layers.iter().find(|rule| is(&rule.rule.head)) {
        return layers(rule.rule);
    }
    if let Some(rule) = policy.forbids.iter().find(|rule| is(&rule.rule.head)) {
        return format!(
            "Code{} must not {} {}{}.",
            scope_words(&rule.scope),
            if rule.rule.transitive {
                "reach, directly or through other code,"
            } else {
                "name"
            },
            backticks(&as_written(&rule.targets)),
            manner(&rule.rule.kinds),
        );
    }
    if let Some(rule) = policy.mandates.iter().find(|rule| is(&rule.rule.head)) {
        let shared = backticks(&as_written(&rule.shared));
        return format!(
            "{shared} alone may name {}; all other code{} uses {shared}.",
            backticks(&as_written(&rule.instead_of)),
            scope_words(&rule.scope),
        );
    }
    if let Some(rule) = policy.acyclics.iter().find(|rule| is(&rule.rule.head)) {
        let among = rule
            .rule
            .among
            .iter()
            .map(|among| crate::advice::among_word(among.value));
        let among: Vec<&str> = among.collect();
        return format!(
            "There is no cycle of references among {}{}.",
            among.join(", "),
            scope_words(&rule.scope),
        );
    }
    if let Some(rule) = policy.requires.iter().find(|rule| is(&rule.rule.head)) {
        return demand(policy, rule.rule);
    }
    if let Some((component, key)) = component_key(policy, id) {
        return of_component(component, key);
    }
    match package_list(policy, id) {
        Some((limits, key, list)) => of_package(&limits.package, key, &list.value),
        None => of_policy(policy, id),
    }
}

fn layers(rule: &Layering) -> String {
    let rank = |members: &Rank| {
        let names: Vec<String> = members.members.iter().map(|member| member.value.to_string()).collect();
        backticks(&names)
    };
    let order: Vec<String> = rule.order.iter().map(rank).collect();
    let siblings = rule.order.iter().any(|rank| rank.members.len() > 1);
    let inside = rule.inside.as_ref().map(|inside| {
        format!(
            "In each member of {} the order of submodules is, ",
            backticks(&texts(&inside.value))
        )
    });
    let mut text = format!(
        "{}from top to bottom: {}. Each may use only those below it.",
        inside.unwrap_or_else(|| "The order is, ".to_owned()),
        order.join("; ")
    );
    if siblings {
        text.push_str(" Those named together are siblings and may not use each other.");
    }
    text
}

/// The component and the key that a reserved id speaks of: `component.http.uses`.
pub(super) fn component_key<'p>(policy: &BoundPolicy<'p>, id: &RuleId) -> Option<(&'p Component, &'static str)> {
    let rest = id.as_str().strip_prefix("component.")?;
    let (name, key) = rest.rsplit_once('.')?;
    let key = ["uses", "public", "crates"].into_iter().find(|known| *known == key)?;
    let components = policy.policy.components.iter();
    components
        .into_iter()
        .find(|component| component.name.value.as_str() == name)
        .map(|component| (component, key))
}

/// The package, the key and the list that a reserved id speaks of: `package.web.uses`.
pub(super) fn package_list<'p>(
    policy: &BoundPolicy<'p>,
    id: &RuleId,
) -> Option<(&'p PackageLimits, &'static str, &'p Spanned<TermList>)> {
    let rest = id.as_str().strip_prefix("package.")?;
    let (name, key) = rest.rsplit_once('.')?;
    let limits = policy.policy.packages.iter().find(|limits| *limits.package == *name)?;
    match key {
        "uses" => Some((limits, "uses", limits.uses.as_ref()?)),
        "crates" => Some((limits, "crates", limits.crates.as_ref()?)),
        _ => None,
    }
}

fn of_package(package: &str, key: &str, list: &TermList) -> String {
    let listed = listed(list);
    match key {
        "uses" => format!(
            "Code of the package `{package}` may use, of other components, {listed} and nothing else, whatever its own \
             components may."
        ),
        _ => format!(
            "Code of the package `{package}` may use, of external crates, {listed} and nothing else, the standard library \
             apart."
        ),
    }
}

fn listed(list: &TermList) -> String {
    if list.is_empty() {
        "nothing".to_owned()
    } else {
        backticks(&texts(list))
    }
}

fn of_component(component: &Component, key: &str) -> String {
    let name = component.name.value.as_str();
    match key {
        "uses" => match component.uses.as_ref().map(|uses| &uses.value) {
            Some(Uses::Only(list)) => format!(
                "Of other components `{name}` may use {} and nothing else.",
                listed(list)
            ),
            _ => format!("`{name}` may use every component that the layerings do not deny."),
        },
        "public" => {
            let list = component.public.as_ref().map(|list| listed(&list.value));
            format!(
                "Of `{name}` others may write {} and nothing else.",
                list.unwrap_or_default()
            )
        }
        _ => {
            let list = component.crates.as_ref().map(|list| listed(&list.value));
            format!(
                "Of external crates `{name}` may use {} and nothing else, the standard library apart.",
                list.unwrap_or_default()
            )
        }
    }
}

fn of_policy(policy: &BoundPolicy<'_>, id: &RuleId) -> String {
    let settings = &policy.policy.settings;
    match (id.as_str(), settings.unassigned_allowed, settings.undeclared_allowed) {
        ("policy.unassigned", true, _) => {
            "`[policy] unassigned = \"allow\"`: code in no component is no breach.".to_owned()
        }
        ("policy.unassigned", false, _) => "Every module with code belongs to a component.".to_owned(),
        ("policy.dev_code", ..) => "Production code does not use development code.".to_owned(),
        ("policy.base", ..) => "With `--base` the policy denies what the one at that commit denied.".to_owned(),
        ("policy.annotations", ..) => match settings.annotations_required {
            Some(_) => {
                "Every component says in its code that it is one, and what code says agrees with the policy.".to_owned()
            }
            None => "What code says of its component agrees with the policy.".to_owned(),
        },
        ("policy.exceptions", ..) => "Every exception accepts something that is still found.".to_owned(),
        (_, _, true) => {
            "`[policy] undeclared = \"allow\"`: what neither `uses` nor a layering speaks of is no breach.".to_owned()
        }
        _ => "A component uses another only where its `uses` or a layering that holds both says so.".to_owned(),
    }
}

fn texts(list: &TermList) -> Vec<String> {
    list.iter().map(|term| term.value.to_string()).collect()
}
