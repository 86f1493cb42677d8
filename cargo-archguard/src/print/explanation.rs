//! The answers of `explain` for people: what it is, what holds there, what the code does.

use std::io::{self, Write};

use archguard_invariants::advice::Guidance;
use archguard_invariants::advice::document::ExceptionAdvice;
use archguard_invariants::explain::Explanation;
use archguard_invariants::explain::document::{
    End, PairExplanation, PlaceExplanation, RuleExplanation, RuleWord, UnspokenDependency, Usage,
};
use archguard_invariants::verdict::{Finding, RuleKind, Status};

use super::guidance::{accepted, entries, sections, ticked};
use super::page::Page;
use super::summary::count;
use crate::request::Amount;

/// Prints an explanation.
pub(crate) fn explanation(explanation: &Explanation, amount: Amount, out: &mut dyn Write) -> io::Result<()> {
    let all = amount == Amount::Verbose;
    let mut page = Page::default();
    if let Some(place) = &explanation.place {
        of_place(&mut page, place, all);
    }
    if let Some(rule) = &explanation.rule {
        of_rule(&mut page, rule, all);
    }
    if let Some(pair) = &explanation.pair {
        of_pair(&mut page, pair, all);
    }
    page.write(out)
}

fn of_place(page: &mut Page, place: &PlaceExplanation, all: bool) {
    page.heading(1, &format!("{} ({})", place.name, place.what));
    if let Some(file) = &place.file {
        let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
        page.line(format!("Defined at {file}{line}."));
    }
    match &place.guidance {
        None => page.line("External code: it is not judged; what holds is who may use it."),
        Some(guidance) => {
            if let Some(standing) = standing(guidance) {
                page.line(standing);
            }
            sections(page, guidance);
        }
    }
    let list = |entries: &[Usage], say: fn(&Usage) -> String| entries.iter().map(say).collect::<Vec<String>>();
    let family = [
        (!place.family.is_empty()).then(|| {
            let family = ticked(&place.family);
            format!("`[facades]` counts {family} to it: what a rule says of it holds for them.")
        }),
        (!place.family_of.is_empty()).then(|| {
            let others = ticked(&place.family_of);
            format!("`[facades]` counts it to {others}: what a rule says of that holds for it.")
        }),
    ];
    for line in family.into_iter().flatten() {
        page.line(line);
    }
    let named_by: Vec<String> = place.named_by.iter().map(word).collect();
    page.section("Rules that name it", &named_by, true);
    let unspoken: Vec<String> = place.unspoken.iter().map(unspoken).collect();
    page.section("Known to a pack, and no rule speaks of it", &unspoken, true);
    page.section("Uses", &list(&place.uses, used), all);
    page.section("Used by", &list(&place.used_by, user), all);
    page.section("Findings", &findings(&place.findings), all);
}

/// Whose the place is; nothing where the heading has said so.
fn standing(guidance: &Guidance) -> Option<String> {
    let place = &guidance.place;
    match &guidance.component {
        Some(component) if guidance.new_component => Some(format!(
            "It would be `{place}`, the first module of a new component `{component}`."
        )),
        Some(component) if place == component => None,
        Some(component) => Some(format!("Its module is `{place}`, of the component `{component}`.")),
        None => Some(format!("Its module is `{place}`, in no component.")),
    }
}

fn of_rule(page: &mut Page, rule: &RuleExplanation, all: bool) {
    page.heading(1, &format!("{} ({})", rule.rule, kind(rule)));
    page.line(&rule.says);
    let lines = [
        rule.because.as_ref().map(|because| format!("Because: {because}")),
        (!rule.instead.is_empty()).then(|| format!("Instead: {}.", ticked(&rule.instead))),
        (!rule.entry_points.is_empty()).then(|| format!("Its entry points: {}.", entries(&rule.entry_points))),
        rule.docs.as_ref().map(|docs| format!("More: {docs}")),
        (!rule.scope.is_empty()).then(|| format!("It speaks of code in {}.", ticked(&rule.scope))),
        rule.dev.then(|| "It judges development code too.".to_owned()),
        (!rule.dormant.is_empty()).then(|| format!("Not there today: {}.", ticked(&rule.dormant))),
    ];
    for line in lines.into_iter().flatten() {
        page.line(line);
    }
    if let (Some(line), Some(passage)) = (rule.line, &rule.text) {
        page.heading(2, &format!("{}:{line}", rule.file));
        for line in passage.lines() {
            page.line(format!("    {line}").trim_end());
        }
    }
    let matches = rule.matches.iter().map(|matched| {
        let by = matched.by.as_ref();
        let by = by.map_or_else(|| "code in no component".to_owned(), |by| format!("`{by}`"));
        format!("`{}` by {by}: {}", matched.what, count(matched.references, "reference"))
    });
    page.section(
        "Speaks of today, allowed or not",
        &matches.collect::<Vec<String>>(),
        all,
    );
    page.section("Accepted for now", &exceptions(&rule.exceptions), all);
    page.section("Findings", &findings(&rule.findings), all);
}

fn kind(rule: &RuleExplanation) -> &'static str {
    match rule.kind {
        RuleKind::Layers => "layers",
        RuleKind::Forbid => "forbid",
        RuleKind::Mandate => "mandate",
        RuleKind::Require => "require",
        RuleKind::Acyclic => "acyclic",
        RuleKind::Component => "component",
        RuleKind::Package => "package",
        RuleKind::Policy => "policy",
    }
}

fn of_pair(page: &mut Page, pair: &PairExplanation, all: bool) {
    let name = |end: &End| match &end.component {
        Some(component) if *component != end.name => format!("`{}` (component `{component}`)", end.name),
        _ => format!("`{}`", end.name),
    };
    let (from, to) = (name(&pair.from), name(&pair.to));
    page.heading(1, &format!("{} -> {}", pair.from.name, pair.to.name));
    page.line(match pair.allowed {
        Some(true) => format!("{from} may use {to}."),
        Some(false) => format!("{from} must not use {to}."),
        None => format!("No rule says whether {from} may use {to}."),
    });
    let rules: Vec<String> = pair.rules.iter().map(word).collect();
    page.section("Rules", &rules, true);
    page.heading(2, "Shortest chain of references");
    if pair.dev {
        page.line("Only through development code:");
    } else if pair.direct > 0 {
        page.line(format!("{} directly, the first:", count(pair.direct, "reference")));
    }
    match pair.chain.first() {
        None => page.line("There is none: no code of the first leads to the second, directly or through other items."),
        Some(first) => page.line(format!("`{}`", first.from)),
    }
    for hop in &pair.chain {
        page.line(format!(
            "  -> `{}` ({}, {}:{}:{})",
            hop.to,
            hop.kind.word(),
            hop.file,
            hop.line,
            hop.column
        ));
    }
    page.section("Accepted for now", &exceptions(&pair.exceptions), true);
    page.section("Findings", &findings(&pair.findings), all);
}

fn unspoken(dependency: &UnspokenDependency) -> String {
    let packs: Vec<String> = dependency.packs.iter().map(|pack| format!("pack:{pack}")).collect();
    format!(
        "`{}`, which {} names: say where it may be used",
        dependency.krate,
        ticked(&packs)
    )
}

fn exceptions(exceptions: &[ExceptionAdvice]) -> Vec<String> {
    exceptions.iter().map(accepted).collect()
}

fn word(word: &RuleWord) -> String {
    format!("{} [{}]", word.says, word.rule)
}

fn used(usage: &Usage) -> String {
    let what = match &usage.component {
        Some(component) => format!("component `{component}`"),
        None => format!("crate `{}`", usage.krate),
    };
    place(&what, usage)
}

fn user(usage: &Usage) -> String {
    let module = usage.module.as_deref().unwrap_or(&usage.krate);
    let what = match &usage.component {
        Some(component) => format!("`{module}` (component `{component}`)"),
        None => format!("`{module}`"),
    };
    place(&what, usage)
}

fn place(what: &str, usage: &Usage) -> String {
    format!(
        "{what}: {}, the first at {}:{}:{}",
        count(usage.references, "reference"),
        usage.file,
        usage.line,
        usage.column
    )
}

fn findings(findings: &[Finding]) -> Vec<String> {
    let said = findings.iter().map(|finding| {
        let at = finding
            .sites
            .first()
            .map(|site| format!("{}:{}:{}: ", site.file, site.line, site.column));
        let status = match finding.status {
            Status::New => "",
            Status::Baseline => " (in the baseline)",
            Status::Excepted => " (accepted for now)",
        };
        format!(
            "{}{} [{}/{}]{status}",
            at.unwrap_or_default(),
            finding.message,
            finding.rule,
            finding.lint.id()
        )
    });
    said.collect()
}
