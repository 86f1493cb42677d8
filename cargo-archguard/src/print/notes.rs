//! What was not examined, not resolved or not matched, in a line each; with `-v` in full. No list is cut without its
//! length being said.

use std::collections::BTreeMap;

use archguard_invariants::verdict::{BaseFacts, Examined, Verdict};

use super::agreement;
use super::summary::count;

/// How many names of a list stand in a note.
const NAMES_SHOWN: usize = 3;

/// The notes on a verdict, each a line, with `-v` followed by indented ones.
pub(super) fn of(verdict: &Verdict, verbose: bool) -> Vec<String> {
    let examined = &verdict.examined;
    let lists = [
        (&examined.orphans, "file", "in no module tree"),
        (&examined.opaque, "crate", "without sources"),
        (&examined.pending, "piece of generated code", "not built yet"),
        (&examined.workspaces_not_examined, "other workspace", "not examined"),
    ];
    let lists = lists
        .into_iter()
        .filter_map(|(names, noun, state)| list(names, noun, state, verbose));
    let excluded: Vec<String> = examined
        .excluded
        .iter()
        .map(|e| format!("{} ({}, {}, until {})", e.path, e.reason, e.owner, e.until))
        .collect();
    let notes = examined.notes.iter().cloned();
    notes
        .chain(lists)
        .chain(list(&excluded, "path", "excluded", verbose))
        .chain(unresolved(examined, verbose))
        .chain(agreement::note(examined, verbose))
        .chain(untyped(examined))
        .chain(dormant(verdict, verbose))
        .chain(gone(verdict))
        .chain(verdict.policy.base.iter().flat_map(|base| against(base, verbose)))
        .collect()
}

/// What has become of policy and decisions since the base. What is weaker is a finding.
fn against(base: &BaseFacts, verbose: bool) -> Vec<String> {
    let name = base.name();
    let mut notes = Vec::new();
    if base.hash.is_none() {
        notes.push(format!("there is no policy at {name}: that of today judges alone"));
    }
    let stricter = base
        .strengthened
        .iter()
        .map(|entry| format!("{} ({})", entry.rule, entry.changes.join("; ")));
    notes.extend(list(
        &stricter.collect::<Vec<_>>(),
        "rule",
        &format!("stricter than at {name}"),
        verbose,
    ));
    let uncounted = [
        (base.uncounted.exceptions, count(base.uncounted.exceptions, "exception")),
        (
            base.uncounted.baseline,
            format!("{} of the baseline", count(base.uncounted.baseline, "line")),
        ),
    ];
    for (number, counted) in uncounted.into_iter().filter(|(number, _)| *number > 0) {
        let verb = if number == 1 { "does" } else { "do" };
        notes.push(format!("{counted} {verb} not count, or not in full: {name} has less"));
    }
    notes.extend(base.notes.iter().map(|note| format!("{name}: {note}")));
    notes
}

fn gone(verdict: &Verdict) -> Option<String> {
    let gone = verdict.baseline.gone;
    (gone > 0).then(|| format!("{} of the baseline gone", count(gone, "line")))
}

fn list(names: &[String], noun: &str, state: &str, verbose: bool) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let title = format!("{} {state}", count(names.len(), noun));
    if verbose {
        return Some(format!("{title}:\n  {}", names.join("\n  ")));
    }
    let shown = names
        .iter()
        .take(NAMES_SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    let more = names.len().saturating_sub(NAMES_SHOWN);
    let rest = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more (-v lists them)")
    };
    Some(format!("{title}: {shown}{rest}"))
}

fn unresolved(examined: &Examined, verbose: bool) -> Option<String> {
    if examined.unresolved == 0 {
        return None;
    }
    let title = format!("{} unresolved", count(examined.unresolved, "path"));
    if !verbose {
        let reasons: Vec<String> = examined
            .unresolved_by_reason
            .iter()
            .map(|(reason, number)| format!("{number} {reason}"))
            .collect();
        return Some(format!("{title}: {} (-v lists them)", reasons.join(", ")));
    }
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for path in &examined.unresolved_paths {
        let line = format!("    {}:{}:{} {}", path.file, path.line, path.column, path.written);
        by_reason.entry(path.reason.word()).or_default().push(line);
    }
    let group = |(reason, lines): (&&str, &Vec<String>)| format!("  {reason} ({}):\n{}", lines.len(), lines.join("\n"));
    let groups: Vec<String> = by_reason.iter().map(group).collect();
    Some(format!("{title}:\n{}", groups.join("\n")))
}

fn untyped(examined: &Examined) -> Option<String> {
    let calls = examined.untyped_method_calls;
    (calls > 0).then(|| {
        format!(
            "{} not followed: the receiver's type is not declared nearby",
            count(calls, "method call or field access")
        )
    })
}

fn dormant(verdict: &Verdict, verbose: bool) -> Option<String> {
    let patterns: Vec<String> = verdict
        .rules
        .iter()
        .filter(|rule| !rule.dormant.is_empty())
        .map(|rule| format!("{} ({})", rule.id, rule.dormant.join(", ")))
        .collect();
    list(
        &patterns,
        "rule",
        "with dormant patterns, whose crates are not there",
        verbose,
    )
}
