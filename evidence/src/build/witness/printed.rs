//! How the compiler prints paths and types, taken apart. No definitions here.

/// A segment of a definition's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Segment<'a> {
    Name(&'a str),
    Impl,
}

/// A definition's path without what has no place in ours: constructors stand for their type, foreign blocks for what is
/// around them, and what lies in closures, constants in types and the like for the item whose code that is.
pub(super) fn segments(path: &str) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    for segment in path.split("::").filter(|segment| !segment.is_empty()) {
        match segment {
            _ if segment.starts_with("{impl#") => found.push(Segment::Impl),
            _ if segment.starts_with("{extern#") || segment.starts_with("{constructor#") => {}
            _ if segment.starts_with('{') || segment.starts_with('\'') => break,
            name => found.push(Segment::Name(name.split('#').next().unwrap_or(name))),
        }
    }
    found
}

/// The path of the type that a printed type is about: without references, and without its arguments. None for types without
/// a path: tuples, closures, trait objects, parameters.
pub(super) fn head(printed: &str) -> Option<&str> {
    let mut rest = printed.trim();
    while let Some(behind) = rest.strip_prefix('&') {
        let behind = match behind.strip_prefix('\'') {
            Some(lifetime) => lifetime.split_once(' ').map_or("", |(_, behind)| behind),
            None => behind,
        };
        let behind = behind.trim_start();
        rest = behind.strip_prefix("mut ").unwrap_or(behind).trim_start();
    }
    let end = rest
        .find(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | ':')))
        .unwrap_or(rest.len());
    let path = rest[..end].trim_end_matches(':');
    let is_parameter = rest[end..].starts_with("/#");
    let is_word = matches!(
        path,
        "dyn" | "impl" | "fn" | "Closure" | "Binder" | "Alias" | "mut" | "const" | "unsafe" | "extern"
    );
    (!path.is_empty() && !is_parameter && !is_word).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_the_item_whose_code_it_is() {
        let read = |path| {
            segments(path)
                .into_iter()
                .map(|segment| match segment {
                    Segment::Name(name) => name.to_owned(),
                    Segment::Impl => "impl".to_owned(),
                })
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(read("pool::{impl#3}::begin"), "pool impl begin");
        assert_eq!(read("a::b::{closure#0}::{closure#1}"), "a b");
        assert_eq!(read("ffi::{extern#0}::sqlite3_open"), "ffi sqlite3_open");
        assert_eq!(read("Row::{constructor#0}"), "Row");
        assert_eq!(read("T::{constant#0}::inner"), "T");
        assert_eq!(read("{use#2}"), "");
        assert_eq!(read("f::'_#2"), "f");
    }

    #[test]
    fn types_are_known_by_their_head() {
        assert_eq!(head("driver::Pool"), Some("driver::Pool"));
        assert_eq!(
            head("&'{erased} mut std::vec::Vec<driver::Pool>"),
            Some("std::vec::Vec")
        );
        assert_eq!(head("&'a Row"), Some("Row"));
        assert_eq!(head("u32"), Some("u32"));
        for without in [
            "Self/#0",
            "dyn [Binder { value: x }]",
            "(u32, u32)",
            "[u8]",
            "Closure(DefId(0:1))",
        ] {
            assert_eq!(head(without), None, "{without}");
        }
    }
}
