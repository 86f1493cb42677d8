//! The whole file: TOML, then its tables, then its names.

use toml::de::DeTable;

use super::section::{Reader, Section, span_of};
use crate::place::TextSpan;
use crate::policy::format::DOCUMENT;
use crate::policy::model::Policy;
use crate::policy::texts::PolicyTexts;
use crate::problem::{Problem, ProblemCode};

impl Policy {
    /// Reads a policy from the text of its file. `file` is the path as messages print it.
    ///
    /// # Errors
    ///
    /// All problems of the first stage that has any: TOML, keys and types and patterns, names. In order of their place.
    ///
    /// ```
    /// use archguard_invariants::policy::Policy;
    ///
    /// let text = "version = 1\n[components]\nweb = \"shop::web\"\n";
    /// let policy = Policy::read("archguard.toml", text).unwrap();
    /// assert_eq!(policy.components[0].name.value.as_str(), "web");
    ///
    /// let problems = Policy::read("archguard.toml", "version = 1\n[component]\n").unwrap_err();
    /// assert_eq!(problems[0].suggestion.as_deref(), Some("components"));
    /// ```
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        Self::read_texts(&PolicyTexts::new(file, text))
    }

    /// Reads a policy with the fragments of packages; those of code that it excludes are not read.
    ///
    /// # Errors
    ///
    /// As [`Policy::read`]; fragments are read when the workspace's own file has no problem. Places are those of all texts.
    pub fn read_texts(texts: &PolicyTexts) -> Result<Self, Vec<Problem>> {
        let own = texts.own();
        let mut reader = Reader::new(&own.text);
        let table = reader.parse("the policy");
        reader.finish_stage()?;
        let mut policy = reader.read_document(&own.file, &Section::document(&table));
        policy.texts = texts.clone();
        reader.finish_stage()?;
        for fragment in texts.files().iter().filter(|file| file.package.is_some()) {
            if !policy.excludes(&fragment.file) {
                let padded = fragment.padded();
                let mut inner = Reader::new(&padded);
                inner.components.clone_from(&reader.components);
                inner.sets.clone_from(&reader.sets);
                inner.read_fragment(&mut policy, fragment);
                reader.problems.append(&mut inner.problems);
            }
        }
        reader.finish_stage()?;
        reader.check_names(&policy);
        reader.finish_stage()?;
        Ok(policy)
    }

    /// Whether a file, by its path as printed, lies in what `[[exclude]]` takes out.
    fn excludes(&self, file: &str) -> bool {
        self.exclusions.iter().any(|exclusion| {
            let below = file.strip_prefix(exclusion.path.value.as_str());
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

impl<'t> Reader<'t> {
    /// The text as TOML; what is none of it is a problem.
    pub(super) fn parse(&mut self, what: &str) -> toml::Spanned<DeTable<'t>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let span = error.span().map_or_else(TextSpan::default, TextSpan::from);
            let message = format!("{what} is not TOML: {}", error.message());
            self.problem(ProblemCode::PolicySyntax, span, message);
        }
        table
    }

    /// The problems so far, if any, in order of their place.
    pub(super) fn finish_stage(&mut self) -> Result<(), Vec<Problem>> {
        let mut problems = std::mem::take(&mut self.problems);
        problems.sort_by(|first, second| first.place.cmp(&second.place));
        problems.dedup();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn read_document(&mut self, file: &str, document: &Section<'_, 't>) -> Policy {
        if document.is_empty() {
            let message = "the policy is empty: it needs `version = 1` and at least one component or rule";
            self.problem(ProblemCode::PolicySyntax, TextSpan::default(), message);
        } else {
            self.read_version(document, TextSpan::default());
        }
        self.check_keys(document, &DOCUMENT);
        self.read_component_names(document);
        self.read_sets(document);
        Policy {
            file: file.into(),
            text: self.text.into(),
            texts: PolicyTexts::new(file, self.text),
            settings: self.read_settings(document),
            components: self.read_components(document),
            layers: self.read_all(document, "layers", Self::read_layering),
            forbids: self.read_all(document, "forbid", Self::read_forbid),
            mandates: self.read_all(document, "mandate", Self::read_mandate),
            requires: self.read_all(document, "require", Self::read_require),
            acyclics: self.read_all(document, "acyclic", Self::read_acyclic),
            packages: Vec::new(),
            facades: self.read_facades(document),
            exclusions: self.read_all(document, "exclude", Self::read_exclusion),
        }
    }

    pub(super) fn read_all<R>(
        &mut self,
        document: &Section<'_, 't>,
        key: &str,
        read: fn(&mut Self, &Section<'_, 't>) -> Option<R>,
    ) -> Vec<R> {
        self.sections(document, key)
            .iter()
            .filter_map(|section| read(self, section))
            .collect()
    }

    pub(super) fn read_version(&mut self, document: &Section<'_, 't>, start: TextSpan) {
        let file = match document.name.as_str() {
            "" => "the policy",
            name => name,
        };
        let Some(value) = document.get("version") else {
            if let Some((table, span)) = below_a_table(document) {
                let message = format!(
                    "{file} does not say its version: `version` stands in `[{table}]` here, and belongs above the first `[table]`"
                );
                self.problem(ProblemCode::PolicySyntax, span, message);
                return;
            }
            let message = format!("{file} does not say its version: write `version = 1` at the top");
            self.problem_near(
                ProblemCode::PolicySyntax,
                start,
                message,
                Some("version = 1".to_owned()),
            );
            return;
        };
        match value.get_ref().as_integer() {
            Some(number) if u8::from_str_radix(number.as_str(), number.radix()) == Ok(1) => {}
            Some(number) => {
                let message = format!(
                    "{} version {} is not known: this archguard reads version 1",
                    file.trim_start_matches("the "),
                    number.as_str()
                );
                self.problem(ProblemCode::PolicySyntax, span_of(value), message);
            }
            None => self.wrong_type("`version`", "the number 1", value),
        }
    }
}

/// A version that was written behind the header of a table, and so is a key of that table.
fn below_a_table<'v>(document: &Section<'v, '_>) -> Option<(&'v str, TextSpan)> {
    document.entries().into_iter().find_map(|(name, _, value)| {
        let (key, value) = value.get_ref().as_table()?.get_key_value("version")?;
        value.get_ref().as_integer().map(|_| (name, key.span().into()))
    })
}
