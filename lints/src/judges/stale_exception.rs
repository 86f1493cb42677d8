//! `stale-exception`: an exception that accepts no finding. It looks at what the other judges found, not at the graph; that
//! an exception is over is no breach of its own, because its finding is new again.

use archguard_invariants::decisions::{Decisions, Exception, Inline};
use archguard_invariants::finding::Lint;
use archguard_invariants::nearest::nearest;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::verdict::{Finding, SiteEntry, Source, Status, Target, describe};

const RULE: &str = "policy.exceptions";

/// A finding for each exception that none of `found` is meant by. Silent about code that was not seen whole.
pub fn check(decisions: &Decisions, found: &[&Finding]) -> Vec<Finding> {
    let entries = decisions.exceptions.entries.iter();
    entries
        .filter(|entry| decisions.sight.reaches(&entry.from) && !found.iter().any(|finding| entry.names(finding)))
        .map(|entry| finding(decisions, entry, found))
        .collect()
}

fn finding(decisions: &Decisions, entry: &Exception, found: &[&Finding]) -> Finding {
    let to = entry.to.as_ref().map(|item| Target {
        item: item.clone(),
        written: item.clone(),
        component: None,
        krate: item.split("::").next().unwrap_or(item).to_owned(),
    });
    Finding {
        rule: RULE.to_owned(),
        lint: Lint::StaleException,
        severity: Severity::Error,
        status: Status::New,
        exception: None,
        frozen_sites: None,
        fingerprint: describe::fingerprint(RULE, &entry.from, entry.to.as_deref()),
        from: Source {
            item: entry.from.clone(),
            module: entry.from.clone(),
            component: None,
        },
        to,
        sites: vec![site(decisions, entry)],
        chain: Vec::new(),
        cut: Vec::new(),
        because: None,
        instead: Vec::new(),
        message: message(decisions, entry, found),
        knot: Vec::new(),
        policy_span: None,
    }
}

/// The entry's own place.
fn site(decisions: &Decisions, entry: &Exception) -> SiteEntry {
    let place = decisions.exceptions.place_of(entry);
    SiteEntry {
        file: place.file.to_string(),
        line: place.start.line,
        column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
        kind: None,
        evidence: Vec::new(),
        cfg_sets: Vec::new(),
        resolution: None,
        public: false,
        cfg: None,
        generated: false,
    }
}

fn message(decisions: &Decisions, entry: &Exception, found: &[&Finding]) -> String {
    if let Some(inline) = &entry.inline {
        return message_inline(entry, inline, found);
    }
    let to = entry.to.as_ref().map(|to| format!(" to `{to}`")).unwrap_or_default();
    let hint = hint(decisions, entry, found)
        .map(|hint| format!("; {hint}"))
        .unwrap_or_default();
    format!(
        "the exception for `{}` from `{}`{to} accepts nothing: there is no such finding{hint}",
        entry.rule.as_str(),
        entry.from
    )
}

fn message_inline(entry: &Exception, inline: &Inline, found: &[&Finding]) -> String {
    let rule = entry.rule.as_str();
    let of_rule = |finding: &&&Finding| finding.rule == rule;
    let partly = found.iter().filter(of_rule).any(|finding| inline.touches(finding));
    let rules = || found.iter().map(|finding| finding.rule.as_str());
    let hint = if partly {
        "; a finding has places in it and others outside of it, and is not accepted in part".to_owned()
    } else {
        let near = nearest(rule, rules()).filter(|near| *near != rule);
        near.map(|near| format!("; did you mean the rule `{near}`?"))
            .unwrap_or_default()
    };
    format!(
        "the exception for `{rule}` in `{}` accepts nothing: there is no such finding in what it stands on{hint}",
        entry.from
    )
}

/// What was probably meant, among the findings without an exception: the same end written otherwise, or the other end after the code has moved.
fn hint(decisions: &Decisions, entry: &Exception, found: &[&Finding]) -> Option<String> {
    let open = |finding: &&&Finding| decisions.exceptions.naming(finding).is_none();
    let of_rule = || {
        found
            .iter()
            .filter(open)
            .filter(|finding| finding.rule == entry.rule.as_str())
    };
    let to_of = |finding: &Finding| finding.to.as_ref().map(|to| to.item.clone());
    let mut from_there = of_rule().filter(|finding| finding.from.item == entry.from);
    if let Some(other) = from_there.next() {
        let to = to_of(other).map_or("no `to`".to_owned(), |to| format!("`to = \"{to}\"`"));
        return Some(format!("the finding from there has {to}"));
    }
    let leading_there = of_rule().filter(|finding| to_of(finding) == entry.to);
    let froms: Vec<&str> = leading_there.map(|finding| finding.from.item.as_str()).collect();
    if let Some(from) = nearest(&entry.from, froms.iter().copied()).or(froms.first().copied()) {
        return Some(format!("there is one with `from = \"{from}\"`"));
    }
    let rules = found.iter().map(|finding| finding.rule.as_str());
    let rule = nearest(entry.rule.as_str(), rules).filter(|rule| *rule != entry.rule.as_str())?;
    Some(format!("did you mean the rule `{rule}`?"))
}
