//! The reader's state and a table of the policy: which keys are known and which are mistakes.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::nearest::nearest;
use crate::place::TextSpan;
use crate::policy::format::Table;
use crate::policy::model::TermList;
use crate::problem::{Problem, ProblemCode, ProblemPlace};

/// A value of the policy's text with its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// What reading carries along: the text, the problems so far, the names that decide how an entry is read.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) problems: Vec<Problem>,
    /// Declared components, families by the family's name.
    pub(super) components: Vec<String>,
    /// Sets, expanded; one that failed is empty, its problem is already noted.
    pub(super) sets: BTreeMap<String, TermList>,
}

/// One table of the policy.
pub(super) struct Section<'v, 't> {
    /// How messages call it: `[components] http`, `[[forbid]]`.
    pub(super) name: String,
    /// Its header, or the inline table.
    pub(super) span: TextSpan,
    table: &'v DeTable<'t>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            problems: Vec::new(),
            components: Vec::new(),
            sets: BTreeMap::new(),
        }
    }

    /// Notes a problem.
    pub(super) fn problem(&mut self, code: ProblemCode, span: TextSpan, message: impl Into<String>) {
        self.problem_near(code, span, message, None);
    }

    /// Notes a problem with the nearest right thing.
    pub(super) fn problem_near(
        &mut self,
        code: ProblemCode,
        span: TextSpan,
        message: impl Into<String>,
        suggestion: Option<String>,
    ) {
        self.problems.push(Problem {
            code,
            message: message.into(),
            place: ProblemPlace::Policy(span),
            suggestion,
        });
    }

    /// Notes that a value has the wrong type.
    pub(super) fn wrong_type(&mut self, what: &str, expected: &str, found: &Value<'_>) {
        let message = format!(
            "{what} must be {expected}, this is {}",
            with_article(found.get_ref().type_str())
        );
        self.problem(ProblemCode::PolicySyntax, span_of(found), message);
    }

    /// The table behind a value, under the name that messages use.
    pub(super) fn section<'v>(&mut self, name: impl Into<String>, value: &'v Value<'t>) -> Option<Section<'v, 't>> {
        let name = name.into();
        if let Some(table) = value.get_ref().as_table() {
            return Some(Section {
                name,
                span: span_of(value),
                table,
            });
        }
        self.wrong_type(&name, "a table", value);
        None
    }

    /// The tables of `[[name]]`, in order of writing.
    pub(super) fn sections<'v>(&mut self, document: &Section<'v, 't>, key: &str) -> Vec<Section<'v, 't>> {
        let Some(value) = document.get(key) else {
            return Vec::new();
        };
        let name = format!("[[{key}]]");
        if let Some(array) = value.get_ref().as_array() {
            return array
                .iter()
                .filter_map(|entry| self.section(name.as_str(), entry))
                .collect();
        }
        self.wrong_type(
            &format!("`{key}`"),
            &format!("a list of tables, written `{name}`"),
            value,
        );
        Vec::new()
    }

    /// Notes keys that are not known; those that make no sense here are told apart from slips.
    pub(super) fn check_keys(&mut self, section: &Section<'_, 't>, table: &Table) {
        let known = table.key_names();
        for (key, span, _) in section.entries() {
            if known.contains(&key) {
                continue;
            }
            if let Some((_, why)) = table.refused.iter().find(|(refused, _)| *refused == key) {
                let message = format!("{} cannot be `{key}`: {why}", section.name);
                self.problem(ProblemCode::UnknownKey, span, message);
                continue;
            }
            let suggestion = nearest(key, known.iter().copied()).map(str::to_owned);
            let message = match &section.name {
                name if name.is_empty() => format!("the policy has no key `{key}`; it has {}", list(&known)),
                name => format!("{name} has no key `{key}`; it has {}", list(&known)),
            };
            self.problem_near(ProblemCode::UnknownKey, span, message, suggestion);
        }
    }
}

impl<'v, 't> Section<'v, 't> {
    /// The whole policy.
    pub(super) fn document(table: &'v Spanned<DeTable<'t>>) -> Self {
        Self::file("", table)
    }

    /// The whole of another file, under the name that messages use.
    pub(super) fn file(name: &str, table: &'v Spanned<DeTable<'t>>) -> Self {
        Self {
            name: name.to_owned(),
            span: TextSpan::default(),
            table: table.get_ref(),
        }
    }

    /// The value under a key.
    pub(super) fn get(&self, key: &str) -> Option<&'v Value<'t>> {
        self.table.get(key)
    }

    /// Keys, their places and values, in order of writing.
    pub(super) fn entries(&self) -> Vec<(&'v str, TextSpan, &'v Value<'t>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), TextSpan::from(key.span()), value))
            .collect();
        entries.sort_by_key(|(_, span, _)| *span);
        entries
    }

    /// Whether the document says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// How messages call one of its keys.
    pub(super) fn key_name(&self, key: &str) -> String {
        match self.name.as_str() {
            "" if matches!(key, "facades" | "policy") => format!("`[{key}]`"),
            "" => format!("`[[{key}]]`"),
            name => format!("`{key}` of {name}"),
        }
    }
}

/// Where a value stands.
pub(super) fn span_of(value: &Value<'_>) -> TextSpan {
    value.span().into()
}

/// `a`, `b` and `c`.
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, head)) if !head.is_empty() => format!("{} and {last}", head.join(", ")),
        _ => quoted.concat(),
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {noun}")
}
