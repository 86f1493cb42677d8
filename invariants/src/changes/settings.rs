//! `[policy]`, `[[exclude]]` and `[facades]`: words that say how strictly everything is judged, and lists that say of what.

use std::fmt::Display;

use crate::date::Until;
use crate::place::{Spanned, TextSpan};
use crate::policy::exclusion::Exclusion;
use crate::policy::generated::Generated;
use crate::policy::model::{Component, DevCode, Facade, Policy, Settings};
use crate::policy::workspaces::take_in;

use super::change::{PolicyChange, What};
use super::two::Two;

impl Two<'_> {
    /// What the strict policy's settings deny and the lax one's do not.
    pub(super) fn settings(&self, changes: &mut Vec<PolicyChange>) {
        let (strict, lax) = (&self.strict.policy.settings, &self.lax.policy.settings);
        let words = [
            (
                "undeclared",
                !strict.undeclared_allowed,
                !lax.undeclared_allowed,
                ("deny", "allow"),
            ),
            (
                "unassigned",
                !strict.unassigned_allowed,
                !lax.unassigned_allowed,
                ("deny", "allow"),
            ),
            ("dev", strict.check_dev, lax.check_dev, ("check", "exempt")),
            (
                "pending",
                strict.pending_is_error,
                lax.pending_is_error,
                ("error", "list"),
            ),
            (
                "annotations",
                is_required(strict),
                is_required(lax),
                ("required", "optional"),
            ),
            (
                "inline_exceptions",
                !strict.inline_exceptions,
                !lax.inline_exceptions,
                ("false", "true"),
            ),
        ];
        for (key, before, after, (strict, lax)) in words {
            if before && !after {
                changes.push(reserved(key, What::Word(strict.to_owned(), lax.to_owned()), None, None));
            }
        }
        self.annotated(changes);
        let days = (strict.exception_days.0, lax.exception_days.0);
        if days.0 < days.1 {
            let word = |days: u32| format!("max_days = {days}");
            changes.push(reserved(
                "exceptions",
                What::Word(word(days.0), word(days.1)),
                None,
                None,
            ));
        }
        more(&strict.dev_code, &lax.dev_code, is_dev_code, "dev_code", changes);
        more(&strict.generated, &lax.generated, is_generated, "generated", changes);
        self.workspaces(changes);
        self.facades(changes);
        self.exclusions(changes);
    }

    /// Components that need not say in their code that they are one.
    fn annotated(&self, changes: &mut Vec<PolicyChange>) {
        let says = |policy: &Policy, component: &Component| {
            let of_all = is_required(&policy.settings);
            component.annotated.as_ref().map_or(of_all, |said| said.value)
        };
        for strict in &self.strict.policy.components {
            let name = &strict.name.value;
            let lax = self.lax.policy.components.iter().find(|lax| lax.name.value == *name);
            let Some(lax) = lax.filter(|lax| says(self.strict.policy, strict) && !says(self.lax.policy, lax)) else {
                continue;
            };
            if strict.annotated.is_some() || lax.annotated.is_some() {
                let rule = format!("component.{}.annotated", name.as_str());
                let what = What::Word("true".to_owned(), "false".to_owned());
                changes.push(Two::reserved(rule, what, Some(strict.name.span), Some(lax.name.span)));
            }
        }
    }

    /// Other workspaces: what only the strict policy examines.
    fn workspaces(&self, changes: &mut Vec<PolicyChange>) {
        let (strict, lax) = (
            &self.strict.policy.settings.workspaces,
            &self.lax.policy.settings.workspaces,
        );
        let is_in = |wanted: &str| {
            lax.iter()
                .any(|entry| !entry.value.left_out && entry.value.directories.to_string() == wanted)
        };
        let written = |entry: &&Spanned<_>| !is_in(&directories(entry));
        let gone = strict.iter().filter(|entry| !entry.value.left_out).filter(written);
        let gone = gone.filter(|entry| !take_in(lax, &directories(entry)));
        let mut missing: Vec<String> = gone.map(directories).collect();
        let left_out = |list: &[Spanned<_>]| -> Vec<String> {
            let away = list
                .iter()
                .filter(|entry: &&Spanned<crate::policy::workspaces::OtherWorkspaces>| entry.value.left_out);
            away.map(directories).collect()
        };
        let before = left_out(strict);
        missing.extend(
            left_out(lax)
                .into_iter()
                .filter(|away| !before.contains(away) && !strict.is_empty()),
        );
        if !missing.is_empty() {
            changes.push(reserved("workspaces", What::Missing(missing), None, None));
        }
    }

    /// Families: with fewer members prohibitions cover less; with more, `crates` and `!` allow more.
    fn facades(&self, changes: &mut Vec<PolicyChange>) {
        let (strict, lax) = (&self.strict.policy.facades, &self.lax.policy.facades);
        let mut change = |gone: Vec<String>, what: fn(Vec<String>) -> What, facade: &Facade| {
            if !gone.is_empty() {
                changes.push(reserved("facades", what(gone), Some(facade.name.span), None));
            }
        };
        for facade in strict {
            change(members_beyond(facade, lax), What::Missing, facade);
        }
        for facade in lax.iter().filter(|facade| self.is_granted(&facade.name.value)) {
            change(members_beyond(facade, strict), What::Entries, facade);
        }
    }

    fn is_granted(&self, krate: &str) -> bool {
        let mut lists = self.lax.policy.components.iter().filter_map(|it| it.crates.as_ref());
        lists.any(|list| list.value.iter().any(|term| term.value.to_string() == krate))
    }

    fn exclusions(&self, changes: &mut Vec<PolicyChange>) {
        let (strict, lax) = (&self.strict.policy.exclusions, &self.lax.policy.exclusions);
        for exclusion in lax {
            let path = &exclusion.path.value;
            let mut around = strict.iter().filter(|known| lies_in(path, &known.path.value));
            let what = match around.next() {
                None => What::Entries(vec![path.clone()]),
                Some(known) if ends_later(exclusion, known) => {
                    let (earlier, later) = (known.until.value.to_string(), exclusion.until.value.to_string());
                    What::Until(path.clone(), earlier, later)
                }
                Some(_) => continue,
            };
            changes.push(reserved("exclude", what, None, Some(exclusion.path.span)));
        }
    }
}

fn is_required(settings: &Settings) -> bool {
    settings.annotations_required.is_some()
}

fn reserved(key: &str, what: What, stricter: Option<TextSpan>, laxer: Option<TextSpan>) -> PolicyChange {
    Two::reserved(format!("policy.{key}"), what, stricter, laxer)
}

fn directories(entry: &Spanned<crate::policy::workspaces::OtherWorkspaces>) -> String {
    entry.value.directories.to_string()
}

/// Entries by which code is judged less, that only the lax policy has.
fn more<T: Display>(
    strict: &[Spanned<T>],
    lax: &[Spanned<T>],
    covers: fn(&T, &T) -> bool,
    key: &str,
    changes: &mut Vec<PolicyChange>,
) {
    let is_fresh = |entry: &&Spanned<T>| !strict.iter().any(|known| covers(&known.value, &entry.value));
    let fresh: Vec<&Spanned<T>> = lax.iter().filter(is_fresh).collect();
    if let Some(first) = fresh.first() {
        let names = fresh.iter().map(|entry| entry.value.to_string()).collect();
        changes.push(reserved(key, What::Entries(names), None, Some(first.span)));
    }
}

fn is_dev_code(known: &DevCode, entry: &DevCode) -> bool {
    match (known, entry) {
        (DevCode::Path(known), DevCode::Path(entry)) | (DevCode::Attribute(known), DevCode::Attribute(entry)) => {
            known.covers(entry)
        }
        _ => known == entry,
    }
}

fn is_generated(known: &Generated, entry: &Generated) -> bool {
    match (known, entry) {
        (Generated::Path(known), Generated::Path(entry)) => known.covers(entry),
        (Generated::Files(known), Generated::Files(entry)) => known == entry || known.covers(&entry.to_string()),
        _ => false,
    }
}

fn members_beyond(facade: &Facade, others: &[Facade]) -> Vec<String> {
    let other = others.iter().find(|other| other.name.value == facade.name.value);
    let is_known = |member: &crate::pattern::PathPattern| {
        other.is_some_and(|other| other.family.iter().any(|known| known.value.covers(member)))
    };
    let members = facade.family.iter().map(|member| &member.value);
    members
        .filter(|member| !is_known(member))
        .map(ToString::to_string)
        .collect()
}

/// Whether a path is another or lies below it.
fn lies_in(path: &str, outer: &str) -> bool {
    let (path, outer) = (path.trim_end_matches('/'), outer.trim_end_matches('/'));
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn ends_later(exclusion: &Exclusion, known: &Exclusion) -> bool {
    match (&exclusion.until.value, &known.until.value) {
        (Until::Day(own), Until::Day(known)) => own > known,
        // What is no day is over.
        (Until::Day(_), Until::Malformed(_)) => true,
        (Until::Malformed(_), _) => false,
    }
}
