//! The words of a text outside quotes and comments, as the look at a statement's shape needs them.

/// One word or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Letters, digits and underscores.
    Word(&'t str),
    /// Anything in quotes: text or a name.
    Quoted,
    /// Any other character.
    Mark(char),
}

impl<'t> Token<'t> {
    /// Whether it is this keyword, however it is written.
    pub(super) fn is(&self, keyword: &str) -> bool {
        matches!(self, Token::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    /// Whether it is one of these keywords.
    pub(super) fn is_any(&self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.is(keyword))
    }

    /// The word.
    pub(super) fn word(&self) -> Option<&'t str> {
        match self {
            Token::Word(word) => Some(word),
            Token::Quoted | Token::Mark(_) => None,
        }
    }
}

/// The tokens of a text, comments left out.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("--") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
        } else if matches!(first, '\'' | '"' | '`') {
            let inside = &rest[1..];
            let end = inside.find(first).map_or(inside.len(), |at| at + 1);
            found.push(Token::Quoted);
            rest = &inside[end..];
        } else if is_word(first) {
            let end = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
            found.push(Token::Word(&rest[..end]));
            rest = &rest[end..];
        } else {
            if !first.is_whitespace() {
                found.push(Token::Mark(first));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
