//! What cannot be avoided, as programs of their own: which files there are, reading them and counting their lines, parsing
//! them. Called by `bench`, in the program that it has built.

use std::fs;
use std::path::{Path, PathBuf};

use archguard_evidence::workspace::{Request, load};
use archguard_evidence::{Options, read};
use archguard_invariants::graph::FileRole;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

const USAGE: &str = "usage: cargo xtask yardstick files <directory> | count <list> | parse <list>";

/// An examined file, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) lines: usize,
    pub(crate) path: PathBuf,
}

impl Listed {
    fn line(&self) -> String {
        format!("{}\t{}", self.lines, self.path.display())
    }

    fn of_line(line: &str) -> Option<Self> {
        let (lines, path) = line.split_once('\t')?;
        Some(Self {
            lines: lines.parse().ok()?,
            path: PathBuf::from(path),
        })
    }

    /// All that `files` printed.
    pub(crate) fn read(text: &str) -> Vec<Self> {
        text.lines().filter_map(Self::of_line).collect()
    }
}

pub(crate) fn run(arguments: &[&str]) -> Result<String, String> {
    match arguments {
        ["files", directory] => files(Path::new(directory)),
        ["count", list] => each(list, |text| text.bytes().filter(|&byte| byte == b'\n').count()),
        ["parse", list] => each(list, parsed),
        _ => Err(USAGE.to_owned()),
    }
}

/// The files that a check examines. What it reads of dependencies besides, it does not say.
fn files(directory: &Path) -> Result<String, String> {
    let request = Request {
        manifest_path: Some(directory.join("Cargo.toml")),
        directory: directory.to_path_buf(),
        offline: true,
    };
    let workspace = load(&request).map_err(|error| crate::chain(&error))?;
    let graph = read(&workspace, &Options::default()).graph;
    let examined = graph.files().iter().filter(|file| file.role == FileRole::Examined);
    let listed = examined.map(|file| Listed {
        lines: file.lines as usize,
        path: file.absolute.clone(),
    });
    Ok(listed.map(|file| file.line()).collect::<Vec<_>>().join("\n"))
}

/// The sum of what is said of each file of a list, on all cores.
fn each(list: &str, of: impl Fn(&str) -> usize + Sync) -> Result<String, String> {
    let listed = Listed::read(&fs::read_to_string(list).map_err(|error| format!("{list}: {error}"))?);
    let sum: usize = listed
        .par_iter()
        .map(|file| fs::read_to_string(&file.path).map_or(0, |text| of(&text)))
        .sum();
    Ok(sum.to_string())
}

/// 1 if the file parses.
fn parsed(text: &str) -> usize {
    let parses = syn::parse_file(text).is_ok();
    // The lexer keeps every text it has seen for its spans, and would slow down with each.
    proc_macro2::extra::invalidate_current_thread_spans();
    usize::from(parses)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_they_are_printed() {
        let files = ["/a b/c.rs", "d.rs"].map(|path| Listed {
            lines: 12,
            path: path.into(),
        });
        let text = files.each_ref().map(Listed::line).join("\n");
        assert_eq!(Listed::read(&text), files);
    }

    #[test]
    fn lines_are_counted_and_files_parsed() {
        let folder = tempfile::tempdir().unwrap();
        let listed = [("a.rs", "fn a() {}\n\n"), ("b.rs", "fn b( {}\n"), ("c.rs", "fn c( {}")].map(|(name, text)| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            format!("1\t{}", path.display())
        });
        let list = folder.path().join("list");
        fs::write(&list, listed.join("\n")).unwrap();
        let list = list.to_str().unwrap();
        assert_eq!(run(&["count", list]), Ok("3".to_owned()));
        assert_eq!(run(&["parse", list]), Ok("1".to_owned()));
    }
}
