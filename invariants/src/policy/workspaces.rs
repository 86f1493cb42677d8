//! `[policy] workspaces`: which other workspaces of the repository are examined too. Where they lie and what is in them,
//! whoever reads them finds out; what is wrong with an entry is said here.

use super::generated::FileGlob;
use crate::nearest::nearest;
use crate::place::Spanned;
use crate::problem::{Problem, ProblemCode, ProblemPlace};

/// An entry: the directory of another workspace, relative to the workspace root, with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherWorkspaces {
    /// The directories.
    pub directories: FileGlob,
    /// `!`: takes away what the other entries take in.
    pub left_out: bool,
}

impl OtherWorkspaces {
    fn as_written(&self) -> String {
        let sign = if self.left_out { "!" } else { "" };
        format!("{sign}{}", self.directories)
    }
}

/// Whether the entries take in the workspace of a directory.
pub fn take_in(entries: &[Spanned<OtherWorkspaces>], directory: &str) -> bool {
    let means = |entry: &&Spanned<OtherWorkspaces>| entry.value.directories.is(directory);
    let mut found = entries.iter().filter(means).peekable();
    found.peek().is_some() && found.all(|entry| !entry.value.left_out)
}

/// The problems of entries that mean none of the other workspaces there are. `examined` are the directories of packages
/// that are examined without being named.
pub fn idle(entries: &[Spanned<OtherWorkspaces>], others: &[String], examined: &[String]) -> Vec<Problem> {
    let is_idle = |entry: &&Spanned<OtherWorkspaces>| !others.iter().any(|other| entry.value.directories.is(other));
    entries
        .iter()
        .filter(is_idle)
        .map(|entry| {
            let text = entry.value.directories.to_string();
            let is_examined = examined.iter().any(|directory| entry.value.directories.is(directory));
            let why = if is_examined {
                "that package is examined anyway"
            } else {
                "no manifest of another workspace lies there"
            };
            Problem {
                code: ProblemCode::NothingMatched,
                message: format!("`{}` in `workspaces` means nothing: {why}", entry.value.as_written()),
                place: ProblemPlace::Policy(entry.span),
                suggestion: nearest(&text, others.iter().map(String::as_str)).map(str::to_owned),
            }
        })
        .collect()
}

/// The problem of a workspace that is taken in and cannot be loaded, at the first entry that means it.
pub fn not_loaded(entries: &[Spanned<OtherWorkspaces>], directory: &str, why: &str) -> Problem {
    Problem {
        code: ProblemCode::Workspace,
        message: format!("the workspace `{directory}` cannot be examined: {why}"),
        place: place_of(entries, directory),
        suggestion: None,
    }
}

/// The problem of two packages that paths cannot tell apart. Both are examined, but what is said of one would hold for the
/// other, exceptions and baseline too.
pub fn clash(entries: &[Spanned<OtherWorkspaces>], workspace: &str, name: &str, first: &str, second: &str) -> Problem {
    Problem {
        code: ProblemCode::PolicyConflict,
        message: format!(
            "`{name}` names code in `{first}` and in `{second}`, and paths cannot tell them apart: rename one, or leave its workspace out"
        ),
        place: place_of(entries, workspace),
        suggestion: None,
    }
}

fn place_of(entries: &[Spanned<OtherWorkspaces>], directory: &str) -> ProblemPlace {
    let mut entries = entries.iter().filter(|entry| !entry.value.left_out);
    let first = entries.find(|entry| entry.value.directories.is(directory));
    first.map_or(ProblemPlace::None, |entry| ProblemPlace::Policy(entry.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::TextSpan;

    fn entries(texts: &[&str]) -> Vec<Spanned<OtherWorkspaces>> {
        let entry = |(index, text): (usize, &&str)| Spanned {
            value: OtherWorkspaces {
                directories: FileGlob(text.trim_start_matches('!').into()),
                left_out: text.starts_with('!'),
            },
            span: TextSpan {
                start: index,
                end: index + 1,
            },
        };
        texts.iter().enumerate().map(entry).collect()
    }

    #[test]
    fn an_entry_means_directories_and_not_what_lies_below() {
        for (texts, directory, expected) in [
            (&["tools"][..], "tools", true),
            (&["./tools/"], "tools", true),
            (&["tools"], "tools/fuzz", false),
            (&["tools/*"], "tools/fuzz", true),
            (&["*/fuzz"], "tokio/fuzz", true),
            (&["**"], "a/b/c", true),
            (&["**/fuzz"], "fuzz", true),
            (&["**"], "../beside", false),
            (&["*/beside"], "../beside", false),
            (&["../**"], "../beside/x", true),
            (&["../beside"], "../beside", true),
            (&["**", "!a/*"], "a/b", false),
            (&["!a/*", "**"], "a/b", false),
            (&["!a"], "b", false),
        ] {
            assert_eq!(take_in(&entries(texts), directory), expected, "{texts:?} {directory}");
        }
    }

    #[test]
    fn an_entry_that_means_nothing_leads_to_the_nearest() {
        let others = ["tools", "tools/fuzz"].map(str::to_owned);
        let examined = ["web".to_owned()];
        let problems = idle(&entries(&["tols", "tools", "web", "!x"]), &others, &examined);
        let told: Vec<_> = problems
            .iter()
            .map(|problem| (problem.message.as_str(), problem.suggestion.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    "`tols` in `workspaces` means nothing: no manifest of another workspace lies there",
                    Some("tools")
                ),
                (
                    "`web` in `workspaces` means nothing: that package is examined anyway",
                    None
                ),
                (
                    "`!x` in `workspaces` means nothing: no manifest of another workspace lies there",
                    None
                ),
            ]
        );
    }
}
