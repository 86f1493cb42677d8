//! The document that `baseline --format json` prints: what was done with the file, what it holds, and what changed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::baseline::name;
use super::{Baseline, Frozen};
use crate::policy::RuleId;
use crate::verdict::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_PROBLEMS, ProblemEntry, Tool};

/// What came of a command about the baseline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BaselineDocument {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// Who speaks.
    pub tool: Tool,
    /// The file; null where it did not come to looking for it.
    pub file: Option<String>,
    /// What was done.
    pub outcome: BaselineOutcome,
    /// What the file holds now, in its order.
    pub entries: Vec<BaselineEntry>,
    /// What was changed; what would be, where it can shrink or was refused.
    pub changes: Vec<BaselineChange>,
    /// What kept anything from being done.
    pub problems: Vec<ProblemEntry>,
}

/// What was done with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BaselineOutcome {
    /// There is no file, and nothing to freeze.
    Absent,
    /// It stays as it is: as small as it can be.
    Kept,
    /// It was written.
    Written,
    /// It can shrink; only that was asked.
    CanShrink,
    /// There is something new that nobody allowed to freeze.
    Refused,
    /// Nothing was done.
    Error,
}

/// A frozen finding; of a circle one item and definition of its cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BaselineEntry {
    /// The rule's id.
    pub rule: String,
    /// Whose code.
    pub from: String,
    /// What it leads to; null where there is no target.
    pub to: Option<String>,
    /// The number of places.
    pub sites: usize,
    /// Identity over time.
    pub fingerprint: String,
}

/// An entry of which there is another number of places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BaselineChange {
    /// The rule's id.
    pub rule: String,
    /// Whose code.
    pub from: String,
    /// What it leads to; null where there is no target.
    pub to: Option<String>,
    /// The number of places before; 0 where there was no such entry.
    pub before: usize,
    /// The number of places after; 0 where there is no such entry any more.
    pub after: usize,
    /// Identity over time.
    pub fingerprint: String,
}

impl BaselineDocument {
    /// Of a file that holds `now` where it held `before`, or could.
    pub fn of(file: String, outcome: BaselineOutcome, before: &Baseline, after: &Baseline) -> Self {
        let is_done = matches!(outcome, BaselineOutcome::Written | BaselineOutcome::Kept);
        let holds = if is_done { after } else { before };
        Self {
            schema: 1,
            tool: Tool::THIS,
            file: Some(file),
            outcome,
            entries: holds.entries().iter().map(entry).collect(),
            changes: changes(before, after),
            problems: Vec::new(),
        }
    }

    /// Where nothing could be done.
    pub fn error(file: Option<String>, problems: Vec<ProblemEntry>) -> Self {
        Self {
            schema: 1,
            tool: Tool::THIS,
            file,
            outcome: BaselineOutcome::Error,
            entries: Vec::new(),
            changes: Vec::new(),
            problems,
        }
    }

    /// 2 where nothing could be done, 1 where something is left to do, else 0.
    pub fn exit_code(&self) -> u8 {
        match self.outcome {
            BaselineOutcome::Absent | BaselineOutcome::Kept | BaselineOutcome::Written => EXIT_CLEAN,
            BaselineOutcome::CanShrink | BaselineOutcome::Refused => EXIT_FINDINGS,
            BaselineOutcome::Error => EXIT_PROBLEMS,
        }
    }
}

fn entry(frozen: &Frozen) -> BaselineEntry {
    BaselineEntry {
        rule: frozen.rule.as_str().to_owned(),
        from: frozen.from.clone(),
        to: frozen.to.clone(),
        sites: frozen.sites,
        fingerprint: frozen.fingerprint.to_string(),
    }
}

/// Every entry of which two baselines hold another number of places, in their order.
fn changes(before: &Baseline, after: &Baseline) -> Vec<BaselineChange> {
    let mut places: BTreeMap<Identity<'_>, (usize, usize)> = BTreeMap::new();
    for frozen in before.entries() {
        places.entry(identity(frozen)).or_default().0 = frozen.sites;
    }
    for frozen in after.entries() {
        places.entry(identity(frozen)).or_default().1 = frozen.sites;
    }
    let changed = places.into_iter().filter(|(_, (before, after))| before != after);
    let change = |((rule, from, to, fingerprint), (before, after)): (Identity<'_>, _)| BaselineChange {
        rule: rule.as_str().to_owned(),
        from: from.to_owned(),
        to: to.map(str::to_owned),
        before,
        after,
        fingerprint: fingerprint.to_owned(),
    };
    changed.map(change).collect()
}

type Identity<'b> = (&'b RuleId, &'b str, Option<&'b str>, &'b str);

fn identity(frozen: &Frozen) -> Identity<'_> {
    (&frozen.rule, &frozen.from, frozen.to.as_deref(), &frozen.fingerprint)
}

impl BaselineChange {
    /// How messages call the entry: `raw-sql: shop::http::list -> sqlx_core::query::query`.
    pub fn name(&self) -> String {
        name(&self.rule, &self.from, self.to.as_deref())
    }
}
