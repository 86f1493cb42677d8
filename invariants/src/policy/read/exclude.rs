//! `[[exclude]]`: all four keys are compulsory. A date that is none is no mistake of the format: it is over.

use super::section::{Reader, Section};
use crate::date::Until;
use crate::place::Spanned;
use crate::policy::exclusion::Exclusion;
use crate::problem::ProblemCode;

const KEYS: [&str; 4] = ["path", "reason", "owner", "until"];

impl<'t> Reader<'t> {
    /// Reads one `[[exclude]]`.
    pub(super) fn read_exclusion(&mut self, section: &Section<'_, 't>) -> Option<Exclusion> {
        self.check_keys(section, &KEYS, &[]);
        let [path, reason, owner, until] = KEYS.map(|key| self.said(section, key));
        let path = self.place_below_root(&path?)?;
        let until = until?;
        Some(Exclusion {
            path,
            reason: reason?.value,
            owner: owner?.value,
            until: Spanned {
                value: Until::of(&until.value),
                span: until.span,
            },
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
