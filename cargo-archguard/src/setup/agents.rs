//! The section of `AGENTS.md`: what an assistant has to know before it writes, made from the policy.

use archguard_invariants::graph::Graph;
use archguard_invariants::policy::bound::{BoundMandate, Permission};
use archguard_invariants::policy::model::Forbid;
use archguard_invariants::policy::{BoundPolicy, ComponentId, Selector};
use archguard_invariants::setup::Part;

use super::section::{Comment, Section};
use super::site::Site;
use super::wanted::Wanted;

const FILE: &str = "AGENTS.md";
/// More rows than these are for `explain`.
const ROWS: usize = 60;

/// The section with the lines of a policy.
pub(super) fn wanted(site: &Site, lines: &[String]) -> Wanted {
    let path = site.root.join(FILE);
    Wanted {
        part: Part::Agents,
        display: site.display(&path),
        path,
        frame: "",
        section: Section::sealed(Comment::Markup, lines),
        placing: Box::new(|text, section| Ok(section.put_into(text, text.len()))),
        already: |_| false,
        executable: false,
    }
}

/// What the section says.
pub(super) fn lines(graph: &Graph, policy: &BoundPolicy<'_>) -> Vec<String> {
    let mut lines: Vec<String> = [
        "## Architecture",
        "",
        "`archguard.toml` declares which code may use which. It is checked in every build and in CI.",
        "",
        "- Before you write a file, new or old: `cargo archguard guard <file>` says what it may and must not use.",
        "- After a change: `cargo archguard` has to end clean. `cargo archguard explain <path or rule>` says why it does not.",
        "- Do not edit `archguard.toml`, its exceptions or its baseline to make a change pass: ask first.",
        "",
        "| component | code | may use |",
        "|---|---|---|",
    ]
    .map(str::to_owned)
    .into();
    let declared = policy.policy.components.len();
    lines.extend((0..declared.min(ROWS)).map(|user| row(policy, user)));
    if declared > ROWS {
        lines.push(format!(
            "\n{} more: `cargo archguard graph --by component`.",
            declared - ROWS
        ));
    }
    let mandates = policy.mandates.iter().map(|rule| mandate(graph, policy, rule));
    let forbids = policy
        .policy
        .forbids
        .iter()
        .filter(|rule| !rule.head.instead.is_empty());
    let rules: Vec<String> = mandates.chain(forbids.map(forbid)).collect();
    if !rules.is_empty() {
        lines.push(String::new());
        lines.extend(rules);
    }
    lines
}

fn row(policy: &BoundPolicy<'_>, user: usize) -> String {
    let component = &policy.policy.components[user];
    let code: Vec<String> = component.paths.iter().map(|term| term.value.to_string()).collect();
    let others = || (0..policy.policy.components.len()).filter(|&other| other != user);
    let names: Vec<String> = others()
        .filter(|&other| may_use(policy, user, other))
        .map(|other| policy.policy.components[other].name.value.as_str().to_owned())
        .collect();
    let reach = match names.len() {
        0 => "no other component".to_owned(),
        all if all == others().count() => "every other component".to_owned(),
        _ => ticked(&names),
    };
    format!("| `{}` | {} | {reach} |", component.name.value.as_str(), ticked(&code))
}

/// Whether every member of one may use every member of the other.
fn may_use(policy: &BoundPolicy<'_>, user: usize, other: usize) -> bool {
    let members = |declaration: usize| -> Vec<ComponentId> {
        policy
            .ids()
            .filter(|&id| policy.component(id).declaration == declaration)
            .collect()
    };
    let (users, others) = (members(user), members(other));
    let allowed = |from: ComponentId, to: ComponentId| match policy.permission(from, to) {
        Permission::Allowed => true,
        Permission::Undeclared => policy.policy.settings.undeclared_allowed,
        Permission::DeniedByLayering { .. } | Permission::NotInUses => false,
    };
    !users.is_empty() && !others.is_empty() && users.iter().all(|&from| others.iter().all(|&to| allowed(from, to)))
}

fn mandate(graph: &Graph, policy: &BoundPolicy<'_>, rule: &BoundMandate<'_>) -> String {
    let entry_points = rule.shared.entry_points(graph, policy).into_iter();
    let mut ways: Vec<String> = entry_points.map(|entry| entry.path.to_string()).collect();
    if ways.is_empty() {
        let components = rule
            .shared
            .components
            .iter()
            .filter_map(|&(id, _)| policy.component(id).public.as_ref());
        ways = components.flat_map(written).collect();
    }
    let ways = if ways.is_empty() {
        String::new()
    } else {
        format!(" ({})", ticked(&ways))
    };
    sentence(
        &format!(
            "Use {}{ways} instead of {}.",
            ticked(&written(&rule.shared)),
            ticked(&written(&rule.instead_of))
        ),
        rule.rule.head.because.as_deref(),
        rule.rule.head.id.value.as_str(),
    )
}

fn forbid(rule: &Forbid) -> String {
    let terms = |list: &[archguard_invariants::place::Spanned<archguard_invariants::policy::model::Term>]| {
        let mut terms: Vec<String> = list.iter().map(|term| term.value.to_string()).collect();
        terms.dedup();
        ticked(&terms)
    };
    let instead: Vec<String> = rule.head.instead.iter().map(|path| path.value.clone()).collect();
    let within = rule
        .head
        .within
        .as_ref()
        .map(|list| format!(" in {}", terms(&list.value)));
    let except = rule
        .head
        .except
        .as_ref()
        .map(|list| format!(" outside {}", terms(&list.value)));
    let text = format!(
        "Do not use {}{}{}: use {}.",
        terms(&rule.targets.value),
        within.unwrap_or_default(),
        except.unwrap_or_default(),
        ticked(&instead)
    );
    sentence(&text, rule.head.because.as_deref(), rule.head.id.value.as_str())
}

fn sentence(text: &str, because: Option<&str>, rule: &str) -> String {
    let because = because.map(|because| format!(" {}", because.split_whitespace().collect::<Vec<_>>().join(" ")));
    format!("- {text}{} [{rule}]", because.unwrap_or_default())
}

fn written(list: &Selector) -> Vec<String> {
    list.terms.iter().map(|(text, _)| text.to_string()).collect()
}

fn ticked(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
