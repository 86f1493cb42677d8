//! The files that a verdict speaks of: where they are, and the texts that were read on the way to it. Showing them is for
//! whoever shows the verdict.

use std::path::{Path, PathBuf};

use archguard_invariants::graph::Graph;
use archguard_invariants::policy::PolicyTexts;

use crate::cargo_target::CargoTarget;
use crate::examined_crate::{ExaminedCrate, examined_crates};

/// The files that a verdict speaks of.
#[derive(Debug, Clone, Default)]
pub struct SourceFiles {
    /// The workspace root: printed paths are relative to it.
    pub root: PathBuf,
    /// The files of the graph: the path as printed, and where it is.
    pub paths: Vec<(String, PathBuf)>,
    /// The examined crates.
    pub crates: Vec<ExaminedCrate>,
    /// What cargo builds of the examined packages.
    pub targets: Vec<CargoTarget>,
    /// Texts that were read: the path as printed, and the text.
    pub texts: Vec<(String, String)>,
    /// The texts of the policy, in which its places are known.
    pub policy: Option<PolicyTexts>,
}

impl SourceFiles {
    /// Files below a workspace root.
    pub fn below(root: &Path) -> Self {
        Self {
            root: root.to_path_buf(),
            ..Self::default()
        }
    }

    /// Adds where the files of a graph are.
    pub fn add_files(&mut self, graph: &Graph) {
        let known = graph
            .files()
            .iter()
            .map(|file| (file.display.to_string(), file.absolute.clone()));
        self.paths.extend(known);
        self.crates.extend(examined_crates(graph));
    }

    /// The target whose items' paths begin so, as an item's path does.
    pub fn target_of(&self, item: &str) -> Option<&CargoTarget> {
        let head = item.split("::").next()?;
        let krate = self.crates.iter().find(|krate| krate.head == head)?;
        self.targets.iter().find(|target| target.root == krate.root)
    }

    /// A target of the package in whose directory a file lies; of no package, the first there is.
    pub fn target_near(&self, file: &Path) -> Option<&CargoTarget> {
        let depth = |target: &CargoTarget| {
            let directory = target.manifest.parent().filter(|directory| file.starts_with(directory));
            directory.map_or(0, |directory| directory.components().count())
        };
        let deepest = self.targets.iter().map(depth).max()?;
        self.targets.iter().find(|target| depth(target) == deepest)
    }

    /// The crates of a root file; several targets may share one.
    pub fn crates_of(&self, root_file: &Path) -> Vec<&ExaminedCrate> {
        let wanted = root_file.canonicalize().ok();
        let of_file = |krate: &&ExaminedCrate| krate.root.canonicalize().ok() == wanted;
        let crates = self.crates.iter().filter(|_| wanted.is_some());
        crates.filter(of_file).collect()
    }

    /// Where the texts are that were read.
    pub fn texts_on_disk(&self) -> Vec<PathBuf> {
        let paths = self.texts.iter().map(|(display, _)| self.root.join(display));
        paths.filter(|path| path.is_file()).collect()
    }

    /// Adds a text that was read before, under its printed name.
    pub fn add_text(&mut self, display: &str, text: &str) {
        self.texts.push((display.to_owned(), text.to_owned()));
    }

    /// Adds the texts of the policy.
    pub fn add_policy(&mut self, texts: &PolicyTexts) {
        for file in texts.files() {
            self.add_text(&file.file, &file.text);
        }
        self.policy = Some(texts.clone());
    }
}
