//! What a baseline is to hold after the findings of today. A value: nothing is written here.

use std::collections::BTreeMap;

use archguard_invariants::decisions::{Baseline, Frozen};

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Say whether it can shrink.
    Check,
    /// Take out what is gone; freeze what is new where there is no baseline yet.
    Freeze,
    /// Freeze what is new, too.
    AcceptNew,
}

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// There is no file and none is needed.
    Nothing,
    /// The file stays as it is.
    Keep,
    /// The file can shrink; only that was asked.
    CanShrink(Baseline),
    /// There are new findings, and nobody allowed to freeze them.
    Refuse(Baseline),
    /// The file is to hold this.
    Write(Baseline),
}

impl Plan {
    /// From the baseline that there is, what is left of it, and what is new. `may_grow` is false where nothing may be let pass
    /// that is not let pass already.
    pub(crate) fn of(task: Task, known: Option<&Baseline>, left: Baseline, new: &Baseline, may_grow: bool) -> Self {
        let allowed = may_grow && (known.is_none() || task == Task::AcceptNew);
        match (task, known) {
            (Task::Check, None) => Self::Nothing,
            (Task::Check, Some(known)) if left == *known => Self::Keep,
            (Task::Check, Some(_)) => Self::CanShrink(left),
            _ if !new.entries().is_empty() && !allowed => Self::Refuse(new.clone()),
            (_, known) => {
                let wanted = left.grown_by(new);
                match known {
                    None if wanted.entries().is_empty() => Self::Nothing,
                    Some(known) if wanted == *known => Self::Keep,
                    _ => Self::Write(wanted),
                }
            }
        }
    }
}

/// One line for each entry that is in only one of two baselines, or has another number of places in each.
pub(crate) fn differences(before: &Baseline, after: &Baseline) -> Vec<String> {
    let by_name = |baseline: &Baseline| -> BTreeMap<String, usize> {
        baseline
            .entries()
            .iter()
            .map(|entry: &Frozen| (entry.name(), entry.sites))
            .collect()
    };
    let (before, after) = (by_name(before), by_name(after));
    let mut lines: Vec<(&str, String)> = Vec::new();
    for (name, sites) in &before {
        match after.get(name) {
            None => lines.push((name, format!("  - {name}"))),
            Some(now) if now != sites => lines.push((name, format!("  ~ {name} ({sites} -> {now} places)"))),
            Some(_) => {}
        }
    }
    let added = after.iter().filter(|(name, _)| !before.contains_key(*name));
    lines.extend(added.map(|(name, _)| (name.as_str(), format!("  + {name}"))));
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}
