//! The baseline's file, as `cargo archguard baseline` writes it.

use toml::de::DeValue;

use super::section::{Reader, Section};
use crate::decisions::{Baseline, Frozen};
use crate::place::TextSpan;
use crate::policy::format::{BASELINE, FROZEN};
use crate::policy::model::RuleId;
use crate::problem::{Problem, ProblemCode};
use crate::verdict::describe::fingerprint;

impl Baseline {
    /// Reads the file's text.
    ///
    /// # Errors
    ///
    /// Everything that the tool would not have written itself: a baseline with a hole is none.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::new(text);
        let table = reader.parse(file);
        reader.finish_stage()?;
        let document = Section::file(file, &table);
        reader.check_keys(&document, &BASELINE);
        reader.read_version(&document, TextSpan::default());
        let entries = reader.read_frozen_list(&document);
        reader.finish_stage()?;
        Ok(Self::of(entries))
    }
}

impl<'t> Reader<'t> {
    fn read_frozen_list(&mut self, document: &Section<'_, 't>) -> Vec<Frozen> {
        let what = document.key_name("findings");
        let Some(value) = document.get("findings") else {
            self.missing(document, "findings");
            return Vec::new();
        };
        let DeValue::Array(entries) = value.get_ref() else {
            self.wrong_type(&what, "a list of tables", value);
            return Vec::new();
        };
        entries
            .iter()
            .filter_map(|entry| {
                let section = self.section(format!("an entry of {what}"), entry)?;
                self.read_frozen(&section)
            })
            .collect()
    }

    fn read_frozen(&mut self, section: &Section<'_, 't>) -> Option<Frozen> {
        self.check_keys(section, &FROZEN);
        for key in ["rule", "from", "sites", "fingerprint"] {
            if section.get(key).is_none() {
                self.missing(section, key);
            }
        }
        let rule = self.string(section, "rule");
        let from = self.string(section, "from");
        let to = self.string(section, "to").map(|to| to.value);
        let sites = self.read_number_of_sites(section);
        let written = self.string(section, "fingerprint");
        let (rule, from, written) = (rule?.value, from?.value, written?);
        // An entry that somebody changed no longer says which finding was frozen.
        if fingerprint(&rule, &from, to.as_deref()) != written.value {
            let message = format!(
                "the fingerprint is not that of `{rule}` from `{from}`: a baseline is written by `cargo archguard baseline`, not by hand"
            );
            self.problem(ProblemCode::PolicyConflict, written.span, message);
            return None;
        }
        Some(Frozen {
            rule: RuleId::reserved(rule),
            from,
            to,
            sites: sites?,
            fingerprint: written.value.into(),
        })
    }

    fn read_number_of_sites(&mut self, section: &Section<'_, 't>) -> Option<usize> {
        let value = section.get("sites")?;
        let number = self.count(&section.key_name("sites"), value)?;
        number.try_into().ok()
    }
}
