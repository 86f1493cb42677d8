//! What a string literal means: from its text in the source to its value. Nothing here knows what the value is for.

use std::fmt;
use std::str::Chars;

/// What stands where a string literal should.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(crate) enum NotAString {
    Bytes,
    CString,
    Character,
    Number,
    Suffix,
}

impl fmt::Display for NotAString {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Bytes => "a byte literal",
            Self::CString => "a C string",
            Self::Character => "a character",
            Self::Number => "a number",
            Self::Suffix => "a string with a suffix",
        })
    }
}

/// The value of the string literal `text`, as it stands in the source: `"a\tb"`, `r#"raw"#`.
///
/// The compiler has lexed `text` before, so an escape that is not one cannot occur; it would be dropped.
pub(crate) fn value(text: &str) -> Result<String, NotAString> {
    let (raw, quoted) = match text.chars().next() {
        Some('"') => (false, text),
        Some('r') => (true, text[1..].trim_start_matches('#')),
        Some('b') => return Err(NotAString::Bytes),
        Some('c') => return Err(NotAString::CString),
        Some('\'') => return Err(NotAString::Character),
        _ => return Err(NotAString::Number),
    };
    let guards = if raw { text.len() - 1 - quoted.len() } else { 0 };
    let closed = quoted.strip_suffix(&"#".repeat(guards));
    let inner = closed
        .and_then(|it| it.strip_prefix('"'))
        .and_then(|it| it.strip_suffix('"'));
    match inner {
        Some(inner) if raw => Ok(inner.to_owned()),
        Some(inner) => Ok(unescape(inner)),
        None => Err(NotAString::Suffix),
    }
}

fn unescape(inner: &str) -> String {
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner.chars();
    while let Some(character) = rest.next() {
        if character == '\\' {
            value.extend(escape(&mut rest));
        } else {
            value.push(character);
        }
    }
    value
}

/// Reads one escape after its backslash; `None` for a line that continues, which means no character.
fn escape(rest: &mut Chars<'_>) -> Option<char> {
    match rest.next()? {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '0' => Some('\0'),
        'x' => hexadecimal(rest.by_ref().take(2)),
        'u' => hexadecimal(
            rest.by_ref()
                .skip(1)
                .take_while(|&digit| digit != '}')
                .filter(|&digit| digit != '_'),
        ),
        '\n' | '\r' => {
            *rest = rest.as_str().trim_start_matches([' ', '\t', '\n', '\r']).chars();
            None
        }
        itself => Some(itself),
    }
}

fn hexadecimal(digits: impl Iterator<Item = char>) -> Option<char> {
    u32::from_str_radix(&digits.collect::<String>(), 16)
        .ok()
        .and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::{NotAString, value};

    #[test]
    fn plain_raw_and_escaped_strings_have_their_value() {
        for (text, expected) in [
            (r#""""#, ""),
            (r#""raw-sql""#, "raw-sql"),
            (r#"r"a\b""#, r"a\b"),
            ("r#\"say \"so\" \"#", r#"say "so" "#),
            (r#""a\n\t\\\"\'\0\x41\u{e4}\u{1_F600}""#, "a\n\t\\\"'\0A\u{e4}\u{1F600}"),
            ("\"one \\\n     line\"", "one line"),
            ("\"ends in \\\\\"", "ends in \\"),
        ] {
            assert_eq!(value(text), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_string_is_named() {
        for (text, expected) in [
            (r#"b"x""#, NotAString::Bytes),
            ("b'x'", NotAString::Bytes),
            (r#"br"x""#, NotAString::Bytes),
            (r#"c"x""#, NotAString::CString),
            ("'x'", NotAString::Character),
            ("12", NotAString::Number),
            ("1.5f64", NotAString::Number),
            (r#""x"suffix"#, NotAString::Suffix),
            (r##"r#"x"#suffix"##, NotAString::Suffix),
        ] {
            assert_eq!(value(text), Err(expected), "{text}");
        }
    }
}
