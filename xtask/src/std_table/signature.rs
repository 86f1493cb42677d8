//! What a signature's text says: return types, receivers, alias targets, implemented traits.
//! Works on the text that `html::signature_text` gives, where types stand with their full paths.

/// The return type of a function, if it has one.
pub(crate) fn returns(text: &str) -> Option<String> {
    let after = after_parameters(text)?;
    let result = after.trim_start().strip_prefix("->")?;
    non_empty(cut(result, &[" where ", " {", ";"]))
}

/// Whether a function takes a receiver.
pub(crate) fn takes_self(text: &str) -> bool {
    let Some(parameters) = parameters(text) else {
        return false;
    };
    let mut first = parameters.trim_start_matches('&').trim_start();
    if first.starts_with('\'') {
        first = first.split_once(' ').map_or("", |(_, rest)| rest);
    }
    let first = first.trim_start_matches("mut ");
    first
        .strip_prefix("self")
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// The type of a constant, static, field or associated constant: what stands after the name's colon.
pub(crate) fn value_type(text: &str) -> Option<String> {
    let (_, after) = text.split_once(": ")?;
    non_empty(cut(after, &[" = ", ";"]))
}

/// An alias's parameters and target, as in `<T> = std::result::Result<T, std::io::Error>`.
pub(crate) fn alias_target(text: &str) -> Option<String> {
    let after = &text[text.find("type ")? + "type ".len()..];
    let name_end = after.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    let target = cut(&after[name_end..], &[";"]);
    target.contains('=').then(|| target.trim().to_owned())
}

/// The value of an associated type, where the text gives one.
pub(crate) fn associated_value(text: &str) -> Option<String> {
    let (_, value) = text.split_once(" = ")?;
    non_empty(cut(value, &[" where ", ";"]))
}

/// The trait's path (without arguments) and the implementing type of an `impl` header. `None` for inherent and
/// negative implementations.
pub(crate) fn implementation(text: &str) -> Option<(String, String)> {
    let rest = after_generics(text.trim_start_matches("unsafe ").strip_prefix("impl")?).trim_start();
    let rest = rest.trim_start_matches("const ");
    let path_end = rest.find(|c: char| !is_path_character(c)).unwrap_or(rest.len());
    let (path, rest) = rest.split_at(path_end);
    let target = after_generics(rest).trim_start().strip_prefix("for ")?;
    let target = cut(target, &[" where "]).trim();
    (!path.is_empty()).then(|| (path.to_owned(), target.to_owned()))
}

/// The traits (without arguments) that a trait's declaration requires of its implementors.
pub(crate) fn supertraits(text: &str) -> Vec<String> {
    let Some(start) = text.find("trait ") else {
        return Vec::new();
    };
    let after = &text[start + "trait ".len()..];
    let name_end = after
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(after.len());
    let Some(bounds) = after_generics(&after[name_end..]).trim_start().strip_prefix(':') else {
        return Vec::new();
    };
    let bounds = cut(bounds, &[" where ", " {", ";"]);
    split_top_level(bounds, '+')
        .into_iter()
        .map(|bound| bound.trim().trim_start_matches("const ").trim_start_matches("[const] "))
        .map(|bound| bound[..bound.find(|c: char| !is_path_character(c)).unwrap_or(bound.len())].to_owned())
        .filter(|path| path.contains("::"))
        .collect()
}

fn is_path_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == ':'
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(',');
    (!text.is_empty()).then(|| text.to_owned())
}

fn cut<'a>(text: &'a str, ends: &[&str]) -> &'a str {
    // A `;` inside brackets is part of an array type.
    let inside = |index: usize| {
        let before = &text[..index];
        before.matches('[').count() > before.matches(']').count()
    };
    let first = |end: &&str| {
        text.match_indices(*end)
            .map(|(index, _)| index)
            .find(|&index| !inside(index))
    };
    &text[..ends.iter().filter_map(first).min().unwrap_or(text.len())]
}

fn parameters(text: &str) -> Option<&str> {
    let after_name = after_name(text)?;
    let open = after_generics(after_name);
    let length = balanced(open)?;
    open.starts_with('(').then(|| open[1..length - 1].trim())
}

fn after_parameters(text: &str) -> Option<&str> {
    let open = after_generics(after_name(text)?);
    open.starts_with('(')
        .then(|| &open[balanced(open).unwrap_or(open.len())..])
}

fn after_name(text: &str) -> Option<&str> {
    let after = if let Some(rest) = text.strip_prefix("fn ") {
        rest
    } else {
        text.split_once(" fn ")?.1
    };
    Some(&after[after.find(|c: char| !c.is_alphanumeric() && c != '_')?..])
}

fn after_generics(text: &str) -> &str {
    if text.starts_with('<') {
        balanced(text).map_or("", |length| &text[length..])
    } else {
        text
    }
}

/// The length of the bracketed stretch at the start of the text, brackets included.
fn balanced(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (index, character) in text.char_indices() {
        match character {
            '<' | '(' | '[' | '{' => depth += 1,
            // The arrow of a function type closes nothing.
            '>' if before == '-' => {}
            '>' | ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(index + character.len_utf8());
        }
        before = character;
    }
    None
}

fn split_top_level(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut depth, mut start, mut before) = (Vec::new(), 0_i32, 0, ' ');
    for (index, character) in text.char_indices() {
        match character {
            '<' | '(' | '[' => depth += 1,
            '>' if before != '-' => depth -= 1,
            ')' | ']' => depth -= 1,
            _ if character == separator && depth == 0 => {
                parts.push(&text[start..index]);
                start = index + character.len_utf8();
            }
            _ => {}
        }
        before = character;
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn return_types() {
        let open = "pub fn open<P: std::convert::AsRef<std::path::Path>>(path: P) -> std::io::Result<std::fs::File>";
        assert_eq!(returns(open).as_deref(), Some("std::io::Result<std::fs::File>"));
        assert_eq!(
            returns("pub const fn f<F: Fn(u8) -> u8>(f: F) -> [u8; 4] where F: Copy,").as_deref(),
            Some("[u8; 4]")
        );
        assert_eq!(returns("pub fn set_len(&mut self, size: usize)"), None);
    }

    #[test]
    fn receivers() {
        for method in [
            "fn a(self)",
            "fn a(&self, b: u8)",
            "fn a<T>(&'a mut self)",
            "pub fn a(mut self: X)",
        ] {
            assert!(takes_self(method), "{method}");
        }
        for function in [
            "fn a()",
            "fn a(selfish: u8)",
            "fn a(this: &Self)",
            "fn a<F: Fn(&self)>(b: F)",
        ] {
            assert!(!takes_self(function), "{function}");
        }
    }

    #[test]
    fn aliases_and_values() {
        let result = "pub type Result<T> = std::result::Result<T, std::io::Error>;";
        assert_eq!(
            alias_target(result).as_deref(),
            Some("<T> = std::result::Result<T, std::io::Error>")
        );
        assert_eq!(
            value_type("pub const PI: f64 = 3.14_f64; // 3.14").as_deref(),
            Some("f64")
        );
        assert_eq!(associated_value("type Target = [T]").as_deref(), Some("[T]"));
    }

    #[test]
    fn implementations_name_the_trait_past_the_bounds() {
        let text = "impl<T: a::Clone, F: Fn() -> T> b::From<&T> for c::Vec<T> where T: d::Copy";
        assert_eq!(
            implementation(text),
            Some(("b::From".to_owned(), "c::Vec<T>".to_owned()))
        );
        assert_eq!(implementation("impl<T> c::Vec<T>"), None);
        assert_eq!(implementation("impl !a::Send for c::Rc"), None);
    }

    #[test]
    fn required_traits() {
        let text = "pub trait Error: std::fmt::Debug + std::ops::Fn<(u8,)> + ?Sized + 'static { fn a(); }";
        assert_eq!(supertraits(text), ["std::fmt::Debug", "std::ops::Fn"]);
    }
}
