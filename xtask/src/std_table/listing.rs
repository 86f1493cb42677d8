//! The module pages of the documentation: which public paths a crate has, its written re-exports and its globs.
//! Says nothing about what the items are.

use super::error::{StdTableError, read};
use super::html::{attribute, between};
use std::path::Path;

/// What a path names. The order is the order of lines that share a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Module,
    Struct,
    Enum,
    Union,
    Trait,
    Alias,
    Primitive,
    Function,
    Constant,
    Static,
    Macro,
    Attribute,
    Derive,
    Variant,
}

impl Kind {
    /// The kind behind a link's class and a page's file name; `None` for keywords.
    pub(crate) fn from_class(class: &str) -> Option<Kind> {
        Some(match class {
            "mod" => Kind::Module,
            "struct" => Kind::Struct,
            "enum" => Kind::Enum,
            "union" => Kind::Union,
            "trait" | "traitalias" => Kind::Trait,
            "type" => Kind::Alias,
            "primitive" => Kind::Primitive,
            "fn" => Kind::Function,
            "constant" => Kind::Constant,
            "static" => Kind::Static,
            "macro" => Kind::Macro,
            "attr" => Kind::Attribute,
            "derive" => Kind::Derive,
            _ => return None,
        })
    }

    /// The letter that stands for the kind in the table.
    pub(crate) fn letter(self) -> char {
        match self {
            Kind::Module => 'm',
            Kind::Struct => 's',
            Kind::Enum => 'e',
            Kind::Union => 'u',
            Kind::Trait => 't',
            Kind::Alias => 'y',
            Kind::Primitive => 'p',
            Kind::Function => 'f',
            Kind::Constant => 'c',
            Kind::Static => 'x',
            Kind::Macro => 'b',
            Kind::Attribute => 'a',
            Kind::Derive => 'd',
            Kind::Variant => 'v',
        }
    }
}

/// One entry of a module page. Pages are named by their address below the documentation's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) path: String,
    pub(crate) kind: Kind,
    pub(crate) page: String,
    /// The enum variant that a re-export names on that page.
    pub(crate) variant: Option<String>,
}

/// All module pages of the crates.
#[derive(Default)]
pub(crate) struct Listing {
    /// Items with a page of their own at this path.
    pub(crate) items: Vec<Listed>,
    /// Re-exports that the page shows as such.
    pub(crate) reexports: Vec<Listed>,
    /// A module, and the module whose public names it takes over.
    pub(crate) globs: Vec<(String, String)>,
}

/// Stable paths that the documentation hides, with those under which it shows the same.
const HIDDEN: [(&str, &str); 1] = [("std::collections::Bound", "std::ops::Bound")];

impl Listing {
    /// Adds what no page shows.
    pub(crate) fn add_hidden(&mut self) {
        for (hidden, shown) in HIDDEN {
            let shown = self.items.iter().find(|listed| listed.path == shown);
            self.reexports.extend(shown.map(|shown| Listed {
                path: hidden.to_owned(),
                ..shown.clone()
            }));
        }
    }

    /// Reads a crate's module pages.
    pub(crate) fn read_crate(&mut self, pages: &Path, name: &str) -> Result<(), StdTableError> {
        self.push_item(name.to_owned(), Kind::Module, format!("{name}/index.html"));
        self.read_module(pages, name)
    }

    fn push_item(&mut self, path: String, kind: Kind, page: String) {
        self.items.push(Listed {
            path,
            kind,
            page,
            variant: None,
        });
    }

    fn read_module(&mut self, pages: &Path, module: &str) -> Result<(), StdTableError> {
        let folder = module.replace("::", "/");
        let html = read(&pages.join(&folder).join("index.html"))?;
        let mut submodules = Vec::new();
        for entry in html.split("<dt").skip(1) {
            let entry = entry.split_once("</dt>").map_or(entry, |(head, _)| head);
            let (tag, rest) = entry.split_once('>').unwrap_or(("", entry));
            let Some(link) = between(rest, "<a ", ">") else {
                continue;
            };
            let (class, href) = (attribute(link, "class").unwrap_or_default(), attribute(link, "href"));
            let (Some(kind), Some(href)) = (Kind::from_class(class), href) else {
                continue;
            };
            if rest.starts_with("<code>pub use ") {
                self.push_reexport(module, tag, rest, (kind, &resolve(&folder, href)))?;
            } else if let Some((_, path)) = attribute(link, "title").and_then(|title| title.split_once(' ')) {
                if kind == Kind::Module {
                    submodules.push(path.to_owned());
                }
                self.push_item(path.to_owned(), kind, resolve(&folder, href));
            }
        }
        submodules
            .iter()
            .try_for_each(|submodule| self.read_module(pages, submodule))
    }

    fn push_reexport(
        &mut self,
        module: &str,
        tag: &str,
        text: &str,
        target: (Kind, &str),
    ) -> Result<(), StdTableError> {
        let (kind, address) = target;
        let (page, fragment) = address
            .split_once('#')
            .map_or((address, None), |(page, hash)| (page, Some(hash)));
        if let Some(name) = attribute(tag, "id").and_then(|id| id.strip_prefix("reexport.")) {
            let name = name.split('-').next().unwrap_or(name);
            let variant = fragment
                .and_then(|hash| hash.strip_prefix("variant."))
                .map(str::to_owned);
            let kind = if variant.is_some() { Kind::Variant } else { kind };
            self.reexports.push(Listed {
                path: format!("{module}::{name}"),
                kind,
                page: page.to_owned(),
                variant,
            });
        } else if text.contains("</a>::*;") {
            let target = page.trim_end_matches("/index.html").replace('/', "::");
            self.globs.push((module.to_owned(), target));
        } else {
            return Err(StdTableError::Unexpected(format!(
                "re-export without a name in {module}: {text}"
            )));
        }
        Ok(())
    }
}

/// The address that a link leads to from a page in `folder`.
pub(crate) fn resolve(folder: &str, href: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_to_the_folder() {
        assert_eq!(
            resolve("std/prelude/v1", "../../vec/struct.Vec.html"),
            "std/vec/struct.Vec.html"
        );
        assert_eq!(resolve("std", "fs/index.html"), "std/fs/index.html");
    }
}
