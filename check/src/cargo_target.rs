//! What cargo builds, under the names by which cargo speaks of it: for messages in cargo's own form.

use std::path::{Path, PathBuf};

use archguard_evidence::workspace::{Edition, Package, Target, TargetKind};

/// One target of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CargoTarget {
    /// The package, as cargo identifies it: `path+file:///shop#0.1.0`.
    pub package_id: String,
    /// The package's manifest.
    pub manifest: PathBuf,
    /// The target's name.
    pub name: String,
    /// What it is: `lib`, `bin`, `custom-build`.
    pub kind: &'static str,
    /// What it is compiled to: `lib`, `bin`, `proc-macro`.
    pub crate_type: &'static str,
    /// Its root file.
    pub root: PathBuf,
    /// Its edition: `2024`.
    pub edition: &'static str,
    /// Whether `cargo test` builds it as a test.
    pub test: bool,
    /// Whether its documentation is tested.
    pub doctest: bool,
}

impl CargoTarget {
    /// A target of a package by path.
    pub(crate) fn of(package: &Package, target: &Target) -> Self {
        let (kind, crate_type) = match target.kind {
            TargetKind::Lib => ("lib", "lib"),
            TargetKind::ProcMacro => ("proc-macro", "proc-macro"),
            TargetKind::Bin => ("bin", "bin"),
            TargetKind::Example => ("example", "bin"),
            TargetKind::Test => ("test", "bin"),
            TargetKind::Bench => ("bench", "bin"),
            TargetKind::BuildScript => ("custom-build", "bin"),
        };
        Self {
            package_id: package_id(&package.name, &package.version, &package.directory),
            manifest: package.manifest_path.clone(),
            name: target.name.clone(),
            kind,
            crate_type,
            root: target.root.clone(),
            edition: match target.edition {
                Edition::E2015 => "2015",
                Edition::E2018 => "2018",
                Edition::E2021 => "2021",
                Edition::E2024 => "2024",
            },
            test: target.test,
            doctest: target.doctest,
        }
    }
}

/// The name of a package by path, as cargo writes it: a package's name is left out where its directory says it.
fn package_id(name: &str, version: &str, directory: &Path) -> String {
    let path = directory.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let start = if path.starts_with('/') { "" } else { "/" };
    let is_said = directory.file_name().is_some_and(|last| last == name);
    let named = if is_said {
        version.to_owned()
    } else {
        format!("{name}@{version}")
    };
    format!("path+file://{start}{}#{named}", encoded(&path))
}

/// A path inside a URL: what means something there, or is no ASCII, is written as bytes.
fn encoded(path: &str) -> String {
    percent_encoded(path, |byte| byte.is_ascii_graphic() && !b"\"#%<>?^`{}".contains(&byte))
}

/// A text with each byte that is not plain as its number, as in URLs.
pub fn percent_encoded(text: &str, is_plain: impl Fn(u8) -> bool) -> String {
    let part = |byte: u8| {
        if is_plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_named_as_cargo_names_it() {
        let id = |directory: &str| package_id("shop", "0.1.0", Path::new(directory));
        assert_eq!(id("/code/shop"), "path+file:///code/shop#0.1.0");
        assert_eq!(id("/code/a b/ä"), "path+file:///code/a%20b/%C3%A4#shop@0.1.0");
    }
}
