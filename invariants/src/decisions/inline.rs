//! Exceptions that stand in the code that they speak of: from the annotations of the graph to the same entries as those of the
//! file, by the same rules. Where the policy does not allow them each one is a problem.

use std::sync::Arc;

use super::{Exception, Exceptions, Terms};
use crate::date::Until;
use crate::graph::{Covered, ExceptionAnnotation, Graph};
use crate::place::{Place, Position, TextSpan};
use crate::policy::RuleId;
use crate::problem::{Problem, ProblemCode, ProblemPlace};
use crate::verdict::{Finding, SiteEntry};

/// Where in the code an exception stands, and which code it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// The place of the annotation.
    pub stands: Stretch,
    covers: Extent,
}

/// A stretch of a file, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The file's path as printed.
    pub file: Arc<str>,
    /// Its beginning.
    pub start: Position,
    /// Its end, exclusive.
    pub end: Position,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Extent {
    /// A module, by each of the paths that it has where several targets share its file.
    Modules(Vec<Arc<str>>),
    Stretch(Stretch),
}

impl Inline {
    /// Whether all places of a finding lie in what it speaks of.
    pub(super) fn covers(&self, finding: &Finding) -> bool {
        match &self.covers {
            Extent::Modules(modules) => modules.iter().any(|module| **module == *finding.from.module),
            Extent::Stretch(stretch) => {
                !finding.sites.is_empty() && finding.sites.iter().all(|site| stretch.holds(site))
            }
        }
    }

    /// Whether some places of a finding lie in what it speaks of.
    pub fn touches(&self, finding: &Finding) -> bool {
        match &self.covers {
            Extent::Modules(_) => self.covers(finding),
            Extent::Stretch(stretch) => finding.sites.iter().any(|site| stretch.holds(site)),
        }
    }
}

impl Stretch {
    fn of(graph: &Graph, place: Place) -> Self {
        Self {
            file: Arc::clone(&graph.file(place.file).display),
            start: place.start,
            end: place.end,
        }
    }

    fn holds(&self, site: &SiteEntry) -> bool {
        let at = |line, column| Position { line, column };
        *self.file == *site.file
            && self.start <= at(site.line, site.column)
            && at(site.end_line, site.end_column) <= self.end
    }
}

impl Exceptions {
    /// Takes in those of the code, or says of each that it is not allowed.
    pub fn take_in(&mut self, graph: &Graph, allowed: bool, terms: Terms) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut taken: Vec<Exception> = Vec::new();
        for annotation in &graph.annotations().exceptions {
            match entry(graph, annotation, allowed, terms) {
                Ok(entry) => join(&mut taken, entry),
                Err(problem) => problems.push(problem),
            }
        }
        self.entries.append(&mut taken);
        // Several targets may share a file.
        problems.dedup();
        problems
    }
}

/// Adds an entry, or what it speaks of to the same annotation as another target has it.
fn join(taken: &mut Vec<Exception>, mut entry: Exception) {
    let stands = |entry: &Exception| entry.inline.as_ref().map(|inline| inline.stands.clone());
    let known = taken
        .iter_mut()
        .find(|known| known.rule == entry.rule && stands(known) == stands(&entry));
    let Some(known) = known else {
        taken.push(entry);
        return;
    };
    // The library speaks for all.
    if known.from.contains("::") && is_of_other_target(&known.from) && !is_of_other_target(&entry.from) {
        std::mem::swap(&mut known.from, &mut entry.from);
    }
    if let (Some(known), Some(other)) = (&mut known.inline, entry.inline)
        && let (Extent::Modules(known), Extent::Modules(other)) = (&mut known.covers, other.covers)
    {
        known.extend(other);
    }
}

/// Whether a path begins with a target: `bin:shop::main`.
fn is_of_other_target(path: &str) -> bool {
    path.split("::").next().is_some_and(|head| head.contains(':'))
}

fn entry(graph: &Graph, said: &ExceptionAnnotation, allowed: bool, terms: Terms) -> Result<Exception, Problem> {
    let stands = Stretch::of(graph, said.place);
    let refuse = |message: String| {
        let place = ProblemPlace::File {
            file: Arc::clone(&stands.file),
            start: Some((stands.start.line, stands.start.column)),
        };
        Err(Problem {
            code: ProblemCode::InlineException,
            message,
            place,
            suggestion: None,
        })
    };
    let from = graph.item(said.item).path.to_string();
    if !allowed {
        return refuse(format!(
            "an exception stands in `{from}`, and the policy does not allow exceptions in source: move it to \
             `archguard.exceptions.toml`, or allow them by `[policy] inline_exceptions = true`"
        ));
    }
    let text = |value: &Option<Arc<str>>| value.clone().filter(|text| !text.trim().is_empty());
    let (Some(rule), Some(reason), Some(owner), Some(until)) = (
        text(&said.rule),
        text(&said.reason),
        text(&said.owner),
        text(&said.until),
    ) else {
        return refuse(format!(
            "the exception in `{from}` needs `rule`, `reason`, `owner` and `until`, and each has to say something"
        ));
    };
    let until = Until::of(&until);
    let days_left = until.days_left(terms.today);
    if days_left.is_some_and(|days| days > i64::from(terms.max_days)) {
        return refuse(format!(
            "`until` of the exception in `{from}` lies further ahead than the {} days that the policy allows (`[policy] exceptions = {{ max_days = .. }}`)",
            terms.max_days
        ));
    }
    let covers = match said.covers {
        Covered::Module(module) => Extent::Modules(vec![Arc::clone(&graph.item(module).path)]),
        Covered::Stretch(place) => Extent::Stretch(Stretch::of(graph, place)),
    };
    Ok(Exception {
        rule: RuleId::reserved(&*rule),
        from,
        to: None,
        reason: reason.to_string(),
        owner: owner.to_string(),
        until,
        days_left,
        span: TextSpan::default(),
        inline: Some(Inline { stands, covers }),
    })
}
