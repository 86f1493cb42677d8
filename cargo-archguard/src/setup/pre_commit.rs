//! The entry for the pre-commit framework.

use archguard_invariants::setup::Part;

use super::section::{Comment, Section};
use super::site::{PROGRAM, Site};
use super::wanted::Wanted;

/// The framework's file.
pub(super) const FILE: &str = ".pre-commit-config.yaml";

/// The entry in the framework's file.
pub(super) fn wanted(site: &Site) -> Wanted {
    let path = site.top().join(FILE);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    Wanted {
        part: Part::PreCommit,
        display: site.display(&path),
        path,
        frame: "repos:\n",
        section: section(site, &indent(&text).unwrap_or_else(|| "  ".to_owned())),
        placing: Box::new(|text, section| match (list(text), indent(text)) {
            (Some(at), Some(_)) => Ok(section.put_into(text, at)),
            _ => Err("add to `repos` a local hook that runs `cargo archguard check --quiet`".to_owned()),
        }),
        already: |text| text.contains("cargo archguard") || text.contains("cargo-archguard"),
        executable: false,
    }
}

fn section(site: &Site, indent: &str) -> Section {
    let lines = [
        "- repo: local".to_owned(),
        "  hooks:".to_owned(),
        "    - id: archguard".to_owned(),
        "      name: architecture".to_owned(),
        format!("      entry: {PROGRAM} check --quiet{}", site.manifest_option()),
        "      language: system".to_owned(),
        "      pass_filenames: false".to_owned(),
        "      always_run: true".to_owned(),
    ];
    let lines: Vec<String> = lines.iter().map(|line| format!("{indent}{line}")).collect();
    Section::sealed(Comment::Hash, &lines)
}

/// The end of the line that begins the list of repositories.
fn list(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.split('#').next().unwrap_or(line).trim_end() == "repos:" {
            return Some(at);
        }
    }
    None
}

/// What stands before the first entry.
fn indent(text: &str) -> Option<String> {
    let rest = &text[list(text)?..];
    let lines = rest
        .lines()
        .filter(|line| !line.trim_start().starts_with('#') && !line.trim().is_empty());
    let first = lines.into_iter().next()?;
    let bare = first.trim_start_matches(' ');
    bare.starts_with("- ")
        .then(|| first[..first.len() - bare.len()].to_owned())
}
