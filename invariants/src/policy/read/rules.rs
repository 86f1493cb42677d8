//! `[[forbid]]`, `[[mandate]]` and `[[acyclic]]`.

use toml::de::DeValue;

use super::section::{Reader, Section, span_of};
use super::terms::ListKind;
use crate::graph::ReferenceKind;
use crate::place::Spanned;
use crate::policy::format::{ACYCLIC, AMONG_WORDS, FORBID, MANDATE, use_words};
use crate::policy::model::{Acyclic, Among, Forbid, KindFilter, Mandate, TermList};
use crate::problem::ProblemCode;

/// What a `forbid` names, and the replacements by index into it.
type Targets = (Spanned<TermList>, Vec<(usize, String)>);

impl<'t> Reader<'t> {
    /// Reads one `[[forbid]]`.
    pub(super) fn read_forbid(&mut self, section: &Section<'_, 't>) -> Option<Forbid> {
        self.check_keys(section, &FORBID);
        let head = self.read_head(section);
        let targets = self.read_targets(section);
        let kinds = self.read_kinds(section);
        let through = self.terms(section, "through", ListKind::Mixed);
        let transitive = self.boolean(section, "transitive");
        if transitive && kinds.public {
            self.transitive_and_public(section);
        }
        let (targets, replacements) = targets?;
        Some(Forbid {
            head: head?,
            targets,
            replacements,
            kinds,
            through,
            transitive,
        })
    }

    fn transitive_and_public(&mut self, section: &Section<'_, 't>) {
        let message = format!(
            "{} asks for chains (`transitive`) of what can be seen (`as = \"public\"`): what code shows and what it leads to are two rules",
            section.name
        );
        let span = section.get("transitive").map_or(section.span, span_of);
        self.problem(ProblemCode::PolicyConflict, span, message);
    }

    /// `use`: a list, or a table from path to replacement.
    fn read_targets(&mut self, section: &Section<'_, 't>) -> Option<Targets> {
        let Some(value) = section.get("use") else {
            self.missing(section, "use");
            return None;
        };
        let what = section.key_name("use");
        if !matches!(value.get_ref(), DeValue::Table(_)) {
            return Some((self.terms_of(&what, value, ListKind::Mixed), Vec::new()));
        }
        let table = self.section(what.as_str(), value)?;
        let mut targets = TermList::new();
        let mut replacements = Vec::new();
        for (path, span, replacement) in table.entries() {
            let path = Spanned {
                value: path.to_owned(),
                span,
            };
            let terms = self.entry(&path, table.entries().len() == 1);
            match replacement.get_ref().as_str() {
                Some(text) => {
                    replacements.extend((0..terms.len()).map(|index| (targets.len() + index, text.to_owned())));
                }
                None => self.wrong_type(
                    &format!("the replacement for `{}`", path.value),
                    "a string",
                    replacement,
                ),
            }
            targets.extend(terms);
        }
        Some((
            Spanned {
                value: targets,
                span: span_of(value),
            },
            replacements,
        ))
    }

    fn read_kinds(&mut self, section: &Section<'_, 't>) -> KindFilter {
        let what = section.key_name("as");
        let words: Vec<&str> = use_words().iter().map(|word| word.word).collect();
        let mut filter = KindFilter::default();
        let Some(entries) = self.strings(section, "as") else {
            return filter;
        };
        if entries.value.is_empty() {
            self.problem(
                ProblemCode::PolicySyntax,
                entries.span,
                format!("{what} is empty: the rule would judge nothing"),
            );
        }
        for entry in &entries.value {
            match self
                .word_of(&what, entry, &words)
                .map(|index| ReferenceKind::ALL.get(index))
            {
                Some(Some(&kind)) => filter.kinds.push(kind),
                Some(None) => filter.public = true,
                None => {}
            }
        }
        filter.kinds.sort_unstable();
        filter.kinds.dedup();
        filter
    }

    /// Reads one `[[mandate]]`.
    pub(super) fn read_mandate(&mut self, section: &Section<'_, 't>) -> Option<Mandate> {
        self.check_keys(section, &MANDATE);
        let head = self.read_head(section);
        for key in ["use", "instead_of"] {
            if section.get(key).is_none() {
                self.missing(section, key);
            }
        }
        let shared = self.terms(section, "use", ListKind::Mixed);
        let instead_of = self.terms(section, "instead_of", ListKind::Mixed);
        let through = self.terms(section, "through", ListKind::Mixed);
        Some(Mandate {
            head: head?,
            shared: shared?,
            instead_of: instead_of?,
            through,
        })
    }

    /// Reads one `[[acyclic]]`.
    pub(super) fn read_acyclic(&mut self, section: &Section<'_, 't>) -> Option<Acyclic> {
        self.check_keys(section, &ACYCLIC);
        let head = self.read_head(section);
        let what = section.key_name("among");
        let Some(entries) = self.strings(section, "among") else {
            self.missing(section, "among");
            return None;
        };
        if entries.value.is_empty() {
            self.problem(
                ProblemCode::PolicySyntax,
                entries.span,
                format!("{what} is empty: the rule would judge nothing"),
            );
        }
        let choices = [Among::Components, Among::Modules, Among::Crates];
        let among = entries
            .value
            .iter()
            .filter_map(|entry| {
                let index = self.word_of(&what, entry, AMONG_WORDS)?;
                Some(Spanned {
                    value: choices[index],
                    span: entry.span,
                })
            })
            .collect();
        Some(Acyclic { head: head?, among })
    }

    /// Notes that a rule lacks a key that it cannot do without.
    pub(super) fn missing(&mut self, section: &Section<'_, 't>, key: &str) {
        self.problem(
            ProblemCode::PolicySyntax,
            section.span,
            format!("{} needs `{key}`", section.name),
        );
    }
}
