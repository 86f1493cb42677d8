//! How a path is shown: the same on every machine, wherever that is possible (design, section 8).

use std::path::{Component, Path, PathBuf};

use super::model::{ExternalPackage, ExternalSource, Workspace};

/// A path as output shows it, with `/` between its parts: relative to the workspace's root; with leading `../` if it
/// lies outside, but in the repository; `registry:name-version/..` or `git:name-version/..` in an external package that
/// is not vendored; `out:package/..` in the `OUT_DIR` of a build script; else absolute. What is not UTF-8 is replaced.
pub fn display_path(workspace: &Workspace, path: &Path) -> String {
    if let Some(generated) = in_out_directory(workspace, path) {
        return generated;
    }
    let external = external_of(workspace, path);
    let shown = external.and_then(|package| in_external_package(package, path));
    if let Some(shown) = &shown
        && external.is_some_and(lies_in_cargo_home)
    {
        return shown.clone();
    }
    if let Ok(inside) = path.strip_prefix(&workspace.root) {
        return slashed(inside);
    }
    match &workspace.repository_root {
        Some(repository) if path.starts_with(repository) => upwards(&workspace.root, path),
        _ => shown.unwrap_or_else(|| slashed(path)),
    }
}

/// Cargo's layout is `build/<package>-<hash>/out/..`, or `build/<package>/<hash>/out/..`, in a folder for the profile.
fn in_out_directory(workspace: &Workspace, path: &Path) -> Option<String> {
    let directories = workspace.target_directories();
    let below = directories
        .iter()
        .find_map(|directory| path.strip_prefix(directory).ok())?;
    let parts: Vec<_> = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    let build = parts.iter().position(|part| part == "build")?;
    let (package, rest) = match &parts[build + 1..] {
        [unit, out, rest @ ..] if out == "out" => (unit.rsplit_once('-')?.0, rest),
        [package, _, out, rest @ ..] if out == "out" => (&**package, rest),
        _ => return None,
    };
    let rest: String = rest.iter().flat_map(|part| ["/", part]).collect();
    Some(format!("out:{package}{rest}"))
}

fn external_of<'w>(workspace: &'w Workspace, path: &Path) -> Option<&'w ExternalPackage> {
    let index = path
        .ancestors()
        .find_map(|above| workspace.external_by_directory.get(above))?;
    workspace.dependencies.get(*index)
}

/// Whether cargo unpacked the package itself, unlike vendored sources, which belong to the repository that they lie
/// in. Cargo's home may lie in a repository too: some CI systems cache it there.
pub(crate) fn lies_in_cargo_home(package: &ExternalPackage) -> bool {
    package
        .directory
        .ancestors()
        .any(|above| above.ends_with("registry/src") || above.ends_with("git/checkouts"))
}

fn in_external_package(package: &ExternalPackage, path: &Path) -> Option<String> {
    let inside = slashed(path.strip_prefix(&package.directory).ok()?);
    let source = match package.source {
        ExternalSource::Registry(_) => "registry",
        ExternalSource::Git(_) => "git",
    };
    let separator = if inside.is_empty() { "" } else { "/" };
    Some(format!(
        "{source}:{}-{}{separator}{inside}",
        package.name, package.version
    ))
}

/// The path from a directory to another that is not below it.
fn upwards(from: &Path, to: &Path) -> String {
    let shared = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    let ups = from.components().skip(shared).map(|_| Component::ParentDir);
    slashed(&ups.chain(to.components().skip(shared)).collect::<PathBuf>())
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}
