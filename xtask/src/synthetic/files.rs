//! The files of a plan, one after the other: those of the largest would not fit into memory beside what measures them.

use std::fs;
use std::path::Path;

use super::plan::{Plan, Shape};
use super::{circle, layered, links};

/// A file of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// Relative to the workspace's root.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl SourceFile {
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }

    fn is_code(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|extension| extension == "rs")
    }
}

/// All files that a plan means. The same plan gives the same files, to the byte.
pub(crate) fn files(plan: Plan) -> Box<dyn Iterator<Item = SourceFile>> {
    match plan.shape {
        Shape::Layered => Box::new(layered::files(plan)),
        Shape::Globs => Box::new(links::files(plan, links::Handing::Globs)),
        Shape::Reexports => Box::new(links::files(plan, links::Handing::Names)),
        Shape::Circle => Box::new(circle::files(plan)),
    }
}

/// Writes them into a folder that is not there yet; how many lines of code they have.
pub(crate) fn write(plan: Plan, folder: &Path) -> Result<usize, String> {
    let fail = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir(folder).map_err(|error| fail(folder, error))?;
    let mut lines = 0;
    for file in files(plan) {
        let path = folder.join(&file.path);
        let above = path.parent().unwrap_or(folder);
        let written = fs::create_dir_all(above).and_then(|()| fs::write(&path, &file.text));
        written.map_err(|error| fail(&path, error))?;
        if file.is_code() {
            lines += file.text.lines().count();
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_same_plan_gives_the_same_files_and_another_seed_gives_others() {
        for shape in Shape::ALL {
            let plan = Plan::new(shape, 40);
            let made: Vec<SourceFile> = files(plan).collect();
            assert!(made.len() >= 40, "{shape:?}: {}", made.len());
            assert_eq!(made, files(plan).collect::<Vec<_>>(), "{shape:?}");
            let paths: BTreeSet<&str> = made.iter().map(|file| file.path.as_str()).collect();
            assert_eq!(paths.len(), made.len(), "{shape:?}: each file once");
        }
        let other = Plan {
            seed: 2,
            ..Plan::new(Shape::Layered, 40)
        };
        assert!(files(other).ne(files(Plan::new(Shape::Layered, 40))));
    }

    #[test]
    fn there_are_as_many_modules_as_were_asked_for() {
        for shape in Shape::ALL {
            for modules in [20, 100, 1_000] {
                let made = files(Plan::new(shape, modules));
                let sources = made.filter(SourceFile::is_code).count();
                assert!(
                    sources.abs_diff(modules) * 10 <= modules,
                    "{shape:?}: {sources} of {modules}"
                );
            }
        }
    }

    #[test]
    fn every_file_parses() {
        for shape in Shape::ALL {
            for file in files(Plan::new(shape, 30)).filter(SourceFile::is_code) {
                assert!(syn::parse_file(&file.text).is_ok(), "{}:\n{}", file.path, file.text);
            }
        }
    }
}
