//! Text of which only the declarations are wanted: without the bodies of functions and without doc comments, which make up
//! most of a dependency and cost the parser most of its time. Lines stay where they are, columns do not.
//!
//! What a macro is given or defined by, and attributes, are left as they stand: there every token may matter.

use super::nesting::{past_comment, past_string};

/// The text without what declarations do not need; none where that cannot be told for sure.
pub(super) fn skim(text: &str) -> Option<String> {
    let mut skimmer = Skimmer {
        text,
        kept: 0,
        out: String::with_capacity(text.len() / 2),
    };
    let mut at = 0;
    while let Some((lexeme, end)) = lexeme(text.as_bytes(), at)? {
        at = match lexeme {
            Lexeme::Doc => {
                skimmer.leave_out(at, end);
                end
            }
            Lexeme::Word => skimmer.past_word(at, end)?,
            Lexeme::Open(b'[') => skimmer.past_numbers(end),
            Lexeme::Other(b'#') => past_attribute(text.as_bytes(), end)?,
            _ => end,
        };
    }
    skimmer.out.push_str(&text[skimmer.kept..]);
    Some(skimmer.out)
}

/// What of a text decides which declarations there are: two texts that agree in this are read alike, up to lines.
pub(crate) fn declarations_of(text: &str) -> String {
    let skimmed = skim(text);
    let lines = skimmed.as_deref().unwrap_or(text).lines().map(str::trim);
    let mut left = String::with_capacity(text.len() / 2);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with("//")) {
        left.push_str(line);
        left.push('\n');
    }
    left
}

/// What the lexer tells apart here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// White space, or a comment that documents nothing.
    Space,
    Doc,
    Word,
    /// A string, a character, a lifetime.
    Literal,
    Open(u8),
    Close,
    Other(u8),
}

struct Skimmer<'t> {
    text: &'t str,
    /// Up to here the text has been copied or left out.
    kept: usize,
    out: String,
}

impl Skimmer<'_> {
    fn leave_out(&mut self, start: usize, end: usize) {
        self.out.push_str(&self.text[self.kept..start]);
        let lines = self.text.as_bytes()[start..end].iter().filter(|&&byte| byte == b'\n');
        self.out.extend(lines.map(|_| '\n'));
        self.kept = end;
    }

    /// Past the numbers of a table, if these are many: whatever is computed from them, no declaration is.
    fn past_numbers(&mut self, start: usize) -> usize {
        match numbers_end(&self.text.as_bytes()[start..]) {
            Some(length) if length >= LONG_TABLE => {
                self.leave_out(start, start + length);
                start + length
            }
            _ => start,
        }
    }

    /// Past a word and what belongs to it: a function's body, a macro's tokens.
    fn past_word(&mut self, start: usize, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        match &self.text[start..end] {
            "fn" => {
                let Some(body) = body_after(bytes, end)? else {
                    return Some(end);
                };
                let past = group_end(bytes, body)?;
                // Attributes inside belong to the function.
                if bytes.get(past_space(bytes, body + 1)?) == Some(&b'#') {
                    return Some(body + 1);
                }
                self.leave_out(body + 1, past - 1);
                Some(past)
            }
            "macro" => past_macro_item(bytes, end),
            _ => past_invocation(bytes, end),
        }
    }
}

/// As many bytes of numbers are worth leaving out: a dependency's tables of characters go into millions.
const LONG_TABLE: usize = 64;

/// How long numbers in brackets are, without the bracket that ends them; none if there is anything else.
fn numbers_end(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = b' ';
    for (index, &byte) in bytes.iter().enumerate() {
        match byte {
            b'[' | b'(' => depth += 1,
            b']' if depth == 0 => return Some(index),
            b']' | b')' => depth = depth.checked_sub(1)?,
            b',' | b'-' | b' ' | b'\n' | b'\r' | b'\t' | b'0'..=b'9' => {}
            b'.' | b'_' | b'a'..=b'z' | b'A'..=b'Z' if before.is_ascii_alphanumeric() || before == b'_' => {}
            _ => return None,
        }
        before = byte;
    }
    None
}

/// Where the body of a function begins, from behind `fn`; inside, none for a declaration without one and for function
/// pointers.
#[expect(
    clippy::option_option,
    reason = "the outer one is `?`: the text cannot be told apart"
)]
fn body_after(bytes: &[u8], after: usize) -> Option<Option<usize>> {
    let mut at = past_space(bytes, after)?;
    let Some((Lexeme::Word, end)) = lexeme(bytes, at)? else {
        return Some(None);
    };
    at = end;
    let mut angles = 0_i32;
    let mut before = Lexeme::Word;
    while let Some((lexeme, end)) = lexeme(bytes, at)? {
        let next = match lexeme {
            // A block among generic arguments is a constant.
            Lexeme::Open(b'{') if angles <= 0 => return Some(Some(at)),
            Lexeme::Open(_) => group_end(bytes, at)?,
            Lexeme::Close | Lexeme::Other(b';') => return Some(None),
            Lexeme::Other(b'!') if before == Lexeme::Word => past_invocation(bytes, at)?,
            Lexeme::Other(b'<') => {
                angles += 1;
                end
            }
            Lexeme::Other(b'>') if !matches!(bytes[at - 1], b'-' | b'=') => {
                angles -= 1;
                end
            }
            _ => end,
        };
        if !matches!(lexeme, Lexeme::Space | Lexeme::Doc) {
            before = lexeme;
        }
        at = next;
    }
    Some(None)
}

/// From behind a word: past `!`, the name that a definition gives, and the tokens; the same place if none follow.
fn past_invocation(bytes: &[u8], word_end: usize) -> Option<usize> {
    let bang = past_space(bytes, word_end)?;
    if bytes.get(bang) != Some(&b'!') {
        return Some(word_end);
    }
    let mut at = past_space(bytes, bang + 1)?;
    if let Some((Lexeme::Word, end)) = lexeme(bytes, at)? {
        at = past_space(bytes, end)?;
    }
    match lexeme(bytes, at)? {
        Some((Lexeme::Open(_), _)) => group_end(bytes, at),
        _ => Some(bang + 1),
    }
}

/// `macro name(..) { .. }`, from behind the keyword.
fn past_macro_item(bytes: &[u8], after: usize) -> Option<usize> {
    let mut at = past_space(bytes, after)?;
    let Some((Lexeme::Word, end)) = lexeme(bytes, at)? else {
        return Some(after);
    };
    at = past_space(bytes, end)?;
    while let Some((Lexeme::Open(bracket), _)) = lexeme(bytes, at)? {
        let end = group_end(bytes, at)?;
        if bracket == b'{' {
            return Some(end);
        }
        at = past_space(bytes, end)?;
    }
    Some(after)
}

/// From behind `#`: past an attribute; the same place if it is none.
fn past_attribute(bytes: &[u8], after: usize) -> Option<usize> {
    let mut at = past_space(bytes, after)?;
    if bytes.get(at) == Some(&b'!') {
        at = past_space(bytes, at + 1)?;
    }
    if bytes.get(at) == Some(&b'[') {
        group_end(bytes, at)
    } else {
        Some(after)
    }
}

/// Past the bracket that closes the one that opens here.
pub(super) fn group_end(bytes: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = open;
    while let Some((lexeme, end)) = lexeme(bytes, at)? {
        match lexeme {
            Lexeme::Open(_) => depth += 1,
            Lexeme::Close => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at = end;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

pub(super) fn past_space(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some((Lexeme::Space | Lexeme::Doc, end)) = lexeme(bytes, at)? {
        at = end;
    }
    Some(at)
}

/// What begins at a place and where it ends; inside, none at the end of the text; none for what never closes.
#[expect(
    clippy::option_option,
    reason = "the outer one is `?`: the text cannot be told apart"
)]
pub(super) fn lexeme(bytes: &[u8], at: usize) -> Option<Option<(Lexeme, usize)>> {
    let rest = &bytes[at..];
    let Some(&first) = rest.first() else { return Some(None) };
    let (lexeme, length) = match rest {
        [b'/', b'/', ..] => {
            let length = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
            (comment(rest, b'/'), length)
        }
        [b'/', b'*', ..] => (comment(rest, b'*'), past_comment(rest)?),
        [b'"', ..] => (Lexeme::Literal, past_string(rest)?),
        [b'\'', ..] => (Lexeme::Literal, quote(rest)?),
        [b'(' | b'[' | b'{', ..] => (Lexeme::Open(first), 1),
        [b')' | b']' | b'}', ..] => (Lexeme::Close, 1),
        _ if first.is_ascii_whitespace() => {
            let length = rest.iter().position(|byte| !byte.is_ascii_whitespace());
            (Lexeme::Space, length.unwrap_or(rest.len()))
        }
        _ if is_word(first) => word(rest)?,
        _ => (Lexeme::Other(first), 1),
    };
    Some(Some((lexeme, at + length)))
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// `///` and `/**` document what follows, `//!` and `/*!` what is around; `////`, `/***` and `/**/` do not.
fn comment(rest: &[u8], mark: u8) -> Lexeme {
    match (rest.get(2), rest.get(3)) {
        (Some(b'!'), _) => Lexeme::Doc,
        (Some(&third), fourth) if third == mark && fourth != Some(&mark) && (mark == b'/' || fourth != Some(&b'/')) => {
            Lexeme::Doc
        }
        _ => Lexeme::Space,
    }
}

/// A character, or the quote of a lifetime.
fn quote(rest: &[u8]) -> Option<usize> {
    if rest.get(1) == Some(&b'\\') {
        let end = rest.iter().skip(3).position(|&byte| byte == b'\'')?;
        return Some(end + 4);
    }
    let width = 1 + rest.iter().skip(2).take_while(|&&byte| byte & 0xC0 == 0x80).count();
    let closed = rest.get(1 + width) == Some(&b'\'');
    Some(if closed { width + 2 } else { 1 })
}

/// A word, a number, a raw name, or a raw string with its prefix.
fn word(rest: &[u8]) -> Option<(Lexeme, usize)> {
    let past_word = |from: usize| {
        let length = rest[from..].iter().position(|&byte| !is_word(byte));
        length.map_or(rest.len(), |length| from + length)
    };
    let length = past_word(0);
    if !matches!(&rest[..length], b"r" | b"br" | b"cr") {
        return Some((Lexeme::Word, length));
    }
    let hashes = rest[length..].iter().take_while(|&&byte| byte == b'#').count();
    let start = length + hashes;
    if rest.get(start) == Some(&b'"') {
        let closes = |at: usize| rest[at + 1..].iter().take_while(|&&byte| byte == b'#').count() >= hashes;
        let end = (start + 1..rest.len()).find(|&at| rest[at] == b'"' && closes(at))?;
        return Some((Lexeme::Literal, end + 1 + hashes));
    }
    if hashes == 1 && rest.get(start).is_some_and(|&byte| is_word(byte)) {
        return Some((Lexeme::Word, past_word(start)));
    }
    Some((Lexeme::Word, length))
}

#[cfg(test)]
mod tests {
    use super::skim;

    fn skimmed(text: &str) -> String {
        skim(text).expect("the text is whole")
    }

    #[test]
    fn bodies_and_doc_comments_go_and_lines_stay() {
        for (text, left) in [
            (
                "fn a() { b(); }\nfn c() -> u8 {\n 1\n}",
                "fn a() {}\nfn c() -> u8 {\n\n}",
            ),
            ("/// One.\n/** Two\n*/ struct A;\n//! In.", "\n\n struct A;\n"),
            (
                "impl A { fn a(&self) -> ! { loop {} } const B: u8 = 1; }",
                "impl A { fn a(&self) -> ! {} const B: u8 = 1; }",
            ),
            (
                "fn a<'a>(b: &'a str) where B: C<'a>, { '{' }",
                "fn a<'a>(b: &'a str) where B: C<'a>, {}",
            ),
            ("fn a() -> B<{ 1 }> { '\\'' } fn b();", "fn a() -> B<{ 1 }> {} fn b();"),
            (
                "fn a(b: [u8; { 1 }]) -> impl Fn() -> u8 { 1 }",
                "fn a(b: [u8; { 1 }]) -> impl Fn() -> u8 {}",
            ),
            ("fn a() -> m! { u8 } { 1 }", "fn a() -> m! { u8 } {}"),
            (
                "fn a() { \"}\"; r#\"}\"}\"#; b'}'; 'é'; '}'; /* } */ } fn b() {}",
                "fn a() {} fn b() {}",
            ),
            ("fn é() { 1 }", "fn é() {}"),
        ] {
            assert_eq!(skimmed(text), left, "{text}");
        }
    }

    #[test]
    fn long_tables_of_numbers_go_and_what_else_stands_in_brackets_stays() {
        let row = "0x0F, -1_000u16, (2, 3.5),\n".repeat(8);
        let lines = "\n".repeat(8);
        assert_eq!(
            skimmed(&format!("static A: [u16; 9] = [{row}]; const B: &[u8] = &[1, 2];")),
            format!("static A: [u16; 9] = [{lines}]; const B: &[u8] = &[1, 2];")
        );
        for text in [
            format!("static A: [u16; 9] = [{row} other::A, 1];"),
            format!("static A: [u16; 9] = [{row} 0; 9];"),
            format!("table!([{row}]);"),
            format!("#[table([{row}])] struct A;"),
        ] {
            assert_eq!(skimmed(&text), text);
        }
    }

    #[test]
    fn macros_attributes_and_what_is_no_body_stay() {
        for text in [
            "macro_rules! a { ($b:ident) => { /// C.\n fn $b() { d() } } }",
            "a! { fn b() { c() } }",
            "a::b!(fn b() { c() });",
            "pub macro a($b:ident) { fn $b() { c() } }",
            "#[a(fn b() { c() })] struct D;",
            "#![a(fn b() { c() })]",
            "type A = fn(u8) -> u8; struct B { c: u8 }",
            "struct r#fn { a: u8 } mod b { struct C; }",
            "fn a() { #![cfg(b)] }",
            "const A: u8 = { 1 };",
            "//// no doc\n/*** none */ /**/ struct A;",
        ] {
            assert_eq!(skimmed(text), text);
        }
    }

    #[test]
    fn what_never_closes_is_left_to_the_parser() {
        for text in ["fn a() {", "fn a() { \" }", "/* ", "r#\"", "a!( "] {
            assert_eq!(skim(text), None, "{text}");
        }
    }
}
