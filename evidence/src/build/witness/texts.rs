//! Files that code includes as text, `include_str!("x.rs")`: the compiler lists them beside what it has read as code. Asked only
//! where a file is listed that we have not read, so the code is read again for it and nothing is kept.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use rustc_hash::FxHashSet;

use crate::facts::extract::included;
use crate::facts::model::Included;
use crate::names::places::canonical;

/// The macros that read a file as text or bytes.
const READING: [&str; 2] = ["include_str", "include_bytes"];

/// What files of one package include as text, as far as it stands in their text.
pub(super) fn included_as_text<'p>(
    files: impl Iterator<Item = &'p Path>,
    package: Option<&Path>,
) -> FxHashSet<PathBuf> {
    let mut found = FxHashSet::default();
    for file in files {
        let text = fs::read_to_string(file).unwrap_or_default();
        // What does not parse was a problem before.
        let tokens: TokenStream = text.trim_start_matches('\u{feff}').parse().unwrap_or_default();
        collect(tokens, &mut |named| {
            let path = match included(&named) {
                Included::Literal(path) => file.parent().map(|folder| folder.join(&*path)),
                Included::ManifestDir(path) => package.map(|folder| folder.join(&*path)),
                Included::OutDir(_) | Included::Computed => None,
            };
            found.extend(path.map(|path| canonical(&path)));
        });
    }
    found
}

/// Tells the arguments of every invocation.
fn collect(tokens: TokenStream, tell: &mut impl FnMut(TokenStream)) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let before = at.checked_sub(2).map(|start| &trees[start..at]);
        let is_reading = matches!(
            before,
            Some([TokenTree::Ident(name), TokenTree::Punct(bang)])
                if bang.as_char() == '!' && READING.iter().any(|reading| name == reading)
        );
        if is_reading {
            tell(group.stream());
        } else {
            collect(group.stream(), tell);
        }
    }
}
