//! Single values of the policy: strings, words out of a few, truth values, and "one string or an array of them".

use toml::de::DeValue;

use super::section::{Reader, Section, Value, list, span_of};
use crate::nearest::nearest;
use crate::place::{Spanned, TextSpan};
use crate::problem::ProblemCode;

impl<'t> Reader<'t> {
    /// A text that must be there and say something.
    pub(super) fn said(&mut self, section: &Section<'_, 't>, key: &str) -> Option<Spanned<String>> {
        if section.get(key).is_none() {
            self.missing(section, key);
            return None;
        }
        let text = self.string(section, key)?;
        if text.value.trim().is_empty() {
            let message = format!("{} is empty", section.key_name(key));
            self.problem(ProblemCode::PolicySyntax, text.span, message);
            return None;
        }
        Some(text)
    }

    /// A string under a key.
    pub(super) fn string(&mut self, section: &Section<'_, 't>, key: &str) -> Option<Spanned<String>> {
        let value = section.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(&section.key_name(key), "a string", value);
        }
        text.map(|text| Spanned {
            value: text.to_owned(),
            span: span_of(value),
        })
    }

    /// `true` or `false` under a key; `false` if absent.
    pub(super) fn boolean(&mut self, section: &Section<'_, 't>, key: &str) -> bool {
        let Some(value) = section.get(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(&section.key_name(key), "`true` or `false`", value);
            false
        })
    }

    /// `true` or `false` under a key, if it is there.
    pub(super) fn flag(&mut self, section: &Section<'_, 't>, key: &str) -> Option<Spanned<bool>> {
        let span = span_of(section.get(key)?);
        Some(Spanned {
            value: self.boolean(section, key),
            span,
        })
    }

    /// A whole number that is not below 0, however it is written (`0x1f`).
    pub(super) fn count(&mut self, what: &str, value: &Value<'t>) -> Option<u64> {
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(what, "a whole number", value);
            return None;
        };
        let count = u64::from_str_radix(number.as_str(), number.radix()).ok();
        if count.is_none() {
            let message = format!("{what} must be a whole number from 0 on, this is {}", number.as_str());
            self.problem(ProblemCode::PolicySyntax, span_of(value), message);
        }
        count
    }

    /// The index of the word that stands under a key.
    pub(super) fn word(&mut self, section: &Section<'_, 't>, key: &str, words: &[&str]) -> Option<usize> {
        let text = self.string(section, key)?;
        self.word_of(&section.key_name(key), &text, words)
    }

    /// The index of a word among those allowed.
    pub(super) fn word_of(&mut self, what: &str, text: &Spanned<String>, words: &[&str]) -> Option<usize> {
        let found = words.iter().position(|word| *word == text.value);
        if found.is_none() {
            let suggestion = nearest(&text.value, words.iter().copied()).map(str::to_owned);
            let message = format!("{what} cannot be `{}`; it takes {}", text.value, list(words));
            self.problem_near(ProblemCode::UnknownName, text.span, message, suggestion);
        }
        found
    }

    /// One string or an array of strings under a key.
    pub(super) fn strings(&mut self, section: &Section<'_, 't>, key: &str) -> Option<Spanned<Vec<Spanned<String>>>> {
        let value = section.get(key)?;
        Some(Spanned {
            value: self.strings_of(&section.key_name(key), value),
            span: span_of(value),
        })
    }

    /// One string or an array of strings.
    pub(super) fn strings_of(&mut self, what: &str, value: &Value<'t>) -> Vec<Spanned<String>> {
        match value.get_ref() {
            DeValue::String(text) => vec![Spanned {
                value: text.to_string(),
                span: span_of(value),
            }],
            DeValue::Array(array) => array.iter().filter_map(|entry| self.array_entry(what, entry)).collect(),
            _ => {
                self.wrong_type(what, "a string or an array of strings", value);
                Vec::new()
            }
        }
    }

    /// A string inside an array.
    pub(super) fn array_entry(&mut self, what: &str, entry: &Value<'t>) -> Option<Spanned<String>> {
        let text = entry.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(&format!("an entry of {what}"), "a string", entry);
        }
        text.map(|text| Spanned {
            value: text.to_owned(),
            span: span_of(entry),
        })
    }

    /// The place of the part of a string that begins at a byte of its value. The whole string where escapes make the
    /// two differ, or where nothing is left from that byte on.
    pub(super) fn inside(&self, text: &Spanned<String>, offset: usize) -> TextSpan {
        let written = self.text.get(text.span.start..text.span.end).unwrap_or_default();
        match written.find(text.value.as_str()) {
            Some(start) if offset < text.value.len() => TextSpan {
                start: text.span.start + start + offset,
                end: text.span.start + start + text.value.len(),
            },
            _ => text.span,
        }
    }
}
