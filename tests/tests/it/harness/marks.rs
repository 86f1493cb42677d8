//! Expectations beside the code: carets below a stretch of the line before, and what is expected there.
//!
//! ```text
//! let row = query(text);
//! //        ^^^^^ call sqlx_core::query::query written sqlx::query
//! ```
//!
//! Several are separated by `;`, or have a line of carets each.

/// One line of carets.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// The file, as printed.
    pub(crate) file: String,
    /// The line that is meant, from 1.
    pub(crate) line: u32,
    /// First column, from 1.
    pub(crate) start: u32,
    /// One past the last column.
    pub(crate) end: u32,
    /// What is expected, in the order written.
    pub(crate) expected: Vec<String>,
}

/// The marks of a file.
pub(super) fn marks(file: &str, text: &str) -> Vec<Mark> {
    let mut found: Vec<Mark> = Vec::new();
    let mut code = 0;
    for (number, line) in (1..).zip(text.lines()) {
        let Some((start, end, words)) = carets(line) else {
            code = number;
            continue;
        };
        assert_ne!(code, 0, "a mark without a line before it");
        let expected: Vec<String> = words
            .split(';')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        assert!(!expected.is_empty(), "{file}:{number}: a mark expects something");
        let same = found
            .iter_mut()
            .find(|mark| (mark.line, mark.start, mark.end) == (code, start, end));
        match same {
            Some(mark) => mark.expected.extend(expected),
            None => found.push(Mark {
                file: file.to_owned(),
                line: code,
                start,
                end,
                expected,
            }),
        }
    }
    found
}

/// The columns of a line of carets, and the words after it.
fn carets(line: &str) -> Option<(u32, u32, &str)> {
    let comment = line.trim_start().strip_prefix("//")?;
    if !comment.trim_start().starts_with('^') {
        return None;
    }
    let (before, rest) = line.split_once('^')?;
    let start = before.chars().count() as u32 + 1;
    let words = rest.trim_start_matches('^');
    let length = (rest.len() - words.len()) as u32 + 1;
    Some((start, start + length, words))
}
