//! What a baseline is to hold after the findings of today. A value: nothing is written here.

use archguard_invariants::decisions::Baseline;

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
