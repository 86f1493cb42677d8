//! A difference in lines, for people: `+` is there and was not, `-` was there and is not, `!` is let pass and was not.

use archguard_invariants::difference::{Dependency, DifferenceDocument, DifferenceOutcome, Turnover};
use archguard_invariants::verdict::{BaseFacts, ChangeEntry, Finding};

use crate::print::{self, count};
use crate::request::Amount;

/// How many entries of a list are shown without `-v`.
const SHOWN: usize = 12;

/// The whole.
pub(super) fn of(document: &DifferenceDocument, amount: Amount) -> String {
    let mut page = Page {
        lines: Vec::new(),
        verbose: amount != Amount::Normal,
    };
    if amount == Amount::Quiet {
        return page.worse(document);
    }
    let dependencies = &document.difference.dependencies;
    page.turnover("components", &dependencies.components);
    page.turnover("modules", &dependencies.modules);
    page.turnover("crates", &dependencies.crates);
    let moved = document.difference.moved.iter();
    page.list(
        "modules moved or renamed",
        moved.map(|moved| format!("{} -> {}", moved.from, moved.to)).collect(),
    );
    let introduced = document
        .difference
        .introduced
        .iter()
        .map(|it| format!("+ {}", finding(it)));
    let fixed = document.difference.fixed.iter().map(|fixed| {
        let to = fixed.to.as_ref().map(|to| format!(" -> {to}")).unwrap_or_default();
        format!("- {} [{}]: {}{to}", fixed.lint.id(), fixed.rule, fixed.from)
    });
    page.list("findings", introduced.chain(fixed).collect());
    if let Some(base) = &document.base {
        page.list("policy", policy(base));
    }
    page.lines.push(last(document));
    print::visible(&page.lines.join("\n")) + "\n"
}

struct Page {
    lines: Vec<String>,
    verbose: bool,
}

impl Page {
    /// What is worse, and nothing else.
    fn worse(mut self, document: &DifferenceDocument) -> String {
        let introduced = document.difference.introduced.iter();
        self.list("findings", introduced.map(|it| format!("+ {}", finding(it))).collect());
        let weakened = document.base.iter().flat_map(|base| &base.weakened);
        self.list("policy", weakened.map(|entry| said('!', entry)).collect());
        let lines = self.lines.iter().map(|line| format!("{line}\n"));
        print::visible(&lines.collect::<String>())
    }

    fn turnover(&mut self, between: &str, turnover: &Turnover) {
        let line = |sign: char, it: &Dependency| {
            let by = count(it.references, "reference");
            format!("{sign} {} -> {} ({by}, {}:{})", it.from, it.to, it.file, it.line)
        };
        let new = turnover.new.iter().map(|it| line('+', it));
        let gone = turnover.gone.iter().map(|it| line('-', it));
        self.list(&format!("dependencies between {between}"), new.chain(gone).collect());
    }

    fn list(&mut self, title: &str, entries: Vec<String>) {
        if entries.is_empty() {
            return;
        }
        self.lines.push(format!("{title}:"));
        let shown = if self.verbose { entries.len() } else { SHOWN };
        let more = entries.len().saturating_sub(shown);
        self.lines
            .extend(entries.into_iter().take(shown).map(|entry| format!("  {entry}")));
        if more > 0 {
            self.lines.push(format!("  and {more} more (-v lists them)"));
        }
        self.lines.push(String::new());
    }
}

fn finding(finding: &Finding) -> String {
    let place = finding.sites.first();
    let place = place
        .map(|site| format!("{}:{}:{}: ", site.file, site.line, site.column))
        .unwrap_or_default();
    format!("{place}{} [{}]: {}", finding.lint.id(), finding.rule, finding.message)
}

fn policy(base: &BaseFacts) -> Vec<String> {
    let mut lines: Vec<String> = base.weakened.iter().map(|entry| said('!', entry)).collect();
    lines.extend(base.strengthened.iter().map(|entry| said('+', entry)));
    if base.hash.is_none() {
        lines.push(format!("there is none at {}: that of today judges alone", base.name()));
    }
    lines.extend(base.notes.iter().map(|note| format!("note: {note}")));
    lines
}

fn said(sign: char, entry: &ChangeEntry) -> String {
    let passes = match entry.references.len() {
        0 => String::new(),
        number => format!(" ({} let pass)", count(number, "reference")),
    };
    format!("{sign} {}: {}{passes}", entry.rule, entry.changes.join("; "))
}

/// The line that sums it up.
fn last(document: &DifferenceDocument) -> String {
    let since = document
        .base
        .as_ref()
        .map(|base| format!(" since {}", base.name()))
        .unwrap_or_default();
    let word = match document.outcome {
        DifferenceOutcome::Clean => "clean",
        DifferenceOutcome::Worse => "worse",
        DifferenceOutcome::Incomplete => "incomplete",
    };
    format!("archguard: {word}{since}: {}", sum(document))
}

/// What there is, in numbers.
pub(super) fn sum(document: &DifferenceDocument) -> String {
    let difference = &document.difference;
    let (introduced, fixed) = (difference.introduced.len(), difference.fixed.len());
    let mut parts = vec![format!("{} introduced, {fixed} fixed", count(introduced, "finding"))];
    let weaker = document.base.as_ref().map_or(0, |base| base.weakened.len());
    let accepted = document.base.as_ref().is_some_and(|base| base.accepted);
    if weaker > 0 {
        let by = if accepted {
            ", which is accepted (--allow-policy-change)"
        } else {
            ""
        };
        parts.push(format!("the policy is weaker in {}{by}", count(weaker, "rule")));
    }
    let stricter = document.base.as_ref().map_or(0, |base| base.strengthened.len());
    if stricter > 0 {
        parts.push(format!("stricter in {}", count(stricter, "rule")));
    }
    let components = &difference.dependencies.components;
    parts.push(format!(
        "{} and {} gone between components",
        count(components.new.len(), "new dependency"),
        components.gone.len()
    ));
    parts.join(", ")
}
