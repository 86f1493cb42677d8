//! Which module a file holds, or would hold if it were written: from its place among the files of the modules that exist.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use archguard_check::Loaded;
use archguard_invariants::advice::Standpoint;
use archguard_invariants::advice::standpoint::NewCrate;
use archguard_invariants::graph::{CrateId, FileRole, Graph, ItemId, ItemKind};
use archguard_invariants::place::FileId;
use archguard_invariants::policy::BoundPolicy;

/// A file, and who stands in it.
#[derive(Debug)]
pub(crate) struct Located {
    /// The path as printed.
    pub(crate) display: String,
    /// Whether there is such a file.
    pub(crate) on_disk: bool,
    /// Its modules, if code leads to it; one for each crate that it is compiled into comes first.
    pub(crate) modules: Vec<ItemId>,
    /// The module in it; if several crates compile the file, that of the first (a library before all).
    pub(crate) standpoint: Standpoint,
    /// Its modules in the other crates.
    pub(crate) also: Vec<String>,
    /// For a new module: the file that must declare it.
    pub(crate) declare_in: Option<String>,
}

/// What stands around a file.
pub(crate) struct Locator<'a> {
    graph: &'a Graph,
    policy: &'a BoundPolicy<'a>,
    workspace: &'a Loaded,
    files: BTreeMap<PathBuf, FileId>,
    /// The outermost modules of each file.
    by_file: BTreeMap<FileId, Vec<ItemId>>,
    /// The modules whose children's files lie in a directory.
    by_directory: BTreeMap<PathBuf, Vec<ItemId>>,
    /// The other way round.
    directories: BTreeMap<ItemId, PathBuf>,
}

impl<'a> Locator<'a> {
    /// Looks at all files of a graph once.
    pub(crate) fn new(graph: &'a Graph, policy: &'a BoundPolicy<'a>, workspace: &'a Loaded) -> Self {
        let examined = graph.files().iter().zip((0..).map(FileId));
        let paths: BTreeMap<FileId, PathBuf> = examined
            .filter(|(file, _)| file.role == FileRole::Examined)
            .map(|(file, id)| (id, settled(&file.absolute)))
            .collect();
        let files = paths.iter().map(|(&id, path)| (path.clone(), id)).collect();
        let mut locator = Self {
            graph,
            policy,
            workspace,
            files,
            by_file: BTreeMap::new(),
            by_directory: BTreeMap::new(),
            directories: BTreeMap::new(),
        };
        locator.note_modules(&paths);
        locator
    }

    fn note_modules(&mut self, paths: &BTreeMap<FileId, PathBuf>) {
        let graph = self.graph;
        let mut modules: Vec<ItemId> = graph
            .items()
            .filter(|&(id, item)| item.kind == ItemKind::Module && graph.is_examined(id))
            .map(|(id, _)| id)
            .collect();
        modules.sort_by_key(|&id| {
            let item = graph.item(id);
            (graph.krate(item.krate).target, &item.path)
        });
        for module in modules {
            let file = graph.module_file(module);
            let Some((file, path)) = file.and_then(|file| Some((file, paths.get(&file)?))) else {
                continue;
            };
            let item = graph.item(module);
            let name = item.path.rsplit("::").next().unwrap_or_default();
            let outer = item.parent.and_then(|outer| graph.module_file(outer));
            let directory = if outer == Some(file) {
                // An inline module's files lie in a directory of its name.
                let outer = item.parent.and_then(|outer| self.directories.get(&outer));
                outer.map(|outer| outer.join(name))
            } else {
                self.by_file.entry(file).or_default().push(module);
                let is_root = item.parent.is_none() || path.file_name().is_some_and(|name| name == "mod.rs");
                if is_root {
                    path.parent().map(Path::to_path_buf)
                } else {
                    Some(path.with_extension(""))
                }
            };
            if let Some(directory) = directory {
                self.by_directory.entry(directory.clone()).or_default().push(module);
                self.directories.insert(module, directory);
            }
        }
    }

    /// The file that an argument names: relative to the current directory, else to the workspace root.
    pub(crate) fn locate(&self, argument: &str, current: &Path) -> Result<Located, String> {
        let here = settled(&current.join(argument));
        let at_root = settled(&self.workspace.root().join(argument));
        let path = if !here.exists() && (at_root.exists() || self.package_of(&here).is_none()) {
            at_root
        } else {
            here
        };
        if let Some(&file) = self.files.get(&path) {
            return Ok(self.existing(file));
        }
        if path.is_dir() {
            let modules = self.by_directory.get(&path);
            let file = modules.and_then(|modules| self.graph.module_file(*modules.first()?));
            return file
                .map(|file| self.existing(file))
                .ok_or_else(|| format!("`{argument}` is a directory that belongs to no module"));
        }
        self.new_file(argument, &path)
    }

    fn existing(&self, file: FileId) -> Located {
        let graph = self.graph;
        let outermost = self.by_file.get(&file).cloned().unwrap_or_default();
        let inside = graph.items().filter(|&(id, item)| {
            item.kind == ItemKind::Module && graph.module_file(id) == Some(file) && !outermost.contains(&id)
        });
        let mut modules: Vec<ItemId> = outermost.iter().copied().chain(inside.map(|(id, _)| id)).collect();
        if modules.is_empty() {
            // A fragment that an `include!` takes in.
            let items = graph
                .items()
                .filter(|(_, item)| item.place.is_some_and(|place| place.file == file));
            modules.extend(items.map(|(_, item)| item.module));
            modules.dedup();
        }
        let first = modules.first().copied().unwrap_or(graph.crates()[0].root);
        let others = outermost.iter().skip(1);
        Located {
            display: graph.file(file).display.to_string(),
            on_disk: true,
            standpoint: Standpoint::of(graph, self.policy, first),
            also: others.map(|&id| graph.item(id).path.to_string()).collect(),
            modules,
            declare_in: None,
        }
    }

    fn new_file(&self, argument: &str, path: &Path) -> Result<Located, String> {
        if path.extension().is_none_or(|extension| extension != "rs") {
            return Err(format!("`{argument}` is no Rust file"));
        }
        let Some((package, directory)) = self.package_of(path) else {
            return Err(format!("`{argument}` lies in no package of the workspace"));
        };
        let inside = path.strip_prefix(&directory).unwrap_or(path);
        let (standpoint, around) = match new_root(inside, &package) {
            Some((crate_path, dev)) => (self.new_crate(argument, &package, crate_path, dev)?, None),
            None => self.new_module(argument, path, &directory)?,
        };
        let declare_in = around
            .and_then(|around| self.graph.module_file(around))
            .map(|file| self.graph.file(file).display.to_string());
        Ok(Located {
            display: self.display(path),
            on_disk: path.exists(),
            modules: Vec::new(),
            standpoint,
            also: Vec::new(),
            declare_in,
        })
    }

    fn display(&self, path: &Path) -> String {
        let shown = path.strip_prefix(settled(self.workspace.root())).unwrap_or(path);
        shown.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
    }

    /// The name (as in paths) and the directory of the package around a file.
    fn package_of(&self, path: &Path) -> Option<(String, PathBuf)> {
        self.workspace
            .package_directories()
            .map(|(name, directory)| (name.replace('-', "_"), settled(directory)))
            .filter(|(_, directory)| path.starts_with(directory))
            .max_by_key(|(_, directory)| directory.components().count())
    }

    fn new_crate(&self, argument: &str, package: &str, path: String, dev: bool) -> Result<Standpoint, String> {
        let crates = self.graph.crates().iter().zip(0..);
        let beside = crates
            .filter(|(krate, _)| krate.origin.is_examined() && *krate.package == *package)
            .map(|(_, index)| CrateId(index))
            .next()
            .ok_or_else(|| format!("`{argument}` lies in the package `{package}`, which has no code yet"))?;
        let new = NewCrate { beside, dev };
        Ok(Standpoint::of_new_crate(self.graph, self.policy, path, new))
    }

    /// The module that the file would be, in the nearest directory above it that belongs to a module.
    fn new_module(&self, argument: &str, path: &Path, package: &Path) -> Result<(Standpoint, Option<ItemId>), String> {
        let mut names: Vec<String> = Vec::new();
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        names.extend(stem.filter(|stem| stem != "mod"));
        let directories = path.ancestors().skip(1).take_while(|above| above.starts_with(package));
        for directory in directories {
            if let Some(&around) = self.by_directory.get(directory).and_then(|modules| modules.first()) {
                if let Some(name) = names.iter().find(|name| !is_name(name)) {
                    return Err(format!("`{argument}` can be no module: `{name}` is no name in Rust"));
                }
                names.reverse();
                let path = format!("{}::{}", self.graph.item(around).path, names.join("::"));
                let declaring = (names.len() == 1).then_some(around);
                return Ok((Standpoint::of_new(self.graph, self.policy, around, path), declaring));
            }
            names.extend(directory.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
        Err(format!(
            "`{argument}` lies below no module's directory: no `mod` line could lead there"
        ))
    }
}

/// The crate that a file would be the root of, by cargo's conventions, as its items' paths begin; and whether it is
/// development code.
fn new_root(inside: &Path, package: &str) -> Option<(String, bool)> {
    let parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let named = |kind: &str, file: &str, dev| {
        let name = file.strip_suffix(".rs").unwrap_or(file).replace('-', "_");
        Some((format!("{kind}:{name}"), dev))
    };
    match parts.as_slice() {
        ["build.rs"] => named("build", package, false),
        ["src", "lib.rs"] => Some((package.to_owned(), false)),
        ["src", "main.rs"] => named("bin", package, false),
        ["src", "bin", file] | ["src", "bin", file, "main.rs"] => named("bin", file, false),
        ["tests", file] | ["tests", file, "main.rs"] => named("test", file, true),
        ["benches", file] | ["benches", file, "main.rs"] => named("bench", file, true),
        ["examples", file] | ["examples", file, "main.rs"] => named("example", file, true),
        _ => None,
    }
}

/// Whether a file's or folder's name can be a module's.
fn is_name(name: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    name.chars().all(is_part) && !name.starts_with(|first: char| first.is_numeric())
}

/// Without links and detours as far as the path exists; the rest by its text.
fn settled(path: &Path) -> PathBuf {
    for above in path.ancestors() {
        if let (Ok(found), Ok(rest)) = (above.canonicalize(), path.strip_prefix(above)) {
            let mut settled = found;
            for part in rest.components() {
                match part {
                    Component::ParentDir => {
                        settled.pop();
                    }
                    Component::Normal(name) => settled.push(name),
                    Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
                }
            }
            return settled;
        }
    }
    path.to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_conventions_name_roots() {
        let root = |path: &str| new_root(Path::new(path), "small_shop");
        assert_eq!(root("src/bin/sweep-up.rs"), Some(("bin:sweep_up".to_owned(), false)));
        assert_eq!(root("src/bin/sweep/main.rs"), Some(("bin:sweep".to_owned(), false)));
        assert_eq!(root("tests/api.rs"), Some(("test:api".to_owned(), true)));
        assert_eq!(root("build.rs"), Some(("build:small_shop".to_owned(), false)));
        assert_eq!(root("src/lib.rs"), Some(("small_shop".to_owned(), false)));
        assert_eq!(root("src/http/new.rs"), None);
        assert_eq!(root("tests/api/cases.rs"), None);
    }
}
