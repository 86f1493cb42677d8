//! The words of messages: one sentence that stands alone and names both ends.

use archguard_invariants::graph::{CrateOrigin, ItemId, ItemKind, Reference, ReferenceKind};
use archguard_invariants::pattern::{LiteralKind, Segment};
use archguard_invariants::policy::Selector;

use crate::context::Context;

/// What the code does to the thing it names.
fn verb(kind: ReferenceKind, to: ItemKind) -> &'static str {
    let is_function = matches!(to, ItemKind::Function | ItemKind::Method);
    match kind {
        ReferenceKind::Method if !is_function => "calls a method of",
        ReferenceKind::Call if matches!(to, ItemKind::Struct | ItemKind::Variant | ItemKind::Union) => "constructs",
        ReferenceKind::Import => "imports",
        ReferenceKind::Path => "uses",
        ReferenceKind::Call => "calls",
        ReferenceKind::Method => "calls the method",
        ReferenceKind::Field => "accesses a field of",
        ReferenceKind::Operator => "uses the operator",
        ReferenceKind::Macro => "invokes",
        ReferenceKind::Derive => "derives",
        ReferenceKind::Attribute => "carries the attribute",
        ReferenceKind::Type => "names",
        ReferenceKind::Impl => "implements",
        ReferenceKind::Pattern => "matches on",
        ReferenceKind::Literal => "holds",
        ReferenceKind::Foreign => "declares",
    }
}

/// "`shop::http::list` calls `sqlx::query`"; where the path was written through some other place, its definition too.
pub(crate) fn deed(ctx: &Context<'_>, reference: &Reference, from: ItemId, to: ItemId) -> String {
    let verb = if reference.reexport {
        "re-exports"
    } else {
        verb(reference.kind, ctx.graph.item(to).kind)
    };
    format!("{} {verb} {}", item(ctx, from), target(ctx, reference, to))
}

/// What a literal says, in words.
fn text_in_words(literal: LiteralKind) -> &'static str {
    match literal {
        LiteralKind::Sql => "SQL as text",
        LiteralKind::SqlFormatted => "SQL that values are formatted into, where they should be bound",
    }
}

/// The written path, and the definition where the path does not show whose it is.
pub(crate) fn target(ctx: &Context<'_>, reference: &Reference, to: ItemId) -> String {
    let written = ctx.graph.text(reference.written);
    let of_literal = LiteralKind::ALL
        .into_iter()
        .find(|kind| written.strip_prefix("literal:") == Some(kind.word()));
    if let (ReferenceKind::Literal, Some(literal)) = (reference.kind, of_literal) {
        return format!("{} (`{written}`)", text_in_words(literal));
    }
    let definition = ctx.graph.item(to);
    let mark = if definition.kind == ItemKind::Macro { "!" } else { "" };
    let elsewhere = ctx.owner_of_written(reference.written).is_some_and(|owner| {
        ctx.policy.component_of(owner) != ctx.policy.component_of(to) || !ctx.graph.is_examined(to)
    });
    if elsewhere && *definition.path != *written {
        format!("`{written}{mark}` (that is, `{}{mark}`)", definition.path)
    } else {
        format!("`{written}{mark}`")
    }
}

/// Where a term covers a definition only because its crate shares the repository of the crate that the term names, and
/// nothing in the code says so: "; `regex_syntax` counts as `regex_automata`, whose repository it comes from".
pub(crate) fn kinship(ctx: &Context<'_>, targets: &Selector, term: usize, reference: &Reference, to: ItemId) -> String {
    let named = targets.written.iter().find(|(_, of)| *of == term);
    let Some(Segment::Literal(named)) = named.and_then(|(pattern, _)| pattern.segments.first()) else {
        return String::new();
    };
    let krate = ctx.graph.krate(ctx.graph.item(to).krate);
    let written = ctx.graph.text(reference.written).split("::").next().unwrap_or_default();
    let by_name = krate.name.starts_with(&**named) || *written == **named;
    if by_name || krate.origin != CrateOrigin::External {
        return String::new();
    }
    let facades = &ctx.policy.policy.facades;
    let facade = facades.iter().find(|facade| facade.name.value == *named);
    let listed = facade.is_some_and(|facade| {
        let mut family = facade.family.iter();
        family.any(|listed| listed.value.covers_path(&ctx.graph.item(to).path))
    });
    let why = if listed {
        "as `[facades]` says"
    } else {
        "whose repository it comes from"
    };
    format!("; `{}` counts as `{named}`, {why}", krate.name)
}

/// An item's path in backticks.
pub(crate) fn item(ctx: &Context<'_>, item: ItemId) -> String {
    let item = ctx.graph.item(item);
    let mark = if item.kind == ItemKind::Macro { "!" } else { "" };
    format!("`{}{mark}`", item.path)
}

/// "`a`, `b` and `c`".
pub(crate) fn list<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The terms of a list of the policy, as written there.
pub(crate) fn terms(selector: &Selector) -> String {
    list(selector.terms.iter().map(|(text, _)| text))
}

/// "1 reference", "3 references".
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}
