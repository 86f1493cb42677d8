//! What may and may not be done in a place, as plain text with the headings and lists of Markdown: short imperative
//! sentences, in an order that does not change, so that a person or an assistant can act on them one by one.

use std::collections::BTreeMap;
use std::io::{self, Write};

use archguard_invariants::advice::Guidance;
use archguard_invariants::advice::document::{
    Crates, DenialWord, EntryPoint, ExceptionAdvice, FileGuidance, GuardDocument, LayerPosition, MandateAdvice,
    MustNotUse, ProhibitionAdvice,
};
use archguard_invariants::policy::model::Severity;

use super::page::Page;

/// How many names of a list stand in a line.
const NAMES_SHOWN: usize = 40;

/// Prints the answer of `guard`.
pub(crate) fn guard(document: &GuardDocument, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::default();
    for file in &document.files {
        page.heading(1, &file.file);
        for line in standing(file) {
            page.line(line);
        }
        sections(&mut page, &file.guidance);
    }
    page.write(out)
}

/// Which module the file is, and whose.
fn standing(file: &FileGuidance) -> Vec<String> {
    let guidance = &file.guidance;
    let module = &guidance.place;
    let mut lines = Vec::new();
    let verb = if guidance.exists { "is" } else { "would be" };
    lines.push(match &guidance.component {
        Some(component) if guidance.new_component => {
            format!("This file {verb} the module `{module}`, the first of a new component `{component}`.")
        }
        Some(component) => format!("This file {verb} the module `{module}` of the component `{component}`."),
        None if guidance.dev => format!("This file {verb} the module `{module}`, in no component."),
        None => format!(
            "This file {verb} the module `{module}`, in no component: put it into one, or name it in one of the policy. Code \
             in no component is a breach (policy.unassigned)."
        ),
    });
    if guidance.dev {
        lines.push("It is development code: only what is listed here judges it.".to_owned());
    }
    if !file.also.is_empty() {
        lines.push(format!(
            "It is also {}: what follows is said of the first.",
            ticked(&file.also)
        ));
    }
    if let Some(declaring) = &file.declare_in {
        let name = module.rsplit("::").next().unwrap_or(module);
        lines.push(format!("Declare it: `mod {name};` in `{declaring}`."));
    }
    lines
}

/// The sections after the heading.
pub(super) fn sections(page: &mut Page, guidance: &Guidance) {
    page.section("May use", &may(guidance), true);
    page.section("Must not use", &must_not(guidance), true);
    page.section("Must", &must(guidance), true);
    let requirements = guidance.requirements.iter();
    let requirements = requirements.map(|demand| item(&demand.demand, &demand.rule, demand.because.as_deref()));
    page.section("Must, in new items", &requirements.collect::<Vec<String>>(), true);
    let layers: Vec<String> = guidance.layers.iter().map(layer).collect();
    page.section("Layers", &layers, true);
    let exceptions: Vec<String> = guidance.exceptions.iter().map(accepted).collect();
    page.section("Accepted for now", &exceptions, true);
}

pub(super) fn accepted(exception: &ExceptionAdvice) -> String {
    let to = exception.to.as_ref().map(|to| format!(" naming `{to}`"));
    let accepted = if exception.expired {
        "was accepted until"
    } else {
        "is accepted until"
    };
    let over = if exception.expired { ", which is over" } else { "" };
    format!(
        "`{}`{} {accepted} {}{over}: {} ({}) [{}]",
        exception.from,
        to.unwrap_or_default(),
        exception.until,
        exception.reason,
        exception.owner,
        exception.rule
    )
}

fn may(guidance: &Guidance) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if let Some(component) = guidance.component.as_ref().filter(|_| !guidance.new_component) {
        lines.push(format!("everything of `{component}` itself."));
    }
    for other in &guidance.may_use {
        let what = match &other.public {
            Some(public) if public.is_empty() => "nothing of it may be written".to_owned(),
            Some(public) => format!("write only {}", ticked(public)),
            None => format!("all of {}", ticked(&other.paths)),
        };
        lines.push(format!("`{}`: {what}.", other.component));
    }
    lines.push(crates(&guidance.crates));
    if !guidance.crates.dev_only.is_empty() {
        lines.push(format!(
            "in development code alone: {}.",
            ticked(&guidance.crates.dev_only)
        ));
    }
    lines
}

fn crates(crates: &Crates) -> String {
    let direct = if crates.may_use.is_empty() {
        String::new()
    } else {
        format!(" Direct dependencies among them: {}.", ticked(&crates.may_use))
    };
    match &crates.listed {
        Some(listed) if listed.is_empty() => "the standard library, and no external crate.".to_owned(),
        Some(listed) => format!("of external crates only {}, and the standard library.", ticked(listed)),
        None => format!("every external crate that nothing below forbids, and the standard library.{direct}"),
    }
}

fn must_not(guidance: &Guidance) -> Vec<String> {
    let components = guidance.must_not_use.iter().map(component_denied);
    let mut by_list: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let lists = guidance.crates.must_not_use.iter();
    for denied in lists.filter(|denied| denied.rule.ends_with(".crates")) {
        by_list.entry(&denied.rule).or_default().push(denied.krate.clone());
    }
    let by_list = by_list.iter().map(|(rule, crates)| {
        let owner = owner_of(rule);
        let crates = ticked(crates);
        format!("{crates}, which the crate depends on but this {owner} does not list. [{rule}]")
    });
    components
        .chain(by_list)
        .chain(guidance.prohibitions.iter().map(prohibited))
        .collect()
}

fn component_denied(denied: &MustNotUse) -> String {
    let why = match denied.reason {
        DenialWord::Above => "a layer above",
        DenialWord::Beside => "a sibling in its layer",
        DenialWord::NotListed if owner_of(&denied.rule) == "package" => "not in this package's `uses`",
        DenialWord::NotListed => "not in this component's `uses`",
        DenialWord::Undeclared => "neither in a `uses` nor below in a layering",
        DenialWord::Forbidden => "forbidden",
    };
    let instead = instead(&denied.instead);
    item(
        &format!("`{}`: {why}.{instead}", denied.component),
        &denied.rule,
        denied.because.as_deref(),
    )
}

/// Whose list a rule of the tool's own is.
fn owner_of(rule: &str) -> &'static str {
    if rule.starts_with("package.") {
        "package"
    } else {
        "component"
    }
}

fn prohibited(rule: &ProhibitionAdvice) -> String {
    let passed = rule.targets.iter().filter_map(|target| target.strip_prefix('!'));
    let passed: Vec<String> = passed.map(str::to_owned).collect();
    let named = rule.targets.iter().filter(|target| !target.starts_with('!'));
    let named: Vec<String> = named.cloned().collect();
    let mut parts = vec![ticked(&named)];
    if !passed.is_empty() {
        parts.push(format!(" (but {} may be)", ticked(&passed)));
    }
    let kinds: Vec<&str> = rule
        .kinds
        .iter()
        .map(String::as_str)
        .filter(|kind| !matches!(*kind, "public" | "transitive"))
        .collect();
    if !kinds.is_empty() {
        parts.push(format!(" as {}", kinds.join(", ")));
    }
    if rule.kinds.iter().any(|kind| kind == "transitive") {
        parts.push(", nor call what leads there".to_owned());
    }
    if rule.kinds.iter().any(|kind| kind == "public") {
        parts.push(" in what other components can see (signatures, public fields, bounds, re-exports)".to_owned());
    }
    parts.push(".".to_owned());
    parts.push(instead(&rule.instead));
    let replaced = rule.replacements.iter();
    parts.extend(replaced.map(|one| format!(" Instead of `{}` use `{}`.", one.of, one.by)));
    if rule.severity == Severity::Warn {
        parts.push(" (A warning.)".to_owned());
    }
    item(&parts.concat(), &rule.rule, rule.because.as_deref())
}

fn must(guidance: &Guidance) -> Vec<String> {
    let mandates = guidance.mandates.iter().map(|rule| mandate(guidance, rule));
    let cycles = guidance.acyclic.iter().map(|rule| {
        let text = format!("Close no cycle among {}.", rule.among.join(", "));
        item(&text, &rule.rule, rule.because.as_deref())
    });
    let public = guidance.public.as_ref().map(|public| {
        let text = if public.is_empty() {
            "Let no other component write anything of this one.".to_owned()
        } else {
            format!("Let others in only by {}.", ticked(public))
        };
        format!("{text} What else they need, re-export there.")
    });
    mandates.chain(cycles).chain(public).collect()
}

fn mandate(guidance: &Guidance, rule: &MandateAdvice) -> String {
    let out_of_reach = |name: &String| guidance.must_not_use.iter().any(|denied| denied.component == *name);
    let text = if rule.shared.iter().all(out_of_reach) {
        format!(
            "Leave {} to {}, which this code may not use either: let its callers do it.",
            ticked(&rule.instead_of),
            ticked(&rule.shared)
        )
    } else if rule.here {
        format!(
            "Keep {} here: no other code may name it. Offer what others need of it.{}",
            ticked(&rule.instead_of),
            offered(&rule.entry_points)
        )
    } else {
        format!(
            "Use {} ({}) instead of {}.",
            ticked(&rule.shared),
            ways_in(rule),
            ticked(&rule.instead_of)
        )
    };
    item(&text, &rule.rule, rule.because.as_deref())
}

/// What its code says is to be used, else what may be written of it.
fn ways_in(rule: &MandateAdvice) -> String {
    if rule.entry_points.is_empty() {
        ticked(&rule.public)
    } else {
        entries(&rule.entry_points)
    }
}

fn offered(entry_points: &[EntryPoint]) -> String {
    if entry_points.is_empty() {
        String::new()
    } else {
        format!(" Its entry points: {}.", entries(entry_points))
    }
}

/// `shop::auth::sign_in` (the only way in), ...
pub(super) fn entries(entry_points: &[EntryPoint]) -> String {
    let shown = entry_points.iter().map(|entry| match &entry.purpose {
        Some(purpose) => format!("`{}` ({purpose})", entry.path),
        None => format!("`{}`", entry.path),
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn layer(position: &LayerPosition) -> String {
    let ranks = position.order.iter().enumerate().map(|(rank, members)| {
        let members = members.join(" | ");
        if rank == position.rank {
            format!("**{members}**")
        } else {
            members
        }
    });
    let ranks: Vec<String> = ranks.collect();
    let within = if position.within.is_empty() {
        String::new()
    } else {
        format!("in each of {}: ", ticked(&position.within))
    };
    let text = format!("{within}{}. Use only what stands further right.", ranks.join(" > "));
    item(&text, &position.rule, position.because.as_deref())
}

fn instead(paths: &[String]) -> String {
    if paths.is_empty() {
        String::new()
    } else {
        format!(" Use {} instead.", ticked(paths))
    }
}

/// A sentence, why, and the rule behind it.
fn item(text: &str, rule: &str, because: Option<&str>) -> String {
    match because {
        Some(because) => format!("{text} {because} [{rule}]"),
        None => format!("{text} [{rule}]"),
    }
}

/// "`a`, `b`", of long lists the beginning and the number.
pub(super) fn ticked(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMES_SHOWN).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(NAMES_SHOWN);
    if more == 0 {
        shown.join(", ")
    } else {
        format!("{} and {more} more", shown.join(", "))
    }
}
