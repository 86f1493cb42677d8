//! How the exceptions have grown since a commit, those of the file and those in the code: by what each accepts, not by text,
//! order, place or reasons.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Exceptions;

/// What has become more and less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Growth {
    /// The commit, as it was asked for.
    pub base: String,
    /// How many exceptions there were.
    pub before: usize,
    /// What was not accepted then and is now.
    pub added: Vec<Accepted>,
    /// What was accepted then and is not now.
    pub removed: Vec<Accepted>,
}

/// What an exception accepts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accepted {
    /// The rule's id.
    pub rule: String,
    /// Whose code.
    pub from: String,
    /// What it leads to; null for a finding without a target, and for one that stands in the code.
    pub to: Option<String>,
}

impl Growth {
    /// From the exceptions of a commit to those of now.
    pub fn between(base: &str, then: &Exceptions, now: &Exceptions) -> Self {
        let (before, after) = (accepted(then), accepted(now));
        Self {
            base: base.to_owned(),
            before: then.entries.len(),
            added: after.difference(&before).cloned().collect(),
            removed: before.difference(&after).cloned().collect(),
        }
    }
}

fn accepted(exceptions: &Exceptions) -> BTreeSet<Accepted> {
    let each = exceptions.entries.iter().map(|entry| Accepted {
        rule: entry.rule.as_str().to_owned(),
        from: entry.from.clone(),
        to: entry.to.clone(),
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Day;
    use crate::decisions::Terms;

    fn read(entries: &[(&str, &str)]) -> Exceptions {
        let entry = |(from, reason): &(&str, &str)| {
            format!(
                "[[except]]\nrule = \"r\"\nfrom = \"{from}\"\nto = \"b\"\nreason = \"{reason}\"\nowner = \"us\"\nuntil = \"1970-01-02\"\n"
            )
        };
        let text: String = entries.iter().map(entry).collect();
        let terms = Terms {
            today: Day::of_unix_seconds(0),
            max_days: 30,
        };
        let (exceptions, problems) = Exceptions::read("archguard.exceptions.toml", &text, terms);
        assert_eq!(problems, []);
        exceptions
    }

    #[test]
    fn another_order_and_another_reason_are_no_growth() {
        let (then, now) = (read(&[("a", "x"), ("b", "y")]), read(&[("b", "z"), ("a", "x")]));
        let growth = Growth::between("main", &then, &now);
        assert_eq!(
            (growth.before, growth.added, growth.removed),
            (2, Vec::new(), Vec::new())
        );
    }

    #[test]
    fn one_for_another_is_more_and_less() {
        let (then, now) = (read(&[("a", "x")]), read(&[("b", "x")]));
        let growth = Growth::between("main", &then, &now);
        assert_eq!((&*growth.added[0].from, &*growth.removed[0].from), ("b", "a"));
        assert_eq!((growth.added.len(), growth.removed.len()), (1, 1));
    }
}
