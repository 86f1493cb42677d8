//! `[policy]`: what holds for the whole policy.

use super::section::{Reader, Section, span_of};
use crate::pattern::{PathPattern, PatternError};
use crate::place::{Spanned, TextSpan};
use crate::policy::format::{ANNOTATION_WORDS, DEV_WORDS, PENDING_WORDS, PERMISSION_WORDS, SETTINGS};
use crate::policy::generated::{FileGlob, Generated};
use crate::policy::model::{DevCode, Settings};
use crate::problem::ProblemCode;

impl<'t> Reader<'t> {
    /// Reads `[policy]`; a missing key means its default, the first of its words.
    pub(super) fn read_settings(&mut self, document: &Section<'_, 't>) -> Settings {
        let Some(section) = document
            .get("policy")
            .and_then(|value| self.section("`[policy]`", value))
        else {
            return Settings::default();
        };
        self.check_keys(&section, &SETTINGS);
        self.check_tool(&section);
        Settings {
            undeclared_allowed: self.word(&section, "undeclared", PERMISSION_WORDS) == Some(1),
            unassigned_allowed: self.word(&section, "unassigned", PERMISSION_WORDS) == Some(1),
            check_dev: self.word(&section, "dev", DEV_WORDS) == Some(1),
            pending_is_error: self.word(&section, "pending", PENDING_WORDS) == Some(1),
            dev_code: self.read_dev_code(&section),
            annotations_required: self.read_annotations(&section),
            inline_exceptions: self.boolean(&section, "inline_exceptions"),
            exception_days: self.read_exception_days(&section),
            generated: self.read_generated(&section),
            workspaces: self.read_workspaces(&section),
        }
    }

    /// `annotations = "required"`: where that stands.
    fn read_annotations(&mut self, section: &Section<'_, 't>) -> Option<TextSpan> {
        let required = self.word(section, "annotations", ANNOTATION_WORDS) == Some(1);
        section.get("annotations").filter(|_| required).map(span_of)
    }

    fn read_generated(&mut self, section: &Section<'_, 't>) -> Vec<Spanned<Generated>> {
        let Some(entries) = self.strings(section, "generated") else {
            return Vec::new();
        };
        let mut generated = Vec::new();
        for entry in &entries.value {
            let text = &entry.value;
            let is_file = text.contains('/') || std::path::Path::new(text).extension().is_some_and(|it| it == "rs");
            if is_file {
                if text.starts_with('/') || text.contains('\\') {
                    let message = format!("`{text}` must be relative to the workspace root and written with `/`");
                    self.problem(ProblemCode::BadPattern, entry.span, message);
                }
                generated.push(Spanned {
                    value: Generated::Files(FileGlob(text.as_str().into())),
                    span: entry.span,
                });
                continue;
            }
            match PathPattern::parse(text) {
                Ok(patterns) => generated.extend(patterns.into_iter().map(|pattern| Spanned {
                    value: Generated::Path(pattern),
                    span: entry.span,
                })),
                Err(error) => self.bad_pattern(entry, &error),
            }
        }
        generated
    }

    fn read_dev_code(&mut self, section: &Section<'_, 't>) -> Vec<Spanned<DevCode>> {
        let Some(entries) = self.strings(section, "dev_code") else {
            return Vec::new();
        };
        entries
            .value
            .iter()
            .flat_map(|entry| self.read_dev_code_entry(entry))
            .collect()
    }

    fn read_dev_code_entry(&mut self, entry: &Spanned<String>) -> Vec<Spanned<DevCode>> {
        if let Some(feature) = entry.value.strip_prefix("feature:") {
            if feature.is_empty() {
                let message = "`feature:` needs the name of a feature behind it";
                self.problem(ProblemCode::BadPattern, entry.span, message);
            }
            return vec![Spanned {
                value: DevCode::Feature(feature.into()),
                span: entry.span,
            }];
        }
        let (skipped, make): (usize, fn(PathPattern) -> DevCode) = match entry.value.strip_prefix("attribute:") {
            Some(_) => ("attribute:".len(), DevCode::Attribute),
            None => (0, DevCode::Path),
        };
        match PathPattern::parse(&entry.value[skipped..]) {
            Ok(patterns) => patterns
                .into_iter()
                .map(|pattern| Spanned {
                    value: make(pattern),
                    span: entry.span,
                })
                .collect(),
            Err(error) => {
                self.bad_pattern(
                    entry,
                    &PatternError {
                        offset: error.offset + skipped,
                        kind: error.kind,
                    },
                );
                Vec::new()
            }
        }
    }
}
