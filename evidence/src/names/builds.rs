//! What the workspace's builds never compile of dependencies, so that nobody need read it: `windows-sys` has hundreds of
//! modules, each behind a feature.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::facts::cfg::Cfg;
use crate::workspace::Workspace;

/// The features of dependencies that some build turns on, where cargo could tell, by the folder of the package.
#[derive(Debug, Default)]
pub(super) struct Builds {
    features: FxHashMap<PathBuf, Option<BTreeSet<String>>>,
}

impl Builds {
    pub(super) fn of(workspace: &Workspace) -> Self {
        let packages = workspace.dependencies.iter();
        let features = packages.map(|package| (package.directory.clone(), package.features.clone()));
        Self {
            features: features.collect(),
        }
    }

    /// Tells of what stands in a file under a cfg whether it is never compiled. Of the examined crates everything counts.
    pub(super) fn leave_out(&self, file: &Path) -> impl Fn(&Cfg) -> bool {
        let of_package = file.ancestors().find_map(|folder| self.features.get(folder));
        move |cfg| of_package.is_some_and(|features| is_left_out(features.as_ref(), cfg))
    }
}

/// Whether a dependency is never compiled with what stands under a cfg: its features are what the workspace's builds turn
/// on, and nobody runs its tests.
pub(super) fn is_left_out(features: Option<&BTreeSet<String>>, cfg: &Cfg) -> bool {
    let known = |atom: &str| {
        if atom == "test" {
            return Some(false);
        }
        let feature = atom.strip_prefix("feature = \"")?.strip_suffix('"')?;
        features.map(|features| features.contains(feature))
    };
    cfg.holds(&known) == Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract::{Depth, extract};
    use crate::names::module_files::children_of_file;

    #[test]
    fn what_no_build_compiles_is_not_read_ahead() {
        let text = "#[cfg(feature = \"on\")] mod on;\n#[cfg(feature = \"off\")] mod off;\n\
                    #[cfg(test)] mod tests;\n#[cfg(windows)] mod windows;\n";
        let folder = tempfile::tempdir().unwrap();
        let facts = extract(text, Depth::Declarations).unwrap();
        let children = |features: Option<Option<&[&str]>>| -> Vec<String> {
            let known = |features: &[&str]| features.iter().map(|&feature| feature.to_owned()).collect();
            let package = features.map(|features| (folder.path().to_path_buf(), features.map(known)));
            let builds = Builds {
                features: package.into_iter().collect(),
            };
            let mut names: Vec<String> = Vec::new();
            for file in children_of_file(&facts, &folder.path().join("src/lib.rs"), true, &builds) {
                let name = file.path.file_stem().unwrap().to_str().unwrap().to_owned();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        };
        for name in ["on", "off", "tests", "windows"] {
            let path = folder.path().join("src").join(name).with_extension("rs");
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        assert_eq!(children(Some(Some(&["on"]))), ["on", "windows"]);
        // Cargo could not tell which features there are.
        assert_eq!(children(Some(None)), ["on", "off", "windows"]);
        // Of the examined crates everything counts.
        assert_eq!(children(None), ["on", "off", "tests", "windows"]);
    }
}
