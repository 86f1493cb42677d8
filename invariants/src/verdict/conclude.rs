//! The one function that turns everything found into a verdict: order, identity, counts, outcome. What it returns is what
//! every printer shows and what the process ends with.

use super::accept::accept;
use super::examined::Examined;
use super::model::{
    Finding, Narrowed, PolicyFacts, ProblemEntry, RuleEntry, RuleKind, SiteEntry, Status, Tool, Verdict,
};
use super::outcome::Outcome;
use crate::decisions::Decisions;
use crate::policy::model::Severity;
use crate::problem::ProblemCode;

/// Everything that a verdict is made from.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The policy.
    pub policy: PolicyFacts,
    /// What the command line narrowed.
    pub narrowed: Narrowed,
    /// What was examined; none where it did not come to judging.
    pub examined: Option<Examined>,
    /// What became of the declared rules, in order of declaration.
    pub rules: Vec<RuleEntry>,
    /// The findings, in any order.
    pub findings: Vec<Finding>,
    /// Findings in code that the command line left out: not told, but exceptions and baseline may speak of them.
    pub elsewhere: Vec<Finding>,
    /// What people decided about findings.
    pub decisions: Decisions,
    /// The problems, in any order.
    pub problems: Vec<ProblemEntry>,
}

impl Verdict {
    /// Makes the verdict.
    pub fn conclude(inputs: Inputs) -> Self {
        let Inputs {
            policy,
            narrowed,
            examined,
            rules,
            findings,
            elsewhere,
            decisions,
            mut problems,
        } = inputs;
        problems.extend(nothing_examined(examined.as_ref(), &problems));
        let judged = examined.as_ref().is_some_and(|examined| !examined.is_nothing());
        let mut findings = each_once(findings);
        let (exceptions, baseline) = accept(&mut findings, &elsewhere, &decisions);
        let problems = ordered_problems(problems);
        let new_errors = findings
            .iter()
            .any(|finding| finding.severity == Severity::Error && finding.status == Status::New);
        Self {
            schema: 1,
            tool: Tool::THIS,
            outcome: Outcome::decide(judged, !problems.is_empty(), new_errors),
            policy,
            examined: examined.unwrap_or_default(),
            rules: counted_rules(rules, &findings),
            findings,
            problems,
            exceptions,
            baseline,
            narrowed,
        }
    }

    /// The exit code that goes with the outcome.
    pub fn exit_code(&self) -> u8 {
        self.outcome.exit_code()
    }
}

/// Having looked at nothing is a problem, whatever the reason; also where no stage said so itself.
fn nothing_examined(examined: Option<&Examined>, problems: &[ProblemEntry]) -> Option<ProblemEntry> {
    if problems
        .iter()
        .any(|problem| problem.code == ProblemCode::NothingExamined)
    {
        return None;
    }
    let message = match examined {
        Some(examined) if examined.is_nothing() => "nothing was examined: the workspace holds no code to judge",
        None if problems.is_empty() => "nothing was examined: the check ended before it judged anything",
        _ => return None,
    };
    Some(ProblemEntry {
        code: ProblemCode::NothingExamined,
        message: message.to_owned(),
        file: None,
        line: None,
        column: None,
        end_line: None,
        end_column: None,
        suggestion: None,
    })
}

/// Findings by file and place, each once however many targets it is seen through.
pub fn each_once(mut findings: Vec<Finding>) -> Vec<Finding> {
    for finding in &mut findings {
        order_sites(&mut finding.sites);
    }
    findings.sort_by(|left, right| finding_key(left).cmp(&finding_key(right)));
    // A file that is compiled into several targets yields the same breach once per target: said once.
    findings.dedup_by(|later, earlier| is_same_code(later, earlier));
    findings
}

/// By place first: that is how people work through them.
fn finding_key(finding: &Finding) -> impl Ord + '_ {
    let place = finding.sites.first().map(site_key);
    let to = finding.to.as_ref().map(|to| relative_target(finding, &to.item));
    // Where the same code is seen through several targets, the library speaks for it.
    let library = !crate_of(&finding.from.item).contains(':');
    let ends = (
        &finding.from.item,
        finding.to.as_ref().map(|to| (&to.item, &to.written)),
    );
    (place, &finding.rule, finding.lint, to, !library, ends, &finding.message)
}

/// Keeps the site to show in front, orders the others, and names each once.
fn order_sites(sites: &mut Vec<SiteEntry>) {
    let Some((first, rest)) = sites.split_first_mut() else {
        return;
    };
    rest.sort_by(|left, right| site_key(left).cmp(&site_key(right)));
    let first = first.clone();
    let mut index = 0;
    sites.retain(|site| {
        index += 1;
        index == 1 || *site != first
    });
    sites.dedup();
}

fn site_key(site: &SiteEntry) -> impl Ord + '_ {
    (
        &site.file,
        site.line,
        site.column,
        site.end_line,
        site.end_column,
        site.kind,
        site.resolution,
        &site.cfg,
    )
}

/// Whether two findings are one breach seen through two targets: the same rule, lint and places, and the same target (by
/// its path inside the crate where it lies in the code's own crate).
fn is_same_code(left: &Finding, right: &Finding) -> bool {
    let places = |finding: &Finding| {
        finding
            .sites
            .iter()
            .map(|site| (site.file.clone(), site.line, site.column))
            .collect::<Vec<_>>()
    };
    let (Some(left_to), Some(right_to)) = (&left.to, &right.to) else {
        return false;
    };
    left.rule == right.rule
        && left.lint == right.lint
        && crate_of(&left.from.item) != crate_of(&right.from.item)
        && relative_target(left, &left_to.item) == relative_target(right, &right_to.item)
        && places(left) == places(right)
}

fn relative_target<'a>(finding: &Finding, item: &'a str) -> &'a str {
    let head = crate_of(&finding.from.item);
    item.strip_prefix(head)
        .filter(|rest| rest.starts_with("::"))
        .unwrap_or(item)
}

/// `shop` of `shop::db::Row`, `bin:shop` of `bin:shop::main`.
fn crate_of(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}

fn ordered_problems(mut problems: Vec<ProblemEntry>) -> Vec<ProblemEntry> {
    problems.sort_by(|left, right| problem_key(left).cmp(&problem_key(right)));
    problems.dedup();
    problems
}

fn problem_key(problem: &ProblemEntry) -> impl Ord + '_ {
    (
        &problem.file,
        problem.line,
        problem.column,
        problem.code,
        &problem.message,
        &problem.suggestion,
    )
}

/// Declared rules keep the policy's order; reserved ones follow where they fired. Counts are those of what is printed.
fn counted_rules(mut rules: Vec<RuleEntry>, findings: &[Finding]) -> Vec<RuleEntry> {
    let mut reserved: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    reserved.retain(|id| rules.iter().all(|rule| rule.id != *id));
    reserved.sort_unstable();
    reserved.dedup();
    rules.extend(reserved.into_iter().map(|id| RuleEntry {
        id: id.to_owned(),
        kind: RuleKind::of_reserved(id).unwrap_or(RuleKind::Policy),
        matched: 0,
        dormant: Vec::new(),
        findings: 0,
    }));
    for rule in &mut rules {
        rule.findings = findings.iter().filter(|finding| finding.rule == rule.id).count();
        if !rule.kind.is_declared() {
            rule.matched = rule.matched.max(rule.findings);
        }
    }
    rules
}

#[cfg(test)]
mod tests;
