//! `[components]`: a path, a list of paths, or a table.

use toml::de::DeValue;

use super::section::{Reader, Section, Value, span_of};
use super::terms::ListKind;
use crate::place::{Spanned, TextSpan};
use crate::policy::format::COMPONENT;
use crate::policy::model::{Component, ComponentName, Term, TermList, Uses};
use crate::problem::ProblemCode;

impl<'t> Reader<'t> {
    /// Notes the names of the components, which decide how other entries are read.
    pub(super) fn read_component_names(&mut self, document: &Section<'_, 't>) {
        let Some(section) = document
            .get("components")
            .and_then(|value| self.section("`[components]`", value))
        else {
            return;
        };
        for (name, span, _) in section.entries() {
            if !is_component_name(name) {
                let message = format!(
                    "component `{name}`: a component's name is made of letters, digits, `_` and `-`, and begins with a letter"
                );
                self.problem(ProblemCode::PolicySyntax, span, message);
            }
            self.components.push(name.to_owned());
        }
    }

    /// Reads `[components]`, in order of writing.
    pub(super) fn read_components(&mut self, document: &Section<'_, 't>) -> Vec<Component> {
        let Some(table) = document.get("components").filter(|value| value.get_ref().is_table()) else {
            return Vec::new();
        };
        let Some(section) = self.section("`[components]`", table) else {
            return Vec::new();
        };
        section
            .entries()
            .into_iter()
            .filter_map(|(name, span, value)| self.read_component(name, span, value))
            .collect()
    }

    fn read_component(&mut self, name: &str, span: TextSpan, value: &Value<'t>) -> Option<Component> {
        let spanned_name = Spanned {
            value: ComponentName(name.into()),
            span,
        };
        let what = format!("component `{name}`");
        if !matches!(value.get_ref(), DeValue::Table(_)) {
            if !matches!(value.get_ref(), DeValue::String(_) | DeValue::Array(_)) {
                self.wrong_type(&what, "a path, an array of paths, or a table", value);
                return None;
            }
            let paths = self.terms_of(&what, value, ListKind::Paths);
            self.check_paths(&what, &paths, false);
            return Some(Component {
                name: spanned_name,
                paths: paths.value,
                each: false,
                public: None,
                uses: None,
                crates: None,
                annotated: None,
            });
        }
        let section = self.section(what.as_str(), value)?;
        self.check_keys(&section, &COMPONENT);
        let (paths, each) = self.read_paths(&section, span)?;
        Some(Component {
            name: spanned_name,
            paths,
            each,
            public: self.terms(&section, "public", ListKind::Paths),
            uses: self.read_uses(&section),
            crates: self.terms(&section, "crates", ListKind::Mixed),
            annotated: self.flag(&section, "annotated"),
        })
    }

    fn read_paths(&mut self, section: &Section<'_, 't>, span: TextSpan) -> Option<(TermList, bool)> {
        let each = match (section.get("paths"), section.get("each")) {
            (Some(_), None) => false,
            (None, Some(_)) => true,
            (Some(_), Some(both)) => {
                let message = format!("{} has both `paths` and `each`: it takes one of them", section.name);
                self.problem(ProblemCode::PolicyConflict, span_of(both), message);
                return None;
            }
            (None, None) => {
                let message = format!(
                    "{} needs `paths`, or `each` for a component of every match",
                    section.name
                );
                self.problem(ProblemCode::PolicySyntax, span, message);
                return None;
            }
        };
        let key = if each { "each" } else { "paths" };
        let terms = self.terms(section, key, ListKind::Paths)?;
        self.check_paths(&section.key_name(key), &terms, each);
        Some((terms.value, each))
    }

    /// What can be claimed: something, no foreign items, and for a family one module or crate for each name.
    fn check_paths(&mut self, what: &str, terms: &Spanned<TermList>, each: bool) {
        let patterns: Vec<_> = terms
            .value
            .iter()
            .filter_map(|term| match &term.value {
                Term::Pattern(pattern) => Some((pattern, term.span)),
                _ => None,
            })
            .collect();
        if patterns.is_empty() && self.problems.is_empty() {
            self.problem(ProblemCode::PolicySyntax, terms.span, format!("{what} names no path"));
        }
        for (pattern, span) in patterns {
            if pattern.foreign {
                let message = format!("{what}: `{pattern}` names a symbol, a component is made of modules and items");
                self.problem(ProblemCode::BadPattern, span, message);
            } else if pattern.literal.is_some() {
                let message = format!("{what}: `{pattern}` names text, a component is made of modules and items");
                self.problem(ProblemCode::BadPattern, span, message);
            } else if each && pattern.wildcards() != 1 {
                let message =
                    format!("{what}: `{pattern}` must have exactly one `*`: what it stands for names the member");
                self.problem(ProblemCode::BadPattern, span, message);
            } else if each && pattern.macro_only {
                let message = format!("{what}: `{pattern}` names a macro, `each` matches modules and crates");
                self.problem(ProblemCode::BadPattern, span, message);
            }
        }
    }

    fn read_uses(&mut self, section: &Section<'_, 't>) -> Option<Spanned<Uses>> {
        let value = section.get("uses")?;
        let what = section.key_name("uses");
        let entries = self.strings_of(&what, value);
        let span = span_of(value);
        if let Some(everything) = entries.iter().find(|entry| entry.value == "*") {
            if entries.len() > 1 {
                let message = format!("{what}: `*` is everything, nothing can stand beside it");
                self.problem(ProblemCode::PolicyConflict, everything.span, message);
            }
            return Some(Spanned {
                value: Uses::Everything,
                span,
            });
        }
        let terms = self.terms_of(&what, value, ListKind::Mixed);
        Some(Spanned {
            value: Uses::Only(terms.value),
            span,
        })
    }
}

fn is_component_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic())
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '_' | '-'))
}
