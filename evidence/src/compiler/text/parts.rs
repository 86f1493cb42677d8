//! The pieces that both outputs are made of: definitions and spans.

use super::lines::Misread;
use crate::compiler::record::{Place, RecordBuilder};

/// `DefId(20:11 ~ driver[7c4f]::{impl#0}::new)`, with whatever follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DefinitionText<'a> {
    pub(super) id: (u32, u32),
    pub(super) krate: (&'a str, &'a str),
    pub(super) path: &'a str,
}

impl<'a> DefinitionText<'a> {
    /// Reads what begins with `DefId(`.
    pub(super) fn parse(text: &'a str) -> Result<Self, Misread> {
        Self::parse_behind(text).ok_or(Misread)
    }

    fn parse_behind(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix("DefId(")?;
        let inner = &inner[..inner.find(')')?];
        let (numbers, named) = inner.split_once(" ~ ")?;
        let (krate, index) = numbers.split_once(':')?;
        let (name, behind) = named.split_once('[')?;
        let (id, path) = behind.split_once(']')?;
        Some(Self {
            id: (krate.parse().ok()?, index.parse().ok()?),
            krate: (name, id),
            path: path.strip_prefix("::").unwrap_or(path),
        })
    }

    /// Its index in the record.
    pub(super) fn index(self, record: &mut RecordBuilder) -> u32 {
        record.definition(self.id, self.krate, self.path)
    }
}

/// Whether a span was written where it says, rather than made by a macro.
pub(super) fn is_written(span: &str) -> bool {
    span.ends_with("(#0)")
}

/// `app/src/lib.rs:1:61: 1:78 (#0)`; none for `no-location`.
pub(super) fn place(span: &str, record: &mut RecordBuilder) -> Result<Option<Place>, Misread> {
    if span.starts_with("no-location") {
        return Ok(None);
    }
    let (file, [line, column, end_line, end_column]) = numbers(span).ok_or(Misread)?;
    Ok(Some(Place {
        file: record.file(file),
        line,
        column,
        end_line,
        end_column,
    }))
}

fn numbers(span: &str) -> Option<(&str, [u32; 4])> {
    let (stretch, _) = span.rsplit_once(" (#")?;
    let (start, end) = stretch.rsplit_once(": ")?;
    let (end_line, end_column) = end.split_once(':')?;
    let (before, column) = start.rsplit_once(':')?;
    let (file, line) = before.rsplit_once(':')?;
    Some((
        file,
        [
            line.parse().ok()?,
            column.parse().ok()?,
            end_line.parse().ok()?,
            end_column.parse().ok()?,
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_read_in_every_surrounding() {
        let read = |text| DefinitionText::parse(text).expect("a definition");
        let expected = DefinitionText {
            id: (20, 11),
            krate: ("driver", "7c4f"),
            path: "{impl#0}::new",
        };
        assert_eq!(read("DefId(20:11 ~ driver[7c4f]::{impl#0}::new)"), expected);
        assert_eq!(read("DefId(20:11 ~ driver[7c4f]::{impl#0}::new):"), expected);
        assert_eq!(read("DefId(0:0 ~ app[f7fe]) => OwnerNodes {").path, "");
        assert_eq!(DefinitionText::parse("DefId(20:11 driver)"), Err(Misread));
    }

    #[test]
    fn spans_are_read_whatever_the_file_is_called() {
        let mut record = RecordBuilder::default();
        let found = place("C:\\my code: new/lib.rs:1:61: 2:78 (#0)", &mut record).expect("a span");
        let found = found.expect("a place");
        assert_eq!(
            (found.line, found.column, found.end_line, found.end_column),
            (1, 61, 2, 78)
        );
        assert_eq!(record.finish().files, [Box::<str>::from("C:\\my code: new/lib.rs")]);
    }

    #[test]
    fn no_location_is_no_place_and_nonsense_is_not_understood() {
        let mut record = RecordBuilder::default();
        assert_eq!(place("no-location (#1)", &mut record), Ok(None));
        assert_eq!(place("app/src/lib.rs:1:61", &mut record), Err(Misread));
        assert!(is_written("a.rs:1:1: 1:2 (#0)") && !is_written("a.rs:1:1: 1:2 (#10)"));
    }
}
