//! An alias in cargo's configuration under the command's name: cargo then runs that, and says no more than a warning.

use std::path::Path;

use archguard_invariants::setup::{Part, State};

use super::site::Site;
use super::toml_key::Key;
use super::wanted::{Piece, read};

const KEY: Key = Key {
    table: "alias",
    name: "archguard",
};

/// Wherever cargo would find one that is started in the repository.
pub(super) fn shadowing(site: &Site, part: Part) -> Vec<Piece> {
    let mut folders: Vec<&Path> = site.packages.iter().map(AsRef::as_ref).collect();
    folders.extend(
        site.root
            .ancestors()
            .take_while(|folder| folder.starts_with(site.top())),
    );
    folders.sort_unstable();
    folders.dedup();
    let files = folders.into_iter().flat_map(|folder| {
        let names = [".cargo/config.toml", ".cargo/config"];
        names.map(|name| folder.join(name))
    });
    let told = files.filter_map(|file| {
        let value = KEY.value(&read(&file).ok()??)?;
        let why = format!("`alias.archguard` is {value}: cargo runs that for `cargo archguard`");
        Some(Piece::told(part, Some(&site.display(&file)), State::Shadowed, why))
    });
    told.collect()
}
