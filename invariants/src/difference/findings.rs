//! Findings of two states: a breach is the same if the same code breaks the same kind of rule towards the same definition,
//! wherever the code is now and whatever the rule is called.

use std::collections::BTreeMap;

use super::{Fixed, State};
use crate::changes::Moves;
use crate::finding::Lint;
use crate::verdict::{Finding, Status};

type Key = (Lint, String, Option<String>);

/// New findings that were not there, or have more places than there were.
pub(super) fn introduced(then: State<'_>, now: State<'_>, moves: &Moves) -> Vec<Finding> {
    let before = places(then.findings, |path| moves.follow(path));
    let counted = now.findings.iter().filter(|finding| finding.lint.can_be_accepted());
    let new = counted.filter(|finding| finding.status == Status::New);
    let is_more = |finding: &&Finding| {
        let known = before.get(&key(finding, str::to_owned)).copied().unwrap_or_default();
        finding.sites.len() > known
    };
    new.filter(is_more).cloned().collect()
}

/// Findings that are gone.
pub(super) fn fixed(then: State<'_>, now: State<'_>, moves: &Moves) -> Vec<Fixed> {
    let after = places(now.findings, str::to_owned);
    let gone = then.findings.iter().filter(|finding| {
        finding.lint.can_be_accepted() && !after.contains_key(&key(finding, |path| moves.follow(path)))
    });
    let mut gone: Vec<Fixed> = gone
        .map(|finding| Fixed {
            rule: finding.rule.clone(),
            lint: finding.lint,
            from: finding.from.item.clone(),
            to: finding.to.as_ref().map(|to| to.item.clone()),
        })
        .collect();
    gone.sort();
    gone.dedup();
    gone
}

fn places(findings: &[Finding], name: impl Fn(&str) -> String) -> BTreeMap<Key, usize> {
    let mut places = BTreeMap::new();
    for finding in findings {
        let known = places.entry(key(finding, &name)).or_default();
        *known = finding.sites.len().max(*known);
    }
    places
}

fn key(finding: &Finding, name: impl Fn(&str) -> String) -> Key {
    let to = finding.to.as_ref().map(|to| name(&to.item));
    (finding.lint, name(&finding.from.item), to)
}
