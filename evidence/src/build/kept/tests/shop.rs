//! A workspace that is read and kept.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use archguard_invariants::graph::SnapshotOf;
use archguard_invariants::pattern::PathPattern;
use tempfile::TempDir;

use super::super::{Extent, Found, KeptReading, Options};
use crate::workspace::{Request, Workspace, load};
use crate::{Evidence, read, read_cached, read_outline, read_outline_cached};

pub(super) const FILES: [(&str, &str); 9] = [
    (
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    ),
    (
        "Cargo.lock",
        "version = 4\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n",
    ),
    (
        "src/lib.rs",
        "//! A shop.\npub mod db;\npub mod http;\n#[cfg(windows)]\nmod windows;\n",
    ),
    (
        "src/db.rs",
        "pub use self::repo::save;\npub mod repo;\npub struct Pool;\n",
    ),
    ("src/db/repo.rs", "pub fn save() {\n    one();\n}\nfn one() {}\n"),
    ("src/http/mod.rs", "pub mod orders {\n    pub fn list() {}\n}\n"),
    ("src/windows.rs", ""),
    ("src/db/repo/notes.txt", ""),
    ("tests/it.rs", "mod parts;\n"),
];

pub(super) struct Shop {
    extent: Extent,
    pub(super) directory: TempDir,
    pub(super) workspace: Workspace,
    pub(super) options: Options,
}

impl Shop {
    pub(super) fn new() -> Self {
        Self::read_as(Extent::Outline)
    }

    pub(super) fn read_as(extent: Extent) -> Self {
        let directory = TempDir::new().unwrap();
        for (path, text) in FILES.into_iter().chain([("tests/parts/mod.rs", "")]) {
            write(directory.path(), path, text);
        }
        let request = Request {
            manifest_path: None,
            directory: directory.path().to_path_buf(),
            offline: true,
        };
        let mut workspace = load(&request).unwrap();
        workspace.target_directory = directory.path().join("built");
        workspace.build_directory.clone_from(&workspace.target_directory);
        workspace.kept_as = Some("as it is".to_owned());
        let texts = [
            "shop::db::{repo,Pool,save}",
            "shop::*",
            "shop::http::orders::list",
            "shop::gone",
            "other",
        ];
        let patterns = texts.iter().flat_map(|text| PathPattern::parse(text).unwrap());
        let options = Options {
            patterns: patterns.collect(),
            ..Options::default()
        };
        let shop = Self {
            extent,
            directory,
            workspace,
            options,
        };
        shop.age(Duration::from_secs(60));
        shop
    }

    /// Gives everything a time in the past.
    pub(super) fn age(&self, by: Duration) {
        self.set_time(SystemTime::now().checked_sub(by).unwrap());
    }

    pub(super) fn set_time(&self, time: SystemTime) {
        let top = self.directory.path();
        let below = ["src", "tests"].map(|folder| walkdir::WalkDir::new(top.join(folder)));
        for entry in below.into_iter().flatten() {
            fs::File::open(entry.unwrap().path())
                .unwrap()
                .set_modified(time)
                .unwrap();
        }
        fs::File::open(top).unwrap().set_modified(time).unwrap();
    }

    pub(super) fn cached(&self) -> Evidence {
        match self.extent {
            Extent::Outline => read_outline_cached(&self.workspace, &self.options),
            Extent::Whole => read_cached(&self.workspace, &self.options),
        }
    }

    /// With nothing kept, neither of files nor of macros.
    pub(super) fn anew(&self) -> Evidence {
        let mut workspace = self.workspace.clone();
        workspace.kept_as = None;
        match self.extent {
            Extent::Outline => read_outline(&workspace, &self.options),
            Extent::Whole => read(&workspace, &self.options),
        }
    }

    pub(super) fn place(&self) -> Option<KeptReading> {
        KeptReading::of(&self.workspace, &self.options, self.extent, None)
    }

    pub(super) fn is_kept(&self) -> bool {
        let found = self.place().unwrap().read(&self.workspace, &self.options);
        matches!(found, Some(Found::Whole(_)))
    }

    /// Both ways of reading; of an outline without lines.
    pub(super) fn agree(&self, what: &str) {
        let shown = |evidence: &Evidence| {
            assert_eq!(evidence.graph.is_outline(), self.extent == Extent::Outline);
            assert_eq!(evidence.graph.verify(), Ok(()), "{what}");
            let snapshot = SnapshotOf::new(&evidence.graph, &self.options.patterns);
            let mut value = serde_json::to_value(&snapshot).unwrap();
            if self.extent == Extent::Outline {
                for file in value["files"].as_array_mut().unwrap() {
                    file["lines"].take();
                }
                for item in value["items"].as_array_mut().unwrap() {
                    item["place"].take();
                }
            }
            format!("{value:#}\n{:?}{:?}", evidence.problems, evidence.idle_exclusions)
        };
        assert_eq!(shown(&self.cached()), shown(&self.anew()), "{what}");
    }
}

pub(super) fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
