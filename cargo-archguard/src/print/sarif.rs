//! A verdict as SARIF 2.1.0: one run, a result for every finding, also those that are let pass (as suppressed). What is
//! wrong with the verdict itself stands among the notifications, and then the run is not called successful.

use std::collections::BTreeMap;

use archguard_check::percent_encoded;
use archguard_invariants::finding::Lint;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::verdict::{Finding, Hop, Outcome, ProblemEntry, SiteEntry, Status, Verdict};
use serde_json::{Value, json};

use super::lint_pages::page;
use super::sources::{Sources, Stretch};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The document.
pub(crate) fn document(verdict: &Verdict, sources: &mut Sources) -> Value {
    let rules = rules(verdict);
    let index: BTreeMap<String, usize> = rules
        .iter()
        .enumerate()
        .map(|(index, rule)| (id(rule), index))
        .collect();
    let results: Vec<Value> = verdict
        .findings
        .iter()
        .map(|finding| result(finding, index[&id(finding)], sources))
        .collect();
    let notifications: Vec<Value> = verdict
        .problems
        .iter()
        .map(|problem| notification(problem, sources))
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": verdict.tool.name,
                "version": verdict.tool.version,
                "semanticVersion": verdict.tool.version,
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": matches!(verdict.outcome, Outcome::Clean | Outcome::Findings),
                "exitCode": verdict.exit_code(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

/// `raw-sql/forbidden-use`: a rule of the policy, and the kind of finding.
fn id(finding: &Finding) -> String {
    format!("{}/{}", finding.rule, finding.lint.id())
}

/// The first finding of each rule and lint, which speaks for all in what the rule says.
fn rules(verdict: &Verdict) -> Vec<&Finding> {
    let mut rules: BTreeMap<String, &Finding> = BTreeMap::new();
    for finding in &verdict.findings {
        rules.entry(id(finding)).or_insert(finding);
    }
    rules.into_values().collect()
}

fn descriptor(finding: &Finding) -> Value {
    let page = page(finding.lint);
    let why = finding.because.as_deref().unwrap_or(page.summary);
    json!({
        "id": id(finding),
        "name": name(finding.lint),
        "shortDescription": { "text": page.summary },
        "fullDescription": { "text": why },
        "help": { "text": page.text, "markdown": page.text },
        "helpUri": format!("{}/blob/main/docs/lints/{}.md", env!("CARGO_PKG_REPOSITORY"), finding.lint.id()),
        "defaultConfiguration": { "level": level(finding.severity) },
        "properties": { "tags": ["architecture"] },
    })
}

/// `ForbiddenUse`: the form that SARIF wants names to have.
fn name(lint: Lint) -> String {
    format!("{lint:?}")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
    }
}

fn result(finding: &Finding, rule: usize, sources: &mut Sources) -> Value {
    let mut result = json!({
        "ruleId": id(finding),
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": message(finding) },
        "locations": finding.sites.first().map(|site| of_site(site, finding, sources)).into_iter().collect::<Vec<_>>(),
        "relatedLocations": related(finding, sources),
        "partialFingerprints": { "archguard/v1": finding.fingerprint },
        "baselineState": baseline_state(finding),
        "suppressions": suppressions(finding),
    });
    if let Some(to) = &finding.to {
        result["properties"] = json!({ "from": finding.from.item, "to": to.item, "written": to.written });
    }
    result
}

fn message(finding: &Finding) -> String {
    let note = super::decided::note(finding).map(|note| format!("note: {note}"));
    let because = finding.because.as_ref().map(|because| format!("because: {because}"));
    let instead = (!finding.instead.is_empty()).then(|| format!("instead: {}", finding.instead.join(", ")));
    let parts = [Some(finding.message.clone()), note, because, instead];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn baseline_state(finding: &Finding) -> &'static str {
    match (finding.status, finding.frozen_sites) {
        (Status::Baseline, _) => "unchanged",
        (_, Some(_)) => "updated",
        (_, None) => "new",
    }
}

/// None is said by an empty list: whoever reads it knows that it was looked for.
fn suppressions(finding: &Finding) -> Vec<Value> {
    let accepted = |justification: String| {
        vec![json!({ "kind": "external", "status": "accepted", "justification": justification })]
    };
    match finding.status {
        Status::New => Vec::new(),
        Status::Baseline | Status::Excepted => accepted(super::decided::note(finding).unwrap_or_default()),
    }
}

/// The other places, the policy line, the hops of a chain, and where to cut a cycle.
fn related(finding: &Finding, sources: &mut Sources) -> Vec<Value> {
    let mut locations: Vec<Option<Value>> = Vec::new();
    for site in finding.sites.iter().skip(1) {
        locations.push(located(&site.file, stretch(site), sources).map(|place| said(place, "also here")));
    }
    let policy = finding.policy_span.and_then(|span| sources.stretch_of_policy(span));
    if let Some((file, stretch)) = policy {
        locations.push(located(&file, stretch, sources).map(|place| said(place, "declared here")));
    }
    for hop in &finding.chain {
        locations.push(of_hop(hop, "", sources));
    }
    for hop in &finding.cut {
        locations.push(of_hop(hop, "the least to remove: ", sources));
    }
    let numbered = locations.into_iter().flatten().enumerate().map(|(index, mut place)| {
        place["id"] = json!(index);
        place
    });
    numbered.collect()
}

fn of_hop(hop: &Hop, before: &str, sources: &Sources) -> Option<Value> {
    let stretch = Stretch {
        start: (hop.line, hop.column),
        end: (hop.end_line, hop.end_column),
    };
    let text = format!("{before}`{}` -> `{}` ({})", hop.from, hop.to, hop.kind.word());
    Some(said(located(&hop.file, stretch, sources)?, &text))
}

fn said(mut place: Value, text: &str) -> Value {
    place["message"] = json!({ "text": text });
    place
}

fn of_site(site: &SiteEntry, finding: &Finding, sources: &Sources) -> Value {
    let mut place = located(&site.file, stretch(site), sources).unwrap_or_else(|| json!({}));
    place["logicalLocations"] = json!([{ "fullyQualifiedName": finding.from.item }]);
    place
}

fn stretch(site: &SiteEntry) -> Stretch {
    Stretch {
        start: (site.line, site.column),
        end: (site.end_line, site.end_column),
    }
}

/// A place in a file of the repository; none for one outside of it, which nobody else could open.
fn located(file: &str, stretch: Stretch, sources: &Sources) -> Option<Value> {
    let uri = encoded(&sources.in_repository(file)?);
    let ((line, column), (end_line, end_column)) = (stretch.start, stretch.end);
    Some(json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri },
        "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
    } }))
}

fn notification(problem: &ProblemEntry, sources: &Sources) -> Value {
    let suggestion = problem
        .suggestion
        .as_ref()
        .map(|name| format!("\ndid you mean `{name}`?"));
    let start = problem.line.zip(problem.column);
    let end = problem.end_line.zip(problem.end_column).or(start);
    let stretch = start.zip(end).map(|(start, end)| Stretch { start, end });
    let place = problem.file.as_ref().and_then(|file| {
        if let Some(stretch) = stretch {
            return located(file, stretch, sources);
        }
        let uri = encoded(&sources.in_repository(file)?);
        Some(json!({ "physicalLocation": { "artifactLocation": { "uri": uri } } }))
    });
    json!({
        "descriptor": { "id": problem.code.word() },
        "level": "error",
        "message": { "text": format!("{}{}", problem.message, suggestion.unwrap_or_default()) },
        "locations": place.into_iter().collect::<Vec<_>>(),
    })
}

/// A path as a relative reference: everything that is not plain is encoded, byte by byte.
fn encoded(path: &str) -> String {
    percent_encoded(path, |byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_references() {
        assert_eq!(encoded("src/a b/ä#1%:x.rs"), "src/a%20b/%C3%A4%231%25%3Ax.rs");
        assert_eq!(encoded("src/print/sarif.rs"), "src/print/sarif.rs");
    }
}
