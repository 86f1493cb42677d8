//! What every rule has: `id`, `because`, `instead`, `docs`, `severity`, `dev`, `optional`, `in`, `except`.

use super::section::{Reader, Section};
use super::terms::ListKind;
use crate::place::Spanned;
use crate::policy::format::SEVERITY_WORDS;
use crate::policy::model::{RuleHead, RuleId, Severity};
use crate::problem::ProblemCode;

/// First parts of the ids that the tool gives itself.
const RESERVED: [&str; 3] = ["policy.", "component.", "package."];

impl<'t> Reader<'t> {
    /// Reads a rule's head; none if it has no usable id, which is a problem.
    pub(super) fn read_head(&mut self, section: &Section<'_, 't>) -> Option<RuleHead> {
        let id = self.read_id(section);
        let severity = match self.word(section, "severity", SEVERITY_WORDS) {
            Some(1) => Severity::Warn,
            _ => Severity::Error,
        };
        let head = RuleHead {
            because: self.string(section, "because").map(|text| text.value),
            instead: self
                .strings(section, "instead")
                .map(|list| list.value)
                .unwrap_or_default(),
            docs: self.string(section, "docs").map(|text| text.value),
            severity,
            dev: self.boolean(section, "dev"),
            optional: self.boolean(section, "optional"),
            within: self.terms(section, "in", ListKind::Mixed),
            except: self.terms(section, "except", ListKind::Mixed),
            package: None,
            id: id?,
        };
        Some(head)
    }

    fn read_id(&mut self, section: &Section<'_, 't>) -> Option<Spanned<RuleId>> {
        if section.get("id").is_none() {
            let message = format!(
                "{} has no `id`: every rule needs one, it is the rule's identity",
                section.name
            );
            self.problem(ProblemCode::PolicySyntax, section.span, message);
            return None;
        }
        let id = self.string(section, "id")?;
        if let Some(prefix) = RESERVED.into_iter().find(|prefix| id.value.starts_with(prefix)) {
            let message = format!(
                "rule id `{}`: `{prefix}` is reserved for the tool's own rules",
                id.value
            );
            self.problem(ProblemCode::PolicySyntax, id.span, message);
            return None;
        }
        if !is_rule_id(&id.value) {
            let message = format!(
                "rule id `{}`: an id is made of small letters, digits and `-`, and begins with a letter or digit",
                id.value
            );
            self.problem(ProblemCode::PolicySyntax, id.span, message);
            return None;
        }
        Some(Spanned {
            value: RuleId(id.value.into()),
            span: id.span,
        })
    }
}

fn is_rule_id(text: &str) -> bool {
    !text.starts_with('-')
        && !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
