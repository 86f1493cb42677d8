//! What the code of a file says: types, expressions as far as their types can be told, references, closures and what is
//! passed to calls, includes.

use archguard_invariants::graph::ReferenceKind;
use serde::{Deserialize, Serialize};

use super::index::{CfgIdx, ClosureIdx, ExprIdx, ItemIdx, LocalIdx, Name, PathIdx, ScopeIdx, Span, TypeIdx};
use super::path::Namespaces;

/// A type as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TypeFact {
    /// A path with its generic arguments (of the last segment).
    Path(PathIdx, Box<[TypeIdx]>),
    /// `&T`, `&mut T`, `*const T`, `(T)`.
    Reference(TypeIdx),
    /// `[T]`, `[T; n]`.
    Slice(TypeIdx),
    /// `(A, B)`.
    Tuple(Box<[TypeIdx]>),
    /// `dyn Trait`, `impl Trait`: the first bound, with the type arguments of its last segment.
    Bound(PathIdx, Box<[TypeIdx]>),
    /// A type parameter, with its bounds (a range of [`FileFacts::bounds`](super::FileFacts::bounds)).
    Parameter(Name, u32, u32),
    /// `Self`.
    SelfType,
    /// Anything else.
    Other,
}

/// An expression, as far as its type can be told from declarations.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ExprFact {
    /// Cannot be told.
    Unknown,
    /// A local binding.
    Local(LocalIdx),
    /// `self`.
    SelfValue,
    /// A path to a value.
    Path(PathIdx, ScopeIdx),
    /// A call of a path; with turbofish arguments of the last segment.
    Call(PathIdx, ScopeIdx),
    /// A struct literal.
    Struct(PathIdx, ScopeIdx),
    /// A value of a written type (cast, annotated).
    Typed(TypeIdx, ScopeIdx),
    /// `receiver.name(..)`; where it stands decides which traits are in scope.
    Method(ExprIdx, Name, ScopeIdx),
    /// `base.name`.
    Field(ExprIdx, Name),
    /// `x?`, or what `Some(x)`, `Ok(x)` bind.
    Unwrapped(ExprIdx),
    /// What `Err(x)` binds.
    Failed(ExprIdx),
    /// `(a, b)`.
    Tuple(Box<[ExprIdx]>),
    /// An element of a tuple, counted from its end where a pattern has `..` before it.
    Part {
        /// The tuple.
        of: ExprIdx,
        /// Which one.
        number: u32,
        /// Whether counted from the end.
        from_end: bool,
    },
    /// `x.await`.
    Awaited(ExprIdx),
    /// `*x`.
    Dereferenced(ExprIdx),
    /// `x[i]`.
    Indexed(ExprIdx),
    /// An element of an iteration, or of a slice pattern.
    Element(ExprIdx),
    /// A closure.
    Closure(ClosureIdx),
    /// One of these: the branches of `if` and `match`.
    Choice(Box<[ExprIdx]>),
    /// `[a, b]`.
    Array(Box<[ExprIdx]>),
    /// A parameter of the function around, by number, `self` left out.
    Parameter(u32),
}

/// A local binding.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct LocalFact {
    /// Its written type.
    pub ty: Option<(TypeIdx, ScopeIdx)>,
    /// What it is bound to.
    pub init: Option<ExprIdx>,
}

/// What a reference names.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Named {
    /// A path.
    Path(PathIdx, Namespaces),
    /// A method of a receiver.
    Method(ExprIdx, Name),
    /// A field of a base.
    Field(ExprIdx, Name),
}

/// How sure it is that a path of the file is a reference at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Certainty {
    /// It is one: unresolved is counted.
    Certain,
    /// It may be a binding or a word of a macro's own language: counts only if it resolves.
    Possible,
}

/// One place where code names something.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefFact {
    /// What it names.
    pub named: Named,
    /// What it does.
    pub kind: ReferenceKind,
    /// Where it stands.
    pub span: Span,
    /// The scope that names are looked up from.
    pub scope: ScopeIdx,
    /// The item whose code it is; none for the module itself.
    pub owner: Option<ItemIdx>,
    /// Under which cfg, inside this file.
    pub cfg: Option<CfgIdx>,
    /// Whether it stands in the interface of its item.
    pub exposed: bool,
    /// Whether it stands in test code of this file.
    pub dev: bool,
    /// Whether the tokens came out of a macro's definition.
    pub foreign: bool,
    /// Whether it certainly is a reference.
    pub certainty: Certainty,
}

/// A string literal that may be SQL by its first word.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, asked for by name"
)]
pub struct LiteralFact {
    /// What it says.
    pub text: Box<str>,
    /// Whether a macro formats values into it.
    pub formatted: bool,
    /// Where it stands; of several lines the first.
    pub span: Span,
    /// The scope that it stands in.
    pub scope: ScopeIdx,
    /// The item whose code it is; none for the module itself.
    pub owner: Option<ItemIdx>,
    /// Under which cfg, inside this file.
    pub cfg: Option<CfgIdx>,
    /// Whether it stands in the interface of its item.
    pub exposed: bool,
    /// Whether it stands in test code of this file.
    pub dev: bool,
    /// Whether the tokens came out of a macro's definition.
    pub foreign: bool,
}

/// A closure. What its code names are references of the item around it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClosureFact {
    /// The closure around it.
    pub parent: Option<ClosureIdx>,
    /// The item whose code it is; none for the module itself.
    pub owner: Option<ItemIdx>,
    /// The scope that its types are looked up from.
    pub scope: ScopeIdx,
    /// From its beginning to the second `|`.
    pub span: Span,
    /// Its references: a range of [`CodeFacts::refs`](super::CodeFacts::refs).
    pub refs: (u32, u32),
    /// The written types of its parameters.
    pub parameters: Box<[Option<TypeIdx>]>,
    /// The written return type.
    pub returns: Option<TypeIdx>,
    /// `async |..|`, or an `async` block as its body.
    pub is_async: bool,
    /// Under which cfg, inside this file.
    pub cfg: Option<CfgIdx>,
    /// Whether it stands in test code of this file.
    pub dev: bool,
}

/// A path to a value, or a closure, as an argument of a call: only whoever knows all files can say which are functions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PassFact {
    /// What is called.
    pub to: Named,
    /// The scope that the callee is looked up from.
    pub to_scope: ScopeIdx,
    /// What is passed.
    pub what: Passed,
    /// Which argument it is; none for what a macro is given.
    pub argument: Option<u32>,
    /// The argument.
    pub span: Span,
    /// The scope of the call.
    pub scope: ScopeIdx,
    /// The item whose code it is; none for the module itself.
    pub owner: Option<ItemIdx>,
    /// Under which cfg, inside this file.
    pub cfg: Option<CfgIdx>,
    /// Whether it stands in test code of this file.
    pub dev: bool,
}

/// What an argument leads to, through local bindings and the methods called on it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Passed {
    /// A path to a value, and the scope that it is looked up from.
    Path(PathIdx, ScopeIdx),
    /// A closure.
    Closure(ClosureIdx),
    /// What the function around is itself passed: its parameter of this number, `self` left out.
    Parameter(u32),
}

/// An argument that is a text with values formatted into it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct FormattedFact {
    /// The reference to what is called: its position among the file's.
    pub callee: u32,
    /// The template.
    pub span: Span,
}

/// `include!("x.rs")`, in item or expression position.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IncludeFact {
    /// What is included.
    pub what: Included,
    /// The scope that it stands in.
    pub scope: ScopeIdx,
    /// The item that it stands in; none in item position.
    pub owner: Option<ItemIdx>,
    /// Where.
    pub span: Span,
    /// Under which cfg, inside this file.
    pub cfg: Option<CfgIdx>,
    /// Whether it stands in test code of this file.
    pub dev: bool,
}

/// What an `include!` names.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Included {
    /// A literal path, relative to the file.
    Literal(Box<str>),
    /// `concat!(env!("OUT_DIR"), "/x.rs")`: below `OUT_DIR`.
    OutDir(Box<str>),
    /// `concat!(env!("CARGO_MANIFEST_DIR"), "/x.rs")`.
    ManifestDir(Box<str>),
    /// Anything that cannot be told from the text.
    Computed,
}
