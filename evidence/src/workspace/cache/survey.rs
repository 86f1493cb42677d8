//! Finds everything that cargo's answer about a workspace depends on. Where it cannot be sure of that, it says so, and
//! nothing is kept.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use toml::Table;

use super::witness::{Aspect, Place, Witness};
use crate::workspace::discover::discover;
use crate::workspace::display::lies_in_cargo_home;
use crate::workspace::load::{cargo_home, configuration_files};
use crate::workspace::manifest::Manifest;
use crate::workspace::model::{Note, Resolution, Workspace};
use crate::workspace::stub::{Missing, listed_names, target_files};

/// What cargo will look at, as it looks before cargo is asked.
pub(super) struct Survey {
    witnesses: Vec<Witness>,
    /// The directories of packages that were found.
    packages: BTreeSet<PathBuf>,
    since: SystemTime,
}

impl Survey {
    /// Looks at everything; nothing where the answer would depend on more than is known here.
    pub(super) fn of(manifest: &Path, root: &Path) -> Option<Self> {
        let since = SystemTime::now();
        let lock_file = root.with_file_name("Cargo.lock");
        if !lock_file.is_file() {
            return None;
        }
        let mut places = BTreeSet::from([Place::new(Aspect::Content, lock_file)]);
        let discovered = discover(manifest, root);
        for (directory, manifest) in &discovered.found {
            places.insert(Place::new(Aspect::Content, directory.join("Cargo.toml")));
            add_targets(directory, manifest.as_ref()?, &mut places);
        }
        let absent = discovered.absent.iter();
        places.extend(absent.map(|directory| Place::new(Aspect::Content, directory.join("Cargo.toml"))));
        let members = discovered.found.get(root.parent()?)?.as_ref()?;
        let folders = members.member_folders(root.parent()?)?;
        places.extend(folders.into_iter().map(|folder| Place::new(Aspect::Folders, folder)));
        add_configuration(manifest, &mut places)?;
        add_toolchains(&mut places);
        Some(Self {
            witnesses: places.into_iter().map(Place::witness).collect(),
            packages: discovered.found.into_keys().collect(),
            since,
        })
    }

    /// What has to look the same for an answer to hold; nothing if it may not be about what was looked at.
    pub(super) fn for_answer(self, workspace: &Workspace) -> Option<Vec<Witness>> {
        let whole = workspace.resolution == Resolution::Full;
        let in_place = workspace
            .notes
            .iter()
            .all(|note| matches!(note, Note::OtherToolchain(_)));
        let mut packages = workspace.packages.iter();
        let known = packages.all(|package| self.packages.contains(&package.directory));
        if !(whole && in_place && known && self.witnesses.iter().all(Witness::still_holds)) {
            return None;
        }
        let mut witnesses = self.witnesses;
        for package in &workspace.dependencies {
            let manifest = package.directory.join("Cargo.toml");
            if lies_in_cargo_home(package) {
                witnesses.push(Place::new(Aspect::Presence, manifest).witness());
                continue;
            }
            // Vendored: nobody looked at it before cargo did.
            let changed = manifest.metadata().and_then(|known| known.modified()).ok()?;
            if changed >= self.since {
                return None;
            }
            witnesses.push(Place::new(Aspect::Content, manifest).witness());
            witnesses.push(Place::new(Aspect::Targets, &package.directory).witness());
        }
        Some(witnesses)
    }
}

/// What makes targets of a package: files where cargo looks, and those that its manifest asks for.
fn add_targets(directory: &Path, manifest: &Manifest, places: &mut BTreeSet<Place>) {
    places.insert(Place::new(Aspect::Targets, directory));
    let named = target_files(manifest, directory, Missing::StoodIn);
    // Before the edition of 2018 a target's file may lie in `src` itself.
    let old = listed_names(manifest).map(|name| Path::new("src").join(format!("{name}.rs")));
    let files = named.into_iter().chain(old);
    places.extend(files.map(|file| Place::new(Aspect::Presence, directory.join(file))));
}

/// The files that configure cargo or choose its toolchain, from the manifest upwards; nothing if one of them leads to what
/// is not looked at.
fn add_configuration(manifest: &Path, places: &mut BTreeSet<Place>) -> Option<()> {
    let configuring = [".cargo/config", ".cargo/config.toml"];
    let choosing = ["rust-toolchain", "rust-toolchain.toml"];
    for directory in manifest.ancestors().skip(1) {
        let names = configuring.iter().chain(&choosing);
        places.extend(names.map(|name| Place::new(Aspect::Content, directory.join(name))));
        let mut choices = choosing
            .iter()
            .filter_map(|name| std::fs::read_to_string(directory.join(name)).ok());
        if choices.any(|text| text.contains("path")) {
            return None;
        }
    }
    let home = cargo_home()?;
    let at_home = ["config", "config.toml"].map(|name| home.join(name));
    places.extend(at_home.iter().map(|file| Place::new(Aspect::Content, file)));
    let existing = at_home.into_iter().filter(|file| file.exists());
    for file in configuration_files(manifest).into_iter().chain(existing) {
        let table: Table = std::fs::read_to_string(file).ok()?.parse().ok()?;
        if ["include", "paths"].iter().any(|key| table.contains_key(*key)) {
            return None;
        }
    }
    Some(())
}

/// Which cargo is run: the program, and where rustup chooses it, what rustup knows.
fn add_toolchains(places: &mut BTreeSet<Place>) {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let cargo = variable("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let path = variable("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(std::iter::once(PathBuf::new()));
    let suffix = std::env::consts::EXE_SUFFIX;
    for candidate in folders.map(|folder| folder.join(&cargo)) {
        let mut with_suffix = candidate.clone().into_os_string();
        with_suffix.push(suffix);
        places.insert(Place::new(Aspect::Program, candidate));
        places.insert(Place::new(Aspect::Program, with_suffix));
    }
    let home = std::env::home_dir().map(|home| home.join(".rustup"));
    let Some(home) = variable("RUSTUP_HOME").map(PathBuf::from).or(home) else {
        return;
    };
    places.insert(Place::new(Aspect::Content, home.join("settings.toml")));
    let toolchains = home.join("toolchains");
    for toolchain in std::fs::read_dir(&toolchains).into_iter().flatten().flatten() {
        for program in ["cargo", "rustc"] {
            let program = toolchain.path().join("bin").join(format!("{program}{suffix}"));
            places.insert(Place::new(Aspect::Program, program));
        }
    }
    places.insert(Place::new(Aspect::Folders, toolchains));
}
