//! A stream of text, line by line with indentation. No unit's text is held whole.

use std::io::{self, BufRead};

use thiserror::Error;

/// Why the compiler's text could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The stream broke.
    #[error("the compiler's output ends in an error")]
    Stream(#[source] io::Error),
    /// The text is not as this tool knows it.
    #[error("line {number} of the compiler's output is not understood: `{line}`")]
    NotUnderstood {
        /// From 1.
        number: usize,
        /// The line.
        line: String,
    },
}

/// A line without its indentation, and without the comma or line end behind it.
#[derive(Debug, Clone, Copy)]
pub(in crate::compiler) struct Line<'a> {
    pub(super) indent: usize,
    pub(super) text: &'a str,
}

impl Line<'_> {
    /// Whether something is opened that a later line closes.
    pub(super) fn opens(self) -> bool {
        matches!(self.text.as_bytes().last(), Some(b'{' | b'(' | b'['))
    }
}

/// What reads lines.
pub(in crate::compiler) trait Reader {
    /// The next line. An error is a line that is not understood.
    fn line(&mut self, line: Line<'_>) -> Result<(), Misread>;
    /// The end of the text.
    fn end(&mut self) -> Result<(), Misread>;
}

/// A line was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::compiler) struct Misread;

/// Hands a stream to a reader.
pub(in crate::compiler) fn read_lines(mut stream: impl BufRead, reader: &mut impl Reader) -> Result<usize, ReadError> {
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        bytes.clear();
        if stream.read_until(b'\n', &mut bytes).map_err(ReadError::Stream)? == 0 {
            break;
        }
        number += 1;
        let not_understood = |bytes: &[u8]| ReadError::NotUnderstood {
            number,
            line: String::from_utf8_lossy(bytes).trim().chars().take(200).collect(),
        };
        // On bytes: there are millions of lines.
        let mut end = bytes.len();
        while end > 0 && matches!(bytes[end - 1], b'\n' | b'\r') {
            end -= 1;
        }
        end -= usize::from(bytes[..end].ends_with(b","));
        let indent = bytes[..end].iter().take_while(|&&byte| byte == b' ').count();
        let text = std::str::from_utf8(&bytes[indent..end]).map_err(|_| not_understood(&bytes))?;
        let line = Line { indent, text };
        reader.line(line).map_err(|Misread| not_understood(&bytes))?;
    }
    reader.end().map_err(|Misread| ReadError::NotUnderstood {
        number,
        line: "the end".to_owned(),
    })?;
    Ok(number)
}
