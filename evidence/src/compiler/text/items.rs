//! Items, as `-Zunpretty=hir-tree` prints them: every path that is written in signatures, fields, bounds, impls, imports and
//! bodies, and that macros have written, with the definition that it leads to. Methods are not resolved here; typed bodies
//! say where they lead.

use super::lines::{Line, Misread, Reader};
use super::parts::{self, DefinitionText};
use crate::compiler::record::{ImplBlock, RecordBuilder, Seen, SeenAs};

/// What the next lines are expected to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Nothing,
    /// The span of a path that was opened at this indentation.
    PathSpan(usize),
    /// Its resolution.
    Resolution(usize),
    /// The kind of the definition that it leads to, and the definition.
    Definition(usize),
    /// The impl block whose type `Self` is.
    SelfType(usize),
    /// The same for each namespace, until the segments come.
    Namespaces(usize),
}

/// Which part of an impl's head the next path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeadPart {
    Trait,
    SelfType,
}

/// A path that a macro wrote, until the place around it is known.
#[derive(Debug)]
struct Waiting {
    seen: Seen,
    span: String,
    line: u32,
}

/// Reads items.
#[derive(Debug)]
pub(in crate::compiler) struct Items<'r> {
    record: &'r mut RecordBuilder,
    owner: Option<u32>,
    block: Option<ImplBlock>,
    head_part: Option<HeadPart>,
    is_import: bool,
    in_body: bool,
    expected: Expected,
    kind: Option<SeenAs>,
    span: String,
    line: u32,
    /// By indentation in steps of four: the line on which something was opened there last.
    opened: Vec<u32>,
    waiting: Vec<Waiting>,
}

impl<'r> Items<'r> {
    pub(in crate::compiler) fn new(record: &'r mut RecordBuilder) -> Self {
        Self {
            record,
            owner: None,
            block: None,
            head_part: None,
            is_import: false,
            in_body: false,
            expected: Expected::Nothing,
            kind: None,
            span: String::new(),
            line: 0,
            opened: Vec::new(),
            waiting: Vec::new(),
        }
    }

    fn begin(&mut self, text: &str) -> Result<(), Misread> {
        let definition = DefinitionText::parse(text)?;
        let is_block = definition
            .path
            .rsplit("::")
            .next()
            .is_some_and(|last| last.starts_with("{impl#"));
        let owner = definition.index(self.record);
        self.owner = Some(owner);
        self.block = is_block.then_some(ImplBlock {
            block: owner,
            self_type: None,
            of_trait: None,
            place: None,
            from_macro: false,
        });
        self.in_body = false;
        self.is_import = false;
        self.line = 0;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Misread> {
        for mut waiting in self.waiting.drain(..) {
            waiting.seen.claimed = parts::place(&waiting.span, self.record)?;
            self.record.add(waiting.seen);
        }
        if let Some(block) = self.block.take() {
            self.record.add_impl(block);
        }
        self.owner = None;
        self.head_part = None;
        Ok(())
    }

    fn span(&mut self, indent: usize, span: &str) -> Result<(), Misread> {
        if indent == 16
            && let Some(block) = &mut self.block
            && !self.in_body
        {
            block.from_macro = !parts::is_written(span);
            block.place = parts::place(span, self.record)?;
        }
        if self.waiting.is_empty() || !parts::is_written(span) {
            return Ok(());
        }
        let Some(place) = parts::place(span, self.record)? else {
            return Ok(());
        };
        let opened = (indent / 4).checked_sub(1).and_then(|step| self.opened.get(step));
        let opened = opened.copied().unwrap_or_default();
        let first = self.waiting.partition_point(|waiting| waiting.line < opened);
        for mut waiting in self.waiting.drain(first..) {
            waiting.seen.place = Some(place);
            self.record.add(waiting.seen);
        }
        Ok(())
    }

    /// A line while a path is being read; whether it belonged to that.
    fn path_line(&mut self, line: Line<'_>) -> Result<bool, Misread> {
        match self.expected {
            Expected::Nothing => return Ok(false),
            Expected::PathSpan(indent) => {
                let span = line.text.strip_prefix("span: ").ok_or(Misread)?;
                self.span.clear();
                self.span.push_str(span);
                self.expected = Expected::Resolution(indent);
            }
            Expected::Resolution(indent) => {
                let resolution = line.text.strip_prefix("res: ").ok_or(Misread)?;
                self.kind = None;
                self.expected = match resolution {
                    "Def(" => Expected::Definition(indent + 4),
                    "PerNS {" => Expected::Namespaces(indent),
                    "SelfTyAlias {" | "SelfCtor(" => Expected::SelfType(indent + 8),
                    _ => Expected::Nothing,
                };
            }
            Expected::Definition(indent) => {
                if self.definition_line(line, indent + 4)? {
                    self.expected = Expected::Nothing;
                }
            }
            Expected::SelfType(indent) => {
                let block = line.text.strip_prefix("alias_to: ").unwrap_or(line.text);
                if line.indent != indent || !block.starts_with("DefId(") {
                    return Err(Misread);
                }
                self.found(DefinitionText::parse(block)?, SeenAs::Type)?;
                self.expected = Expected::Nothing;
            }
            Expected::Namespaces(indent) => {
                if line.indent == indent + 4 && line.text == "segments: [" {
                    self.expected = Expected::Nothing;
                } else if line.text == "Def(" {
                    self.kind = None;
                } else if line.indent == indent + 16 {
                    self.definition_line(line, indent + 16)?;
                }
            }
        }
        Ok(true)
    }

    /// A line of `Def(kind, DefId(..))`, whose parts stand at an indentation; whether it was the last.
    fn definition_line(&mut self, line: Line<'_>, indent: usize) -> Result<bool, Misread> {
        if line.indent != indent {
            return Ok(false);
        }
        if line.text.starts_with("DefId(") {
            let target = DefinitionText::parse(line.text)?;
            if let Some(kind) = self.kind {
                self.found(target, kind)?;
            }
            return Ok(true);
        }
        if line.text != ")" && line.text != "}" {
            self.kind = self.kind_of(line.text)?;
        }
        Ok(false)
    }

    /// What naming a definition of a kind means; none for what is no definition of its own.
    fn kind_of(&self, kind: &str) -> Result<Option<SeenAs>, Misread> {
        let word = kind.trim_end_matches([' ', '(', '{']);
        let seen = match word {
            "TyParam" | "ConstParam" | "LifetimeParam" | "AnonConst" | "OpaqueTy" | "Closure" => return Ok(None),
            "Struct" | "Union" | "Enum" | "Trait" | "TyAlias" | "ForeignTy" | "TraitAlias" | "AssocTy" | "Mod"
            | "ExternCrate" | "ForeignMod" | "Use" | "Impl" => SeenAs::Type,
            "Variant" | "Ctor" | "Fn" | "Const" | "Static" | "AssocFn" | "AssocConst" | "Macro" | "Field"
            | "InlineConst" => SeenAs::Value,
            _ => return Err(Misread),
        };
        Ok(Some(if self.is_import { SeenAs::Import } else { seen }))
    }

    fn found(&mut self, target: DefinitionText<'_>, kind: SeenAs) -> Result<(), Misread> {
        let owner = self.owner.ok_or(Misread)?;
        let target = target.index(self.record);
        if let (Some(block), Some(part)) = (&mut self.block, self.head_part.take()) {
            match part {
                HeadPart::Trait => block.of_trait = Some(target),
                HeadPart::SelfType => block.self_type = Some(target),
            }
        }
        let written = parts::is_written(&self.span);
        let place = if written {
            parts::place(&self.span, self.record)?
        } else {
            None
        };
        let seen = Seen {
            owner,
            target,
            kind,
            place,
            claimed: None,
            from_macro: !written,
            in_body: self.in_body,
            of_type: None,
        };
        if written {
            self.record.add(seen);
        } else {
            let (span, line) = (self.span.clone(), self.line);
            self.waiting.push(Waiting { seen, span, line });
        }
        Ok(())
    }
}

impl Reader for Items<'_> {
    fn line(&mut self, line: Line<'_>) -> Result<(), Misread> {
        self.line += 1;
        if line.opens() {
            let step = line.indent / 4;
            if self.opened.len() <= step {
                self.opened.resize(step + 1, 0);
            }
            self.opened[step] = self.line;
        }
        if self.path_line(line)? {
            return Ok(());
        }
        let text = line.text;
        if let Some(span) = text.strip_prefix("span: ") {
            return self.span(line.indent, span);
        }
        match line.indent {
            0 if text.starts_with("DefId(") => self.begin(text)?,
            0 if text == "}" => self.finish()?,
            0 if text.is_empty() => {}
            0 => return Err(Misread),
            4 if text == "bodies: {" => self.in_body = true,
            _ if text == "Path {" || text == "path: Path {" => {
                self.expected = Expected::PathSpan(line.indent);
            }
            16 if text == "kind: Use(" => self.is_import = true,
            24 if text == "of_trait: Some(" => self.head_part = Some(HeadPart::Trait),
            24 if text == "self_ty: Ty {" => self.head_part = Some(HeadPart::SelfType),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Misread> {
        self.owner.is_none().then_some(()).ok_or(Misread)
    }
}
