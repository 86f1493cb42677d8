//! How a path is shown: the same on every machine, wherever that is possible (design, section 8).

use std::path::{Component, Path};

use super::model::{ExternalSource, Workspace};

/// A path as output shows it, with `/` between its parts: relative to the workspace's root; with leading `../` if it
/// lies outside, but in the repository; `registry:name-version/..` or `git:name-version/..` in an external package;
/// `out:package/..` in the `OUT_DIR` of a build script; else absolute. What is not UTF-8 is replaced.
pub fn display_path(workspace: &Workspace, path: &Path) -> String {
    if let Some(generated) = in_out_directory(workspace, path) {
        return generated;
    }
    if let Ok(inside) = path.strip_prefix(&workspace.root) {
        return slashed(inside);
    }
    if let Some(external) = in_external_package(workspace, path) {
        return external;
    }
    if let Some(repository) = &workspace.repository_root
        && path.starts_with(repository)
    {
        return upwards(&workspace.root, path);
    }
    slashed(path)
}

/// Cargo's layout is `build/<package>-<hash>/out/..`, or `build/<package>/<hash>/out/..`, in a folder for the profile.
fn in_out_directory(workspace: &Workspace, path: &Path) -> Option<String> {
    let below = path
        .strip_prefix(&workspace.build_directory)
        .or_else(|_| path.strip_prefix(&workspace.target_directory))
        .ok()?;
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

fn in_external_package(workspace: &Workspace, path: &Path) -> Option<String> {
    let index = path
        .ancestors()
        .find_map(|above| workspace.external_by_directory.get(above))?;
    let package = workspace.dependencies.get(*index)?;
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
    slashed(&ups.chain(to.components().skip(shared)).collect::<std::path::PathBuf>())
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}
