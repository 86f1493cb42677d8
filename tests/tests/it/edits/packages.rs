//! The packages of the edited workspace: their manifests, and the lock file that fits them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::draws::Draws;

/// Each may depend on those that stand behind it. The last stands for one from elsewhere.
pub(super) const PACKAGES: [(&str, &str); 6] = [
    ("app", ""),
    ("extra", "crates/extra/"),
    ("store", "crates/store/"),
    ("domain", "crates/domain/"),
    ("shared", "crates/shared/"),
    ("driver", "vendor/driver/"),
];
const EXTRA: usize = 1;
const DRIVER: usize = 5;
const EDITIONS: [&str; 4] = ["2021", "2024", "2018", "2015"];

/// Nothing is downloaded: what would be lies here.
const ELSEWHERE: &str = "[source.crates-io]\nreplace-with = \"vendored\"\n[source.vendored]\ndirectory = \"vendor\"\n";

/// How one package depends on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Not,
    Plain,
    Renamed,
    Optional,
    Development,
}

const LINKS: [Link; 5] = [Link::Not, Link::Plain, Link::Renamed, Link::Optional, Link::Development];

/// What manifests may have or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// One of the members, `extra`.
    Member,
    Feature,
    NamedTarget,
}

/// What the manifests say.
#[derive(Debug, Clone)]
pub(super) struct Packages {
    links: BTreeMap<(usize, usize), Link>,
    editions: [usize; PACKAGES.len()],
    there: BTreeSet<Part>,
    pub(super) is_broken: bool,
    lock: String,
}

impl Packages {
    pub(super) fn new() -> Self {
        let mut packages = Self {
            links: BTreeMap::new(),
            editions: [0; PACKAGES.len()],
            there: BTreeSet::from([Part::Member, Part::Feature]),
            is_broken: false,
            lock: String::new(),
        };
        for (from, to) in [(0, 2), (0, 3), (1, 3), (2, 3), (2, 4), (3, 4), (2, 5), (0, 4)] {
            packages.links.insert((from, to), Link::Plain);
        }
        packages.links.insert((0, 5), Link::Renamed);
        packages.fit_lock();
        packages
    }

    /// Changes one thing that a manifest says.
    pub(super) fn change(&mut self, draws: &mut Draws) {
        match draws.below(10) {
            0 => self.editions[draws.below(PACKAGES.len())] = draws.below(EDITIONS.len()),
            1..4 => {
                let part = *draws.one(&[Part::Member, Part::Feature, Part::NamedTarget]);
                if !self.there.remove(&part) {
                    self.there.insert(part);
                }
            }
            _ => {
                let from = draws.below(PACKAGES.len() - 1);
                let to = from + 1 + draws.below(PACKAGES.len() - 1 - from);
                self.links.insert((from, to), *draws.one(&LINKS));
            }
        }
    }

    /// Makes the lock file fit.
    pub(super) fn fit_lock(&mut self) {
        self.lock = self.fitting_lock();
    }

    /// Whether a file lies in the folder of a package that is there.
    pub(super) fn hold(&self, path: &str) -> bool {
        self.has(Part::Member) || !path.starts_with(PACKAGES[EXTRA].1)
    }

    /// Manifests and lock file, by path.
    pub(super) fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::from([
            ("Cargo.lock".to_owned(), self.lock.clone()),
            (".cargo/config.toml".to_owned(), ELSEWHERE.to_owned()),
            (
                "vendor/driver/.cargo-checksum.json".to_owned(),
                "{\"files\":{}}".to_owned(),
            ),
        ]);
        for (index, (_, directory)) in PACKAGES.iter().enumerate() {
            if index != EXTRA || self.has(Part::Member) {
                files.insert(format!("{directory}Cargo.toml"), self.manifest(index));
            }
        }
        files
    }

    fn has(&self, part: Part) -> bool {
        self.there.contains(&part)
    }

    fn links_of(&self, from: usize) -> impl Iterator<Item = (usize, Link)> {
        let links = self.links.iter().filter(move |((of, _), _)| *of == from);
        links
            .map(|(&(_, to), &link)| (to, link))
            .filter(|&(to, link)| link != Link::Not && (to != EXTRA || self.has(Part::Member)))
    }

    fn manifest(&self, index: usize) -> String {
        let (name, directory) = PACKAGES[index];
        let edition = EDITIONS[self.editions[index]];
        let mut text = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"{edition}\"\n");
        if index == 0 {
            text.push_str("[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"vendor\"]\n");
            if self.has(Part::NamedTarget) {
                text.push_str("[[bin]]\nname = \"tool\"\npath = \"src/tool.rs\"\n");
            }
        }
        if self.has(Part::Feature) {
            text.push_str("[features]\nmore = []\n");
        }
        let up = "../".repeat(directory.matches('/').count());
        for (to, link) in self.links_of(index) {
            let (to, below) = PACKAGES[to];
            let source = if to == "driver" {
                "version = \"0.1.0\"".to_owned()
            } else {
                format!("path = \"{up}{below}\"")
            };
            let table = match link {
                Link::Development => "dev-dependencies",
                _ => "dependencies",
            };
            let (key, more) = match link {
                Link::Renamed => ("other", format!(", package = \"{to}\"")),
                Link::Optional => (to, ", optional = true".to_owned()),
                _ => (to, String::new()),
            };
            // Two of them under one name would be refused.
            let key = if key == "other" {
                format!("other_{to}")
            } else {
                key.to_owned()
            };
            let key = if to == "driver" {
                key.replace("other_driver", "other")
            } else {
                key
            };
            writeln!(text, "[{table}.{key}]\n{source}{}", more.replace(", ", "\n")).expect("a string takes everything");
        }
        if self.is_broken && index == 0 {
            text.push_str("[dependencies\n");
        }
        text
    }

    fn fitting_lock(&self) -> String {
        let mut needed: BTreeSet<usize> = (0..DRIVER)
            .filter(|&index| index != EXTRA || self.has(Part::Member))
            .collect();
        if needed
            .iter()
            .any(|&from| self.links_of(from).any(|(to, _)| to == DRIVER))
        {
            needed.insert(DRIVER);
        }
        let mut entries: Vec<(&str, Vec<&str>)> = needed
            .into_iter()
            .map(|index| {
                let mut to: Vec<&str> = self.links_of(index).map(|(to, _)| PACKAGES[to].0).collect();
                to.sort_unstable();
                (PACKAGES[index].0, to)
            })
            .collect();
        entries.sort_unstable();
        let mut text = "# This file is automatically @generated by Cargo.\n# It is not intended for manual editing.\nversion = 4\n".to_owned();
        for (name, dependencies) in entries {
            write!(text, "\n[[package]]\nname = \"{name}\"\nversion = \"0.1.0\"\n").expect("a string takes everything");
            if name == "driver" {
                text.push_str("source = \"registry+https://github.com/rust-lang/crates.io-index\"\n");
            }
            if !dependencies.is_empty() {
                let listed: Vec<String> = dependencies.iter().map(|name| format!(" \"{name}\",\n")).collect();
                write!(text, "dependencies = [\n{}]\n", listed.concat()).expect("a string takes everything");
            }
        }
        text
    }
}
