//! `[policy] generated`: files by their place below the workspace root, modules by their path. Generated code is judged
//! and marked as such.

use std::fmt;
use std::sync::Arc;

use crate::pattern::PathPattern;
use crate::place::Spanned;
use crate::problem::{Problem, ProblemCode, ProblemPlace};

/// An entry of `[policy] generated`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Generated {
    /// Files, or a directory with everything below it.
    Files(FileGlob),
    /// A module, with everything inside it.
    Path(PathPattern),
}

/// The place of files below the workspace root, with `/`. `*` stands for any part of a name, `**` for any names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileGlob(pub(super) Arc<str>);

impl FileGlob {
    /// Whether it means a file, or a directory around it.
    pub fn covers(&self, path: &str) -> bool {
        let glob: Vec<&str> = names(&self.0).collect();
        let path: Vec<&str> = path.split('/').collect();
        names_match(&glob, &path, Rest::Below)
    }

    /// Whether it means this very file or directory. What lies above the root it means only where it says `..`.
    pub fn is(&self, path: &str) -> bool {
        let glob: Vec<&str> = names(&self.0).collect();
        let path: Vec<&str> = path.split('/').collect();
        let ups = |names: &[&str]| names.iter().take_while(|name| **name == "..").count();
        let above = ups(&path);
        above == ups(&glob) && names_match(&glob[above..], &path[above..], Rest::None)
    }
}

fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|name| !matches!(*name, "" | "."))
}

impl fmt::Display for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(glob) => write!(f, "{glob}"),
            Self::Path(pattern) => write!(f, "{pattern}"),
        }
    }
}

impl fmt::Display for FileGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What may be left of a path when a glob is used up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    None,
    /// It lies below what the glob means.
    Below,
}

fn names_match(glob: &[&str], path: &[&str], left: Rest) -> bool {
    match (glob, path) {
        ([], _) => path.is_empty() || left == Rest::Below,
        (["**", rest @ ..], _) => (0..=path.len()).any(|skipped| names_match(rest, &path[skipped..], left)),
        ([first, rest @ ..], [name, below @ ..]) => name_matches(first, name) && names_match(rest, below, left),
        (_, []) => false,
    }
}

fn name_matches(glob: &str, name: &str) -> bool {
    let Some((before, after)) = glob.split_once('*') else {
        return glob == name;
    };
    let Some(rest) = name.strip_prefix(before) else {
        return false;
    };
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.into_iter().any(|at| name_matches(after, &rest[at..]))
}

/// The problem of an entry that means no examined file.
pub fn idle(entry: &Spanned<Generated>) -> Problem {
    let text = match &entry.value {
        Generated::Files(glob) => glob.to_string(),
        Generated::Path(pattern) => pattern.to_string(),
    };
    Problem {
        code: ProblemCode::NothingMatched,
        message: format!("`{text}` in `generated` means no examined file"),
        place: ProblemPlace::Policy(entry.span),
        suggestion: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_means_files_and_what_lies_below_directories() {
        let covers = |glob: &str, path: &str| FileGlob(glob.into()).covers(path);
        for (glob, path) in [
            ("src/schema.rs", "src/schema.rs"),
            ("src/gen", "src/gen/a/b.rs"),
            ("./src/gen/", "src/gen/a.rs"),
            ("src/*.gen.rs", "src/a.gen.rs"),
            ("src/v*_*", "src/v1_x/a.rs"),
            ("**/generated", "a/b/generated/c.rs"),
            ("**/*.pb.rs", "x.pb.rs"),
            ("a/**/c.rs", "a/c.rs"),
        ] {
            assert!(covers(glob, path), "{glob} {path}");
        }
        for (glob, path) in [
            ("src/schema.rs", "lib/src/schema.rs"),
            ("src/gen", "src/generated.rs"),
            ("src/*.gen.rs", "src/a/b.gen.rs"),
            ("src/a.rs/x", "src/a.rs"),
            ("**/*.pb.rs", "x.rs"),
        ] {
            assert!(!covers(glob, path), "{glob} {path}");
        }
    }
}
