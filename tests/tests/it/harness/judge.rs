//! [`judge`]: reads a fixture under its `archguard.toml` and compares the sites of the findings with its marks:
//! `error[rule/lint]`.

use archguard_evidence::{Options, read};
use archguard_invariants::changes::compare;
use archguard_invariants::date::Day;
use archguard_invariants::decisions::{Decisions, Exceptions, Terms};
use archguard_invariants::finding::RawFinding;
use archguard_invariants::graph::Graph;
use archguard_invariants::policy::format::{PolicyFile, RESERVED_RULES};
use archguard_invariants::policy::generated::idle;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::policy::{BoundPolicy, Policy, PolicyTexts};
use archguard_invariants::problem::{Problem, ProblemPlace};
use archguard_invariants::verdict::{BaseFacts, Finding, describe};
use archguard_lints::Against;

use super::Fixture;
use super::marks::marks;
use crate::policy_format::keeps;

/// What the judges said.
pub(crate) struct Judged {
    /// The findings.
    pub(crate) findings: Vec<RawFinding>,
    /// The problems of reading and binding.
    pub(crate) problems: Vec<Problem>,
    /// The graph.
    pub(crate) graph: Graph,
    /// The texts of the policy.
    pub(crate) texts: PolicyTexts,
    /// Whether exceptions may stand in source.
    inline_exceptions: bool,
}

/// Judges a fixture; its marks are all the findings there are, and there is no problem.
#[track_caller]
pub(crate) fn judge(text: &str) -> Judged {
    let fixture = Fixture::of(text);
    let judged = judged_fixture(&fixture);
    assert_eq!(
        judged.problems,
        [],
        "the policy fits the code, and the code can be read"
    );
    let mut expected: Vec<String> = Vec::new();
    for file in &fixture.files {
        for mark in marks(&file.path, &file.text) {
            let place = format!("{}:{}:{}..{}", mark.file, mark.line, mark.start, mark.end);
            expected.extend(mark.expected.iter().map(|finding| format!("{place} {finding}")));
        }
    }
    expected.sort();
    let messages: Vec<&str> = judged.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(judged.sites(), expected, "found, expected; messages: {messages:#?}");
    judged
}

/// Judges a fixture, whatever comes out.
#[track_caller]
pub(crate) fn judged(text: &str) -> Judged {
    judged_fixture(&Fixture::of(text))
}

#[track_caller]
fn judged_fixture(fixture: &Fixture) -> Judged {
    let texts = fixture.policy();
    let policy = Policy::read_texts(&texts).expect("the policy can be read");
    for text in texts.files() {
        let file = match text.package {
            None => PolicyFile::Policy,
            Some(_) => PolicyFile::Package,
        };
        keeps(file, &text.text);
    }
    let mut options = Options::of(&policy);
    if let Some(base) = base_policy(fixture) {
        options.patterns.extend(base.patterns());
    }
    let evidence = read(&fixture.workspace, &options);
    assert_eq!(evidence.graph.verify(), Ok(()), "the graph keeps its laws");
    let binding = BoundPolicy::bind(&policy, &evidence.graph);
    let mut problems = evidence.problems;
    problems.extend(binding.problems);
    let generated = &policy.settings.generated;
    problems.extend(evidence.idle_generated.iter().map(|&index| idle(&generated[index])));
    problems.extend(
        evidence
            .idle_exclusions
            .iter()
            .map(|&index| policy.exclusions[index].idle()),
    );
    let findings = archguard_lints::judge(&evidence.graph, &binding.policy).findings;
    for finding in &findings {
        let id = finding.rule.as_str();
        let is_declared = policy.heads().any(|head| head.id.value.as_str() == id);
        assert!(
            is_declared || RESERVED_RULES.iter().any(|rule| rule.covers(id)),
            "`{id}` is no rule of the policy and none that the format reserves"
        );
    }
    Judged {
        findings,
        problems,
        graph: evidence.graph,
        texts,
        inline_exceptions: policy.settings.inline_exceptions,
    }
}

/// The day that tests live on.
const TODAY: &str = "2026-11-20";

/// The findings of a fixture with what was decided about them, its file of exceptions and those in its code.
struct Decided {
    findings: Vec<Finding>,
    decisions: Decisions,
    problems: Vec<Problem>,
}

#[track_caller]
fn decided(text: &str) -> Decided {
    let fixture = Fixture::of(text);
    let judged = judged_fixture(&fixture);
    assert_eq!(
        judged.problems,
        [],
        "the policy fits the code, and the code can be read"
    );
    let weakened = weakened(&fixture, &judged);
    let described = judged
        .findings
        .into_iter()
        .map(|finding| describe::finding(&judged.graph, &|_| None, finding));
    let mut findings: Vec<Finding> = described.collect();
    findings.extend(weakened);
    let terms = Terms {
        today: Day::parse(TODAY).expect("it is a day"),
        max_days: 366,
    };
    let entries = fixture.text(EXCEPTIONS).unwrap_or_default();
    let (mut exceptions, problems) = Exceptions::read(EXCEPTIONS, entries, terms);
    assert_eq!(problems, [], "the exceptions can be read");
    let problems = exceptions.take_in(&judged.graph, judged.inline_exceptions, terms);
    let decisions = Decisions {
        exceptions,
        ..Decisions::default()
    };
    findings.extend(archguard_lints::stale_exceptions(
        &decisions,
        &findings.iter().collect::<Vec<_>>(),
    ));
    Decided {
        findings,
        decisions,
        problems,
    }
}

/// What became of the findings of a fixture, sorted, and what is wrong with its exceptions in source.
#[track_caller]
pub(crate) fn accepted(text: &str) -> (Vec<String>, Vec<String>) {
    let decided = decided(text);
    let told = decided.findings.iter().map(|finding| {
        let exception = decided.decisions.exceptions.naming(finding);
        let status = if exception.is_some_and(|exception| !exception.is_expired()) {
            "excepted"
        } else {
            "new"
        };
        format!("{status} {} {}", finding.rule, finding.from.item)
    });
    let mut found: Vec<String> = told.collect();
    found.sort();
    let problems = decided.problems.iter().map(|problem| match &problem.place {
        ProblemPlace::File {
            file,
            start: Some((line, _)),
        } => format!("{file}:{line}: {}", problem.message),
        _ => problem.message.clone(),
    });
    (problems.collect(), found)
}

/// The lints with new findings in a fixture, its exceptions heeded; each once.
#[track_caller]
pub(crate) fn new_lints(text: &str) -> Vec<&'static str> {
    let Decided {
        findings,
        decisions,
        problems,
    } = decided(text);
    assert_eq!(problems, []);
    let new = findings
        .iter()
        .filter(|finding| decisions.exceptions.naming(finding).is_none());
    let mut lints: Vec<&str> = new.map(|finding| finding.lint.id()).collect();
    lints.sort_unstable();
    lints.dedup();
    lints
}

/// What the policy of a fixture denies less than the one of its base, where it has one.
fn weakened(fixture: &Fixture, judged: &Judged) -> Vec<Finding> {
    let Some(base) = base_policy(fixture) else {
        return Vec::new();
    };
    let policy = Policy::read_texts(&judged.texts).expect("the policy can be read");
    let bind = |policy| BoundPolicy::bind(policy, &judged.graph).policy;
    let (then, now) = (bind(&base), bind(&policy));
    let found = archguard_lints::judge(&judged.graph, &then).findings;
    let through = archguard_lints::let_through(&judged.graph, found, &judged.findings);
    let through = through
        .into_iter()
        .map(|finding| describe::finding(&judged.graph, &|_| None, finding));
    let against = Against {
        texts: &judged.texts,
        changes: &compare(&judged.graph, &then, &now),
        let_through: &through.collect::<Vec<_>>(),
    };
    archguard_lints::weakened_policy(against, &mut BaseFacts::of("main", "0123456789", None))
}

fn base_policy(fixture: &Fixture) -> Option<Policy> {
    let text = fixture.text("archguard.base.toml")?;
    Some(Policy::read("archguard.toml", text).expect("the policy of the base can be read"))
}

const EXCEPTIONS: &str = "archguard.exceptions.toml";

impl Judged {
    /// Every site of every finding: `file:line:start..end error[rule/lint]`.
    pub(crate) fn sites(&self) -> Vec<String> {
        let mut sites: Vec<String> = Vec::new();
        for finding in &self.findings {
            for site in &finding.sites {
                let file = &self.graph.file(site.place.file).display;
                let (start, end) = (site.place.start, site.place.end);
                let severity = match finding.severity {
                    Severity::Error => "error",
                    Severity::Warn => "warning",
                };
                let rule = finding.rule.as_str();
                let lint = finding.lint.id();
                sites.push(format!(
                    "{file}:{}:{}..{} {severity}[{rule}/{lint}]",
                    start.line, start.column, end.column
                ));
            }
        }
        sites.sort();
        sites
    }

    /// The lints that found something, each once.
    pub(crate) fn lints(&self) -> Vec<&'static str> {
        let mut lints: Vec<&str> = self.findings.iter().map(|finding| finding.lint.id()).collect();
        lints.sort_unstable();
        lints.dedup();
        lints
    }
}
