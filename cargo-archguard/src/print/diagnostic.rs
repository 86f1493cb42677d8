//! Findings of one group, or one problem, as a diagnostic: the sentence, the code underlined, the policy line behind it, and
//! the notes.

use archguard_invariants::finding::Lint;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::problem::ProblemCode;
use archguard_invariants::verdict::{Finding, Hop, ProblemEntry, Status};
use codespan_reporting::diagnostic::{Diagnostic, Label};

use super::group::{Group, way};
use super::sources::{Sources, Stretch};
use super::{decided, marks};

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

/// Findings that are shown together, with the code and the policy lines where they can be read.
pub(super) fn of_group(group: &Group<'_>, sources: &mut Sources, verbose: bool) -> Diagnostic<usize> {
    let first = group.first();
    let base = match (first.status, first.severity) {
        (Status::New, Severity::Error) => Diagnostic::error(),
        (Status::New, Severity::Warn) => Diagnostic::warning(),
        (Status::Baseline | Status::Excepted, _) => Diagnostic::note(),
    };
    let mut notes = Vec::new();
    let mut labels = marks::label(group, sources, verbose, &mut notes);
    labels.extend(label_policy(group, sources));
    note_way(first, &mut notes);
    notes.extend(decided::note(first));
    if first.sites.first().is_some_and(|site| site.generated) {
        notes.push("this code is generated: what generates it has to change".to_owned());
    }
    if let Some(site) = first.sites.first().filter(|site| !site.cfg_sets.is_empty()) {
        notes.push(format!("seen by the compiler with {}", site.cfg_sets.join("; ")));
    }
    notes.extend(first.because.as_ref().map(|because| format!("because: {because}")));
    let instead = distinct(group.findings().iter().flat_map(|finding| &finding.instead));
    if !instead.is_empty() {
        let instead: Vec<&str> = instead.into_iter().map(String::as_str).collect();
        notes.push(format!("instead: {}", instead.join(", ")));
    }
    base.with_code(format!("{}/{}", first.rule, first.lint.id()))
        .with_message(message(group))
        .with_labels(labels)
        .with_notes(notes)
}

/// The first finding's sentence, and how many stand behind it.
fn message(group: &Group<'_>) -> String {
    let message = &group.first().message;
    match group.findings().len() - 1 {
        0 => message.clone(),
        1 => format!("{message} (and 1 more finding here)"),
        more => format!("{message} (and {more} more findings here)"),
    }
}

/// The stretches of policy behind the findings, each once.
fn label_policy(group: &Group<'_>, sources: &mut Sources) -> Vec<Label<usize>> {
    let spans = group.findings().iter().filter_map(|finding| finding.policy_span);
    let located = distinct(spans)
        .into_iter()
        .filter_map(|span| sources.locate_policy(span));
    located
        .map(|(file, range)| Label::secondary(file, range).with_message("declared here"))
        .collect()
}

/// Each once, in order.
fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut kept, one| {
        if !kept.contains(&one) {
            kept.push(one);
        }
        kept
    })
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

/// The chain or cycle, one hop per line, and where to cut it.
fn note_way(finding: &Finding, notes: &mut Vec<String>) {
    let way = way(finding);
    if !way.is_empty() {
        let title = if finding.lint == Lint::DependencyCycle {
            "the cycle:"
        } else {
            "the chain:"
        };
        notes.push(format!("{title}\n{}", hops(way)));
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

pub(super) fn place(file: &str, start: Option<(u32, u32)>) -> String {
    match start {
        Some((line, column)) => format!("{file}:{line}:{column}"),
        None => file.to_owned(),
    }
}
