//! Manifests that stand in for packages which a dependency names by path and which are not there. With them cargo reads
//! the rest of the workspace; the packages themselves are taken out of its answer again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::manifest::Manifest;

/// What the manifests want of a package that is not there.
#[derive(Default)]
pub(super) struct StandIn {
    name: String,
    version: Option<String>,
    features: BTreeSet<String>,
}

/// The packages that manifests, each with its directory, ask for by path where there is none.
pub(super) fn missing_packages<'m>(
    manifests: impl Iterator<Item = (&'m PathBuf, &'m Manifest)>,
) -> BTreeMap<PathBuf, StandIn> {
    let mut missing: BTreeMap<PathBuf, StandIn> = BTreeMap::new();
    // An inherited dependency's features may stand in a manifest other than its path.
    let mut features: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (directory, manifest) in manifests {
        for (key, declared) in manifest.dependency_tables() {
            let name = text(declared, "package").unwrap_or(key);
            let wanted = declared.get("features").and_then(Value::as_array);
            let wanted = wanted.into_iter().flatten().filter_map(Value::as_str);
            features
                .entry(name.to_owned())
                .or_default()
                .extend(wanted.map(str::to_owned));
            let Some(path) = text(declared, "path") else { continue };
            let there = super::locate::normalised(&directory.join(path));
            if !there.join("Cargo.toml").is_file() {
                let package = missing.entry(there).or_default();
                name.clone_into(&mut package.name);
                package.version = text(declared, "version").map(lowest).or(package.version.take());
            }
        }
    }
    for package in missing.values_mut() {
        package.features = features.remove(&package.name).unwrap_or_default();
    }
    missing
}

fn text<'t>(table: &'t Table, key: &str) -> Option<&'t str> {
    table.get(key)?.as_str()
}

/// A version that a requirement most likely accepts: the first number in it.
fn lowest(requirement: &str) -> String {
    let number: String = requirement
        .chars()
        .skip_while(|letter| !letter.is_ascii_digit())
        .take_while(|letter| letter.is_ascii_digit() || *letter == '.')
        .collect();
    let mut parts: Vec<&str> = number.split('.').filter(|part| !part.is_empty()).collect();
    parts.resize(3, "0");
    parts.join(".")
}

impl StandIn {
    /// Writes the package.
    pub(super) fn write(&self, directory: &Path) -> std::io::Result<()> {
        let value = |text: &str| Value::from(text).to_string();
        let mut manifest = format!(
            "[package]\nname = {}\nversion = {}\n[features]\n",
            value(&self.name),
            value(self.version.as_deref().unwrap_or("0.0.0"))
        );
        for feature in self.features.iter().filter(|feature| *feature != "default") {
            manifest.push_str(&value(feature));
            manifest.push_str(" = []\n");
        }
        std::fs::create_dir_all(directory.join("src"))?;
        std::fs::write(directory.join("src/lib.rs"), "")?;
        std::fs::write(directory.join("Cargo.toml"), manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::lowest;

    #[test]
    fn a_requirement_accepts_its_own_number() {
        for (requirement, version) in [
            ("1", "1.0.0"),
            ("^0.4.2", "0.4.2"),
            (">=2.1, <3", "2.1.0"),
            ("*", "0.0.0"),
        ] {
            assert_eq!(lowest(requirement), version);
        }
    }
}
