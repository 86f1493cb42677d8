//! Dependencies of examined packages whose sources cannot be had: all of them are named, and a path that leads to no
//! package is a problem, for what lies there is part of the project.

use std::collections::BTreeSet;
use std::path::Path;

use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use crate::names::exclusions::Exclusions;
use crate::workspace::{Dependency, OpaqueReason, Package, PackageRef, Workspace, display_path, place_of_dependency};

/// The crates by the names that code has for them.
pub(super) fn names(workspace: &Workspace) -> BTreeSet<String> {
    let unread = |dependency: &Dependency| match dependency.package {
        PackageRef::Opaque(_) => true,
        PackageRef::External(id) => {
            let library = workspace.external(id).library.as_ref();
            library.is_some_and(|library| !library.root.is_file())
        }
        PackageRef::Examined(_) => false,
    };
    let dependencies = workspace.packages.iter().flat_map(|package| &package.dependencies);
    dependencies
        .filter(|dependency| unread(dependency))
        .map(|dependency| dependency.crate_name.clone())
        .collect()
}

/// The path dependencies that lead nowhere, at the manifests that ask for them.
pub(super) fn problems(workspace: &Workspace, exclusions: &Exclusions) -> Vec<Problem> {
    let mut found = Vec::new();
    let packages = workspace.packages.iter();
    for package in packages.filter(|package| !exclusions.cover(&package.manifest_path)) {
        for dependency in &package.dependencies {
            if let PackageRef::Opaque(id) = dependency.package
                && let OpaqueReason::NoPackage(directory) = &workspace.opaque_crate(id).reason
            {
                found.push(no_package(workspace, package, dependency, directory));
            }
        }
    }
    found
}

fn no_package(workspace: &Workspace, package: &Package, dependency: &Dependency, directory: &Path) -> Problem {
    let manifest = std::fs::read_to_string(&package.manifest_path).unwrap_or_default();
    let message = format!(
        "`{}` depends on `{}` by path, and no package can be read in `{}`",
        package.name,
        dependency.name_in_code,
        display_path(workspace, directory)
    );
    Problem {
        code: ProblemCode::UnexaminedCode,
        message,
        place: ProblemPlace::File {
            file: display_path(workspace, &package.manifest_path).into(),
            start: place_of_dependency(&manifest, &dependency.name_in_code),
        },
        suggestion: None,
    }
}
