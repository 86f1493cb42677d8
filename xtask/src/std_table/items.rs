//! The items of a compiled crate as `-Zls=items` prints them: which are public although the documentation hides them.
//! Re-exports and implementations are not in that list.

use super::listing::Kind;
use std::collections::BTreeSet;

/// A crate's items that are reachable through public modules alone, by kind and full path.
#[derive(Default)]
pub(crate) struct Items {
    pub(crate) public: BTreeSet<(Kind, String)>,
}

impl Items {
    /// Reads the compiler's list for one crate.
    pub(crate) fn parse(crate_name: &str, text: &str) -> Items {
        let mut items = Items::default();
        // One entry per open block: its path (none for what is no module or enum), and whether it is public so far.
        let mut open: Vec<(Option<String>, bool)> = Vec::new();
        for line in text.lines().map(str::trim) {
            if line == "}" {
                open.pop();
                continue;
            }
            let Some(item) = Line::parse(line) else { continue };
            let (path, public) = match open.last() {
                None => (Some(crate_name.to_owned()), true),
                Some((parent, public)) => (
                    parent.as_ref().map(|parent| format!("{parent}::{}", item.name)),
                    *public && item.public,
                ),
            };
            if let (Some(kind), Some(path), true) = (item.kind, &path, public) {
                items.public.insert((kind, path.clone()));
            }
            if !line.ends_with("{}") {
                let holds = matches!(item.kind, Some(Kind::Module | Kind::Enum));
                open.push((path.filter(|_| holds), public));
            }
        }
        items
    }
}

struct Line<'a> {
    public: bool,
    kind: Option<Kind>,
    name: &'a str,
}

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Option<Line<'a>> {
        let (public, rest) = match line.strip_prefix("Public ") {
            Some(rest) => (true, rest),
            None => (false, line.strip_prefix("Restricted(")?.split_once(") ")?.1),
        };
        let name = rest.trim_end_matches(" {}").trim_end_matches(" {").rsplit(' ').next()?;
        Some(Line {
            public,
            kind: kind(rest),
            name,
        })
    }
}

fn kind(text: &str) -> Option<Kind> {
    let word = text.split([' ', '(']).next()?;
    match word {
        "Mod" => Some(Kind::Module),
        "Struct" => Some(Kind::Struct),
        "Enum" => Some(Kind::Enum),
        "Union" => Some(Kind::Union),
        "Variant" => Some(Kind::Variant),
        "Trait" | "TraitAlias" => Some(Kind::Trait),
        "Fn" => Some(Kind::Function),
        "TyAlias" => Some(Kind::Alias),
        "Const" => Some(Kind::Constant),
        "Static" => Some(Kind::Static),
        "Macro" if text.starts_with("Macro(MacroKinds(1))") => Some(Kind::Macro),
        "Macro" if text.starts_with("Macro(MacroKinds(2))") => Some(Kind::Attribute),
        "Macro" if text.starts_with("Macro(MacroKinds(4))") => Some(Kind::Derive),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"=Items=
Public Mod crate {
    Restricted("crate::io") Mod error {
        Public Struct Error {}
        Restricted("crate") Ctor(Struct, Fn) ??? {}
    }
    Public Enum Way {
        Public Variant Left {
            Public Ctor(Variant, Const) ??? {}
        }
    }
    Public Trait Read {
        Public AssocFn read {}
    }
    Public Macro(MacroKinds(4)) Clone {}
}
"#;

    #[test]
    fn paths_kinds_and_visibility() {
        let items = Items::parse("std", TEXT);
        let public: Vec<&str> = items.public.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(public, ["std", "std::Way", "std::Read", "std::Clone", "std::Way::Left"]);
    }
}
