//! Line starts of a text, counted in characters: the way from a character offset to line and column, and to bytes.

use archguard_invariants::place::Position;
use serde::{Deserialize, Serialize};

/// Where the lines of a text begin.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Lines {
    /// Character offset of each line's first character.
    starts: Vec<u32>,
    /// Byte offset of each line's first byte, where the text is not ASCII.
    bytes: Option<Vec<u32>>,
}

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        let byte_starts = || std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1));
        if text.is_ascii() {
            return Self {
                starts: byte_starts().collect(),
                bytes: None,
            };
        }
        let bytes: Vec<u32> = byte_starts().collect();
        let mut starts = Vec::with_capacity(bytes.len());
        let mut characters = 0;
        for (index, &start) in bytes.iter().enumerate() {
            starts.push(characters);
            let end = bytes.get(index + 1).map_or(text.len(), |&next| next as usize);
            characters += text[start as usize..end].chars().count() as u32;
        }
        Self {
            starts,
            bytes: Some(bytes),
        }
    }

    /// How many lines there are; a last line without text does not count.
    pub fn count(&self, text: &str) -> u32 {
        let lines = self.starts.len() as u32;
        if text.is_empty() || text.ends_with('\n') {
            lines - 1
        } else {
            lines
        }
    }

    /// The character offset of a point given by line (from 1) and column (from 0), as the lexer counts.
    pub fn offset(&self, line: usize, column: usize) -> u32 {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default() + column as u32
    }

    /// Line and column, both from 1.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        Position {
            line: line as u32,
            column: offset - self.starts[line - 1] + 1,
        }
    }

    /// The byte offset of a character offset.
    pub fn byte(&self, text: &str, offset: u32) -> usize {
        let Some(bytes) = &self.bytes else {
            return (offset as usize).min(text.len());
        };
        let line = self.starts.partition_point(|&start| start <= offset).max(1) - 1;
        let line_start = bytes[line] as usize;
        text[line_start..]
            .char_indices()
            .nth((offset - self.starts[line]) as usize)
            .map_or(text.len(), |(at, _)| line_start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "aé\nüb = x\n";
        let lines = Lines::of(text);
        assert_eq!(lines.count(text), 2);
        let x = lines.offset(2, 5);
        assert_eq!(lines.position(x), Position { line: 2, column: 6 });
        assert_eq!(&text[lines.byte(text, x)..], "x\n");
    }

    #[test]
    fn the_last_line_counts_only_with_text() {
        assert_eq!(Lines::of("").count(""), 0);
        assert_eq!(Lines::of("a").count("a"), 1);
        assert_eq!(Lines::of("a\n").count("a\n"), 1);
        assert_eq!(Lines::of("a\n\n").count("a\n\n"), 2);
    }
}
