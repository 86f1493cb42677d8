//! What of today's decisions counts against a base: no more than was decided there. Code that has moved since takes what was
//! decided about it along.

use std::collections::BTreeMap;

use super::{Baseline, Decisions, Exception, Exceptions, Frozen};
use crate::changes::Moves;
use crate::date::Until;
use crate::verdict::Uncounted;
use crate::verdict::describe::fingerprint;

/// Rule, item, definition, and whether it stands in the code.
type OwnedKey = (String, String, Option<String>, bool);

impl Decisions {
    /// Takes out what the base does not know: entries, later ends, more places.
    pub fn count_only_known(
        &mut self,
        exceptions: &Exceptions,
        baseline: Option<&Baseline>,
        moves: &Moves,
    ) -> Uncounted {
        Uncounted {
            exceptions: self.only_known_exceptions(exceptions, moves),
            baseline: self.only_known_baseline(baseline, moves),
        }
    }

    fn only_known_exceptions(&mut self, known: &Exceptions, moves: &Moves) -> usize {
        let mut ends: BTreeMap<OwnedKey, &Exception> = BTreeMap::new();
        for entry in &known.entries {
            for key in keys(
                entry.rule.as_str(),
                &entry.from,
                entry.to.as_deref(),
                entry.inline.is_some(),
                moves,
            ) {
                ends.entry(key).or_insert(entry);
            }
        }
        let mut uncounted = 0;
        self.exceptions.entries.retain_mut(|entry| {
            let is_inline = entry.inline.is_some();
            let key = (
                entry.rule.as_str().to_owned(),
                entry.from.clone(),
                entry.to.clone(),
                is_inline,
            );
            let Some(then) = ends.get(&key) else {
                uncounted += 1;
                return false;
            };
            if is_later(&entry.until, &then.until) {
                uncounted += 1;
                entry.until = then.until.clone();
                entry.days_left = then.days_left;
            }
            true
        });
        uncounted
    }

    fn only_known_baseline(&mut self, known: Option<&Baseline>, moves: &Moves) -> usize {
        let Some(baseline) = &mut self.baseline else {
            return 0;
        };
        let mut sites: BTreeMap<OwnedKey, usize> = BTreeMap::new();
        for entry in known.into_iter().flat_map(Baseline::entries) {
            for key in keys(entry.rule.as_str(), &entry.from, entry.to.as_deref(), false, moves) {
                sites.insert(key, entry.sites);
            }
        }
        let mut uncounted = 0;
        let counted = baseline.entries().iter().filter_map(|entry| {
            let key = (
                entry.rule.as_str().to_owned(),
                entry.from.clone(),
                entry.to.clone(),
                false,
            );
            let then = sites.get(&key).copied().unwrap_or_default();
            uncounted += usize::from(then < entry.sites);
            (then > 0).then(|| Frozen {
                sites: entry.sites.min(then),
                fingerprint: fingerprint(&key.0, &key.1, key.2.as_deref()).into(),
                ..entry.clone()
            })
        });
        let counted = counted.collect();
        *baseline = Baseline::of(counted);
        uncounted
    }
}

/// What an entry is called, before and after its code has moved.
fn keys(rule: &str, from: &str, to: Option<&str>, is_inline: bool, moves: &Moves) -> impl Iterator<Item = OwnedKey> {
    let now = (
        rule.to_owned(),
        moves.follow(from),
        to.map(|to| moves.follow(to)),
        is_inline,
    );
    let then = (rule.to_owned(), from.to_owned(), to.map(str::to_owned), is_inline);
    [then, now].into_iter()
}

fn is_later(now: &Until, then: &Until) -> bool {
    match (now, then) {
        (Until::Day(now), Until::Day(then)) => now > then,
        (Until::Day(_), Until::Malformed(_)) => true,
        (Until::Malformed(_), _) => false,
    }
}
