//! Plain text with the headings and lists of Markdown, line by line.

use std::io::{self, Write};

use super::summary::count;

/// How many lines of a list are shown unless all are wanted.
const LINES_SHOWN: usize = 20;

/// A page under construction.
#[derive(Debug, Default)]
pub(super) struct Page {
    lines: Vec<String>,
}

impl Page {
    /// Adds a line.
    pub(super) fn line(&mut self, text: impl Into<String>) {
        self.lines.push(text.into());
    }

    /// Adds a heading, apart from what stands before and after it.
    pub(super) fn heading(&mut self, level: usize, title: &str) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.line("");
        }
        self.line(format!("{} {title}", "#".repeat(level)));
        self.line("");
    }

    /// Adds a heading and a list under it; nothing where there is nothing. Unless `all` are wanted, a long list is cut, and
    /// says so.
    pub(super) fn section(&mut self, title: &str, items: &[String], all: bool) {
        if items.is_empty() {
            return;
        }
        self.heading(2, title);
        let shown = if all { items.len() } else { LINES_SHOWN };
        for item in items.iter().take(shown) {
            self.line(format!("- {item}"));
        }
        let more = items.len().saturating_sub(shown);
        if more > 0 {
            self.line(format!("- and {} (-v lists them)", count(more, "more line")));
        }
    }

    /// Writes it, each line with its end.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}
