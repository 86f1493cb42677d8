//! Findings and problems as the compiler's own messages in JSON, the way cargo passes them on: what an editor already reads
//! of `cargo check`. Only what is new is sent. One message for each finding, with all of its places as primary spans.

use std::io::{self, Write};

use archguard_check::CargoTarget;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::verdict::{Finding, Hop, ProblemEntry, SiteEntry, Status, Verdict};
use serde_json::{Value, json};

use super::group::{self, Group};
use super::sources::{Sources, Stretch};
use super::{decided, diagnostic, human};

/// Where a problem without a place is shown: an editor leaves out what has none.
const TOP: Stretch = Stretch {
    start: (1, 1),
    end: (1, 1),
};

/// Prints a message for each problem and each new finding.
pub(crate) fn verdict(verdict: &Verdict, sources: &mut Sources, out: &mut dyn Write) -> io::Result<()> {
    for problem in &verdict.problems {
        let message = of_problem(problem, sources, false);
        let target = sources.target_near(problem.file.as_deref());
        passed_on(&message, target, out)?;
    }
    for finding in verdict.findings.iter().filter(|finding| finding.status == Status::New) {
        let message = of_finding(finding, sources, false);
        let file = finding.sites.first().map(|site| site.file.as_str());
        let target = sources
            .target_of(&finding.from.item)
            .or_else(|| sources.target_near(file));
        passed_on(&message, target, out)?;
    }
    Ok(())
}

/// Prints the last line of a build.
pub(crate) fn finished(succeeded: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", json!({ "reason": "build-finished", "success": succeeded }))
}

/// A message as cargo passes it on, under the target that it is about.
fn passed_on(message: &Value, target: Option<&CargoTarget>, out: &mut dyn Write) -> io::Result<()> {
    let line = json!({
        "reason": "compiler-message",
        "package_id": target.map_or("", |target| &target.package_id),
        "manifest_path": target.map(|target| target.manifest.to_string_lossy()).unwrap_or_default(),
        "target": target.map_or_else(no_target, of_target),
        "message": message,
    });
    writeln!(out, "{line}")
}

fn of_target(target: &CargoTarget) -> Value {
    json!({
        "kind": [target.kind],
        "crate_types": [target.crate_type],
        "name": target.name,
        "src_path": target.root.to_string_lossy(),
        "edition": target.edition,
        "doc": matches!(target.kind, "lib" | "proc-macro" | "bin"),
        "doctest": target.doctest,
        "test": target.test,
    })
}

/// Of a workspace that could not be read there is nothing to name.
fn no_target() -> Value {
    json!({ "kind": [], "crate_types": [], "name": "", "src_path": "", "edition": "2024", "doc": false, "doctest": false, "test": false })
}

/// A finding as the compiler would say it.
pub(crate) fn of_finding(finding: &Finding, sources: &mut Sources, color: bool) -> Value {
    let mut spans: Vec<Value> = Vec::new();
    for site in &finding.sites {
        let label = spans.is_empty().then(|| what_is_there(finding)).flatten();
        spans.extend(span(&site.file, stretch(site), true, label.as_deref(), sources));
    }
    if let Some((file, stretch)) = finding.policy_span.and_then(|span| sources.stretch_of_policy(span)) {
        let is_all = spans.is_empty();
        spans.extend(span(&file, stretch, is_all, Some("declared here"), sources));
    }
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
    };
    let shown = diagnostic::of_group(&Group::alone(finding), sources, false);
    json!({
        "$message_type": "diagnostic",
        "message": finding.message,
        "code": code(&format!("{}/{}", finding.rule, finding.lint.id())),
        "level": level,
        "spans": spans,
        "children": children(finding, sources),
        "rendered": human::as_the_compiler(&shown, sources, color),
    })
}

/// A problem as the compiler would say it.
pub(crate) fn of_problem(problem: &ProblemEntry, sources: &mut Sources, color: bool) -> Value {
    let start = problem.line.zip(problem.column);
    let end = problem.end_line.zip(problem.end_column).or(start);
    let stretch = start.zip(end).map_or(TOP, |(start, end)| Stretch { start, end });
    let file = problem.file.clone().or_else(|| sources.file_for_what_has_none());
    let place = file.and_then(|file| span(&file, stretch, true, None, sources));
    let suggestion = problem
        .suggestion
        .iter()
        .map(|name| child("help", &format!("did you mean `{name}`?"), &[]));
    let shown = diagnostic::of_problem(problem, sources);
    json!({
        "$message_type": "diagnostic",
        "message": problem.message,
        "code": code(problem.code.word()),
        "level": "error",
        "spans": place.into_iter().collect::<Vec<_>>(),
        "children": suggestion.collect::<Vec<_>>(),
        "rendered": human::as_the_compiler(&shown, sources, color),
    })
}

fn code(code: &str) -> Value {
    json!({ "code": code, "explanation": null })
}

/// The definition, where it goes by another name than the one written there.
fn what_is_there(finding: &Finding) -> Option<String> {
    let to = finding.to.as_ref().filter(|to| to.item != to.written)?;
    group::way(finding).is_empty().then(|| format!("this is `{}`", to.item))
}

/// What stands below a finding: its way, hop by hop, who decided what, why, and what to do instead.
fn children(finding: &Finding, sources: &mut Sources) -> Vec<Value> {
    let mut children = Vec::new();
    for hop in group::way(finding) {
        children.push(of_hop(hop, "", sources));
    }
    for hop in &finding.cut {
        children.push(of_hop(hop, "the least to remove: ", sources));
    }
    let because = finding.because.as_ref().map(|because| format!("because: {because}"));
    let notes = decided::note(finding).into_iter().chain(because);
    children.extend(notes.map(|note| child("note", &note, &[])));
    if !finding.instead.is_empty() {
        let instead = format!("instead: {}", finding.instead.join(", "));
        children.push(child("help", &instead, &[]));
    }
    children
}

fn of_hop(hop: &Hop, before: &str, sources: &mut Sources) -> Value {
    let stretch = Stretch {
        start: (hop.line, hop.column),
        end: (hop.end_line, hop.end_column),
    };
    let text = format!("{before}`{}` -> `{}` ({})", hop.from, hop.to, hop.kind.word());
    let place = span(&hop.file, stretch, true, None, sources);
    child("note", &text, place.as_slice())
}

fn child(level: &str, message: &str, spans: &[Value]) -> Value {
    json!({ "message": message, "code": null, "level": level, "spans": spans, "children": [], "rendered": null })
}

/// A place; none where the file cannot be read or is not what it was.
fn span(file: &str, stretch: Stretch, is_primary: bool, label: Option<&str>, sources: &mut Sources) -> Option<Value> {
    let place = sources.place(file, stretch)?;
    let ((line, column), (end_line, end_column)) = (stretch.start, stretch.end);
    let last = place.lines.len().saturating_sub(1);
    let lines = place.lines.iter().enumerate().map(|(index, text)| {
        let start = if index == 0 { column } else { 1 };
        let whole = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let end = if index == last {
            end_column
        } else {
            whole.saturating_add(1)
        };
        json!({ "text": text, "highlight_start": start, "highlight_end": end })
    });
    Some(json!({
        "file_name": place.file,
        "byte_start": place.bytes.start,
        "byte_end": place.bytes.end,
        "line_start": line,
        "line_end": end_line,
        "column_start": column,
        "column_end": end_column,
        "is_primary": is_primary,
        "text": lines.collect::<Vec<_>>(),
        "label": label,
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
    }))
}

fn stretch(site: &SiteEntry) -> Stretch {
    Stretch {
        start: (site.line, site.column),
        end: (site.end_line, site.end_column),
    }
}
