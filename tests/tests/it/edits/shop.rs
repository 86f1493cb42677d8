//! The edited workspace: what its files hold, before any of it is written.

use std::collections::BTreeMap;
use std::slice;

use super::code::{Level, Piece, begun, text};
use super::disk::Content;
use super::draws::Draws;
use super::packages::{PACKAGES, Packages};
use super::policy::Policy;
use super::templates::MODULES;

/// What a file of code is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum File {
    /// Code.
    Code(Vec<Piece>),
    /// A link to this path.
    Link(String),
}

/// All files of code, the packages and the policy.
#[derive(Debug, Clone)]
pub(super) struct Shop {
    pub(super) files: BTreeMap<String, File>,
    pub(super) packages: Packages,
    pub(super) policy: Policy,
}

/// A file that no parser takes.
pub(super) const DAMAGE: &str = "fn damaged( {";

impl Shop {
    /// A workspace whose modules are all there, with some random code in each.
    pub(super) fn random(draws: &mut Draws) -> Self {
        let mut shop = Self {
            files: BTreeMap::new(),
            packages: Packages::new(),
            policy: Policy::random(draws),
        };
        for (_, directory) in PACKAGES {
            let mut root = vec![Piece::text("#[macro_use] mod util;")];
            shop.add_code(&format!("{directory}src/util.rs"), draws);
            for name in ["apis", "data"] {
                root.push(Piece::text(format!("pub mod {name};")));
                shop.add_code(&format!("{directory}src/{name}.rs"), draws);
                let below = draws.one(MODULES);
                shop.add_code(&format!("{directory}src/{name}/{below}.rs"), draws);
                let within = shop.code_mut(&format!("{directory}src/{name}.rs"));
                within.push(Piece::text(format!("pub mod {below};")));
            }
            shop.add_code(&format!("{directory}src/lib.rs"), draws);
            shop.code_mut(&format!("{directory}src/lib.rs")).splice(0..0, root);
        }
        for path in ["src/main.rs", "src/tool.rs", "tests/it.rs", "build.rs"] {
            shop.add_code(path, draws);
            shop.code_mut(path).push(Piece::text("fn main() {}"));
        }
        // What builds generate is asked for from the beginning.
        for path in ["src/apis.rs", "crates/store/src/data.rs"] {
            let include = "mod made { include!(concat!(env!(\"OUT_DIR\"), \"/made.rs\")); }";
            shop.code_mut(path).push(Piece::text(include));
        }
        shop.take_away_circles();
        shop.mend();
        shop
    }

    /// Adds a file with some random code; with a little of what others look for.
    pub(super) fn add_code(&mut self, path: &str, draws: &mut Draws) {
        let mut pieces = begun(draws);
        for _ in 0..draws.below(6) {
            pieces.push(Piece::random(Level::Module, draws));
        }
        self.files.insert(path.to_owned(), File::Code(pieces));
    }

    /// The code of a file that has some.
    pub(super) fn code_mut(&mut self, path: &str) -> &mut Vec<Piece> {
        match self.files.get_mut(path) {
            Some(File::Code(pieces)) => pieces,
            other => unreachable!("{path} is no file of code but {other:?}"),
        }
    }

    /// All files of code with their pieces.
    pub(super) fn code(&self) -> impl Iterator<Item = (&String, &Vec<Piece>)> {
        self.files.iter().filter_map(|(path, file)| match file {
            File::Code(pieces) => Some((path, pieces)),
            File::Link(_) => None,
        })
    }

    /// What lies on disk.
    pub(super) fn contents(&self) -> BTreeMap<String, Content> {
        let files = self.files.iter().filter(|(path, _)| self.packages.hold(path));
        let code = files.map(|(path, file)| {
            let content = match file {
                File::Code(pieces) => Content::Text(text(pieces)),
                File::Link(to) => Content::Link(to.clone()),
            };
            (path.clone(), content)
        });
        let other = self.packages.files().into_iter().chain(self.policy.files());
        let other = other.map(|(path, text)| (path, Content::Text(text)));
        code.chain(other).collect()
    }

    /// Every `mod name;` outside braces: the file, its number there, and the files that it may mean.
    pub(super) fn modules(&self) -> Vec<(String, usize, Vec<String>)> {
        let mut found = Vec::new();
        for (path, pieces) in self.code() {
            for (index, piece) in pieces.iter().enumerate() {
                if piece.module().is_some() {
                    found.push((path.clone(), index, files_of_module(path, piece)));
                }
            }
        }
        found
    }

    /// Takes away what would have files include themselves: twice in each, that has no end.
    pub(super) fn take_away_circles(&mut self) {
        let files = self.files.clone();
        let includes = |path: &str, pieces: &[Piece]| {
            let text = text(pieces);
            path.ends_with("part.in") && text.contains("part.in")
                || path.ends_with("made.rs") && text.contains("include!")
        };
        self.files.retain(|path, file| match file {
            File::Code(pieces) => {
                pieces.retain(|piece| !includes(path, slice::from_ref(piece)));
                true
            }
            File::Link(to) => !matches!(files.get(to), Some(File::Code(pieces)) if includes(path, pieces)),
        });
    }

    /// Takes back what keeps the code from being read whole.
    pub(super) fn mend(&mut self) {
        self.packages.is_broken = false;
        self.policy.is_broken = false;
        self.packages.fit_lock();
        let files = self.files.clone();
        self.files.retain(|_, file| match file {
            File::Code(pieces) => {
                pieces.retain(|piece| piece.head != DAMAGE);
                true
            }
            // Below the link the modules of that file would have to lie once more.
            File::Link(to) => files.get(to).is_some_and(|file| match file {
                File::Code(pieces) => pieces.iter().all(|piece| piece.module().is_none()),
                File::Link(_) => false,
            }),
        });
        for (path, index, files) in self.modules().into_iter().rev() {
            let there = files.iter().filter(|file| self.files.contains_key(*file)).count();
            if there == 0 {
                self.code_mut(&path).remove(index);
            } else if there == 2 {
                self.files.remove(&files[1]);
            }
        }
        let folders = self
            .files
            .keys()
            .map(|path| path.rsplit_once('/').map_or("", |(above, _)| above));
        let parts: Vec<String> = folders.map(|folder| joined(folder, "part.in")).collect();
        for part in parts {
            let code = || File::Code(vec![Piece::text("fn load() {}")]);
            self.files.entry(part).or_insert_with(code);
        }
    }
}

/// The files that a `mod name;` may mean.
pub(super) fn files_of_module(path: &str, piece: &Piece) -> Vec<String> {
    let (above, file) = path.rsplit_once('/').map_or(("", path), |(above, file)| (above, file));
    if let Some((_, rest)) = piece.head.split_once("path = \"") {
        let relative = rest.split('"').next().unwrap_or_default();
        return vec![joined(above, relative)];
    }
    let name = piece.module().unwrap_or_default();
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let is_root = ["lib", "main", "mod", "build", "it", "tool"].contains(&stem) || above.ends_with("bin");
    let folder = if is_root { above.to_owned() } else { joined(above, stem) };
    vec![
        joined(&folder, &format!("{name}.rs")),
        joined(&folder, &format!("{name}/mod.rs")),
    ]
}

pub(super) fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}
