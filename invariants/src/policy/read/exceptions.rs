//! `[policy] exceptions`, and the file of exceptions beside the policy: `[[except]]` with `rule`, `from`, `to`, `reason`,
//! `owner` and `until`. What an entry does to a finding is decided elsewhere.

use toml::de::DeValue;

use super::section::{Reader, Section, span_of};
use crate::date::Until;
use crate::decisions::{Exception, Exceptions, Terms};
use crate::place::Spanned;
use crate::policy::format::{EXCEPT, EXCEPTIONS, MAX_DAYS};
use crate::policy::model::{ExceptionDays, RuleId};
use crate::problem::{Problem, ProblemCode};

impl Exceptions {
    /// Reads the file's text; entries with something missing are problems and not among the result.
    pub fn read(file: &str, text: &str, terms: Terms) -> (Self, Vec<Problem>) {
        let mut reader = Reader::new(text);
        let table = reader.parse(file);
        let mut entries = Vec::new();
        // Half a file is as good as none: nobody knows what the rest was to say.
        if reader.problems.is_empty() {
            let document = Section::file(file, &table);
            reader.check_keys(&document, &EXCEPTIONS);
            for section in reader.sections(&document, "except") {
                let entry = reader.read_exception(&section, terms);
                entries.extend(entry);
            }
            reader.check_repeated(&mut entries);
        }
        let problems = reader.finish_stage().err().unwrap_or_default();
        let exceptions = Self {
            file: file.into(),
            text: text.into(),
            entries,
        };
        (exceptions, problems)
    }
}

impl<'t> Reader<'t> {
    /// `[policy] exceptions = { max_days = 180 }`.
    pub(super) fn read_exception_days(&mut self, settings: &Section<'_, 't>) -> ExceptionDays {
        let section = settings
            .get("exceptions")
            .and_then(|value| self.section(settings.key_name("exceptions"), value));
        let Some(section) = section else {
            return ExceptionDays::default();
        };
        self.check_keys(&section, &MAX_DAYS);
        let Some(value) = section.get("max_days") else {
            self.missing(&section, "max_days");
            return ExceptionDays::default();
        };
        let days = self.count("`max_days` of `[policy] exceptions`", value);
        // More days than there are allow every day there is.
        days.map_or_else(ExceptionDays::default, |days| {
            ExceptionDays(days.try_into().unwrap_or(u32::MAX))
        })
    }

    fn read_exception(&mut self, section: &Section<'_, 't>, terms: Terms) -> Option<Exception> {
        self.check_keys(section, &EXCEPT);
        let rule = self.said(section, "rule");
        let from = self
            .said(section, "from")
            .filter(|from| self.is_exact(section, "from", from));
        let has_to = section.get("to").is_some();
        let to = has_to
            .then(|| self.said(section, "to").filter(|to| self.is_exact(section, "to", to)))
            .flatten();
        let reason = self.said(section, "reason");
        let owner = self.said(section, "owner");
        let until = self.read_until(section);
        let (until, until_span) = until.map(|until| (until.value, until.span))?;
        let days_left = until.days_left(terms.today);
        if days_left.is_some_and(|days| days > i64::from(terms.max_days)) {
            let message = format!(
                "`until` of {} lies further ahead than the {} days that the policy allows (`[policy] exceptions = {{ max_days = .. }}`)",
                section.name, terms.max_days
            );
            self.problem(ProblemCode::PolicyConflict, until_span, message);
            return None;
        }
        if has_to && to.is_none() {
            return None;
        }
        Some(Exception {
            rule: RuleId::reserved(rule?.value),
            from: from?.value,
            to: to.map(|to| to.value),
            reason: reason?.value,
            owner: owner?.value,
            until,
            days_left,
            span: section.span,
            inline: None,
        })
    }

    /// Whether a path names one item. A pattern would accept more than the finding that somebody looked at.
    fn is_exact(&mut self, section: &Section<'_, 't>, key: &str, path: &Spanned<String>) -> bool {
        let exact = !is_pattern(&path.value);
        if !exact {
            let message = format!(
                "{} is `{}`, a pattern: an exception accepts one finding and names its item exactly",
                section.key_name(key),
                path.value
            );
            self.problem(ProblemCode::BadPattern, path.span, message);
        }
        exact
    }

    /// A text or a date of TOML's own. One that is no date is not refused here: it is over.
    pub(super) fn read_until(&mut self, section: &Section<'_, 't>) -> Option<Spanned<Until>> {
        let Some(value) = section.get("until") else {
            self.missing(section, "until");
            return None;
        };
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                self.wrong_type(&section.key_name("until"), "a date, written \"2027-01-31\"", value);
                return None;
            }
        };
        Some(Spanned {
            value: Until::of(&text),
            span: span_of(value),
        })
    }

    /// Of two entries for one finding nobody knows which one holds.
    fn check_repeated(&mut self, entries: &mut Vec<Exception>) {
        let mut kept: Vec<Exception> = Vec::new();
        for entry in entries.drain(..) {
            if kept.iter().any(|known| known.key() == entry.key()) {
                let message = format!(
                    "this finding has an exception already: `{}` from `{}`",
                    entry.rule.as_str(),
                    entry.from
                );
                self.problem(ProblemCode::PolicyConflict, entry.span, message);
            } else {
                kept.push(entry);
            }
        }
        *entries = kept;
    }
}

/// Whether a path has wildcards. Those of types (`<*const T as Tag>`) are none.
fn is_pattern(path: &str) -> bool {
    let mut depth = 0_u32;
    let mut before = ' ';
    for character in path.chars() {
        match character {
            '<' => depth += 1,
            '>' if before != '-' => depth = depth.saturating_sub(1),
            '*' | '{' | '}' | '!' if depth == 0 => return true,
            _ => {}
        }
        before = character;
    }
    ["set:", "pack:", "component:"]
        .iter()
        .any(|prefix| path.starts_with(prefix))
}
