//! What a file declares: scopes with their items, imports and macro invocations.

use archguard_invariants::graph::ItemKind;
use serde::{Deserialize, Serialize};

use super::index::{CfgIdx, ItemIdx, Name, PathIdx, ScopeIdx, Span, TypeIdx};

/// Who can name an item, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CallText {
    /// The tokens, lexable.
    pub text: Box<str>,
    /// Sorted by `text_start`.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`CallText`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Piece {
    /// Where it begins in the text.
    pub text_start: u32,
    /// Where it begins in the file.
    pub file_start: u32,
    /// Whether it came from a macro's definition; then `file_start` is the invocation's.
    pub foreign: bool,
}

/// An item as declared.
#[derive(Debug, Serialize, Deserialize)]
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
#[derive(Debug, Serialize, Deserialize)]
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
        /// What its attributes name, which is its parent's code: a range of [`CodeFacts::refs`](super::CodeFacts::refs).
        attributes: (u32, u32),
    },
    /// A function or method.
    Function {
        /// Parameter types in order, `self` left out.
        parameters: Vec<TypeIdx>,
        /// What it returns; none for `()`.
        returns: Option<TypeIdx>,
        /// Whether it is `async`.
        is_async: bool,
        /// Whether calling it is `unsafe`.
        is_unsafe: bool,
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
        /// `unsafe trait`.
        is_unsafe: bool,
    },
    /// An impl.
    Impl {
        /// The trait, if any.
        of_trait: Option<PathIdx>,
        /// For whom.
        self_type: TypeIdx,
        /// `unsafe impl`.
        is_unsafe: bool,
    },
    /// An alias, constant, static or associated type with its type.
    Typed {
        /// The type, where written.
        ty: Option<TypeIdx>,
        /// Names of its type parameters.
        generics: Box<[Name]>,
        /// What each type parameter is where nothing is written for it.
        defaults: Box<[Option<TypeIdx>]>,
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
