//! Lines of ours in a file of somebody else's: between two markers, so that they can be found, renewed and taken out, and
//! sealed, so that a change by anybody else is seen. It does not know what the lines say, nor where they belong.

/// How comments are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comment {
    /// `# ..`
    Hash,
    /// `// ..`
    Slashes,
    /// `<!-- .. -->`
    Markup,
}

impl Comment {
    fn of(self, text: &str) -> String {
        match self {
            Self::Hash => format!("# {text}"),
            Self::Slashes => format!("// {text}"),
            Self::Markup => format!("<!-- {text} -->"),
        }
    }
}

/// Lines between markers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    comment: Comment,
    lines: Vec<String>,
}

/// What a text has of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// Exactly it.
    Same,
    /// One that `setup` made, of another version or another policy.
    Older,
    /// One that somebody has changed, or whose end is missing.
    Changed,
}

const BEGIN: &str = "archguard:begin";
const END: &str = "archguard:end";
const SEAL: &str = "(seal ";

impl Section {
    /// Lines that say by whom they were made, and are sealed.
    pub(super) fn sealed(comment: Comment, lines: &[String]) -> Self {
        let mut all = vec![comment.of(&format!(
            "Made by `cargo archguard setup`, which also takes it out again {SEAL}{}).",
            seal(lines)
        ))];
        all.extend(lines.iter().cloned());
        Self { comment, lines: all }
    }

    /// Lines that are always the same, but for a version.
    pub(super) fn plain(comment: Comment, lines: &[String]) -> Self {
        Self {
            comment,
            lines: lines.to_vec(),
        }
    }

    /// The text, each line with its end.
    pub(super) fn text(&self, line_end: &str) -> String {
        let (begin, end) = (self.comment.of(BEGIN), self.comment.of(END));
        let lines = std::iter::once(&begin).chain(&self.lines).chain([&end]);
        lines.flat_map(|line| [line.as_str(), line_end]).collect()
    }

    /// What there is of it in a text.
    pub(super) fn found(&self, text: &str) -> Found {
        match self.span(text) {
            None if text.lines().any(|line| line == self.comment.of(BEGIN)) => Found::Changed,
            None => Found::Nothing,
            Some(span) => {
                let inside: Vec<&str> = text[span].lines().collect();
                let inside = &inside[1..inside.len() - 1];
                if inside == self.lines {
                    Found::Same
                } else if is_sealed(inside) || without_versions(inside) == without_versions(&self.lines) {
                    Found::Older
                } else {
                    Found::Changed
                }
            }
        }
    }

    /// The text with this in place of what is there.
    pub(super) fn renewed(&self, text: &str) -> Option<String> {
        let span = self.span(text)?;
        let mut own = self.text(line_end(text));
        if !text[span.clone()].ends_with('\n') {
            own.truncate(own.trim_end().len());
        }
        Some(format!("{}{own}{}", &text[..span.start], &text[span.end..]))
    }

    /// The text without what is there: the bytes from before it was put in.
    pub(super) fn taken_out(&self, text: &str) -> Option<String> {
        let span = self.span(text)?;
        let mut before = &text[..span.start];
        // Where the last line had no end, it was given one.
        if span.end == text.len() && !text.ends_with('\n') {
            before = before.strip_suffix('\n').unwrap_or(before);
            before = before.strip_suffix('\r').unwrap_or(before);
        }
        Some(format!("{before}{}", &text[span.end..]))
    }

    /// The text with this at an offset, which has to be the beginning of a line or the end of the text.
    pub(super) fn put_into(&self, text: &str, at: usize) -> String {
        let (before, after) = text.split_at(at);
        let end = line_end(text);
        let own = self.text(end);
        if before.is_empty() || before.ends_with('\n') {
            return format!("{before}{own}{after}");
        }
        format!("{before}{end}{}", own.trim_end())
    }

    /// From the beginning of the first marker's line to the end of the second's.
    fn span(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let (begin, end) = (self.comment.of(BEGIN), self.comment.of(END));
        let mut at = 0;
        let mut start = None;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_end_matches(['\n', '\r']);
            if start.is_none() && bare == begin {
                start = Some(at);
            }
            at += line.len();
            if let Some(start) = start.filter(|_| bare == end) {
                return Some(start..at);
            }
        }
        None
    }
}

/// How the lines of a text end.
pub(super) fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn seal(lines: &[impl AsRef<str>]) -> String {
    let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    let hash = blake3::hash(lines.join("\n").as_bytes()).to_hex();
    hash[..12].to_owned()
}

fn is_sealed(inside: &[&str]) -> bool {
    inside.split_first().is_some_and(|(first, rest)| {
        let seal = seal(rest);
        first.contains(&format!("{SEAL}{seal})"))
    })
}

/// Lines with every version of three numbers taken for the same.
fn without_versions(lines: &[impl AsRef<str>]) -> Vec<String> {
    let lines = lines.iter().map(AsRef::as_ref);
    lines
        .map(|line| {
            let numbers = |it: char| it.is_ascii_digit() || it == '.';
            let mut rest = line;
            let mut out = String::new();
            while let Some(start) = rest.find(numbers) {
                let end = rest[start..]
                    .find(|it| !numbers(it))
                    .map_or(rest.len(), |end| start + end);
                let run = &rest[start..end];
                out.push_str(&rest[..start]);
                out.push_str(if run.matches('.').count() == 2 { "0.0.0" } else { run });
                rest = &rest[end..];
            }
            out + rest
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(lines: &[&str]) -> Section {
        let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        Section::sealed(Comment::Hash, &lines)
    }

    #[test]
    fn what_was_put_in_comes_out_again_byte_for_byte() {
        let own = section(&["a = 1", "", "b = 2"]);
        for text in ["", "\n", "x", "x\n", "x\r\ny", "x\r\ny\r\n", "x\n\n\n"] {
            for at in [0, text.len()] {
                let with = own.put_into(text, at);
                assert_eq!(own.found(&with), Found::Same, "{with:?}");
                assert_eq!(own.taken_out(&with).as_deref(), Some(text), "{with:?}");
                assert_eq!(own.renewed(&with), Some(with.clone()));
            }
        }
    }

    #[test]
    fn an_older_one_is_ours_and_a_changed_one_is_not() {
        let (old, new) = (section(&["a = 1"]), section(&["a = 2"]));
        let text = old.put_into("x\n", 2);
        assert_eq!(new.found(&text), Found::Older);
        assert_eq!(new.renewed(&text), Some(new.put_into("x\n", 2)));
        assert_eq!(new.found(&text.replace("a = 1", "a = 3")), Found::Changed);
        assert_eq!(new.found(&text.replace("# archguard:end\n", "")), Found::Changed);
        assert_eq!(new.found("x\n"), Found::Nothing);
        let plain = |version: &str| Section::plain(Comment::Slashes, &[format!("v = \"{version}\"")]);
        assert_eq!(plain("0.2.0").found(&plain("0.1.13").text("\n")), Found::Older);
        assert_eq!(plain("0.2.0").found(&plain("0.1").text("\n")), Found::Changed);
    }
}
