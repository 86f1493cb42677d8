//! What the two lints of `require` share: which selected items lack something, and the words for it.

use archguard_invariants::finding::{Lint, Site};
use archguard_invariants::graph::{ItemId, ItemKind};
use archguard_invariants::place::{Place, Position};
use archguard_invariants::policy::Selector;
use archguard_invariants::policy::require::{BoundRequire, Key, Relation};

use crate::context::Context;
use crate::sink::{Details, FoundSite, Key as FindingKey, Sink};
use crate::wording;

/// Reports the selected items whose lack is of this lint: where only the place is wrong, or anything else.
pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink, lint: Lint) {
    for rule in &ctx.policy.requires {
        for &item in &rule.selected {
            let unmet = ctx.examiner().unmet(rule, item);
            let only_misplaced = unmet == [Key::In];
            if unmet.is_empty() || only_misplaced != (lint == Lint::MisplacedItem) {
                continue;
            }
            let key = FindingKey {
                rule: rule.rule.head.id.value.clone(),
                lint,
                from: item,
                to: None,
            };
            sink.report_whole(key, sites(ctx, rule, item), details(ctx, rule, item, &unmet));
        }
    }
}

/// The item's name, then where it is passed.
fn sites(ctx: &Context<'_>, rule: &BoundRequire<'_>, item: ItemId) -> Vec<FoundSite> {
    let own = FoundSite {
        site: Site {
            place: place(ctx, item),
            reference: None,
        },
        inherited: false,
    };
    // What comes second keeps behind, wherever it stands.
    let passed = ctx.examiner().passings(rule, item).map(|passing| FoundSite {
        site: Site {
            place: passing.reference.place,
            reference: Some(passing.reference.clone()),
        },
        inherited: true,
    });
    std::iter::once(own).chain(passed).collect()
}

/// Where an item stands; a crate's root where its file begins.
fn place(ctx: &Context<'_>, item: ItemId) -> Place {
    let of = ctx.graph.item(item);
    let start = Position { line: 1, column: 1 };
    of.place.unwrap_or_else(|| Place {
        file: ctx
            .graph
            .module_file(of.module)
            .unwrap_or(archguard_invariants::place::FileId(0)),
        start,
        end: start,
    })
}

fn details(ctx: &Context<'_>, rule: &BoundRequire<'_>, item: ItemId, unmet: &[Key]) -> Details {
    let name = wording::item(ctx, item);
    let deed = deed(ctx, rule, item);
    let message = if let [Key::In] = unmet {
        let stands = format!("stands in {}", stands_in(ctx, item));
        let deed = deed.map_or(stands.clone(), |deed| format!("{deed} and {stands}"));
        format!("{name} {deed}, but belongs in {}", terms(rule.must.within.as_ref()))
    } else {
        let lacks: Vec<String> = unmet.iter().map(|&key| lack(ctx, rule, item, key)).collect();
        let lacks = lacks.join(" and ");
        match deed {
            Some(deed) => format!("{name} {deed} but {lacks}"),
            None => format!("{name} {lacks}"),
        }
    };
    Details {
        written: ctx.graph.item(item).path.to_string(),
        message,
        policy_span: Some(rule.must.conditions.span),
        ..Details::of_rule(&rule.rule.head)
    }
}

/// What made the rule select the item, where it is something that the item does.
fn deed(ctx: &Context<'_>, rule: &BoundRequire<'_>, item: ItemId) -> Option<String> {
    if let Some(passing) = ctx.examiner().passings(rule, item).next() {
        let to = wording::target(ctx, &passing.reference, passing.to);
        let through = passing.through.map(|function| wording::item(ctx, function));
        let through = through.map_or(String::new(), |function| format!(" through {function}"));
        return Some(format!("is passed to {to}{through}"));
    }
    let (relation, list) = rule.items.relations.first()?;
    let named = |verb: &str| {
        let link = ctx.examiner().reference_of(rule, *relation, item);
        link.map(|link| format!("{verb} {}", wording::target(ctx, link.reference, link.to)))
    };
    match relation {
        Relation::Attribute => named("carries the attribute"),
        Relation::Derive => named("derives"),
        Relation::Implement => named("implements"),
        Relation::Take => Some(format!("takes {}", terms(Some(list)))),
        Relation::Return => Some(format!("returns {}", terms(Some(list)))),
        Relation::Call => named("calls"),
        Relation::Reference => named("names"),
        Relation::PassedTo => None,
    }
}

/// What an item lacks.
fn lack(ctx: &Context<'_>, rule: &BoundRequire<'_>, item: ItemId, key: Key) -> String {
    let must = rule.must.conditions;
    let named = |relation| terms(rule.must.list(relation));
    let word = |wanted: Option<bool>, word: &str| {
        let not = if wanted == Some(true) { "not " } else { "" };
        format!("is {not}`{word}`")
    };
    match key {
        Key::Kind => format!("is no {}", either(must.kinds.iter().map(|kind| kind.word()))),
        Key::Name => format!(
            "is not named {}",
            either(must.names.iter().map(|name| name.value.to_string()))
        ),
        Key::In => format!(
            "stands in {}, not in {}",
            stands_in(ctx, item),
            terms(rule.must.within.as_ref())
        ),
        Key::Visibility => format!("is not {}", either(must.access.iter().map(|access| access.word()))),
        Key::Relation(Relation::Attribute) => format!("does not carry the attribute {}", named(Relation::Attribute)),
        Key::Relation(Relation::Derive) => format!("does not derive {}", named(Relation::Derive)),
        Key::Relation(Relation::Implement) => format!("does not implement {}", named(Relation::Implement)),
        Key::Relation(Relation::Take) => format!("takes no {}", named(Relation::Take)),
        Key::Relation(Relation::Return) => format!("does not return {}", named(Relation::Return)),
        Key::Relation(Relation::Call) => format!("never calls {}", named(Relation::Call)),
        Key::Relation(Relation::Reference) => format!("never names {}", named(Relation::Reference)),
        Key::Relation(Relation::PassedTo) => format!("is not passed to {}", named(Relation::PassedTo)),
        Key::Async => word(must.is_async, "async"),
        Key::Unsafe => word(must.is_unsafe, "unsafe"),
    }
}

/// The component that an item is in; where there is none, the module.
fn stands_in(ctx: &Context<'_>, item: ItemId) -> String {
    if let Some(component) = ctx.policy.component_of(item) {
        return format!("`{}`", ctx.name(component));
    }
    let of = ctx.graph.item(item);
    let around = match of.kind {
        ItemKind::Module => of.parent.unwrap_or(item),
        _ => of.module,
    };
    wording::item(ctx, around)
}

/// The terms of a list of the policy, of which one is enough.
fn terms(list: Option<&Selector>) -> String {
    let terms = list.map(|list| list.terms.as_slice()).unwrap_or_default();
    let positive = terms.iter().filter(|(text, _)| !text.starts_with('!'));
    either(positive.map(|(text, _)| text))
}

/// "`a`, `b` or `c`".
fn either<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
