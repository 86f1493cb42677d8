//! Entries of the policy's lists: what is a component, a path, a set, something taken away.

use super::section::{Reader, Section, Value, list, span_of};
use crate::nearest::nearest;
use crate::packs::Pack;
use crate::pattern::PathPattern;
use crate::pattern::braces::{Expansion, expand};
use crate::pattern::error::PatternError;
use crate::place::Spanned;
use crate::policy::model::{Term, TermList};
use crate::problem::ProblemCode;

/// What a list can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    /// Components and paths: a bare name is either.
    Mixed,
    /// Paths only: a bare name is a crate.
    Paths,
}

impl<'t> Reader<'t> {
    /// The list under a key.
    pub(super) fn terms(&mut self, section: &Section<'_, 't>, key: &str, kind: ListKind) -> Option<Spanned<TermList>> {
        let value = section.get(key)?;
        Some(self.terms_of(&section.key_name(key), value, kind))
    }

    /// A list: one string or an array.
    pub(super) fn terms_of(&mut self, what: &str, value: &Value<'t>, kind: ListKind) -> Spanned<TermList> {
        let entries = self.strings_of(what, value);
        let mut terms = TermList::new();
        for entry in &entries {
            let read = self.entry(entry, entries.len() == 1);
            terms.extend(read.into_iter().filter_map(|term| self.adapt(what, term, kind)));
        }
        Spanned {
            value: terms,
            span: span_of(value),
        }
    }

    /// One entry: several terms where it has braces or names a set or pack. `alone` says that its list has no other.
    pub(super) fn entry(&mut self, entry: &Spanned<String>, alone: bool) -> TermList {
        let negative = entry.value.starts_with('!');
        let expansions = match expand(&entry.value) {
            Ok(expansions) => expansions,
            Err(error) => {
                self.bad_pattern(entry, &error);
                return TermList::new();
            }
        };
        let mut terms = TermList::new();
        for expansion in expansions {
            let expansion = if negative { expansion.skip(1) } else { expansion };
            if let Some(name) = expansion.text.strip_prefix("set:") {
                terms.extend(self.set_entry(entry, name, negative, alone));
            } else if let Some(name) = expansion
                .text
                .strip_prefix("pack:")
                .filter(|_| has_prefix(&expansion.text, "pack"))
            {
                terms.extend(self.pack_entry(entry, name, negative));
            } else if let Some(value) = self.expanded(entry, &expansion, negative) {
                terms.push(Spanned {
                    value,
                    span: entry.span,
                });
            }
        }
        terms
    }

    /// A list of paths has no components, and takes a bare name for a crate.
    fn adapt(&mut self, what: &str, term: Spanned<Term>, kind: ListKind) -> Option<Spanned<Term>> {
        match (kind, term.value) {
            (ListKind::Paths, Term::Bare(name)) => Some(Spanned {
                value: Term::Pattern(PathPattern::of_crate(&name)),
                span: term.span,
            }),
            (ListKind::Paths, Term::Component(name)) => {
                let message = format!("{what} takes paths, and `{name}` is a component");
                self.problem(ProblemCode::BadPattern, term.span, message);
                None
            }
            (ListKind::Paths, value @ Term::Packed(..)) => {
                let message = format!("{what} takes paths of examined code, and `{value}` names external code");
                self.problem(ProblemCode::BadPattern, term.span, message);
                None
            }
            (_, value) => Some(Spanned { value, span: term.span }),
        }
    }

    fn set_entry(&mut self, entry: &Spanned<String>, name: &str, negative: bool, alone: bool) -> TermList {
        if negative {
            self.problem(
                ProblemCode::BadPattern,
                entry.span,
                "`!` takes away a path, not a set: write its paths out",
            );
            return TermList::new();
        }
        let Some(set) = self.sets.get(name).cloned() else {
            let message = format!("there is no set `{name}`");
            let suggestion = nearest(name, self.sets.keys().map(String::as_str)).map(|name| format!("set:{name}"));
            self.problem_near(ProblemCode::UnknownName, entry.span, message, suggestion);
            return TermList::new();
        };
        if !alone && set.iter().any(|term| matches!(term.value, Term::Not(_))) {
            let message = format!(
                "set `{name}` takes something away with `!`, so it can only stand alone in a list: beside other entries it would take from those too"
            );
            self.problem(ProblemCode::PolicyConflict, entry.span, message);
        }
        set
    }

    /// What a shipped pack names, each pattern a term of its own under the pack's name.
    fn pack_entry(&mut self, entry: &Spanned<String>, name: &str, negative: bool) -> TermList {
        if negative {
            let message = "`!` takes away a path, not a pack: write its paths out";
            self.problem(ProblemCode::BadPattern, entry.span, message);
            return TermList::new();
        }
        let Some(pack) = Pack::named(name) else {
            let names = || Pack::all().iter().map(|pack| pack.name);
            let known: Vec<&str> = names().collect();
            let message = format!("there is no pack `{name}`; there are {}", list(&known));
            let suggestion = nearest(name, names()).map(|name| format!("pack:{name}"));
            self.problem_near(ProblemCode::UnknownName, entry.span, message, suggestion);
            return TermList::new();
        };
        let terms = pack.patterns().map(|pattern| Spanned {
            value: Term::Packed(pack.name.into(), pattern.clone()),
            span: entry.span,
        });
        terms.collect()
    }

    /// One text without braces that is no set.
    fn expanded(&mut self, entry: &Spanned<String>, expansion: &Expansion, negative: bool) -> Option<Term> {
        let text = expansion.text.as_str();
        if let Some(name) = text
            .strip_prefix("component:")
            .filter(|_| has_prefix(text, "component"))
        {
            return self.component_entry(entry, name, negative);
        }
        let is_component = self.components.iter().any(|component| component == text);
        let is_member = text
            .split_once('.')
            .is_some_and(|(family, _)| self.components.iter().any(|component| component == family));
        if (is_component && text.contains('-')) || (is_member && !text.contains(':')) {
            return self.component_entry(entry, text, negative);
        }
        let expansion = if has_prefix(text, "crate") {
            expansion.skip("crate:".len())
        } else {
            expansion.clone()
        };
        let pattern = match PathPattern::parse_expanded(&expansion) {
            Ok(pattern) => pattern,
            Err(error) => {
                self.bad_pattern(entry, &error);
                return None;
            }
        };
        Some(match (negative, is_bare(text)) {
            (true, _) => Term::Not(pattern),
            (false, true) => Term::Bare(text.into()),
            (false, false) => Term::Pattern(pattern),
        })
    }

    fn component_entry(&mut self, entry: &Spanned<String>, name: &str, negative: bool) -> Option<Term> {
        if negative {
            self.problem(
                ProblemCode::BadPattern,
                entry.span,
                "`!` takes away a path, not a component",
            );
            return None;
        }
        Some(Term::Component(name.into()))
    }

    /// Notes a pattern that cannot be read, underlined from the fault on.
    pub(super) fn bad_pattern(&mut self, entry: &Spanned<String>, error: &PatternError) {
        let span = self.inside(entry, error.offset);
        self.problem(ProblemCode::BadPattern, span, format!("`{}`: {error}", entry.value));
    }
}

/// `word:` in front, and not `word::`.
fn has_prefix(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .and_then(|rest| rest.strip_prefix(':'))
        .is_some_and(|rest| !rest.starts_with(':'))
}

/// A name alone: a component or a crate.
fn is_bare(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_alphanumeric() || character == '_')
}
