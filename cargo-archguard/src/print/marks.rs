//! The code that a group of findings speaks of: labels for the first places, a note about all that have none. No place goes
//! unsaid: it is shown, named or counted.

use archguard_invariants::finding::Lint;
use archguard_invariants::verdict::{Finding, SiteEntry};
use codespan_reporting::diagnostic::{Label, LabelStyle};

use super::diagnostic::place;
use super::group::{Group, Mark, way};
use super::sources::{Sources, Stretch};
use super::summary::count;

/// How many places of a group are shown with their code.
const PLACES_SHOWN: usize = 8;

/// Labels the first places of a group, and notes where those are that no label shows.
pub(super) fn label(
    group: &Group<'_>,
    sources: &mut Sources,
    verbose: bool,
    notes: &mut Vec<String>,
) -> Vec<Label<usize>> {
    let marks = group.marks();
    let several = group.findings().len() > 1;
    let mut labels: Vec<Label<usize>> = Vec::new();
    let mut said = 0;
    for mark in marks.iter().take(PLACES_SHOWN) {
        if let Some((file, range)) = sources.locate(&mark.site.file, stretch(mark.site)) {
            said += 1;
            add(&mut labels, label_of(mark, several, Label::secondary(file, range)));
        } else if mark.leads {
            said += 1;
            notes.push(format!("at {}", named_place(mark, several)));
        }
    }
    if said < marks.len() {
        notes.push(rest(group, &marks, said, verbose));
    }
    labels
}

fn label_of(mark: &Mark<'_>, several: bool, label: Label<usize>) -> Label<usize> {
    let text = match (several, mark.leads) {
        (true, _) => format!("`{}`", definition(mark.finding)),
        (false, true) => what_is_there(mark.finding),
        (false, false) if is_passed(mark.finding) => "passed here".to_owned(),
        (false, false) => "also here".to_owned(),
    };
    let style = if mark.leads {
        LabelStyle::Primary
    } else {
        LabelStyle::Secondary
    };
    Label { style, ..label }.with_message(text)
}

/// The further places of a requirement's finding are those where its item is passed.
fn is_passed(finding: &Finding) -> bool {
    matches!(finding.lint, Lint::RequirementUnmet | Lint::MisplacedItem)
}

/// Two findings at one place share a label.
fn add(labels: &mut Vec<Label<usize>>, label: Label<usize>) {
    let same = |known: &&mut Label<usize>| (known.file_id, &known.range) == (label.file_id, &label.range);
    match labels.iter_mut().find(same) {
        Some(known) => known.message = format!("{} and {}", known.message, label.message),
        None => labels.push(label),
    }
}

/// The definition, where it goes by another name than the one written there. A cycle leads to a member of it, not to what
/// any single place names; a chain begins there.
fn what_is_there(finding: &Finding) -> String {
    if finding.lint == Lint::ForbiddenReach && !way(finding).is_empty() {
        return "the chain begins here".to_owned();
    }
    match &finding.to {
        Some(to) if to.item != to.written && finding.lint != Lint::DependencyCycle => format!("this is `{}`", to.item),
        _ => String::new(),
    }
}

fn definition(finding: &Finding) -> &str {
    finding.to.as_ref().map_or(finding.message.as_str(), |to| &to.item)
}

fn named_place(mark: &Mark<'_>, several: bool) -> String {
    let at = place(&mark.site.file, Some((mark.site.line, mark.site.column)));
    if several {
        format!("{at} `{}`", definition(mark.finding))
    } else {
        at
    }
}

/// How many places there are and how many are not said, or all of them.
fn rest(group: &Group<'_>, marks: &[Mark<'_>], said: usize, verbose: bool) -> String {
    let several = group.findings().len() > 1;
    let number = count(marks.len(), "site");
    if verbose {
        let list: Vec<String> = marks
            .iter()
            .map(|mark| format!("  {}", named_place(mark, several)))
            .collect();
        return format!("{number} in all:\n{}", list.join("\n"));
    }
    format!("{number} in all, {} not shown here (-v lists them)", marks.len() - said)
}

fn stretch(site: &SiteEntry) -> Stretch {
    Stretch {
        start: (site.line, site.column),
        end: (site.end_line, site.end_column),
    }
}
