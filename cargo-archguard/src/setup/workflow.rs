//! The workflow for GitHub: the judge that no change on somebody's machine can take away.

use archguard_invariants::setup::{Part, State};

use super::section::{Comment, Section};
use super::site::{PROGRAM, Site, install};
use super::wanted::{Piece, Wanted};

const FILE: &str = ".github/workflows/archguard.yml";
/// Configurations of other servers.
const OTHERS: [&str; 6] = [
    ".gitlab-ci.yml",
    ".circleci/config.yml",
    ".woodpecker.yml",
    "azure-pipelines.yml",
    "Jenkinsfile",
    ".travis.yml",
];

/// The workflow, or where the command has to go instead.
pub(super) fn piece(site: &Site, is_asked_for: bool) -> Piece {
    let own = wanted(site);
    if own.path.is_file() {
        return own.piece();
    }
    if let Some(workflow) = workflow_with_us(site) {
        return Piece::told(Part::Ci, Some(&workflow), State::InPlace, "there without setup");
    }
    let other = OTHERS.into_iter().find(|file| site.top().join(file).is_file());
    let Some(file) = other.filter(|_| !is_asked_for && !site.top().join(".github").is_dir()) else {
        return own.piece();
    };
    let text = std::fs::read_to_string(site.top().join(file)).unwrap_or_default();
    if text.lines().any(runs_us) {
        return Piece::told(Part::Ci, Some(file), State::InPlace, "there without setup");
    }
    let why = "let it run `cargo-archguard --ci` and `cargo-archguard verify --ci`: docs/setup.md has a job to copy";
    Piece::told(Part::Ci, Some(file), State::ByHand, why)
}

/// A workflow of somebody's that runs the command already.
fn workflow_with_us(site: &Site) -> Option<String> {
    let folder = std::fs::read_dir(site.top().join(".github/workflows")).ok()?;
    let mut files: Vec<_> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let found = files.into_iter().find(|file| {
        std::fs::read_to_string(file).is_ok_and(|text| {
            let mut lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
            lines.any(runs_us)
        })
    })?;
    Some(site.display(&found))
}

/// The workflow's file.
pub(super) fn wanted(site: &Site) -> Wanted {
    let path = site.top().join(FILE);
    let lines: Vec<String> = text(site).lines().map(str::to_owned).collect();
    Wanted {
        part: Part::Ci,
        display: site.display(&path),
        path,
        frame: "",
        section: Section::sealed(Comment::Hash, &lines),
        placing: Box::new(|_, _| Err("it is somebody's own: let it run `cargo-archguard --ci`".to_owned())),
        already: |text| text.lines().any(runs_us),
        executable: false,
    }
}

/// Whether a line runs the command, and does not install it.
fn runs_us(line: &str) -> bool {
    line.contains("cargo archguard") || (line.contains(PROGRAM) && !line.contains("install"))
}

fn text(site: &Site) -> String {
    let (install, manifest) = (install(), site.manifest_option());
    format!(
        "name: archguard
on:
  push:
    branches: [main, master]
  pull_request:
permissions:
  contents: read
jobs:
  archguard:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - run: {install}
      # The program itself: of cargo's subcommands a configuration in the repository can make something else.
      - run: cargo-archguard --ci --format github{manifest}
      - if: github.event_name == 'pull_request'
        run: cargo-archguard --ci --format github{manifest} --base ${{{{ github.event.pull_request.base.sha }}}}
      - run: cargo-archguard verify --ci --format github{manifest}
      - run: cargo-archguard exceptions --check --ci{manifest}
      - run: cargo-archguard baseline --check --ci{manifest}
"
    )
}
