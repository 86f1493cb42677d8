//! A file that is changed for a measurement, in two ways: inside a function, and by an item more. Each time otherwise, so
//! that nothing was ever read before.

use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned as _;
use syn::visit::Visit;

use super::yardstick::Listed;

/// A file that can be changed.
pub(crate) struct Edit {
    path: PathBuf,
    original: String,
    /// The byte after the opening brace of a function's body.
    body: usize,
}

impl Edit {
    /// Chooses one: as many lines as others have, with a function, in a folder of sources.
    pub(crate) fn choose(files: &[Listed]) -> Option<Self> {
        let is_source = |path: &Path| path.components().any(|part| part.as_os_str() == "src");
        let mut sources: Vec<&Listed> = files.iter().filter(|file| is_source(&file.path)).collect();
        sources.sort_by_key(|file| (file.lines, &file.path));
        let middle = sources.len() / 2;
        let (shorter, longer) = sources.split_at(middle);
        longer.iter().chain(shorter).find_map(|file| Self::of(&file.path))
    }

    fn of(path: &Path) -> Option<Self> {
        let original = fs::read_to_string(path).ok()?;
        let body = first_body(&original)?;
        Some(Self {
            path: path.to_owned(),
            original,
            body,
        })
    }

    /// Writes it as it was: a change after that is the only one.
    pub(crate) fn undo(&self) -> Result<(), String> {
        self.write(&self.original)
    }

    /// Writes it with a statement more.
    pub(crate) fn change_body(&self, number: usize) -> Result<(), String> {
        let (before, after) = self.original.split_at(self.body);
        self.write(&format!("{before} let _ = {number};{after}"))
    }

    /// Writes it with a function more.
    pub(crate) fn add_item(&self, number: usize) -> Result<(), String> {
        let original = &self.original;
        self.write(&format!(
            "{original}\n#[allow(dead_code, missing_docs)]\npub fn measured_{number}() {{}}\n"
        ))
    }

    fn write(&self, text: &str) -> Result<(), String> {
        fs::write(&self.path, text).map_err(|error| format!("{}: {error}", self.path.display()))
    }
}

/// Where the body of the first function with one begins, whatever it stands in.
fn first_body(text: &str) -> Option<usize> {
    struct Search(Option<usize>);
    impl<'ast> Visit<'ast> for Search {
        fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
            self.seen(&function.block);
        }
        fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
            self.seen(&function.block);
        }
    }
    impl Search {
        fn seen(&mut self, block: &syn::Block) {
            let open = block.brace_token.span.open().span().byte_range().end;
            self.0 = self.0.or(Some(open));
        }
    }
    let mut search = Search(None);
    search.visit_file(&syn::parse_file(text).ok()?);
    search.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edit: impl Fn(&Edit) -> Result<(), String>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.rs");
        fs::write(&path, text).unwrap();
        edit(&Edit::of(&path).expect("it has a function")).unwrap();
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn changed_files_still_parse_and_say_something_else() {
        let text = "//! Ä.\nstruct A;\nimpl A {\n    const fn new() -> Self { A }\n}\n";
        let body = edited(text, |edit| edit.change_body(7));
        assert_eq!(
            body,
            "//! Ä.\nstruct A;\nimpl A {\n    const fn new() -> Self { let _ = 7; A }\n}\n"
        );
        let item = edited(text, |edit| edit.add_item(7));
        assert!(item.starts_with(text) && item.contains("pub fn measured_7()"), "{item}");
        assert!(syn::parse_file(&item).is_ok());
        assert_eq!(edited(text, |edit| edit.add_item(7).and_then(|()| edit.undo())), text);
    }

    #[test]
    fn a_file_without_a_function_is_not_chosen() {
        assert_eq!(first_body("struct A;\ntrait T { fn f(); }\n"), None);
        assert_eq!(first_body("fn f("), None);
    }
}
