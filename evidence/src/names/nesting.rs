//! How deep a text may lead its parser, before it is parsed. Generous: what it says too much costs only address space.

/// An upper bound on how deep a parser may recurse: open brackets, and the tokens of the statements around a place. A word
/// or an operator may open a level (`return return 1`, `&&x`, `a::b`); most do not, so two count as one.
pub(crate) fn nesting(text: &str) -> usize {
    let bytes = text.as_bytes();
    // What has been counted in the brackets around, outermost first, and in the innermost ones.
    let mut around: Vec<usize> = Vec::new();
    let mut here = 0;
    let mut along = 0;
    let mut deepest = 0;
    let mut in_word = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let class = CLASSES[usize::from(byte)];
        let was_in_word = std::mem::replace(&mut in_word, class == Class::Letter);
        match class {
            Class::Space => {}
            // Most of a text.
            Class::Letter if was_in_word => {}
            Class::MayBeginText if past_text(bytes, at) > at => {
                at = past_text(bytes, at);
                continue;
            }
            Class::Letter | Class::Operator | Class::MayBeginText => {
                here += 1;
                along += 1;
            }
            Class::Open => {
                around.push(here);
                here = 0;
            }
            Class::Close => {
                if let Some(before) = around.pop() {
                    along -= here;
                    here = before;
                }
                if byte == b'}' && starts_anew(&bytes[at + 1..]) {
                    along -= std::mem::take(&mut here);
                }
            }
            Class::Separator => along -= std::mem::take(&mut here),
        }
        deepest = deepest.max(around.len() + 1 + along / 2);
        at += 1;
    }
    deepest
}

/// What a byte means for how deep a text nests.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Open,
    Close,
    /// Ends a statement or an element.
    Separator,
    /// Begins a comment, a string or a character, or is an operator.
    MayBeginText,
    Operator,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Space; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = class_of(byte as u8);
        byte += 1;
    }
    classes
};

const fn class_of(byte: u8) -> Class {
    match byte {
        b'(' | b'[' | b'{' => Class::Open,
        b')' | b']' | b'}' => Class::Close,
        b';' | b',' => Class::Separator,
        b'/' | b'"' | b'\'' => Class::MayBeginText,
        b'_' => Class::Letter,
        _ if byte.is_ascii_alphanumeric() || !byte.is_ascii() => Class::Letter,
        _ if byte.is_ascii_punctuation() => Class::Operator,
        _ => Class::Space,
    }
}

/// Whether what follows a block is no part of the same statement: neither `else` nor an operator.
fn starts_anew(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let is_word = rest
        .first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    rest.first().is_none_or(|byte| matches!(byte, b'#' | b'}' | b'/'))
        || is_word && !rest.starts_with(b"else") && !rest.starts_with(b"as ")
}

/// Past the comment, string or character that begins here; the same place if none does.
fn past_text(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let length = match rest {
        [b'/', b'/', ..] => rest.iter().position(|&byte| byte == b'\n'),
        [b'/', b'*', ..] => past_comment(rest),
        [b'"', ..] => {
            let hashes = bytes[..at].iter().rev().take_while(|&&byte| byte == b'#').count();
            let is_raw = at > hashes && bytes[at - hashes - 1] == b'r';
            if is_raw {
                past_raw(rest, hashes)
            } else {
                past_string(rest)
            }
        }
        [b'\'', b'\\', ..] => rest.iter().skip(3).position(|&byte| byte == b'\'').map(|end| end + 4),
        [b'\'', _, b'\'', ..] => Some(3),
        _ => return at,
    };
    length.map_or(bytes.len(), |length| at + length)
}

/// Past a block comment, those inside it included; none where it does not end.
pub(super) fn past_comment(rest: &[u8]) -> Option<usize> {
    let mut open = 0_usize;
    let mut at = 0;
    while at + 1 < rest.len() {
        match &rest[at..at + 2] {
            b"/*" => open += 1,
            b"*/" => open -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if open == 0 {
            return Some(at);
        }
    }
    None
}

/// Past a string; none where it does not end.
pub(super) fn past_string(rest: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (at, &byte) in rest.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn past_raw(rest: &[u8], hashes: usize) -> Option<usize> {
    let closes = |at: usize| rest[at + 1..].iter().take_while(|&&byte| byte == b'#').count() >= hashes;
    let end = (1..rest.len()).find(|&at| rest[at] == b'"' && closes(at))?;
    Some(end + 1 + hashes)
}

#[cfg(test)]
mod tests {
    use super::nesting;

    #[test]
    fn what_may_open_a_level_counts() {
        for (text, least) in [
            ("((((1))))".to_owned(), 4),
            ("return ".repeat(1000), 500),
            ("if a {} else ".repeat(1000), 1000),
            (format!("{}u8{}", "Vec<".repeat(1000), ">".repeat(1000)), 1000),
            (format!("use a{};", "::b".repeat(1000)), 1000),
            (format!("let a = {}true;", "!".repeat(1000)), 500),
        ] {
            assert!(nesting(&text) >= least, "{text:.20}: {}", nesting(&text));
        }
    }

    #[test]
    fn what_stands_side_by_side_does_not() {
        for text in [
            "fn f(a: &str) -> &str { a.b().c() }\n".repeat(1000),
            "a.b();\n".repeat(1000),
            format!("[{}]", "-1, ".repeat(1000)),
            format!("let a = \"{}\";", "( 1 \\\" ".repeat(1000)),
            format!("let a = r#\"{}\"#;", "( 1 \" ".repeat(1000)),
            format!(
                "// {}\n/* {} */ fn f() {{ '(' }}",
                "( 1 ".repeat(1000),
                "( /* 1 */ ".repeat(1000)
            ),
        ] {
            assert!(nesting(&text) < 40, "{text:.20}: {}", nesting(&text));
        }
    }
}
