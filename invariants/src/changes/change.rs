//! One difference between two policies, and how it is told.

use std::fmt;

use crate::place::TextSpan;
use crate::policy::RuleId;
use crate::policy::model::Severity;

/// Something that one policy denies and the other does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyChange {
    /// The rule that denies it, or a reserved id for what is no rule: `policy.dev_code`.
    pub rule: RuleId,
    /// What.
    pub what: What,
    /// How severely it is denied.
    pub severity: Severity,
    /// Where the stricter policy says so.
    pub stricter: Option<TextSpan>,
    /// Where the laxer policy speaks of the same.
    pub laxer: Option<TextSpan>,
}

/// What one policy denies and the other does not. Lists are what the difference consists of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A rule.
    Rule,
    /// The severity of a rule.
    Severity,
    /// That development code is judged.
    Dev,
    /// That a rule matches something.
    Presence,
    /// Chains of references.
    Chains,
    /// Kinds of reference.
    Kinds(Vec<String>),
    /// Code that a rule speaks of.
    Scope(Vec<String>),
    /// What a rule names.
    Targets(Vec<String>),
    /// Components that hand out what a rule names.
    Through(Vec<String>),
    /// Keys by which a requirement selects.
    Selection(Vec<String>),
    /// Keys by which a requirement demands.
    Demand(Vec<String>),
    /// What must be free of circles.
    Circles(Vec<String>),
    /// Who may not use whom.
    Use(Vec<String>),
    /// Who may not use whom in development code.
    UseInDev(Vec<String>),
    /// Code in another component: what, and the two components.
    Owner(Vec<String>, Option<String>, Option<String>),
    /// External crates.
    Crates(Vec<String>),
    /// All external crates but those that are listed.
    AllCrates,
    /// What others may write.
    Public(Vec<String>),
    /// All but what is listed as public.
    AllPublic,
    /// A word of `[policy]`: the strict one and the lax one.
    Word(String, String),
    /// Entries by which less is judged.
    Entries(Vec<String>),
    /// Entries by which more is judged.
    Missing(Vec<String>),
    /// The end of an exclusion: which, the earlier and the later one.
    Until(String, String, String),
}

impl PolicyChange {
    /// What has become laxer, as a clause.
    pub fn weakened(&self) -> String {
        self.what.to_string()
    }

    /// What has become stricter, as a clause.
    pub fn strengthened(&self) -> String {
        self.what.stronger()
    }
}

/// How the policy that denies less is told from the one that denied it.
impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule => f.write_str("the rule is gone"),
            Self::Severity => f.write_str("its severity is `warn` instead of `error`"),
            Self::Dev => f.write_str("it no longer judges development code"),
            Self::Presence => f.write_str("it may match nothing"),
            Self::Chains => f.write_str("chains of references no longer count"),
            Self::Kinds(list) | Self::Scope(list) => write!(f, "it no longer speaks of {}", named(list)),
            Self::Targets(list) => write!(f, "it no longer names {}", quoted(list)),
            Self::Through(list) => write!(f, "what {} hands out is let pass", quoted(list)),
            Self::Selection(list) => write!(f, "it selects fewer items, by {}", quoted(list)),
            Self::Demand(list) => write!(f, "it demands less, by {}", quoted(list)),
            Self::Circles(list) => write!(f, "circles of {} are let pass", named(list)),
            Self::Use(list) => write!(f, "{} is allowed", named(list)),
            Self::UseInDev(list) => write!(f, "{} is allowed in development code", named(list)),
            Self::Owner(list, from, to) => write!(f, "{} {}", quoted(list), hands(from.as_ref(), to.as_ref())),
            Self::Crates(list) => write!(f, "it may use the crates {}", quoted(list)),
            Self::AllCrates => f.write_str("it may use every external crate"),
            Self::Public(list) => write!(f, "others may write {}", quoted(list)),
            Self::AllPublic => f.write_str("others may write all that is in it"),
            Self::Word(strict, lax) => write!(f, "it is `{lax}` instead of `{strict}`"),
            Self::Entries(list) => write!(f, "it takes in {}", quoted(list)),
            Self::Missing(list) => write!(f, "it no longer takes in {}", quoted(list)),
            Self::Until(path, earlier, later) => write!(f, "`{path}` is left out until {later} instead of {earlier}"),
        }
    }
}

impl What {
    fn stronger(&self) -> String {
        match self {
            Self::Rule => "the rule is new".to_owned(),
            Self::Severity => "its severity is `error` instead of `warn`".to_owned(),
            Self::Dev => "it judges development code".to_owned(),
            Self::Presence => "it must match something".to_owned(),
            Self::Chains => "chains of references count".to_owned(),
            Self::Kinds(list) | Self::Scope(list) => format!("it speaks of {}", named(list)),
            Self::Targets(list) => format!("it names {}", quoted(list)),
            Self::Through(list) => format!("what {} hands out is no longer let pass", quoted(list)),
            Self::Selection(list) => format!("it selects more items, by {}", quoted(list)),
            Self::Demand(list) => format!("it demands more, by {}", quoted(list)),
            Self::Circles(list) => format!("circles of {} are no longer let pass", named(list)),
            Self::Use(list) => format!("{} is no longer allowed", named(list)),
            Self::UseInDev(list) => format!("{} is no longer allowed in development code", named(list)),
            Self::Owner(list, from, to) => format!("{} {}", quoted(list), hands(to.as_ref(), from.as_ref())),
            Self::Crates(list) => format!("it may no longer use the crates {}", quoted(list)),
            Self::AllCrates => "it may use only the external crates that it lists".to_owned(),
            Self::Public(list) => format!("others may no longer write {}", quoted(list)),
            Self::AllPublic => "others may write only what it lists".to_owned(),
            Self::Word(strict, lax) => format!("it is `{strict}` instead of `{lax}`"),
            Self::Entries(list) => format!("it no longer takes in {}", quoted(list)),
            Self::Missing(list) => format!("it takes in {}", quoted(list)),
            Self::Until(path, earlier, later) => format!("`{path}` is left out until {earlier} instead of {later}"),
        }
    }
}

fn hands(from: Option<&String>, to: Option<&String>) -> String {
    match (from, to) {
        (None, Some(to)) => format!("is in `{to}`, and was in no component"),
        (Some(from), None) => format!("is in no component, and was in `{from}`"),
        (Some(from), Some(to)) => format!("is in `{to}`, and was in `{from}`"),
        (None, None) => "is in no component".to_owned(),
    }
}

/// How many of a list are said by name.
const SHOWN: usize = 4;

fn quoted(list: &[String]) -> String {
    named(&list.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>())
}

fn named(list: &[String]) -> String {
    match list.len() {
        0..=SHOWN => list.join(", "),
        many => format!("{} and {} more", list[..SHOWN].join(", "), many - SHOWN),
    }
}
