//! Typed bodies, as `-Zunpretty=thir-flat` prints them: each function, method, constant and static that a body names, by
//! its definition, after macro expansion and type inference.
//!
//! A body is arenas of arms, blocks, expressions and statements that point at each other by index. Code that came out of a
//! macro is shown at the innermost node around it that somebody wrote, so all nodes of one body are held until its end.

use super::lines::{Line, Misread, Reader};
use super::parts::{self, DefinitionText};
use crate::compiler::record::{RecordBuilder, Seen, SeenAs};

/// The arenas of a body, by the letter that their indices begin with.
const ARENAS: [(&str, u8); 4] = [
    ("arms: [", b'a'),
    ("blocks: [", b'b'),
    ("exprs: [", b'e'),
    ("stmts: [", b's'),
];
/// Positions of expressions and statements in [`ARENAS`].
const EXPRESSIONS: usize = 2;
const STATEMENTS: usize = 3;

/// A node of a body: its arena and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NodeRef {
    arena: usize,
    index: usize,
}

/// What is kept of a node.
#[derive(Debug, Clone, Default)]
struct Node {
    parent: Option<NodeRef>,
    /// Range in [`Bodies::texts`].
    span: (u32, u32),
    /// Range in [`Bodies::texts`]; expressions only.
    ty: (u32, u32),
    /// The expression that it only wraps.
    wraps: Option<usize>,
    named: Option<Named>,
    call: Option<Call>,
}

/// A definition that an expression names.
#[derive(Debug, Clone, Copy)]
struct Named {
    target: u32,
    /// The first of its type arguments, as printed: of a trait's item the Self type. Range in [`Bodies::texts`].
    of_type: Option<(u32, u32)>,
    /// Whether it is a member of an impl block: then its arguments are the block's, and do not tell the Self type.
    in_impl: bool,
}

/// A call.
#[derive(Debug, Clone, Copy, Default)]
struct Call {
    function: Option<usize>,
    receiver: Option<usize>,
    written: bool,
    /// Range in [`Bodies::texts`].
    function_span: (u32, u32),
}

/// What the lines of an expression are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Inside {
    #[default]
    Nothing,
    /// The value of a function's own type: which function, says the type.
    FunctionValue,
    /// The function's type: the definition comes next.
    FunctionType,
    /// Its arguments: the first may be the Self type.
    FunctionArguments,
    /// A constant or static.
    Definition,
    Wrapper,
    Call,
    /// The arguments of a call: the first may be the receiver.
    CallArguments,
}

/// Reads typed bodies.
#[derive(Debug)]
pub(in crate::compiler) struct Bodies<'r> {
    record: &'r mut RecordBuilder,
    owner: Option<u32>,
    arena: Option<usize>,
    nodes: [Vec<Node>; 4],
    /// How many nodes of each arena have begun.
    begun: [usize; 4],
    /// Which node points at which; a name that looks like one points at nothing that is there.
    links: Vec<(NodeRef, NodeRef)>,
    inside: Inside,
    texts: String,
}

impl<'r> Bodies<'r> {
    pub(in crate::compiler) fn new(record: &'r mut RecordBuilder) -> Self {
        Self {
            record,
            owner: None,
            arena: None,
            nodes: Default::default(),
            begun: [0; 4],
            links: Vec::new(),
            inside: Inside::Nothing,
            texts: String::new(),
        }
    }

    fn begin(&mut self, text: &str) -> Result<(), Misread> {
        self.owner = Some(DefinitionText::parse(text)?.index(self.record));
        Ok(())
    }

    /// Everything of the body that is kept beyond it.
    fn finish(&mut self) -> Result<(), Misread> {
        let owner = self.owner.take().ok_or(Misread)?;
        for (child, parent) in self.links.drain(..) {
            if let Some(node) = self.nodes[child.arena].get_mut(child.index) {
                node.parent = Some(parent);
            }
        }
        for (index, (kind, typed_by)) in self.kinds().into_iter().enumerate() {
            if let Some(named) = self.nodes[EXPRESSIONS][index].named {
                self.found(owner, index, named, kind, typed_by)?;
            }
        }
        self.nodes.iter_mut().for_each(Vec::clear);
        self.begun = [0; 4];
        self.texts.clear();
        self.arena = None;
        self.inside = Inside::Nothing;
        Ok(())
    }

    /// An expression that names something.
    fn found(
        &mut self,
        owner: u32,
        index: usize,
        named: Named,
        kind: SeenAs,
        typed_by: Option<usize>,
    ) -> Result<(), Misread> {
        let expressions = &self.nodes[EXPRESSIONS];
        let text = |(start, end): (u32, u32)| &self.texts[start as usize..end as usize];
        let span = text(expressions[index].span);
        let typed_by = typed_by.and_then(|typed_by| expressions.get(typed_by));
        let arguments = named.of_type.filter(|_| !named.in_impl);
        let of_type = arguments.or(typed_by.map(|node| node.ty)).map(text);
        let (place, claimed) = match self.written_around(index) {
            Some(around) => (parts::place(text(around), self.record)?, None),
            None => (None, parts::place(span, self.record)?),
        };
        let of_type = of_type.map(|text| self.record.type_text(text));
        self.record.add(Seen {
            owner,
            target: named.target,
            kind,
            place,
            claimed,
            from_macro: !parts::is_written(span),
            in_body: true,
            of_type,
        });
        Ok(())
    }

    /// What each expression does that names something, and the expression whose type tells most of what it is of: for a
    /// method the receiver, for another call its result.
    fn kinds(&self) -> Vec<(SeenAs, Option<usize>)> {
        let expressions = &self.nodes[EXPRESSIONS];
        let mut kinds = vec![(SeenAs::Value, None); expressions.len()];
        for (index, node) in expressions.iter().enumerate() {
            let Some(call) = node.call else { continue };
            let Some(mut function) = call.function else { continue };
            // What is wrapped comes before what wraps it; a text that says otherwise must not be walked for ever.
            let wrapped = |function: usize| expressions.get(function)?.wraps.filter(|&inner| inner < function);
            while let Some(inner) = wrapped(function) {
                function = inner;
            }
            let Some(kind) = kinds.get_mut(function) else { continue };
            let begins_with_it = starts_alike(self.text(call.function_span), self.text(node.span));
            *kind = match (call.written, begins_with_it) {
                (false, _) => (SeenAs::Operator, call.receiver),
                (true, true) => (SeenAs::Call, Some(index)),
                (true, false) => (SeenAs::Method, call.receiver),
            };
        }
        kinds
    }

    /// The span of the innermost node around an expression, itself included, that somebody wrote.
    fn written_around(&self, expression: usize) -> Option<(u32, u32)> {
        let mut at = NodeRef {
            arena: EXPRESSIONS,
            index: expression,
        };
        // The nodes form a tree; a text that says otherwise must not be walked for ever.
        for _ in 0..self.nodes.iter().map(Vec::len).sum() {
            let node = self.nodes[at.arena].get(at.index)?;
            if parts::is_written(self.text(node.span)) {
                return Some(node.span);
            }
            at = node.parent?;
        }
        None
    }

    fn text(&self, range: (u32, u32)) -> &str {
        &self.texts[range.0 as usize..range.1 as usize]
    }

    fn keep(&mut self, text: &str) -> (u32, u32) {
        let start = self.texts.len() as u32;
        self.texts.push_str(text);
        (start, self.texts.len() as u32)
    }

    fn node(&mut self, at: NodeRef) -> &mut Node {
        let arena = &mut self.nodes[at.arena];
        if arena.len() <= at.index {
            arena.resize(at.index + 1, Node::default());
        }
        &mut arena[at.index]
    }

    /// A line of an arena.
    fn arena_line(&mut self, arena: usize, line: Line<'_>) -> Result<(), Misread> {
        if line.indent == 8 {
            if line.opens() {
                self.begun[arena] += 1;
                self.inside = Inside::Nothing;
            }
            return Ok(());
        }
        let at = NodeRef {
            arena,
            index: self.begun[arena].checked_sub(1).ok_or(Misread)?,
        };
        // What a `let` has of its own stands a step further in.
        if line.indent == 12 || (arena == STATEMENTS && line.indent == 16) {
            self.field(at, line.text);
        } else if arena == EXPRESSIONS {
            self.detail(at, line)?;
        }
        if let Some(child) = child(line.text) {
            self.links.push((child, at));
        }
        Ok(())
    }

    /// A field of a node.
    fn field(&mut self, at: NodeRef, text: &str) {
        if let Some(span) = text.strip_prefix("span: ") {
            let span = self.keep(span);
            self.node(at).span = span;
        } else if at.arena != EXPRESSIONS {
        } else if let Some(kind) = text.strip_prefix("kind: ") {
            self.inside = match kind {
                "ZstLiteral {" => Inside::FunctionValue,
                "NamedConst {" | "StaticRef {" | "ThreadLocalRef(" => Inside::Definition,
                "Scope {" => Inside::Wrapper,
                "Call {" => Inside::Call,
                _ => Inside::Nothing,
            };
            if self.inside == Inside::Call {
                self.node(at).call = Some(Call::default());
            }
        } else if let Some(ty) = text.strip_prefix("ty: ") {
            self.inside = if self.inside == Inside::FunctionValue && ty == "FnDef(" {
                Inside::FunctionType
            } else {
                Inside::Nothing
            };
            let ty = self.keep(ty);
            self.node(at).ty = ty;
        }
    }

    /// A line inside a field of an expression.
    fn detail(&mut self, at: NodeRef, line: Line<'_>) -> Result<(), Misread> {
        let text = line.text;
        match self.inside {
            Inside::FunctionType if text.starts_with("DefId(") => {
                let named = self.named(text)?;
                self.node(at).named = Some(named);
                self.inside = Inside::FunctionArguments;
            }
            Inside::FunctionArguments if line.indent == 20 && !text.starts_with('\'') => {
                let of_type = self.keep(text);
                if let Some(named) = &mut self.node(at).named {
                    named.of_type = Some(of_type);
                }
                self.inside = Inside::Nothing;
            }
            Inside::Definition => {
                let text = text.strip_prefix("def_id: ").unwrap_or(text);
                if text.starts_with("DefId(") {
                    let named = self.named(text)?;
                    self.node(at).named = Some(named);
                    self.inside = Inside::Nothing;
                }
            }
            Inside::Wrapper => {
                if let Some(child) = text.strip_prefix("value: ").and_then(child) {
                    self.node(at).wraps = Some(child.index);
                }
            }
            Inside::Call | Inside::CallArguments => self.call_detail(at, line),
            _ => {}
        }
        Ok(())
    }

    fn named(&mut self, text: &str) -> Result<Named, Misread> {
        let definition = DefinitionText::parse(text)?;
        let mut outwards = definition.path.rsplit("::").skip(1);
        let in_impl = outwards.next().is_some_and(|container| container.starts_with("{impl#"));
        Ok(Named {
            target: definition.index(self.record),
            of_type: None,
            in_impl,
        })
    }

    fn call_detail(&mut self, at: NodeRef, line: Line<'_>) {
        let function_span = match line.text.strip_prefix("fn_span: ") {
            Some(span) if line.indent == 16 => Some(self.keep(span)),
            _ => None,
        };
        let is_argument = self.inside == Inside::CallArguments && line.indent == 20;
        let Some(call) = &mut self.node(at).call else { return };
        if let Some(span) = function_span {
            call.function_span = span;
        } else if is_argument {
            call.receiver = call.receiver.or(child(line.text).map(|child| child.index));
            self.inside = Inside::Call;
        } else if line.indent != 16 {
        } else if let Some(function) = line.text.strip_prefix("fun: ") {
            call.function = child(function).map(|child| child.index);
        } else if line.text == "args: [" {
            self.inside = Inside::CallArguments;
        } else if line.text == "from_hir_call: true" {
            call.written = true;
        }
    }
}

impl Reader for Bodies<'_> {
    fn line(&mut self, line: Line<'_>) -> Result<(), Misread> {
        match (line.indent, line.text) {
            (_, "") => Ok(()),
            (0, text) if text.starts_with("DefId(") => self.begin(text),
            (0, "}") => self.finish(),
            (0, "Thir {") => Ok(()),
            (0, _) => Err(Misread),
            (4, text) => {
                self.arena = ARENAS.iter().position(|&(opening, _)| opening == text);
                Ok(())
            }
            _ => match self.arena {
                Some(arena) => self.arena_line(arena, line),
                None => Ok(()),
            },
        }
    }

    fn end(&mut self) -> Result<(), Misread> {
        // A body that was begun and not ended.
        self.owner.is_none().then_some(()).ok_or(Misread)
    }
}

/// The node that a line points at: `value: e3`, `e3`. Types and allocations are printed alike and are none.
fn child(text: &str) -> Option<NodeRef> {
    // Most lines end in something else, and there are millions.
    if !text.as_bytes().last().is_some_and(u8::is_ascii_digit)
        || text.starts_with("ty: ")
        || text.starts_with("alloc_id: ")
    {
        return None;
    }
    let value = text.rsplit_once(": ").map_or(text, |(_, value)| value);
    let letter = *value.as_bytes().first()?;
    let arena = ARENAS.iter().position(|&(_, known)| known == letter)?;
    let digits = &value[1..];
    let is_index = !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let index = is_index.then(|| digits.parse().ok()).flatten()?;
    Some(NodeRef { arena, index })
}

/// Whether two spans begin at the same place.
fn starts_alike(one: &str, other: &str) -> bool {
    let start = |span: &str| span.rsplit_once(": ").map(|(start, _)| start.to_owned());
    start(one) == start(other)
}
