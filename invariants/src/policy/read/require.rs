//! `[[require]]`: which items, and what they must be.

use super::section::{Reader, Section, list, span_of};
use super::terms::ListKind;
use crate::pattern::{PathPattern, Segment};
use crate::place::{Spanned, TextSpan};
use crate::policy::format::{CONDITIONS, REQUIRE, WRAPPER_WORDS};
use crate::policy::model::{Term, TermList};
use crate::policy::require::{Access, Conditions, Key, KindWord, NamePattern, Relation, Require};
use crate::problem::ProblemCode;

impl<'t> Reader<'t> {
    /// Reads one `[[require]]`.
    pub(super) fn read_require(&mut self, section: &Section<'_, 't>) -> Option<Require> {
        self.check_keys(section, &REQUIRE);
        let head = self.read_head(section);
        let items = self.conditions(section, "items");
        let must = self.conditions(section, "must");
        let require = Require {
            head: head?,
            items: items?,
            must: must?,
        };
        self.check_kinds(section, &require);
        Some(require)
    }

    fn conditions(&mut self, section: &Section<'_, 't>, key: &str) -> Option<Conditions> {
        let Some(value) = section.get(key) else {
            self.missing(section, key);
            return None;
        };
        let table = self.section(section.key_name(key), value)?;
        self.check_keys(&table, &CONDITIONS);
        let conditions = Conditions {
            span: span_of(value),
            kinds: self.choices(&table, "kind", &KindWord::ALL, KindWord::word),
            names: self.names(&table),
            within: self.code(&table),
            access: self.choices(&table, "visibility", &Access::ALL, Access::word),
            relations: self.relations(&table),
            through: self.wrappers(&table),
            is_async: table.get("async").map(|_| self.boolean(&table, "async")),
            is_unsafe: table.get("unsafe").map(|_| self.boolean(&table, "unsafe")),
        };
        if table.entries().is_empty() {
            let message = format!(
                "{} says nothing: it takes {}",
                table.name,
                list(&CONDITIONS.key_names())
            );
            self.problem(ProblemCode::PolicySyntax, table.span, message);
        }
        Some(conditions)
    }

    /// Words out of a few, one or several.
    fn choices<T: Copy>(
        &mut self,
        table: &Section<'_, 't>,
        key: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Vec<T> {
        let Some(entries) = self.some_strings(table, key) else {
            return Vec::new();
        };
        let what = table.key_name(key);
        let words: Vec<&str> = all.iter().map(|&one| word(one)).collect();
        let chosen = entries
            .value
            .iter()
            .filter_map(|entry| self.word_of(&what, entry, &words));
        chosen.map(|index| all[index]).collect()
    }

    /// Strings, at least one; what is wrong with them is said once.
    fn some_strings(&mut self, table: &Section<'_, 't>, key: &str) -> Option<Spanned<Vec<Spanned<String>>>> {
        let before = self.problems.len();
        let entries = self.strings(table, key)?;
        let is_empty = entries.value.is_empty() && self.problems.len() == before;
        self.check_empty(&table.key_name(key), is_empty, entries.span);
        Some(entries)
    }

    /// An empty list would be met by nothing.
    fn check_empty(&mut self, what: &str, is_empty: bool, span: TextSpan) {
        if is_empty {
            let message = format!("{what} is empty: nothing could meet it");
            self.problem(ProblemCode::PolicySyntax, span, message);
        }
    }

    fn names(&mut self, table: &Section<'_, 't>) -> Vec<Spanned<NamePattern>> {
        let Some(entries) = self.some_strings(table, "name") else {
            return Vec::new();
        };
        let what = table.key_name("name");
        let mut names = Vec::new();
        for entry in &entries.value {
            names.extend(self.name_patterns(&what, entry));
        }
        names
    }

    /// One entry of `name`: several patterns where it has braces.
    fn name_patterns(&mut self, what: &str, entry: &Spanned<String>) -> Vec<Spanned<NamePattern>> {
        let negative = entry.value.starts_with('!');
        let patterns = match PathPattern::parse(entry.value.trim_start_matches('!')) {
            Ok(patterns) => patterns,
            Err(mut error) => {
                error.offset += usize::from(negative);
                self.bad_pattern(entry, &error);
                return Vec::new();
            }
        };
        let mut names = Vec::new();
        for pattern in patterns {
            if let Some(segment) = single(&pattern) {
                names.push(Spanned {
                    value: NamePattern { segment, negative },
                    span: entry.span,
                });
            } else {
                let message = format!(
                    "{what} takes names without paths, such as `*Row`; this is `{}`",
                    entry.value
                );
                self.problem(ProblemCode::BadPattern, entry.span, message);
            }
        }
        names
    }

    /// `in`: where items stand.
    fn code(&mut self, table: &Section<'_, 't>) -> Option<Spanned<TermList>> {
        self.listed(table, "in")
    }

    fn relations(&mut self, table: &Section<'_, 't>) -> Vec<(Relation, Spanned<TermList>)> {
        let mut relations = Vec::new();
        for relation in Relation::ALL {
            let key = Key::Relation(relation).word();
            relations.extend(self.listed(table, key).map(|terms| (relation, terms)));
        }
        relations
    }

    /// A list that names something; what is wrong with its entries is said once.
    fn listed(&mut self, table: &Section<'_, 't>, key: &str) -> Option<Spanned<TermList>> {
        let before = self.problems.len();
        let terms = self.terms(table, key, ListKind::Mixed)?;
        let has_substance = terms.value.iter().any(|term| !matches!(term.value, Term::Not(_)));
        let is_empty = !has_substance && self.problems.len() == before;
        self.check_empty(&table.key_name(key), is_empty, terms.span);
        Some(terms)
    }

    /// `through`: paths of wrappers, or names of those in the prelude.
    fn wrappers(&mut self, table: &Section<'_, 't>) -> Option<Spanned<TermList>> {
        let mut terms = self.listed(table, "through")?;
        let what = table.key_name("through");
        let looks_in = |relation| table.get(Key::Relation(relation).word()).is_some();
        if !looks_in(Relation::Take) && !looks_in(Relation::Return) {
            let message = format!("{what} says which wrappers `take` and `return` look into, and there is neither");
            self.problem(ProblemCode::PolicySyntax, terms.span, message);
        }
        for term in &mut terms.value {
            let Term::Bare(name) = &term.value else { continue };
            if let Some((_, path)) = WRAPPER_WORDS.iter().find(|(known, _)| **known == **name) {
                let pattern = PathPattern::parse(path)
                    .ok()
                    .and_then(|patterns| patterns.into_iter().next());
                term.value = Term::Pattern(pattern.expect("the paths of wrappers are patterns"));
            } else {
                let words: Vec<&str> = WRAPPER_WORDS.iter().map(|(known, _)| *known).collect();
                let text = Spanned {
                    value: name.to_string(),
                    span: term.span,
                };
                self.word_of(&format!("{what}, where it names no path,"), &text, &words);
            }
        }
        Some(terms)
    }

    /// A key must be able to speak of the kinds of item that the rule is about.
    fn check_kinds(&mut self, section: &Section<'_, 't>, rule: &Require) {
        if rule.kinds().is_empty() {
            let message = format!(
                "{}: no kind of item can meet all keys of `items` and `must`",
                section.name
            );
            self.problem(ProblemCode::PolicyConflict, rule.items.span, message);
            return;
        }
        for (what, conditions) in [("items", &rule.items), ("must", &rule.must)] {
            for key in conditions.keys().into_iter().filter(|key| *key != Key::Kind) {
                for kind in &rule.items.kinds {
                    if !key.kinds().contains(kind) {
                        let message = format!(
                            "`{}` of `{what}` says nothing of a `{}`: it is for {}",
                            key.word(),
                            kind.word(),
                            list(&key.kinds().iter().map(|kind| kind.word()).collect::<Vec<_>>())
                        );
                        self.problem(ProblemCode::PolicyConflict, conditions.span, message);
                    }
                }
            }
        }
    }
}

/// The segment of a pattern that is a name and nothing more.
fn single(pattern: &PathPattern) -> Option<Segment> {
    let [segment] = pattern.segments.as_slice() else {
        return None;
    };
    let plain = pattern.target.is_none() && !pattern.own_only && !pattern.macro_only && !pattern.foreign;
    (plain && *segment != Segment::Many).then(|| segment.clone())
}
