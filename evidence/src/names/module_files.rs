//! Which files `mod x;` may mean: the rules of the reference on module source file names, every cfg at once.

use std::path::{Path, PathBuf};

use super::builds::Builds;
use super::world::Directories;
use crate::facts::cfg::Cfg;
use crate::facts::model::{FileFacts, ItemData, ItemFact, ScopeFact, ScopeIdx};

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
        let conditional_only = paths.iter().all(|(cfg, _)| cfg.is_some());
        // Each with whether it is there.
        let mut found: Vec<(ModuleFile, bool)> = Vec::new();
        for ((cfg, _), path) in paths.iter().zip(self.files_by_attribute(paths)) {
            let is_there = conditional_only && path.is_file();
            found.push((file(path, cfg.clone(), true), is_there));
        }
        if conditional_only {
            let [beside, below] = self.files_by_name(name);
            if beside.is_file() {
                found.push((file(beside, None, false), true));
            } else if below.is_file() {
                found.push((file(below, None, false), true));
            } else if paths.is_empty() {
                found.push((file(beside, None, false), false));
            }
        }
        if found.iter().any(|(_, is_there)| *is_there) {
            // Of several files under cfgs, those that are not there belong to configurations not checked out.
            found.retain(|(_, is_there)| *is_there);
        }
        let mut found: Vec<ModuleFile> = found.into_iter().map(|(file, _)| file).collect();
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

/// The files that a file's modules name, for reading them ahead, but for those that builds leave out. Modules in macro calls
/// are found later.
pub(super) fn children_of_file(
    facts: &FileFacts,
    path: &Path,
    owns_directory: bool,
    builds: &Builds,
) -> Vec<ModuleFile> {
    let mut found = Vec::new();
    let leave_out = builds.leave_out(path);
    walk_own_modules(facts, path, owns_directory, |scope, directories| {
        found.extend(declared_in(facts, scope, directories, &leave_out));
    });
    found
}

/// The same with the files that macro calls may make modules of, by the words in their arguments: for those whom a wrong
/// guess costs time and nothing else.
pub(super) fn likely_children_of_file(
    facts: &FileFacts,
    path: &Path,
    owns_directory: bool,
    builds: &Builds,
) -> Vec<ModuleFile> {
    let mut found = Vec::new();
    let leave_out = builds.leave_out(path);
    walk_own_modules(facts, path, owns_directory, |scope, directories| {
        found.extend(declared_in(facts, scope, directories, &leave_out));
        let texts = scope.calls.iter().map(|call| &*call.arguments.text);
        let names = texts.flat_map(names_of_modules);
        found.extend(names.flat_map(|name| directories.candidates(name, &[])));
    });
    found
}

/// Goes through the modules that stand in the file itself.
fn walk_own_modules(
    facts: &FileFacts,
    path: &Path,
    owns_directory: bool,
    mut look: impl FnMut(&ScopeFact, &Directories),
) {
    let mut pending = vec![(ScopeIdx::FIRST, Directories::of_file(path, owns_directory))];
    while let Some((scope, directories)) = pending.pop() {
        let scope = &facts.scopes[scope.index()];
        look(scope, &directories);
        for &item in &scope.items {
            let item = &facts.items[item.index()];
            if let ItemData::Module {
                inline: Some(inner), ..
            } = &item.data
            {
                let paths = path_attributes(facts, item);
                let attribute = paths.first().map(|(_, path)| *path);
                pending.push((*inner, directories.of_inline(&item.name, attribute)));
            }
        }
    }
}

/// The files of the modules that a scope declares outside of macro calls.
fn declared_in(
    facts: &FileFacts,
    scope: &ScopeFact,
    directories: &Directories,
    leave_out: impl Fn(&Cfg) -> bool,
) -> Vec<ModuleFile> {
    let items = scope.items.iter().map(|item| &facts.items[item.index()]);
    let is_left_out = |item: &ItemFact| item.cfg.is_some_and(|cfg| leave_out(&facts.cfgs[cfg.index()]));
    let elsewhere =
        items.filter(|item| matches!(item.data, ItemData::Module { inline: None, .. }) && !is_left_out(item));
    let files = elsewhere.flat_map(|item| directories.candidates(&item.name, &path_attributes(facts, item)));
    files.collect()
}

/// The names of `mod name;` in tokens.
fn names_of_modules(tokens: &str) -> impl Iterator<Item = &str> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    tokens.match_indices("mod ").filter_map(move |(at, word)| {
        let (before, after) = (&tokens[..at], tokens[at + word.len()..].trim_start());
        let end = after.find(|character| !is_part(character))?;
        let (name, rest) = after.split_at(end);
        (!before.ends_with(is_part) && !name.is_empty() && rest.trim_start().starts_with(';')).then_some(name)
    })
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::facts::extract::{Depth, extract};

    #[test]
    fn modules_that_macro_calls_may_make_are_likely_children() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["a.rs", "b.rs", "inner/c.rs", "commodity.rs"] {
            fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            fs::write(path(name), "").unwrap();
        }
        let text = "mod a;\nif_unix! { if #[cfg(unix)] { pub(crate) mod b; pub use b::*; } else { mod gone ; } }\n\
                    mod inner { make! { mod c; } }\nmake! { com mod; mod d { } a_mod commodity; }\n";
        let facts = extract(text, Depth::Declarations).unwrap();
        let names = |files: Vec<ModuleFile>| -> Vec<PathBuf> {
            let mut paths: Vec<PathBuf> = files.into_iter().map(|file| file.path).collect();
            paths.sort();
            paths
        };
        let root = path("lib.rs");
        assert_eq!(
            names(children_of_file(&facts, &root, true, &Builds::default())),
            [path("a.rs")]
        );
        assert_eq!(
            names(likely_children_of_file(&facts, &root, true, &Builds::default())),
            ["a.rs", "b.rs", "gone.rs", "inner/c.rs"].map(path)
        );
    }
}
