//! The one line of verdict: what was examined and what was found.

use archguard_invariants::policy::model::Severity;
use archguard_invariants::verdict::{BaseFacts, Examined, Narrowed, Outcome, Status, Verdict};

/// The line, without the outcome's word before it.
pub(super) fn line(verdict: &Verdict) -> String {
    let found = found(verdict);
    if verdict.outcome == Outcome::Error {
        return format!("nothing could be judged, {found}");
    }
    let rules = verdict.rules.iter().filter(|rule| rule.kind.is_declared()).count();
    format!("{}; {}, {found}", examined(&verdict.examined), count(rules, "rule"))
}

/// What the command line narrowed or added, as it was written there, to stand behind the outcome's word; nothing where it did
/// not.
pub(super) fn narrowed(narrowed: &Narrowed, base: Option<&BaseFacts>) -> String {
    let packages: Vec<String> = narrowed.packages.iter().map(|name| format!("-p {name}")).collect();
    let only = (!packages.is_empty()).then(|| format!("only {}", packages.join(" ")));
    let policy = narrowed.policy.as_ref().map(|file| format!("--policy {file}"));
    let rev = base.map(|base| format!("--base {}", base.rev));
    let accepted = base
        .filter(|base| base.accepted)
        .map(|_| "--allow-policy-change".to_owned());
    let parts: Vec<String> = only.into_iter().chain(policy).chain(rev).chain(accepted).collect();
    if parts.is_empty() {
        return String::new();
    }
    format!(" ({})", parts.join(", "))
}

fn examined(examined: &Examined) -> String {
    let extent = [
        count(examined.packages, "package"),
        count(examined.targets, "target"),
        count(examined.files, "file"),
        count(examined.lines, "line"),
        count(examined.modules, "module"),
        count(examined.references, "reference"),
    ];
    format!(
        "{} examined ({} unresolved, {} in development code exempt)",
        extent.join(", "),
        examined.unresolved,
        examined.exempt_dev
    )
}

fn found(verdict: &Verdict) -> String {
    let of = |severity, status| {
        verdict
            .findings
            .iter()
            .filter(|found| found.severity == severity && found.status == status)
            .count()
    };
    let with = |status| verdict.findings.iter().filter(|found| found.status == status).count();
    let (errors, warnings) = (of(Severity::Error, Status::New), of(Severity::Warn, Status::New));
    let mut parts = Vec::new();
    match errors {
        0 if warnings > 0 || verdict.outcome == Outcome::Error => {}
        0 => parts.push("no findings".to_owned()),
        _ => parts.push(count(errors, "finding")),
    }
    let others = [
        (warnings, count(warnings, "warning")),
        (with(Status::Excepted), format!("{} excepted", with(Status::Excepted))),
        (
            with(Status::Baseline),
            format!("{} in the baseline", with(Status::Baseline)),
        ),
        (verdict.problems.len(), count(verdict.problems.len(), "problem")),
    ];
    parts.extend(
        others
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(_, text)| text),
    );
    parts.join(", ")
}

/// `1 day`, `2 days`.
pub(crate) fn count_days(days: i64) -> String {
    usize::try_from(days).map_or_else(|_| format!("{days} days"), |days| count(days, "day"))
}

/// `1 file`, `2 files`, `2 method calls or field accesses`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1 {noun}");
    }
    let plural = match noun {
        "piece of generated code" => "pieces of generated code".to_owned(),
        "method call or field access" => "method calls or field accesses".to_owned(),
        "dependency" => "dependencies".to_owned(),
        "new dependency" => "new dependencies".to_owned(),
        "rule, pattern, key or component" => "rules, patterns, keys and components".to_owned(),
        _ => format!("{noun}s"),
    };
    format!("{number} {plural}")
}
