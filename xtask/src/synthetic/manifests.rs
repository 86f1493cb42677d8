//! Manifests and the lock file of made workspaces, so that cargo has nothing to decide.

use std::fmt::Write as _;

use super::files::SourceFile;

/// A member with the members that it depends on.
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) dependencies: Vec<String>,
}

/// The workspace's manifest, its lock file, and a manifest for each member in a folder of its name.
pub(crate) fn files(members: &[Member]) -> Vec<SourceFile> {
    let mut files = vec![workspace(members), lock(members)];
    files.extend(members.iter().map(manifest));
    files
}

fn workspace(members: &[Member]) -> SourceFile {
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    SourceFile::new(
        "Cargo.toml",
        format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n"),
    )
}

fn manifest(member: &Member) -> SourceFile {
    let name = &member.name;
    let mut text = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n"
    );
    for dependency in &member.dependencies {
        let _ = writeln!(text, "{dependency} = {{ path = \"../{dependency}\" }}");
    }
    SourceFile::new(format!("{name}/Cargo.toml"), text)
}

fn lock(members: &[Member]) -> SourceFile {
    let mut sorted: Vec<&Member> = members.iter().collect();
    sorted.sort_by(|left, right| left.name.cmp(&right.name));
    let mut text = "version = 4\n".to_owned();
    for member in sorted {
        let _ = write!(text, "\n[[package]]\nname = \"{}\"\nversion = \"0.0.0\"\n", member.name);
        let mut dependencies = member.dependencies.clone();
        dependencies.sort();
        if !dependencies.is_empty() {
            let lines: Vec<String> = dependencies.iter().map(|name| format!(" \"{name}\",\n")).collect();
            let _ = write!(text, "dependencies = [\n{}]\n", lines.concat());
        }
    }
    SourceFile::new("Cargo.lock", text)
}
