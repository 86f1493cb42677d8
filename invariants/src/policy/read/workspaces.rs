//! `[policy] workspaces`: directories below the workspace root or beside it.

use super::section::{Reader, Section};
use crate::place::Spanned;
use crate::policy::generated::FileGlob;
use crate::policy::workspaces::OtherWorkspaces;
use crate::problem::ProblemCode;

impl<'t> Reader<'t> {
    /// Reads the entries; without the key no other workspace is examined.
    pub(super) fn read_workspaces(&mut self, section: &Section<'_, 't>) -> Vec<Spanned<OtherWorkspaces>> {
        let Some(written) = self.strings(section, "workspaces") else {
            return Vec::new();
        };
        let entries: Vec<_> = written
            .value
            .iter()
            .filter_map(|entry| self.other_workspaces(entry))
            .collect();
        if !entries.is_empty() && entries.iter().all(|entry| entry.value.left_out) {
            let message = "`workspaces` of `[policy]` only leaves out: there must be something to leave it out from";
            self.problem(ProblemCode::BadPattern, written.span, message);
        }
        entries
    }

    fn other_workspaces(&mut self, entry: &Spanned<String>) -> Option<Spanned<OtherWorkspaces>> {
        let (left_out, text) = match entry.value.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, entry.value.as_str()),
        };
        let mut names = text.split('/').filter(|name| !matches!(*name, "" | ".")).peekable();
        let has_drive = text.as_bytes().get(1) == Some(&b':');
        let wrong = if text.starts_with('/') || has_drive {
            "a path relative to the workspace root"
        } else if text.contains('\\') {
            "written with `/`"
        } else if text.contains(['?', '{', '[']) {
            "written with no wildcards but `*` and `**`"
        } else if names.peek().is_none() {
            "a directory other than the workspace's own, which is examined anyway"
        } else if names.skip_while(|name| *name == "..").any(|name| name == "..") {
            "written without `..` behind a name"
        } else {
            return Some(Spanned {
                value: OtherWorkspaces {
                    directories: FileGlob(text.into()),
                    left_out,
                },
                span: entry.span,
            });
        };
        let message = format!("`{}` in `workspaces` must be {wrong}", entry.value);
        self.problem(ProblemCode::BadPattern, entry.span, message);
        None
    }
}
