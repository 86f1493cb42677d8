//! References as they are written down. They are many and stand in the order of their places: a record says what is not as
//! in the one before it, in numbers that take as many bytes as they need.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::model::{CfgId, CfgSetsId, Evidence, ItemId, Linked, Reference, ReferenceKind, Resolution, TextId};
use crate::place::{FileId, Place, Position};

/// References with their ends, to be written down.
pub(super) struct LinksOf<'g>(pub(super) &'g [Linked]);

/// References with their ends that were written down.
#[derive(Debug)]
pub(super) struct Links(pub(super) Vec<Linked>);

/// How many records are written and read at a time: some tens of kilobytes.
const AT_A_TIME: usize = 1024;
/// How many bytes a record has at least.
const SMALLEST: usize = 8;

// What is yes or no, and which of the numbers that a record may do without it has.
const SOURCE: u16 = 1;
const COMPILER: u16 = 1 << 1;
const PATHLESS: u16 = 1 << 2;
const EXPOSED: u16 = 1 << 3;
const REEXPORT: u16 = 1 << 4;
const DEV: u16 = 1 << 5;
const RESOLVED: u16 = 1 << 6;
const INFERRED: u16 = 1 << 7;
const SAME_FROM: u16 = 1 << 8;
const SAME_FILE: u16 = 1 << 9;
const ONE_LINE: u16 = 1 << 10;
const CFG: u16 = 1 << 11;
const UNDER: u16 = 1 << 12;
const INHERITED_FROM: u16 = 1 << 13;
const ALSO: u16 = 1 << 14;
const SELF_TYPE: u16 = 1 << 15;

impl Serialize for LinksOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0.len(), Chunks(self.0)).serialize(serializer)
    }
}

/// References, by records.
struct Chunks<'g>(&'g [Linked]);

impl Serialize for Chunks<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.chunks(AT_A_TIME).map(Chunk))
    }
}

struct Chunk<'g>(&'g [Linked]);

impl Serialize for Chunk<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut records = Writing::default();
        let mut before = Before::default();
        for linked in self.0 {
            records.add(linked, &mut before);
        }
        serializer.serialize_bytes(&records.0)
    }
}

impl<'de> Deserialize<'de> for Links {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (count, chunks): (usize, Vec<&[u8]>) = Deserialize::deserialize(deserializer)?;
        let most = chunks.iter().map(|chunk| chunk.len()).sum::<usize>() / SMALLEST;
        if count > most {
            return Err(D::Error::custom("fewer records than there should be"));
        }
        // Room for some more: what has changed will be added.
        let mut references = Vec::with_capacity(count + count / 32);
        for chunk in chunks {
            let mut records = Reading(chunk);
            let mut before = Before::default();
            while !records.0.is_empty() {
                let linked = records.next(&mut before);
                references.push(linked.ok_or_else(|| D::Error::custom("a record that says nothing"))?);
            }
        }
        if references.len() != count {
            return Err(D::Error::custom("not as many records as there should be"));
        }
        Ok(Self(references))
    }
}

/// What a record needs not say again.
#[derive(Default)]
struct Before {
    from: Option<ItemId>,
    file: Option<FileId>,
    line: u32,
}

impl Before {
    fn of(from: ItemId, place: Place) -> Self {
        Self {
            from: Some(from),
            file: Some(place.file),
            line: place.start.line,
        }
    }
}

/// Records, being written.
#[derive(Default)]
struct Writing(Vec<u8>);

impl Writing {
    fn add(&mut self, (from, to, reference): &Linked, before: &mut Before) {
        let flag = |holds: bool, flag: u16| if holds { flag } else { 0 };
        let Place { file, start, end } = reference.place;
        let flags = flag(reference.evidence.source, SOURCE)
            | flag(reference.evidence.compiler, COMPILER)
            | flag(reference.pathless, PATHLESS)
            | flag(reference.exposed, EXPOSED)
            | flag(reference.reexport, REEXPORT)
            | flag(reference.dev, DEV)
            | flag(reference.resolution == Some(Resolution::Resolved), RESOLVED)
            | flag(reference.resolution == Some(Resolution::Inferred), INFERRED)
            | flag(before.from == Some(*from), SAME_FROM)
            | flag(before.file == Some(file) && before.line <= start.line, SAME_FILE)
            | flag(start.line == end.line && start.column <= end.column, ONE_LINE)
            | flag(reference.cfg.is_some(), CFG)
            | flag(reference.evidence.under.is_some(), UNDER)
            | flag(reference.inherited_from.is_some(), INHERITED_FROM)
            | flag(reference.also.is_some(), ALSO)
            | flag(reference.self_type.is_some(), SELF_TYPE);
        self.0.extend(flags.to_le_bytes());
        self.0.push(reference.kind as u8);
        if flags & SAME_FROM == 0 {
            self.item(*from);
        }
        self.item(*to);
        self.number(reference.written.number());
        if flags & SAME_FILE == 0 {
            self.number(file.0);
            self.number(start.line);
        } else {
            self.number(start.line - before.line);
        }
        self.number(start.column);
        if flags & ONE_LINE == 0 {
            self.number(end.line);
            self.number(end.column);
        } else {
            self.number(end.column - start.column);
        }
        reference.cfg.into_iter().for_each(|id| self.number(id.number()));
        reference
            .evidence
            .under
            .into_iter()
            .for_each(|id| self.number(id.number()));
        let items = [reference.inherited_from, reference.also, reference.self_type];
        items.into_iter().flatten().for_each(|id| self.item(id));
        *before = Before::of(*from, reference.place);
    }

    fn item(&mut self, id: ItemId) {
        self.number(id.number());
    }

    /// Seven bits a byte, the lowest first; the eighth says that there are more.
    fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }
}

/// Records, being read.
struct Reading<'b>(&'b [u8]);

impl Reading<'_> {
    /// The next reference; none if it is of no known kind, has a number that is none or no end.
    fn next(&mut self, before: &mut Before) -> Option<Linked> {
        let flags = u16::from_le_bytes([self.byte()?, self.byte()?]);
        let holds = |flag: u16| flags & flag != 0;
        let kind = *ReferenceKind::ALL.get(usize::from(self.byte()?))?;
        let from = if holds(SAME_FROM) { before.from? } else { self.item()? };
        let to = self.item()?;
        let written = TextId::of(self.number()?)?;
        let (file, line) = if holds(SAME_FILE) {
            (before.file?, before.line.checked_add(self.number()?)?)
        } else {
            (FileId(self.number()?), self.number()?)
        };
        let column = self.number()?;
        let end = if holds(ONE_LINE) {
            Position {
                line,
                column: column.checked_add(self.number()?)?,
            }
        } else {
            Position {
                line: self.number()?,
                column: self.number()?,
            }
        };
        let start = Position { line, column };
        let place = Place { file, start, end };
        let cfg = self.id_if(holds(CFG), CfgId::of)?;
        let under = self.id_if(holds(UNDER), CfgSetsId::of)?;
        let mut item_if = |flag| self.id_if(holds(flag), ItemId::of);
        let reference = Reference {
            written,
            kind,
            place,
            evidence: Evidence {
                source: holds(SOURCE),
                compiler: holds(COMPILER),
                under,
            },
            resolution: match (holds(RESOLVED), holds(INFERRED)) {
                (true, _) => Some(Resolution::Resolved),
                (_, true) => Some(Resolution::Inferred),
                _ => None,
            },
            pathless: holds(PATHLESS),
            exposed: holds(EXPOSED),
            reexport: holds(REEXPORT),
            dev: holds(DEV),
            cfg,
            inherited_from: item_if(INHERITED_FROM)?,
            also: item_if(ALSO)?,
            self_type: item_if(SELF_TYPE)?,
        };
        *before = Before::of(from, place);
        Some((from, to, reference))
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    fn item(&mut self) -> Option<ItemId> {
        ItemId::of(self.number()?)
    }

    /// An id where there is to be one; none where that is none.
    #[expect(clippy::option_option, reason = "the outer one is `?`: the record is damaged")]
    fn id_if<T>(&mut self, is_there: bool, of: impl Fn(u32) -> Option<T>) -> Option<Option<T>> {
        if is_there {
            of(self.number()?).map(Some)
        } else {
            Some(None)
        }
    }

    /// None if it has no end.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn references() -> impl Strategy<Value = Vec<Linked>> {
        let number = prop_oneof![
            0..3_u32,
            120..140_u32,
            any::<u32>().prop_map(|number| number % (u32::MAX - 1))
        ];
        let some = proptest::option::of(number.clone());
        let position = (number.clone(), number.clone()).prop_map(|(line, column)| Position { line, column });
        let ends = (number.clone(), number.clone());
        let ids = (some.clone(), some.clone(), some.clone(), some.clone(), some);
        let place = (0..2_u32, position.clone(), position);
        let linked = (ends, place, ids, any::<u8>(), 0..ReferenceKind::ALL.len(), 0..3_usize);
        let linked = linked.prop_map(|((from, to), (file, start, end), ids, flags, kind, text)| {
            let (cfg, under, inherited_from, also, self_type) = ids;
            let holds = |bit: u8| flags & bit != 0;
            let reference = Reference {
                written: TextId::new(text),
                kind: ReferenceKind::ALL[kind],
                place: Place {
                    file: FileId(file),
                    start,
                    end,
                },
                evidence: Evidence {
                    source: holds(1),
                    compiler: holds(2),
                    under: under.and_then(CfgSetsId::of),
                },
                resolution: [None, Some(Resolution::Resolved), Some(Resolution::Inferred)][text],
                pathless: holds(4),
                exposed: holds(8),
                reexport: holds(16),
                dev: holds(32),
                cfg: cfg.and_then(CfgId::of),
                inherited_from: inherited_from.and_then(ItemId::of),
                also: also.and_then(ItemId::of),
                self_type: self_type.and_then(ItemId::of),
            };
            (ItemId::new(from as usize), ItemId::new(to as usize), reference)
        });
        // Also more than are written at a time.
        let few = proptest::collection::vec(linked, 0..50);
        (few, prop_oneof![9 => Just(1_usize), 1 => Just(60)])
            .prop_map(|(few, times)| std::iter::repeat_n(few, times).flatten().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_was_written_down_is_read(references in references()) {
            let bytes = postcard::to_stdvec(&LinksOf(&references)).unwrap();
            let again: Links = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(format!("{:?}", again.0), format!("{references:?}"));
        }

        #[test]
        fn what_is_damaged_makes_nothing_panic(references in references(), at: usize, with: u8, less: bool) {
            let mut bytes = postcard::to_stdvec(&LinksOf(&references)).unwrap();
            let at = at % bytes.len();
            bytes[at] = with;
            bytes.truncate(if less { at } else { bytes.len() });
            let _ = postcard::from_bytes::<Links>(&bytes);
        }
    }
}
