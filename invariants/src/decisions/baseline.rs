//! The baseline: findings that were there before the rules, by identity and number of places. It only shrinks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Key, Sight, circles, key_of};
use crate::policy::RuleId;
use crate::verdict::describe::fingerprint;
use crate::verdict::{Finding, Status};

/// The findings that were frozen, by rule, item and definition, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    pub(super) entries: Vec<Frozen>,
}

/// One frozen finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Frozen {
    /// The rule's id.
    pub rule: RuleId,
    /// Whose code.
    pub from: String,
    /// What it leads to.
    pub to: Option<String>,
    /// The number of places.
    pub sites: usize,
    /// The finding's identity.
    pub fingerprint: Arc<str>,
}

impl Frozen {
    /// How messages call it: `raw-sql: shop::http::list -> sqlx_core::query::query`.
    pub fn name(&self) -> String {
        name(self.rule.as_str(), &self.from, self.to.as_deref())
    }

    fn key(&self) -> Key<'_> {
        (self.rule.as_str(), &self.from, self.to.as_deref())
    }
}

pub(super) fn name(rule: &str, from: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("{rule}: {from} -> {to}"),
        None => format!("{rule}: {from}"),
    }
}

/// The number of places of each finding; where two lints find the same thing under one rule, of both.
#[derive(Debug)]
pub(crate) struct Places<'f>(BTreeMap<Key<'f>, usize>);

impl<'f> Places<'f> {
    pub(crate) fn of(findings: impl Iterator<Item = &'f Finding>) -> Self {
        let mut places = BTreeMap::new();
        for finding in findings {
            if finding.knot.is_empty() {
                *places.entry(key_of(finding)).or_default() += finding.sites.len();
            }
            // A reference may lie in circles of several kinds of nodes; it stays one.
            for references in &finding.knot {
                let most: &mut usize = places.entry(circles::key_of(finding, references)).or_default();
                *most = references.places.max(*most);
            }
        }
        Self(places)
    }
}

impl Baseline {
    /// From entries in any order; of two for one finding the smaller counts.
    pub(crate) fn of(mut entries: Vec<Frozen>) -> Self {
        entries.sort();
        entries.dedup_by(|later, earlier| later.key() == earlier.key());
        Self { entries }
    }

    /// The entries, by rule, item and definition.
    pub fn entries(&self) -> &[Frozen] {
        &self.entries
    }

    /// What freezing findings as they are today would hold: those that are new, whatever their severity. What has an
    /// exception goes by that, and what is wrong with exceptions is nobody's past.
    pub fn freeze<'f>(findings: impl Iterator<Item = &'f Finding>) -> Self {
        let wanted = findings
            .filter(|finding| finding.status == Status::New && finding.exception.is_none() && may_hold(finding));
        let wanted: Vec<&Finding> = wanted.collect();
        let places = Places::of(wanted.iter().copied());
        let keys = wanted.iter().flat_map(|finding| keys_of(finding));
        let frozen = keys.map(|key @ (rule, from, to)| Frozen {
            rule: RuleId::reserved(rule),
            from: from.to_owned(),
            to: to.map(str::to_owned),
            sites: places.0[&key],
            fingerprint: fingerprint(rule, from, to).into(),
        });
        Self::of(frozen.collect())
    }

    /// With the entries of another beside its own; where both hold one, the other's.
    #[must_use]
    pub fn grown_by(&self, other: &Self) -> Self {
        let others: BTreeMap<Key<'_>, &Frozen> = other.entries.iter().map(|entry| (entry.key(), entry)).collect();
        let own = self.entries.iter().filter(|entry| !others.contains_key(&entry.key()));
        Self::of(own.chain(&other.entries).cloned().collect())
    }

    /// What is left of it under the findings of today: without the entries whose findings are gone or accepted by an
    /// exception, and with no more places than there are.
    #[must_use]
    pub fn shrunk<'f>(&self, findings: impl Iterator<Item = &'f Finding>, sight: &Sight) -> Self {
        let places = Places::of(findings.filter(|finding| finding.exception.is_none() && may_hold(finding)));
        let left = self.entries.iter().filter_map(|entry| {
            if !sight.reaches(&entry.from) {
                return Some(entry.clone());
            }
            let sites = entry.sites.min(*places.0.get(&entry.key())?);
            Some(Frozen { sites, ..entry.clone() })
        });
        Self::of(left.collect())
    }

    /// The frozen number of places of a finding.
    pub(crate) fn sites_of(&self, finding: &Finding) -> Option<usize> {
        keys_of(finding)
            .filter_map(|key| self.sites_at(key))
            .reduce(|all, more| all + more)
    }

    fn sites_at(&self, key: Key<'_>) -> Option<usize> {
        let index = self.entries.binary_search_by(|entry| entry.key().cmp(&key)).ok()?;
        Some(self.entries[index].sites)
    }

    /// Whether the places of a finding are no more than those that are frozen; of circles, whether none would be left
    /// without those.
    pub(crate) fn holds(&self, finding: &Finding, places: &Places<'_>) -> bool {
        let is_frozen = |key: Key<'_>| {
            let frozen = self.sites_at(key);
            frozen.is_some_and(|sites| places.0.get(&key).is_some_and(|found| *found <= sites))
        };
        if finding.knot.is_empty() {
            return may_hold(finding) && is_frozen(key_of(finding));
        }
        circles::are_broken_without(&finding.knot, |references| {
            is_frozen(circles::key_of(finding, references))
        })
    }
}

/// What stands in a baseline for a finding: itself, or of circles each item and definition of the cut.
fn keys_of(finding: &Finding) -> impl Iterator<Item = Key<'_>> {
    let whole = finding.knot.is_empty().then(|| key_of(finding));
    let cut = finding.cut.iter().filter(|_| !finding.knot.is_empty());
    let cut: BTreeSet<Key<'_>> = cut
        .map(|hop| (finding.rule.as_str(), hop.from.as_str(), Some(hop.to.as_str())))
        .collect();
    whole.into_iter().chain(cut)
}

fn may_hold(finding: &Finding) -> bool {
    finding.lint.can_be_accepted()
}
