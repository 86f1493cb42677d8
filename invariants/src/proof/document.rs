//! The values of the document, and the exit code that goes with them.

use serde::Serialize;

use crate::finding::Lint;
use crate::place::TextSpan;
use crate::policy::PolicyTexts;
use crate::verdict::describe::position;
use crate::verdict::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_PROBLEMS, ProblemEntry, Tool};

/// All of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProofDocument {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// Who speaks.
    pub tool: Tool,
    /// How much of it can fire.
    pub counts: ProofCounts,
    /// Every part: rules with their patterns, then keys, then components; in order of the policy.
    pub proofs: Vec<ProofEntry>,
    /// What keeps the proof from being whole.
    pub problems: Vec<ProblemEntry>,
}

/// How many parts came out how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProofCounts {
    /// Parts of which a violation turned red.
    pub proved: usize,
    /// Parts of which none can.
    pub dead: usize,
    /// Parts that have nothing to turn red, which is no fault.
    pub idle: usize,
    /// Violations that were planted.
    pub planted: usize,
}

/// One part of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProofEntry {
    /// What it is.
    pub subject: ProofSubject,
    /// The id of the rule that it belongs to; null for components and their paths.
    pub rule: Option<String>,
    /// Its name: the rule's id, the entry as written, the component.
    pub name: String,
    /// What came out.
    pub state: ProofState,
    /// A violation that turned red.
    pub violation: Option<Violation>,
    /// Why none did.
    pub reason: Option<String>,
    /// The policy file that it stands in; null for what the tool asks by itself.
    pub file: Option<String>,
    /// The line.
    pub line: Option<u32>,
    /// The column.
    pub column: Option<u32>,
    /// The line that it ends on.
    pub end_line: Option<u32>,
    /// The column behind its end.
    pub end_column: Option<u32>,
}

/// What a proof speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProofSubject {
    /// A rule, whichever of its patterns fires.
    Rule,
    /// One entry of a rule's list, or of a layering's order.
    Pattern,
    /// `uses`, `public` or `crates` of a component or package; a default of the policy.
    Key,
    /// A component: that anything can be done wrong in it or with it.
    Component,
    /// One entry of a component's `paths`, told where it makes no difference.
    Path,
}

/// What came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProofState {
    /// A violation turned red.
    Proved,
    /// None can, and it is there for nothing.
    Dead,
    /// There is nothing to turn red, and nothing is wrong with that.
    Idle,
}

/// A violation that was planted and turned red.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Violation {
    /// The module or item whose code it was planted in.
    pub from: String,
    /// What it named.
    pub to: Option<String>,
    /// The lint that found it.
    pub lint: Lint,
}

impl ProofDocument {
    /// Puts the entries together.
    pub fn of(proofs: Vec<ProofEntry>, planted: usize, problems: Vec<ProblemEntry>) -> Self {
        let count = |state| proofs.iter().filter(|proof| proof.state == state).count();
        let counts = ProofCounts {
            proved: count(ProofState::Proved),
            dead: count(ProofState::Dead),
            idle: count(ProofState::Idle),
            planted,
        };
        Self {
            schema: 1,
            tool: Tool::THIS,
            counts,
            proofs,
            problems,
        }
    }

    /// 2 where there are problems, 1 where something is dead, else 0.
    pub fn exit_code(&self) -> u8 {
        if !self.problems.is_empty() {
            EXIT_PROBLEMS
        } else if self.counts.dead > 0 {
            EXIT_FINDINGS
        } else {
            EXIT_CLEAN
        }
    }
}

impl ProofEntry {
    /// Says where it stands in the policy.
    #[must_use]
    pub fn at(mut self, texts: &PolicyTexts, span: Option<TextSpan>) -> Self {
        if let Some(span) = span {
            let (file, span) = texts.locate(span);
            let (start, end) = (position(&file.text, span.start), position(&file.text, span.end));
            self.file = Some(file.file.to_string());
            (self.line, self.column) = (Some(start.line), Some(start.column));
            (self.end_line, self.end_column) = (Some(end.line), Some(end.column));
        }
        self
    }
}
