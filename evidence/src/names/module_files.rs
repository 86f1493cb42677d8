//! Which files `mod x;` may mean: the rules of the reference on module source file names, every cfg at once.

use std::path::{Path, PathBuf};

use super::world::Directories;
use crate::facts::cfg::Cfg;
use crate::facts::model::{FileFacts, ItemData, ItemFact, ScopeIdx};

/// A file that a module may be in.
#[derive(Debug, Clone)]
pub(crate) struct ModuleFile {
    pub(crate) path: PathBuf,
    /// The cfg that its `#[path]` stands under.
    pub(crate) cfg: Option<Cfg>,
    /// Named by `#[path]`: then its own directory is where its children are, whatever its name.
    pub(crate) by_attribute: bool,
}

impl Directories {
    /// Where the children of a file's own scope are looked for.
    pub(crate) fn of_file(path: &Path, owns_directory: bool) -> Self {
        let file = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let owns_directory = owns_directory || path.file_name().is_some_and(|name| name == "mod.rs");
        let children = if owns_directory {
            file.clone()
        } else {
            file.join(path.file_stem().unwrap_or_default())
        };
        Self {
            file,
            children,
            inline: false,
        }
    }

    /// Where the children of an inline module are looked for.
    pub(crate) fn of_inline(&self, name: &str, path_attribute: Option<&str>) -> Self {
        let children = match path_attribute {
            // On an inline module the path replaces the directory, relative as for any module.
            Some(path) => self.base_of_paths().join(path),
            None => self.children.join(name),
        };
        Self {
            file: self.file.clone(),
            children,
            inline: true,
        }
    }

    /// What `#[path]` is relative to.
    fn base_of_paths(&self) -> &Path {
        if self.inline { &self.children } else { &self.file }
    }

    /// Where `mod name;` without `#[path]` looks. The compiler refuses a module that has both files (E0761).
    pub(crate) fn files_by_name(&self, name: &str) -> [PathBuf; 2] {
        [
            self.children.join(format!("{name}.rs")),
            self.children.join(name).join("mod.rs"),
        ]
    }

    /// The files that `#[path]` attributes name, whether they are there or not.
    pub(crate) fn files_by_attribute(&self, paths: &[(Option<Cfg>, &str)]) -> impl Iterator<Item = PathBuf> {
        paths.iter().map(|(_, path)| tidy(self.base_of_paths().join(path)))
    }

    /// The files that `mod name;` may mean. Without an existing candidate the first one is returned, so that it can be
    /// named as missing.
    pub(crate) fn candidates(&self, name: &str, paths: &[(Option<Cfg>, &str)]) -> Vec<ModuleFile> {
        let file = |path: PathBuf, cfg: Option<Cfg>, by_attribute| ModuleFile {
            path,
            cfg,
            by_attribute,
        };
        let mut found: Vec<ModuleFile> = Vec::new();
        for ((cfg, _), path) in paths.iter().zip(self.files_by_attribute(paths)) {
            found.push(file(path, cfg.clone(), true));
        }
        let conditional_only = paths.iter().all(|(cfg, _)| cfg.is_some());
        if conditional_only {
            let by_name = self.files_by_name(name);
            let existing = by_name.iter().find(|path| path.is_file());
            match existing {
                Some(path) => found.push(file(path.clone(), None, false)),
                None if paths.is_empty() => found.push(file(by_name[0].clone(), None, false)),
                None => {}
            }
        }
        let some_exist = found.iter().any(|file| file.path.is_file());
        if some_exist && conditional_only {
            // Of several files under cfgs, those that are not there belong to configurations not checked out.
            found.retain(|file| file.path.is_file());
        }
        found.dedup_by(|a, b| a.path == b.path);
        found
    }
}

/// `#[path]` attributes of a module item, with the cfg of each beyond the module's own.
pub(crate) fn path_attributes<'f>(facts: &'f FileFacts, item: &'f ItemFact) -> Vec<(Option<Cfg>, &'f str)> {
    let ItemData::Module { paths, .. } = &item.data else {
        return Vec::new();
    };
    paths
        .iter()
        .map(|(cfg, path)| {
            let own = if *cfg == item.cfg {
                None
            } else {
                cfg.map(|cfg| facts.cfgs[cfg.index()].clone())
            };
            (own, &**path)
        })
        .collect()
}

/// The files that a file's modules name, for reading them ahead. Modules in macro calls are found later.
pub(crate) fn children_of_file(facts: &FileFacts, path: &Path, owns_directory: bool) -> Vec<ModuleFile> {
    let mut found = Vec::new();
    let mut pending = vec![(ScopeIdx::FIRST, Directories::of_file(path, owns_directory))];
    while let Some((scope, directories)) = pending.pop() {
        for &item in &facts.scopes[scope.index()].items {
            let item = &facts.items[item.index()];
            let ItemData::Module { inline, .. } = &item.data else {
                continue;
            };
            let paths = path_attributes(facts, item);
            match inline {
                Some(inner) => {
                    let attribute = paths.first().map(|(_, path)| *path);
                    pending.push((*inner, directories.of_inline(&item.name, attribute)));
                }
                None => found.extend(directories.candidates(&item.name, &paths)),
            }
        }
    }
    found
}

/// The path without `.` and `..`, unless a link makes that another file.
fn tidy(path: PathBuf) -> PathBuf {
    let short = normalised(&path);
    if short.is_file() || !path.is_file() {
        short
    } else {
        path
    }
}

fn normalised(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if result.file_name().is_some() => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}
