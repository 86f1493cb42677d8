//! A crate that is published includes no file from outside its folder: the package would not have it, and nobody could build it.
//! Whether the package builds is for `cargo package`.

use crate::check::{Check, Outcome};
use crate::repository::Repository;

pub(crate) const CHECK: Check = Check {
    name: "published crates hold what they include",
    run,
};

/// Crates that are published.
const CRATES: [&str; 6] = ["invariants", "evidence", "lints", "check", "macros", "cargo-archguard"];
const INCLUDES: [&str; 3] = ["include_str!(", "include_bytes!(", "include!("];
/// How far behind the macro's name the path may stand.
const LINES: usize = 3;

fn run(repository: &Repository) -> Outcome {
    let mut files = 0;
    let mut faults = Vec::new();
    for name in CRATES {
        if let Err(fault) = examine(repository, name, "src", &mut files, &mut faults) {
            faults.push(fault);
        }
    }
    Outcome::of(faults, files, "files")
}

/// Looks at the Rust files of a folder of a crate, and the folders in it.
fn examine(
    repository: &Repository,
    krate: &str,
    folder: &str,
    files: &mut usize,
    faults: &mut Vec<String>,
) -> Result<(), String> {
    for name in repository.names(&format!("{krate}/{folder}"))? {
        let path = format!("{folder}/{name}");
        if name.strip_suffix(".rs").is_some() {
            *files += 1;
            let text = repository.read(&format!("{krate}/{path}"))?;
            let lines = leaving(&path, &text);
            faults.extend(
                lines
                    .iter()
                    .map(|line| format!("{krate}/{path}:{line} includes a file from outside the crate")),
            );
        } else if !name.contains('.') {
            examine(repository, krate, &path, files, faults)?;
        }
    }
    Ok(())
}

/// The lines of a file, by its path in the crate, that include something from above the crate.
fn leaving(path: &str, text: &str) -> Vec<usize> {
    let depth = path.matches('/').count();
    let lines: Vec<&str> = text.lines().collect();
    let includes = |line: &str| INCLUDES.iter().any(|include| line.contains(include));
    let leaves = |line: &&str| {
        // Every second part stands between quotes.
        let mut quoted = line.split('"').skip(1).step_by(2);
        quoted.any(|text| text.starts_with(&"../".repeat(depth + 1)) || text.starts_with('/'))
    };
    (0..lines.len())
        .filter(|&at| includes(lines[at]) && lines[at..].iter().take(LINES).any(leaves))
        .map(|at| at + 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::leaving;

    #[test]
    fn what_leaves_the_crate_is_found() {
        let inside = "fn f() {}\nconst A: &str = include_str!(\"../../packs/sql.toml\");\n";
        let outside = "const A: &str =\n    include_str!(concat!(\n        \"../../../docs/\", \"a.md\"));\n";
        assert_eq!(leaving("src/packs/shipped.rs", inside), [] as [usize; 0]);
        assert_eq!(leaving("src/shipped.rs", inside), [2]);
        let before_a_comment = "const A: &str = include_str!(\"a.txt\");\n\n/// The \"file\".\n";
        assert_eq!(leaving("src/a.rs", before_a_comment), [] as [usize; 0]);
        assert_eq!(leaving("src/print/pages.rs", outside), [2]);
        assert_eq!(
            leaving("src/a.rs", "const A: &[u8] = include_bytes!(\"/etc/hosts\");"),
            [1]
        );
        assert_eq!(
            leaving("src/a.rs", "const A: &str = \"../../not/included\";"),
            [] as [usize; 0]
        );
    }
}
