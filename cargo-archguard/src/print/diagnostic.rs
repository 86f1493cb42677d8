//! One finding or problem as a diagnostic: the sentence, the code underlined, the policy line behind it, and the notes.

use archguard_invariants::finding::Lint;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::problem::ProblemCode;
use archguard_invariants::verdict::{Finding, Hop, ProblemEntry, SiteEntry};
use codespan_reporting::diagnostic::{Diagnostic, Label};

use super::sources::{Sources, Stretch};

/// How many sites after the first are shown with their code.
const SITES_SHOWN: usize = 2;

/// What to write into a workspace that has no policy.
const FIRST_POLICY: &str = "\
write one: a file archguard.toml beside the workspace's Cargo.toml, for example

version = 1

[components]
web    = \"my_app::web\"
domain = \"my_app::domain\"

[[layers]]
id      = \"layering\"
order   = [\"web\", \"domain\"]
because = \"The domain knows nothing of the web.\"";

/// A finding, with the code and the policy line where they can be read.
pub(super) fn of_finding(finding: &Finding, policy: &str, sources: &mut Sources, verbose: bool) -> Diagnostic<usize> {
    let base = match finding.severity {
        Severity::Error => Diagnostic::error(),
        Severity::Warn => Diagnostic::warning(),
    };
    let mut labels = Vec::new();
    let mut notes = Vec::new();
    let shown = label_sites(finding, sources, &mut labels);
    if let Some(span) = finding.policy_span
        && let Some((file, range)) = sources.locate_bytes(policy, span.start..span.end)
    {
        labels.push(Label::secondary(file, range).with_message("declared here"));
    }
    note_sites(&finding.sites, shown, verbose, &mut notes);
    note_way(finding, &mut notes);
    notes.extend(finding.because.as_ref().map(|because| format!("because: {because}")));
    if !finding.instead.is_empty() {
        notes.push(format!("instead: {}", finding.instead.join(", ")));
    }
    base.with_code(format!("{}/{}", finding.rule, finding.lint.id()))
        .with_message(&finding.message)
        .with_labels(labels)
        .with_notes(notes)
}

/// A problem, with its place where it has one.
pub(super) fn of_problem(problem: &ProblemEntry, sources: &mut Sources) -> Diagnostic<usize> {
    let mut diagnostic = Diagnostic::error()
        .with_code(problem.code.word())
        .with_message(&problem.message);
    let start = problem.line.zip(problem.column);
    if let Some(file) = &problem.file {
        let end = problem.end_line.zip(problem.end_column).or(start);
        let stretch = start.zip(end).map(|(start, end)| Stretch { start, end });
        match stretch.and_then(|stretch| sources.locate(file, stretch)) {
            Some((id, range)) => diagnostic.labels.push(Label::primary(id, range)),
            None => diagnostic.notes.push(format!("at {}", place(file, start))),
        }
    }
    if let Some(suggestion) = &problem.suggestion {
        diagnostic.notes.push(format!("did you mean `{suggestion}`?"));
    }
    if problem.code == ProblemCode::NoPolicy {
        diagnostic.notes.push(FIRST_POLICY.to_owned());
    }
    diagnostic
}

/// Labels the first sites; says how many of them the labels show (those without readable code are not shown).
fn label_sites(finding: &Finding, sources: &mut Sources, labels: &mut Vec<Label<usize>>) -> usize {
    let first_few = finding.sites.iter().take(1 + SITES_SHOWN);
    let mut shown = 0;
    for (index, site) in first_few.enumerate() {
        let Some((file, range)) = sources.locate(&site.file, stretch(site)) else {
            break;
        };
        labels.push(match index {
            0 => Label::primary(file, range).with_message(what_is_there(finding)),
            _ => Label::secondary(file, range).with_message("also here"),
        });
        shown += 1;
    }
    shown
}

/// The definition, where it goes by another name than the one written there.
fn what_is_there(finding: &Finding) -> String {
    match &finding.to {
        Some(to) if to.item != to.written => format!("this is `{}`", to.item),
        _ => String::new(),
    }
}

fn stretch(site: &SiteEntry) -> Stretch {
    Stretch {
        start: (site.line, site.column),
        end: (site.end_line, site.end_column),
    }
}

/// Says of every site where it is, or how many are not said.
fn note_sites(sites: &[SiteEntry], shown: usize, verbose: bool, notes: &mut Vec<String>) {
    let at = |site: &SiteEntry| place(&site.file, Some((site.line, site.column)));
    if shown == 0
        && let Some(first) = sites.first()
    {
        notes.push(format!("at {}", at(first)));
    }
    let left = sites.len().saturating_sub(shown.max(1));
    if left == 0 {
        return;
    }
    if verbose {
        let list: Vec<String> = sites.iter().map(|site| format!("  {}", at(site))).collect();
        notes.push(format!("{} in all:\n{}", count_sites(sites.len()), list.join("\n")));
    } else {
        notes.push(format!(
            "{} in all, {left} not shown here (-v lists them)",
            count_sites(sites.len())
        ));
    }
}

fn count_sites(number: usize) -> String {
    super::summary::count(number, "site")
}

/// The chain or cycle, one hop per line, and where to cut it.
fn note_way(finding: &Finding, notes: &mut Vec<String>) {
    if !finding.chain.is_empty() {
        let title = if finding.lint == Lint::DependencyCycle {
            "the cycle:"
        } else {
            "the chain:"
        };
        notes.push(format!("{title}\n{}", hops(&finding.chain)));
    }
    if !finding.cut.is_empty() {
        notes.push(format!("the least to remove:\n{}", hops(&finding.cut)));
    }
}

fn hops(hops: &[Hop]) -> String {
    let line = |hop: &Hop| {
        let place = place(&hop.file, Some((hop.line, hop.column)));
        format!("  `{}` -> `{}` ({}, {place})", hop.from, hop.to, hop.kind.word())
    };
    hops.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn place(file: &str, start: Option<(u32, u32)>) -> String {
    match start {
        Some((line, column)) => format!("{file}:{line}:{column}"),
        None => file.to_owned(),
    }
}
