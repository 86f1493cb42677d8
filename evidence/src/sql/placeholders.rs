//! Places in a text where values are put in: `{}`, `{name}`, `{{name}}`, `%s`. What a database itself binds (`?`, `$1`,
//! `:name`) is part of its language and stays.

use std::ops::Range;

/// One place, and the name in it, if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placeholder<'t> {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// What stands between the braces, without a format behind a colon.
    pub(crate) name: &'t str,
    /// Whether the braces are doubled: no place of `format!`, but of other templates.
    pub(crate) doubled: bool,
}

/// The longest text in braces that is taken for a placeholder.
const LONGEST: usize = 60;

/// The placeholders of a text, in order. Braces around what is no name (`{"a": 1}`) are none.
pub(crate) fn placeholders(text: &str) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['{', '%']).map(|open| at + open) {
        at = match placeholder(text, open) {
            Some(placeholder) => {
                let end = placeholder.range.end;
                found.push(placeholder);
                end
            }
            None => open + 1,
        };
    }
    found
}

fn placeholder(text: &str, open: usize) -> Option<Placeholder<'_>> {
    let rest = &text[open..];
    if rest.starts_with("%s") {
        let range = open..open + 2;
        return Some(Placeholder {
            range,
            name: "",
            doubled: false,
        });
    }
    let (braces, closing) = match rest.as_bytes() {
        [b'{', b'{', ..] => (2, "}}"),
        [b'{', ..] => (1, "}"),
        _ => return None,
    };
    let inside = &rest[braces..];
    let length = inside.find(closing).filter(|&length| length <= LONGEST)?;
    let name = inside[..length].split(':').next().unwrap_or_default().trim();
    let is_name = name
        .chars()
        .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.'));
    is_name.then(|| Placeholder {
        range: open..open + braces + length + braces,
        name,
        doubled: braces == 2,
    })
}

/// The text with every placeholder replaced, each by what is said of its number.
pub(super) fn filled<'w>(text: &str, places: &[Placeholder<'_>], with: impl Fn(usize) -> &'w str) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut at = 0;
    for (number, place) in places.iter().enumerate() {
        filled.push_str(&text[at..place.range.start]);
        filled.push_str(with(number));
        at = place.range.end;
    }
    filled.push_str(&text[at..]);
    filled
}
