//! A verdict as workflow commands of GitHub Actions: annotations as far as the platform shows them, the rest as lines of the
//! log, then the line of verdict. What stands where is theirs: ten annotations of a kind are shown for a step.

use std::io::{self, Write};

use archguard_invariants::policy::model::Severity;
use archguard_invariants::verdict::{Finding, ProblemEntry, Status, Verdict};

use super::sources::Sources;
use super::summary::count;
use super::{decided, human};
use crate::request::Amount;

/// How many annotations of a kind the platform shows for a step.
const SHOWN: usize = 10;

/// The kinds, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Error,
    Warning,
}

/// One message with its place.
#[derive(Debug)]
struct Annotation {
    kind: Kind,
    title: String,
    message: String,
    place: Option<Place>,
}

/// Lines and columns from 1.
#[derive(Debug)]
struct Place {
    file: String,
    start: Option<(u32, u32)>,
    end: Option<(u32, u32)>,
}

/// Prints a verdict for the log of a workflow.
pub(crate) fn verdict(verdict: &Verdict, sources: &Sources, amount: Amount, out: &mut dyn Write) -> io::Result<()> {
    let annotations = annotations(verdict, sources);
    let mut rest = Vec::new();
    for (kind, noun) in [(Kind::Error, "error"), (Kind::Warning, "warning")] {
        let all: Vec<&Annotation> = annotations
            .iter()
            .filter(|annotation| annotation.kind == kind)
            .collect();
        let (shown, more) = all.split_at(all.len().min(SHOWN));
        for annotation in shown {
            writeln!(out, "{}", annotation.command(noun))?;
        }
        if !more.is_empty() {
            let more_of_them = count(more.len(), noun);
            rest.push(format!("{more_of_them} more than the {SHOWN} that are annotated:"));
            rest.extend(more.iter().map(|annotation| annotation.line(noun)));
        }
    }
    for line in rest {
        writeln!(out, "{line}")?;
    }
    human::closing(verdict, false, amount, out)
}

/// Problems come first: as long as there are any, the findings are not all.
fn annotations(verdict: &Verdict, sources: &Sources) -> Vec<Annotation> {
    let problems = verdict.problems.iter().map(|problem| of_problem(problem, sources));
    let findings = verdict.findings.iter().filter(|finding| finding.status == Status::New);
    problems
        .chain(findings.map(|finding| of_finding(finding, sources)))
        .collect()
}

fn of_problem(problem: &ProblemEntry, sources: &Sources) -> Annotation {
    let start = problem.line.zip(problem.column);
    let suggestion = problem.suggestion.iter().map(|name| format!("did you mean `{name}`?"));
    let lines: Vec<String> = std::iter::once(problem.message.clone()).chain(suggestion).collect();
    Annotation {
        kind: Kind::Error,
        title: format!("archguard: {}", problem.code.word()),
        message: lines.join("\n"),
        place: problem.file.as_deref().and_then(|file| {
            Some(Place {
                file: sources.in_repository(file)?,
                start,
                end: problem.end_line.zip(problem.end_column).or(start),
            })
        }),
    }
}

fn of_finding(finding: &Finding, sources: &Sources) -> Annotation {
    let mut lines = vec![finding.message.clone()];
    lines.extend(decided::note(finding));
    lines.extend(finding.because.as_ref().map(|because| format!("because: {because}")));
    if !finding.instead.is_empty() {
        lines.push(format!("instead: {}", finding.instead.join(", ")));
    }
    if finding.sites.len() > 1 {
        lines.push(format!("and in {} more", count(finding.sites.len() - 1, "place")));
    }
    let place = finding.sites.first().and_then(|site| {
        Some(Place {
            file: sources.in_repository(&site.file)?,
            start: Some((site.line, site.column)),
            end: Some((site.end_line, site.end_column)),
        })
    });
    Annotation {
        kind: match finding.severity {
            Severity::Error => Kind::Error,
            Severity::Warn => Kind::Warning,
        },
        title: format!("archguard: {}/{}", finding.rule, finding.lint.id()),
        message: lines.join("\n"),
        place,
    }
}

impl Annotation {
    /// As a workflow command.
    fn command(&self, word: &str) -> String {
        let mut properties = self.place.as_ref().map(Place::properties).unwrap_or_default();
        properties.push(("title", self.title.clone()));
        let properties: Vec<String> = properties
            .into_iter()
            .map(|(name, value)| format!("{name}={}", escaped_property(&value)))
            .collect();
        format!("::{word} {}::{}", properties.join(","), escaped(&self.message))
    }

    /// As a line of the log, which no text in it can turn into a command.
    fn line(&self, word: &str) -> String {
        let place = self.place.as_ref().map(Place::text).unwrap_or_default();
        let title = self.title.trim_start_matches("archguard: ");
        let message = self.message.split(['\n', '\r']).collect::<Vec<_>>().join("; ");
        format!("- {place}{word}[{title}]: {message}")
    }
}

impl Place {
    /// Columns only within a line: that is where the platform takes them.
    fn properties(&self) -> Vec<(&'static str, String)> {
        let mut properties = vec![("file", self.file.clone())];
        let (Some((line, column)), Some((end_line, end_column))) = (self.start, self.end) else {
            return properties;
        };
        properties.push(("line", line.to_string()));
        properties.push(("endLine", end_line.to_string()));
        if line == end_line {
            properties.push(("col", column.to_string()));
            properties.push(("endColumn", end_column.to_string()));
        }
        properties
    }

    fn text(&self) -> String {
        match self.start {
            Some((line, column)) => format!("{}:{line}:{column}: ", self.file),
            None => format!("{}: ", self.file),
        }
    }
}

/// The characters that would end a message.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Those that would end a property, too.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests;
