//! `[[exclude]]`: all four keys are compulsory. A date that is none is no mistake of the format: it is over.

use super::section::{Reader, Section};
use crate::place::Spanned;
use crate::policy::exclusion::Exclusion;
use crate::policy::format::EXCLUDE;
use crate::problem::ProblemCode;

impl<'t> Reader<'t> {
    /// Reads one `[[exclude]]`.
    pub(super) fn read_exclusion(&mut self, section: &Section<'_, 't>) -> Option<Exclusion> {
        self.check_keys(section, &EXCLUDE);
        let [path, reason, owner] = ["path", "reason", "owner"].map(|key| self.said(section, key));
        let until = self.read_until(section);
        let path = self.place_below_root(&path?)?;
        Some(Exclusion {
            path,
            reason: reason?.value,
            owner: owner?.value,
            until: until?,
        })
    }

    /// A file or directory, relative to the workspace root; the same on every machine.
    pub(super) fn place_below_root(&mut self, path: &Spanned<String>) -> Option<Spanned<String>> {
        let text = &path.value;
        let has_drive = text.as_bytes().get(1) == Some(&b':');
        let wrong = if text.starts_with('/') || has_drive {
            "a path relative to the workspace root"
        } else if text.contains('\\') {
            "written with `/`"
        } else if text.contains(['*', '?', '{', '[']) {
            "one file or directory, without wildcards"
        } else if text.split('/').all(|part| matches!(part, "" | ".")) {
            "less than the whole workspace"
        } else {
            return Some(Spanned {
                value: text.trim_end_matches('/').to_owned(),
                span: path.span,
            });
        };
        let message = format!("`{text}` must be {wrong}");
        self.problem(ProblemCode::BadPattern, path.span, message);
        None
    }
}
