//! The facts of one file: what it declares and what its code names, as written. They depend on the file's bytes alone;
//! nothing here knows other files, so facts can be made in parallel and kept by content.
//!
//! Everything is an index into an arena of [`FileFacts`]; positions are character offsets into the file.

use ustr::Ustr;

use archguard_invariants::graph::{ItemKind, ReferenceKind};

use super::cfg::Cfg;
use super::lines::Lines;

/// An interned name.
pub type Name = Ustr;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);
        impl $name {
            /// The position in its arena.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(
    /// A scope of a file.
    ScopeIdx
);
index!(
    /// An item of a file.
    ItemIdx
);
index!(
    /// A path of a file.
    PathIdx
);
index!(
    /// A type of a file.
    TypeIdx
);
index!(
    /// An expression whose type may matter.
    ExprIdx
);
index!(
    /// A local binding.
    LocalIdx
);
index!(
    /// A cfg expression of a file.
    CfgIdx
);

/// A stretch of the file in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// How a path begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathStart {
    /// With a name: `a::b`.
    Plain,
    /// `::a::b`.
    Global,
    /// `crate::a`.
    Crate,
    /// `self::a`.
    SelfModule,
    /// `super::a`, with the number of `super`.
    Super(u8),
    /// `Self::a`.
    SelfType,
    /// `$crate::a` in what a macro expanded to.
    MacroCrate,
    /// `<T>::a`.
    Type(TypeIdx),
    /// `T::a` for a generic parameter, with its bounds (a range of [`FileFacts::bounds`]).
    Parameter(u32, u32),
}

/// A path as written, generic arguments left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PathFact {
    /// How it begins.
    pub start: PathStart,
    /// The names after the beginning; not empty unless the beginning stands alone.
    pub segments: Box<[Name]>,
    /// `T` of `<T as a::Trait>::b`, whose path is `a::Trait::b`.
    pub of_type: Option<TypeIdx>,
}

/// The namespaces that a path is looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Namespaces(pub u8);

impl Namespaces {
    /// Types and modules.
    pub const TYPE: Self = Self(1);
    /// Values.
    pub const VALUE: Self = Self(2);
    /// Macros.
    pub const MACRO: Self = Self(4);
    /// All three.
    pub const ALL: Self = Self(7);
    /// Types, else values: scanned token text.
    pub const TYPE_OR_VALUE: Self = Self(3);
    /// Values; types where there is no such value: arguments of macros whose grammar is not known.
    pub const VALUE_ELSE_TYPE: Self = Self(2 | 8);
    /// Types; values where there is no such type: generic arguments, which may be constants.
    pub const TYPE_ELSE_VALUE: Self = Self(1 | 8);

    /// Whether the two have one in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Those to look in first.
    #[must_use]
    pub fn first(self) -> Self {
        self.and(Self::ALL)
    }

    /// Those to look in where the first have no such name.
    pub fn otherwise(self) -> Option<Self> {
        match self {
            Self::VALUE_ELSE_TYPE => Some(Self::TYPE),
            Self::TYPE_ELSE_VALUE => Some(Self::VALUE),
            _ => None,
        }
    }

    /// The common ones.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The namespaces that an item of this kind lives in.
    pub fn of(kind: ItemKind) -> Self {
        match kind {
            ItemKind::Module
            | ItemKind::Enum
            | ItemKind::Union
            | ItemKind::Trait
            | ItemKind::TypeAlias
            | ItemKind::AssociatedType
            | ItemKind::Primitive => Self::TYPE,
            ItemKind::Function
            | ItemKind::Method
            | ItemKind::Constant
            | ItemKind::AssociatedConstant
            | ItemKind::Static => Self::VALUE,
            // A struct may be tuple or unit: its constructor is a value. Without that knowledge both are assumed.
            ItemKind::Struct | ItemKind::Variant => Self::TYPE_OR_VALUE,
            ItemKind::Macro | ItemKind::Derive | ItemKind::Attribute => Self::MACRO,
            ItemKind::Impl | ItemKind::Field => Self(0),
        }
    }
}

/// Who can name an item, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisibilityFact {
    /// Nothing written.
    Private,
    /// `pub`.
    Public,
    /// `pub(crate)`.
    Crate,
    /// `pub(super)`, with the number of levels.
    Super(u8),
    /// `pub(in path)`.
    In(PathIdx),
    /// As its container: variants, trait items, items of trait impls.
    Inherited,
}

/// A scope: a module's, or a block's that declares items.
#[derive(Debug, Default)]
pub struct ScopeFact {
    /// The scope around it in this file; none for the file's own.
    pub parent: Option<ScopeIdx>,
    /// The function (or constant) whose block it is; none for modules.
    pub block_of: Option<ItemIdx>,
    /// Items declared directly in it, in order.
    pub items: Vec<ItemIdx>,
    /// Imports declared directly in it.
    pub imports: Vec<ImportFact>,
    /// Macro invocations in item position.
    pub calls: Vec<MacroCallFact>,
}

/// One leaf of a `use` tree, or an `extern crate`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether one thing is written; all combinations occur"
)]
#[derive(Debug, Clone)]
pub struct ImportFact {
    /// What is imported; for a glob the module.
    pub path: PathIdx,
    /// The name it gets here; none for globs and `as _`.
    pub name: Option<Name>,
    /// `*`.
    pub glob: bool,
    /// `a::{self}`: the type namespace only.
    pub types_only: bool,
    /// `extern crate`.
    pub extern_crate: bool,
    /// `#[macro_use]` on an `extern crate`.
    pub macro_use: bool,
    /// Who sees it.
    pub visibility: VisibilityFact,
    /// The leaf's path as written.
    pub span: Span,
    /// Under which cfg, inside this file.
    pub cfg: Option<CfgIdx>,
    /// Whether it stands in test code of this file.
    pub dev: bool,
    /// Whether the tokens came out of a macro's definition.
    pub foreign: bool,
    /// The item whose block it stands in.
    pub owner: Option<ItemIdx>,
}

/// A macro invocation in item position.
#[derive(Debug, Clone)]
pub struct MacroCallFact {
    /// The macro.
    pub path: PathIdx,
    /// The arguments' text.
    pub arguments: CallText,
    /// The macro's path as written.
    pub span: Span,
    /// Under which cfg, inside this file.
    pub cfg: Option<CfgIdx>,
    /// Whether it stands in test code of this file.
    pub dev: bool,
    /// The impl or trait that it stands in.
    pub container: Option<ItemIdx>,
    /// The function or constant whose block it stands in.
    pub owner: Option<ItemIdx>,
    /// The type parameters that are in scope: those of the impl or trait.
    pub parameters: Box<[Name]>,
}

/// Text with the way back to the file: pieces of `text` and where they stand in the file.
#[derive(Debug, Clone, Default)]
pub struct CallText {
    /// The tokens, lexable.
    pub text: Box<str>,
    /// Sorted by `text_start`.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`CallText`].
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// Where it begins in the text.
    pub text_start: u32,
    /// Where it begins in the file.
    pub file_start: u32,
    /// Whether it came from a macro's definition; then `file_start` is the invocation's.
    pub foreign: bool,
}

/// An item as declared.
#[derive(Debug)]
pub struct ItemFact {
    /// Its name; empty for impls.
    pub name: Name,
    /// What it is.
    pub kind: ItemKind,
    /// The scope that it is declared in.
    pub scope: ScopeIdx,
    /// The impl, trait, enum, or function (for items in blocks) that it stands in.
    pub parent: Option<ItemIdx>,
    /// Who sees it.
    pub visibility: VisibilityFact,
    /// Its name in the file (for impls the self type).
    pub span: Span,
    /// Under which cfg, inside this file.
    pub cfg: Option<CfgIdx>,
    /// Test code by what this file says: `#[test]`, `#[cfg(test)]`, or inside such.
    pub dev: bool,
    /// Whether the name came out of a macro's definition.
    pub foreign: bool,
    /// `#[no_mangle]`, `#[export_name]`, `#[link_name]`, or a foreign item's own name.
    pub link_name: Option<Name>,
    /// What only this kind has.
    pub data: ItemData,
}

/// What only some kinds of item have.
#[derive(Debug)]
pub enum ItemData {
    /// Nothing more.
    None,
    /// A module.
    Module {
        /// The scope of `mod x { .. }`; none for `mod x;`.
        inline: Option<ScopeIdx>,
        /// `#[path]`, each with the cfg it stands under.
        paths: Vec<(Option<CfgIdx>, Box<str>)>,
        /// `#[macro_use]`.
        macro_use: bool,
    },
    /// A function or method.
    Function {
        /// Parameter types in order, `self` left out.
        parameters: Vec<TypeIdx>,
        /// What it returns; none for `()`.
        returns: Option<TypeIdx>,
        /// Whether it is `async`.
        is_async: bool,
        /// Whether it takes `self`.
        has_self: bool,
        /// Names of its own type parameters.
        generics: Box<[Name]>,
    },
    /// A struct, union or variant.
    Fields {
        /// Name (or number) and type.
        fields: Vec<(Name, TypeIdx)>,
        /// Whether it has a constructor value (tuple or unit).
        constructor: bool,
        /// Names of its type parameters.
        generics: Box<[Name]>,
        /// Derived traits, as paths.
        derives: Vec<PathIdx>,
    },
    /// An enum.
    Enum {
        /// Names of its type parameters.
        generics: Box<[Name]>,
        /// Derived traits, as paths.
        derives: Vec<PathIdx>,
    },
    /// A trait.
    Trait {
        /// Its supertraits.
        supertraits: Vec<PathIdx>,
    },
    /// An impl.
    Impl {
        /// The trait, if any.
        of_trait: Option<PathIdx>,
        /// For whom.
        self_type: TypeIdx,
    },
    /// An alias, constant, static or associated type with its type.
    Typed {
        /// The type, where written.
        ty: Option<TypeIdx>,
        /// Names of its type parameters.
        generics: Box<[Name]>,
    },
    /// A macro.
    Macro {
        /// The tokens between the braces of its definition.
        body: Box<str>,
        /// Where the body begins in the file.
        body_start: u32,
        /// `macro` rather than `macro_rules!`.
        decl_macro: bool,
        /// `#[macro_export]`.
        exported: bool,
    },
}

/// A type as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// A type parameter, with its bounds (a range of [`FileFacts::bounds`]).
    Parameter(Name, u32, u32),
    /// `Self`.
    SelfType,
    /// Anything else.
    Other,
}

/// An expression, as far as its type can be told from declarations.
#[derive(Debug, Clone)]
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
    /// `receiver.name(..)`.
    Method(ExprIdx, Name),
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
}

/// A local binding.
#[derive(Debug, Clone, Copy)]
pub struct LocalFact {
    /// Its written type.
    pub ty: Option<(TypeIdx, ScopeIdx)>,
    /// What it is bound to.
    pub init: Option<ExprIdx>,
}

/// What a reference names.
#[derive(Debug, Clone, Copy)]
pub enum Named {
    /// A path.
    Path(PathIdx, Namespaces),
    /// A method of a receiver.
    Method(ExprIdx, Name),
    /// A field of a base.
    Field(ExprIdx, Name),
}

/// How sure it is that a path of the file is a reference at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It is one: unresolved is counted.
    Certain,
    /// It may be a binding or a word of a macro's own language: counts only if it resolves.
    Possible,
}

/// One place where code names something.
#[derive(Debug, Clone)]
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

/// `include!("x.rs")`, in item or expression position.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
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

/// The facts of one file.
#[derive(Debug)]
pub struct FileFacts {
    /// Scopes; the first is the file's own.
    pub scopes: Vec<ScopeFact>,
    /// Items.
    pub items: Vec<ItemFact>,
    /// Paths, each once.
    pub paths: Vec<PathFact>,
    /// Types.
    pub types: Vec<TypeFact>,
    /// Bounds of type parameters, as paths.
    pub bounds: Vec<PathIdx>,
    /// Expressions.
    pub exprs: Vec<ExprFact>,
    /// Local bindings.
    pub locals: Vec<LocalFact>,
    /// References.
    pub refs: Vec<RefFact>,
    /// Items declared in `extern` blocks.
    pub foreign_items: Vec<ItemIdx>,
    /// Includes.
    pub includes: Vec<IncludeFact>,
    /// Cfg expressions, each once.
    pub cfgs: Vec<Cfg>,
    /// `#![cfg(..)]` of the file.
    pub file_cfg: Option<CfgIdx>,
    /// `#![no_std]`, `#![no_core]`.
    pub no_std: bool,
    /// Where the lines begin.
    pub lines: Lines,
}
