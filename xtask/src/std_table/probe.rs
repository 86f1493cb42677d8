//! Asks the compiler what each documented path means: a crate of nothing but imports, and the compiler's own tree of it
//! with every import resolved. Only what this platform has resolves; `redirects` knows the rest.

use super::error::StdTableError;
use super::listing::{Kind, Listing};
use super::toolchain::resolve_imports;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What the names of an import are looked up as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Namespace {
    Type,
    Value,
    Macro,
}

/// Words that a path can only hold as raw identifiers.
const RAW: [&str; 6] = ["as", "async", "await", "box", "try", "yield"];

/// Parts of the library that differ from platform to platform.
const PLATFORM: [&str; 2] = ["::os::", "::arch::"];

/// Of the rest one path in this many may be unknown to the compiler: a toolchain can document a few items of other
/// platforms elsewhere (1.95 has none, 1.97 has `core::intrinsics::gpu::amdgpu_dispatch_ptr`). More means that the
/// compiler's tree was not understood.
const UNKNOWN_SHARE: usize = 100;

/// The definitions of paths, as the compiler names them.
#[derive(Default)]
pub(crate) struct Probed {
    definitions: BTreeMap<(String, Namespace), String>,
}

impl Probed {
    /// Resolves every listed path.
    pub(crate) fn resolve(listing: &Listing) -> Result<Probed, StdTableError> {
        let listed = listing.items.iter().filter(|listed| {
            listed.path.contains("::") && listed.kind != Kind::Primitive && !super::arch::is_vendor_item(listed)
        });
        let paths: BTreeSet<&str> = listed.clone().map(|listed| listed.path.as_str()).collect();
        let paths: Vec<&str> = paths.into_iter().collect();
        let probed = parse(&resolve_imports(&source(&paths))?, &paths);
        let portable = listed.filter(|listed| !PLATFORM.iter().any(|part| format!("{}::", listed.path).contains(part)));
        let (known, unknown): (Vec<_>, Vec<_>) =
            portable.partition(|listed| probed.definition(&listed.path, listed.kind).is_some());
        match unknown.first() {
            Some(first) if unknown.len() * UNKNOWN_SHARE > known.len() => {
                let message = format!(
                    "the compiler does not know {} documented paths, first {}",
                    unknown.len(),
                    first.path
                );
                Err(StdTableError::Unexpected(message))
            }
            _ => Ok(probed),
        }
    }

    /// Where the compiler says that a path is defined.
    pub(crate) fn definition(&self, path: &str, kind: Kind) -> Option<&str> {
        self.definitions
            .get(&(path.to_owned(), namespace(kind)))
            .map(String::as_str)
    }
}

fn namespace(kind: Kind) -> Namespace {
    match kind {
        Kind::Function | Kind::Constant | Kind::Static => Namespace::Value,
        Kind::Macro | Kind::Attribute | Kind::Derive => Namespace::Macro,
        _ => Namespace::Type,
    }
}

fn source(paths: &[&str]) -> String {
    let mut text = "extern crate alloc; extern crate proc_macro; extern crate test;\n".to_owned();
    for (index, path) in paths.iter().enumerate() {
        let raw = |part: &str| {
            if RAW.contains(&part) {
                format!("r#{part}")
            } else {
                part.to_owned()
            }
        };
        let path = path.split("::").map(raw).collect::<Vec<_>>().join("::");
        let _ = writeln!(text, "use {path} as import_{index};");
    }
    text
}

/// Reads the tree: an import shows its resolutions by namespace first, the name that it binds after them.
fn parse(tree: &str, paths: &[&str]) -> Probed {
    let mut probed = Probed::default();
    let mut found: BTreeMap<Namespace, String> = BTreeMap::new();
    let mut namespace = None;
    for line in tree.lines().map(str::trim) {
        match line {
            "res: PerNS {" => found.clear(),
            "type_ns: Some(" => namespace = Some(Namespace::Type),
            "value_ns: Some(" => namespace = Some(Namespace::Value),
            "macro_ns: Some(" => namespace = Some(Namespace::Macro),
            "segments: [" => namespace = None,
            _ => {
                if let (Some(namespace), Some(path)) = (namespace, definition(line)) {
                    found.entry(namespace).or_insert(path);
                } else if let Some(path) = bound(line).and_then(|index| paths.get(index)) {
                    let entries = std::mem::take(&mut found).into_iter();
                    probed
                        .definitions
                        .extend(entries.map(|(namespace, place)| ((String::from(*path), namespace), place)));
                }
            }
        }
    }
    probed
}

/// `core::mem::swap` of `DefId(2:5 ~ core[c1f1]::mem::swap),`.
fn definition(line: &str) -> Option<String> {
    let (_, text) = line.strip_prefix("DefId(")?.split_once(" ~ ")?;
    let (crate_name, rest) = text.split_once('[')?;
    let (_, rest) = rest.split_once(']')?;
    Some(format!("{crate_name}{}", rest.trim_end_matches(',').strip_suffix(')')?))
}

/// The index of the import that a line of the tree names.
fn bound(line: &str) -> Option<usize> {
    line.strip_prefix("import_")?.split('#').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "
        res: PerNS {
            value_ns: None,
            type_ns: Some(
                Def(
                    Mod,
                    DefId(3:7823 ~ alloc[fdfd]::vec),
                ),
            ),
            macro_ns: Some(
                Def(
                    DefId(3:4 ~ alloc[fdfd]::macros::vec),
                ),
            ),
        },
        segments: [
            DefId(1:0 ~ std[e282]),
        ],
        import_0#0,
";

    #[test]
    fn resolutions_by_namespace() {
        let probed = parse(TREE, &["std::vec"]);
        assert_eq!(probed.definition("std::vec", Kind::Module), Some("alloc::vec"));
        assert_eq!(probed.definition("std::vec", Kind::Macro), Some("alloc::macros::vec"));
        assert_eq!(probed.definition("std::vec", Kind::Function), None);
        assert_eq!(definition("DefId(1:0 ~ std[e282])").as_deref(), Some("std"));
    }

    #[test]
    fn keywords_are_written_raw() {
        assert!(source(&["std::try"]).ends_with("use std::r#try as import_0;\n"));
    }
}
