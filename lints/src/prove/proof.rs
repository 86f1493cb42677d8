//! What is shown of a policy: which parts of it can fire, and why the others cannot.

use archguard_invariants::finding::Lint;
use archguard_invariants::place::TextSpan;
use archguard_invariants::policy::RuleId;

/// What a proof speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A rule, whichever of its patterns fires.
    Rule,
    /// One entry of a rule's list, of a layering's order, or of a list that permits.
    Pattern,
    /// A key of a component or a package that forbids something: `uses`, `public`, `crates`; a default of the policy.
    Key,
    /// A component: that anything can be done wrong in it or with it.
    Component,
    /// One entry of a component's `paths`, told where it makes no difference.
    Path,
}

/// What became of the violations that were planted for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// One turned red.
    Proved(Witness),
    /// None did, and this is why.
    Dead(String),
    /// There is nothing to turn red, and nothing is wrong with that.
    Idle(String),
}

/// A violation that turned red.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The module or item whose code it was planted in.
    pub from: String,
    /// What it named.
    pub to: Option<String>,
    /// The lint that found it.
    pub lint: Lint,
}

/// One part of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// What it is.
    pub subject: Subject,
    /// The rule that it belongs to; none for components and their paths.
    pub rule: Option<RuleId>,
    /// Its name: the rule's id, the entry as written, the component.
    pub name: String,
    /// Where it stands in the policy; none for what the tool asks by itself.
    pub span: Option<TextSpan>,
    /// Whether it can fire.
    pub outcome: Outcome,
}

/// All of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Rules with their patterns, what their lists demand, keys, what their lists permit, components with their paths; in order of the
    /// policy.
    pub proven: Vec<Proven>,
    /// How many violations were planted.
    pub planted: usize,
}

impl Proof {
    /// What cannot fire.
    pub fn dead(&self) -> impl Iterator<Item = &Proven> {
        self.proven
            .iter()
            .filter(|proven| matches!(proven.outcome, Outcome::Dead(_)))
    }
}
