//! Cfg expressions: reading, combining, and the two questions asked of them: does it imply `test`, do two exclude each other.

use std::fmt;

use proc_macro2::{TokenStream, TokenTree};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// A cfg expression.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cfg {
    /// `all(..)`.
    All(Vec<Cfg>),
    /// `any(..)`.
    Any(Vec<Cfg>),
    /// `not(..)`.
    Not(Box<Cfg>),
    /// `unix`, `feature = "x"`.
    Atom(Box<str>),
}

/// What the compiler or cargo sets, beside `target_*` (the reference, "Conditional compilation").
const KNOWN_FLAGS: [&str; 16] = [
    "clippy",
    "debug_assertions",
    "doc",
    "doctest",
    "false",
    "feature",
    "miri",
    "overflow_checks",
    "panic",
    "proc_macro",
    "relocation_model",
    "rustfmt",
    "test",
    "true",
    "unix",
    "windows",
];

impl Cfg {
    /// Reads the tokens between the parentheses of `cfg(..)`. What cannot be read becomes an atom of its text.
    pub fn read(tokens: TokenStream) -> Self {
        let mut parts = split_commas(tokens);
        if parts.len() == 1 {
            read_one(parts.remove(0))
        } else {
            Self::All(parts.into_iter().map(read_one).collect())
        }
    }

    /// Both, flattened.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut parts = Vec::new();
        for part in [self, other] {
            match part {
                Self::All(inner) => parts.extend(inner),
                single => parts.push(single),
            }
        }
        let mut seen = FxHashSet::default();
        let is_new: Vec<bool> = parts.iter().map(|part| seen.insert(part)).collect();
        let with_news = parts.into_iter().zip(is_new);
        let mut unique: Vec<Self> = with_news.filter_map(|(part, is_new)| is_new.then_some(part)).collect();
        if unique.len() == 1 {
            unique.remove(0)
        } else {
            Self::All(unique)
        }
    }

    /// Whether code under it exists only in test builds: `all(test, x)` does, `any(test, x)` does not.
    pub fn implies_test(&self) -> bool {
        self.implies(&is_test)
    }

    /// Whether code under it exists only in test builds or where one of these atoms holds: `feature = "testing"`.
    pub fn implies_test_or(&self, atom: &dyn Fn(&str) -> bool) -> bool {
        self.implies(&|text| is_test(text) || atom(text))
    }

    /// Whether one of the atoms that are asked for holds wherever this does.
    fn implies(&self, atom: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::All(parts) => parts.iter().any(|part| part.implies(atom)),
            Self::Any(parts) => !parts.is_empty() && parts.iter().all(|part| part.implies(atom)),
            Self::Not(inner) => matches!(&**inner, Self::Not(inner) if inner.implies(atom)),
            Self::Atom(text) => atom(text),
        }
    }

    /// Whether it depends on a flag that only a build script or the builder's own flags set: `tokio_unstable`,
    /// `built_from_git`; not on features, platforms and what else the compiler knows.
    pub fn depends_on_custom_flag(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::depends_on_custom_flag),
            Self::Not(inner) => inner.depends_on_custom_flag(),
            Self::Atom(text) => {
                let name = text.split([' ', '=']).next().unwrap_or_default();
                !KNOWN_FLAGS.contains(&name) && !name.starts_with("target_")
            }
        }
    }

    /// Whether it holds, as far as atoms are known; none where it depends on others.
    pub fn holds(&self, known: &dyn Fn(&str) -> Option<bool>) -> Option<bool> {
        let all = |parts: &[Self], wanted: bool| {
            let answers: Vec<_> = parts.iter().map(|part| part.holds(known)).collect();
            if answers.contains(&Some(!wanted)) {
                Some(!wanted)
            } else {
                answers.iter().all(|&answer| answer == Some(wanted)).then_some(wanted)
            }
        };
        match self {
            Self::All(parts) => all(parts, true),
            Self::Any(parts) => all(parts, false),
            Self::Not(inner) => inner.holds(known).map(|holds| !holds),
            Self::Atom(text) => known(text),
        }
    }

    /// Whether no configuration satisfies both, as far as can be told without solving: `x` against `not(x)`.
    pub fn excludes(&self, other: &Self) -> bool {
        let (left, right) = (self.conjuncts(), other.conjuncts());
        left.iter().any(|a| right.iter().any(|b| a.negates(b) || b.negates(a)))
    }

    fn conjuncts(&self) -> Vec<&Self> {
        match self {
            Self::All(parts) => parts.iter().flat_map(Self::conjuncts).collect(),
            single => vec![single],
        }
    }

    fn negates(&self, other: &Self) -> bool {
        match self {
            Self::Not(inner) => match &**inner {
                // not(any(a, b)) excludes a and b each.
                Self::Any(parts) => parts.contains(other) || **inner == *other,
                single => single == other,
            },
            _ => false,
        }
    }
}

impl fmt::Display for Cfg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, name: &str, parts: &[Self]| {
            write!(f, "{name}(")?;
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    f.write_str(", ")?;
                }
                write!(f, "{part}")?;
            }
            f.write_str(")")
        };
        match self {
            Self::All(parts) => list(f, "all", parts),
            Self::Any(parts) => list(f, "any", parts),
            Self::Not(inner) => write!(f, "not({inner})"),
            Self::Atom(text) => f.write_str(text),
        }
    }
}

fn split_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for tree in tokens {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' => parts.push(Vec::new()),
            _ => parts.last_mut().expect("starts with one part").push(tree),
        }
    }
    if parts.last().is_some_and(Vec::is_empty) {
        parts.pop();
    }
    parts
}

fn read_one(tokens: Vec<TokenTree>) -> Cfg {
    if let [TokenTree::Ident(name), TokenTree::Group(group)] = tokens.as_slice() {
        let inner = || split_commas(group.stream()).into_iter().map(read_one).collect();
        match name.to_string().as_str() {
            "all" => return Cfg::All(inner()),
            "any" => return Cfg::Any(inner()),
            "not" => return Cfg::Not(Box::new(Cfg::read(group.stream()))),
            _ => {}
        }
    }
    let mut text = String::new();
    for tree in tokens {
        match tree {
            TokenTree::Punct(punct) if punct.as_char() == '=' => text.push_str(" = "),
            other => text.push_str(&other.to_string()),
        }
    }
    Cfg::Atom(text.into())
}

fn is_test(atom: &str) -> bool {
    matches!(atom, "test" | "doctest")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cfg(text: &str) -> Cfg {
        Cfg::read(text.parse().unwrap())
    }

    #[test]
    fn test_is_implied_by_all_not_by_any() {
        assert!(cfg("test").implies_test());
        assert!(cfg("all(test, unix)").implies_test());
        assert!(cfg("any(all(test, unix), test)").implies_test());
        assert!(!cfg("any(test, feature = \"testing\")").implies_test());
        assert!(!cfg("not(test)").implies_test());
    }

    #[test]
    fn a_predicate_excludes_its_negation() {
        assert!(cfg("unix").excludes(&cfg("not(unix)")));
        assert!(cfg("all(unix, feature = \"a\")").excludes(&cfg("not(any(unix, windows))")));
        assert!(!cfg("unix").excludes(&cfg("windows")));
    }

    #[test]
    fn printing_is_normalised() {
        assert_eq!(
            cfg("all( unix ,feature=\"a\")").to_string(),
            "all(unix, feature = \"a\")"
        );
        assert_eq!(cfg("unix").and(cfg("unix")).to_string(), "unix");
    }
}
