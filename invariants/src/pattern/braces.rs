//! `{a,b}`: one text becomes several, each remembering where its characters came from. Knows nothing of paths.

use std::iter::Peekable;
use std::str::CharIndices;

use super::error::{PatternError, PatternErrorKind};

/// How many patterns one text may stand for.
pub const MAX_EXPANSIONS: usize = 1024;
/// How deep braces may nest.
const MAX_DEPTH: usize = 32;

/// One of the texts that a text with braces stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Expansion {
    /// The text without braces.
    pub(crate) text: String,
    /// For each byte of `text`, its offset in the original.
    offsets: Vec<usize>,
    /// Length of the original.
    end: usize,
}

impl Expansion {
    /// The offset in the original of a byte of the text; the original's end past the text.
    pub(crate) fn original(&self, offset: usize) -> usize {
        self.offsets.get(offset).copied().unwrap_or(self.end)
    }

    /// The text from a byte on.
    pub(crate) fn skip(&self, bytes: usize) -> Self {
        Self {
            text: self.text[bytes..].to_owned(),
            offsets: self.offsets[bytes..].to_vec(),
            end: self.end,
        }
    }

    fn push(&mut self, character: char, offset: usize) {
        self.text.push(character);
        self.offsets.extend((0..character.len_utf8()).map(|byte| offset + byte));
    }

    fn append(&self, tail: &Self) -> Self {
        let mut whole = self.clone();
        whole.text.push_str(&tail.text);
        whole.offsets.extend_from_slice(&tail.offsets);
        whole
    }

    fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        let text = self.text.trim().to_owned();
        let offsets = self.offsets[start..start + text.len()].to_vec();
        Self {
            text,
            offsets,
            end: self.end,
        }
    }
}

/// All texts that a text with braces stands for, in order of writing. Blanks around a brace's alternatives do not count.
pub(crate) fn expand(text: &str) -> Result<Vec<Expansion>, PatternError> {
    let mut expander = Expander {
        characters: text.char_indices().peekable(),
        end: text.len(),
        depth: 0,
    };
    let expansions = expander.sequence()?;
    match expander.characters.peek() {
        Some(&(offset, _)) => Err(PatternError {
            offset,
            kind: PatternErrorKind::UnbalancedBrace,
        }),
        None => Ok(expansions),
    }
}

struct Expander<'t> {
    characters: Peekable<CharIndices<'t>>,
    end: usize,
    depth: usize,
}

impl Expander<'_> {
    /// Text up to the end, or inside braces up to `,` or `}`; a `}` without partner is left standing.
    fn sequence(&mut self) -> Result<Vec<Expansion>, PatternError> {
        let mut expansions = vec![Expansion {
            end: self.end,
            ..Expansion::default()
        }];
        while let Some(&(offset, character)) = self.characters.peek() {
            match character {
                '}' => break,
                ',' if self.depth > 0 => break,
                '{' => {
                    let alternatives = self.alternatives(offset)?;
                    if expansions.len() * alternatives.len() > MAX_EXPANSIONS {
                        return Err(too_many(offset));
                    }
                    expansions = expansions
                        .iter()
                        .flat_map(|head| alternatives.iter().map(|tail| head.append(tail)))
                        .collect();
                }
                other => {
                    self.characters.next();
                    for expansion in &mut expansions {
                        expansion.push(other, offset);
                    }
                }
            }
        }
        Ok(expansions)
    }

    fn alternatives(&mut self, opening: usize) -> Result<Vec<Expansion>, PatternError> {
        self.characters.next();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(too_many(opening));
        }
        let mut alternatives = Vec::new();
        loop {
            alternatives.extend(self.sequence()?.iter().map(Expansion::trimmed));
            if alternatives.len() > MAX_EXPANSIONS {
                return Err(too_many(opening));
            }
            match self.characters.next() {
                Some((_, ',')) => {}
                Some(_) => break,
                None => {
                    return Err(PatternError {
                        offset: opening,
                        kind: PatternErrorKind::UnbalancedBrace,
                    });
                }
            }
        }
        self.depth -= 1;
        Ok(alternatives)
    }
}

fn too_many(offset: usize) -> PatternError {
    PatternError {
        offset,
        kind: PatternErrorKind::TooManyPatterns(MAX_EXPANSIONS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        expand(text)
            .unwrap()
            .into_iter()
            .map(|expansion| expansion.text)
            .collect()
    }

    #[test]
    fn braces_multiply_and_nest() {
        assert_eq!(
            texts("a::{b, c::{d,e}}::f{,g}"),
            [
                "a::b::f",
                "a::b::fg",
                "a::c::d::f",
                "a::c::d::fg",
                "a::c::e::f",
                "a::c::e::fg"
            ]
        );
    }

    #[test]
    fn offsets_lead_back() {
        let expansions = expand("a::{b,cd}é").unwrap();
        assert_eq!(expansions[1].text, "a::cdé");
        assert_eq!(expansions[1].original(3), 6);
        assert_eq!(expansions[1].original(5), 9);
        assert_eq!(expansions[1].original(99), 11);
    }

    #[test]
    fn a_brace_without_partner_is_shown() {
        for (text, offset) in [("a{b", 1), ("a}b", 1), ("{a,{b}", 0)] {
            assert_eq!(
                expand(text).unwrap_err(),
                PatternError {
                    offset,
                    kind: PatternErrorKind::UnbalancedBrace
                }
            );
        }
    }

    #[test]
    fn explosions_and_deep_nesting_are_refused() {
        assert_eq!(
            expand(&"{a,b}".repeat(11)).unwrap_err().kind,
            PatternErrorKind::TooManyPatterns(1024)
        );
        assert_eq!(
            expand(&"{".repeat(100_000)).unwrap_err().kind,
            PatternErrorKind::TooManyPatterns(1024)
        );
    }
}
