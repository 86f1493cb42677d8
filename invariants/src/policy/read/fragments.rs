//! A package's own file: rules for its code, and what its code may use of what the workspace's policy allows. It can only
//! narrow: what could do anything else is no key of it.

use toml::de::DeTable;

use super::section::{Reader, Section, list, span_of};
use super::terms::ListKind;
use crate::place::{Spanned, TextSpan};
use crate::policy::format::PACKAGE;
use crate::policy::model::{PackageLimits, Policy, RuleHead};
use crate::policy::texts::PolicyText;
use crate::problem::ProblemCode;

impl<'t> Reader<'t> {
    /// Reads what a package's file says into the policy.
    pub(super) fn read_fragment(&mut self, policy: &mut Policy, file: &PolicyText) {
        let package = file.package.clone().unwrap_or_default();
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let span = error.span().map_or_else(TextSpan::default, TextSpan::from);
            let message = format!("the policy of package `{package}` is not TOML: {}", error.message());
            self.problem(ProblemCode::PolicySyntax, span, message);
        }
        if !errors.is_empty() {
            return;
        }
        let document = Section::document(&table);
        let start = TextSpan {
            start: file.base,
            end: file.base,
        };
        self.read_version(&document, start);
        self.check_fragment_keys(&document);
        let (forbids, mandates) = (policy.forbids.len(), policy.mandates.len());
        let (requires, acyclics) = (policy.requires.len(), policy.acyclics.len());
        let rules = self.read_all(&document, "forbid", Self::read_forbid);
        policy.forbids.extend(rules);
        let rules = self.read_all(&document, "mandate", Self::read_mandate);
        policy.mandates.extend(rules);
        let rules = self.read_all(&document, "require", Self::read_require);
        policy.requires.extend(rules);
        let rules = self.read_all(&document, "acyclic", Self::read_acyclic);
        policy.acyclics.extend(rules);
        let own = |head: &mut RuleHead| head.package = Some(package.clone());
        policy.forbids[forbids..]
            .iter_mut()
            .for_each(|rule| own(&mut rule.head));
        policy.mandates[mandates..]
            .iter_mut()
            .for_each(|rule| own(&mut rule.head));
        policy.requires[requires..]
            .iter_mut()
            .for_each(|rule| own(&mut rule.head));
        policy.acyclics[acyclics..]
            .iter_mut()
            .for_each(|rule| own(&mut rule.head));
        self.read_limits(policy, &document, file);
    }

    fn read_limits(&mut self, policy: &mut Policy, document: &Section<'_, 't>, file: &PolicyText) {
        let mut limit = |key: &str| {
            let value = document.get(key)?;
            let terms = self.terms_of(&format!("`{key}`"), value, ListKind::Mixed);
            Some(Spanned {
                value: terms.value,
                span: span_of(value),
            })
        };
        let (uses, crates) = (limit("uses"), limit("crates"));
        self.check_narrows(document);
        if uses.is_some() || crates.is_some() {
            policy.packages.push(PackageLimits {
                package: file.package.clone().unwrap_or_default(),
                uses,
                crates,
            });
        }
    }

    fn check_narrows(&mut self, document: &Section<'_, 't>) {
        let Some(value) = document.get("uses") else { return };
        let is_everything = |text: Option<&str>| text == Some("*");
        let entries = value.get_ref().as_array();
        let mut entries = entries.into_iter().flat_map(|array| array.iter());
        if is_everything(value.get_ref().as_str()) || entries.any(|entry| is_everything(entry.get_ref().as_str())) {
            let message = "`*` narrows nothing: a package without `uses` may use what the workspace's policy allows";
            self.problem(ProblemCode::PolicyConflict, span_of(value), message);
        }
    }

    fn check_fragment_keys(&mut self, document: &Section<'_, 't>) {
        let known = PACKAGE.key_names();
        for (key, span, _) in document.entries() {
            if !known.contains(&key) {
                let message = format!(
                    "the policy of a package has no key `{key}`: it narrows what the workspace's policy allows, by {}",
                    list(&known[1..])
                );
                let suggestion = crate::nearest::nearest(key, known.iter().copied()).map(str::to_owned);
                self.problem_near(ProblemCode::UnknownKey, span, message, suggestion);
            }
        }
    }
}
