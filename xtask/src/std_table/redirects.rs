//! The pages that only lead on: where an item is defined in a private module and shown under a public path, the
//! documentation leaves such a page at the place of the definition. They cover all platforms, unlike the compiled crates.

use super::error::StdTableError;
use super::html::between;
use super::listing::{Kind, resolve};
use std::collections::BTreeMap;
use std::path::Path;

/// A real page is larger than this; a redirection is never.
const LARGEST: u64 = 2_000;

/// One place that leads to a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    pub(crate) path: String,
    pub(crate) kind: Kind,
}

/// All redirections, by the page that they lead to.
#[derive(Default)]
pub(crate) struct Redirects {
    by_page: BTreeMap<String, Vec<Origin>>,
}

impl Redirects {
    /// Reads the redirections of a crate.
    pub(crate) fn read_crate(&mut self, pages: &Path, name: &str) -> Result<(), StdTableError> {
        self.read_folder(&pages.join(name), name)
    }

    /// The places that lead to a page, sorted.
    pub(crate) fn origins(&self, page: &str) -> &[Origin] {
        self.by_page.get(page).map_or(&[], Vec::as_slice)
    }

    /// All places, for the vendor intrinsics.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &Origin)> {
        self.by_page
            .iter()
            .flat_map(|(page, origins)| origins.iter().map(move |origin| (page.as_str(), origin)))
    }

    fn read_folder(&mut self, directory: &Path, folder: &str) -> Result<(), StdTableError> {
        let failed = |source| StdTableError::Read {
            path: directory.to_owned(),
            source,
        };
        let mut entries: Vec<_> = std::fs::read_dir(directory)
            .map_err(failed)?
            .collect::<Result<_, _>>()
            .map_err(failed)?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let metadata = entry.metadata().map_err(failed)?;
            if metadata.is_dir() {
                self.read_folder(&entry.path(), &format!("{folder}/{name}"))?;
            } else if let Some(origin) = origin(folder, &name)
                && metadata.len() <= LARGEST
            {
                self.read_page(&entry.path(), folder, origin)?;
            }
        }
        Ok(())
    }

    fn read_page(&mut self, path: &Path, folder: &str, origin: Origin) -> Result<(), StdTableError> {
        let html = super::error::read(path)?;
        if let Some(href) = between(&html, "content=\"0;URL=", "\"") {
            self.by_page.entry(resolve(folder, href)).or_default().push(origin);
        }
        Ok(())
    }
}

/// The item that a file stands for: `struct.Error.html` in `std/io/error` is `std::io::error::Error`.
fn origin(folder: &str, file: &str) -> Option<Origin> {
    let module = folder.replace('/', "::");
    if file == "index.html" {
        return Some(Origin {
            path: module,
            kind: Kind::Module,
        });
    }
    let (class, name) = file.strip_suffix(".html")?.split_once('.')?;
    // `macro.vec!.html` is an alias of `macro.vec.html` beside it.
    let kind = Kind::from_class(class).filter(|_| !name.ends_with('!'))?;
    Some(Origin {
        path: format!("{module}::{name}"),
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_name_items() {
        let error = Origin {
            path: "std::io::error::Error".to_owned(),
            kind: Kind::Struct,
        };
        assert_eq!(origin("std/io/error", "struct.Error.html"), Some(error));
        assert_eq!(origin("std", "macro.vec!.html"), None);
        assert_eq!(origin("std", "all.html"), None);
    }
}
