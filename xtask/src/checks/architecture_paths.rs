//! `ARCHITECTURE.md` stays short and names only paths that exist. What it says about them nobody can check but a reader.

use crate::check::{Check, Outcome};
use crate::repository::Repository;

const PAGE: &str = "ARCHITECTURE.md";
const MOST_LINES: usize = 130;
const EXTENSIONS: [&str; 5] = [".rs", ".md", ".toml", ".yml", ".lock"];

pub(crate) const CHECK: Check = Check {
    name: "paths in ARCHITECTURE.md",
    run,
};

fn run(repository: &Repository) -> Outcome {
    match repository.read(PAGE) {
        Ok(text) => judge(&text, |path| repository.exists(path)),
        Err(fault) => Outcome::Failed(vec![fault]),
    }
}

fn judge(text: &str, exists: impl Fn(&str) -> bool) -> Outcome {
    let mut faults = Vec::new();
    // The table of dependencies is looked up, not read.
    let lines = text.lines().filter(|line| !line.starts_with('|')).count();
    if lines > MOST_LINES {
        faults.push(format!(
            "{PAGE} has {lines} lines outside of tables, more than {MOST_LINES}"
        ));
    }
    let mut examined = 0;
    for (index, line) in text.lines().enumerate() {
        for path in code_spans(line).filter(|span| is_path(span)) {
            examined += 1;
            if !exists(path) {
                faults.push(format!("{PAGE}:{}: there is no `{path}`", index + 1));
            }
        }
    }
    Outcome::of(faults, examined, "paths")
}

/// What stands between backticks. Spans that run over the end of a line are not used in that page.
fn code_spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// A file or folder of the repository, not a command, a Rust path, a pattern or a placeholder.
fn is_path(span: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "_-./".contains(it);
    let looks_like_one = span.contains('/') || EXTENSIONS.iter().any(|extension| span.ends_with(extension));
    looks_like_one && span.chars().all(plain) && !span.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::check::Outcome;

    #[test]
    fn every_path_must_exist() {
        let text = "# Map\n`lints/` judges, `lints/src/gone.rs` does not,\nand neither does `GONE.md`.";
        let faults = vec![
            "ARCHITECTURE.md:2: there is no `lints/src/gone.rs`".to_owned(),
            "ARCHITECTURE.md:3: there is no `GONE.md`".to_owned(),
        ];
        assert_eq!(judge(text, |path| path == "lints/"), Outcome::Failed(faults));
        assert_eq!(judge(text, |_| true), Outcome::Passed("3 paths".to_owned()));
    }

    #[test]
    fn other_code_is_no_path() {
        let text = "`cargo xtask ci`, `std::fs`, `docs/lints/<id>.md`, `src/*.rs`, `/etc`, `lints`, `a -> b/c`";
        assert!(
            matches!(judge(text, |_| false), Outcome::Failed(faults) if faults[0].starts_with("examined no paths"))
        );
    }

    #[test]
    fn a_long_page_is_refused() {
        let (prose, rows) = ("`lints/`\n".repeat(130), "| `a` | b |\n".repeat(50));
        assert!(matches!(judge(&(prose.clone() + &rows), |_| true), Outcome::Passed(_)));
        let longer = format!("{prose}\n{rows}");
        assert!(matches!(judge(&longer, |_| true), Outcome::Failed(faults) if faults[0].contains("131 lines")));
    }
}
