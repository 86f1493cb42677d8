//! The values that a graph is made of. No algorithms here.

use std::sync::Arc;

use petgraph::graph::EdgeIndex;
use serde::{Deserialize, Serialize};

pub use super::ids::{CfgId, CfgSetsId, ItemId, TextId};
use crate::place::{FileId, Place};

/// An edge of the graph.
pub type ReferenceId = EdgeIndex<u32>;

/// A crate (one target of a package, or an external crate); index into [`super::Graph::crates`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CrateId(pub u32);

/// Where a crate comes from, and so how far it is examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CrateOrigin {
    /// A member of the workspace: examined.
    Workspace,
    /// A path dependency outside the workspace: examined like a member.
    Path,
    /// From a registry, git or vendored sources: read where names lead, never judged.
    External,
    /// The standard library: known from the shipped table.
    Standard,
    /// Named by a manifest, sources not to be had.
    Opaque,
}

impl CrateOrigin {
    /// Whether the crate's own code is judged.
    pub fn is_examined(self) -> bool {
        matches!(self, Self::Workspace | Self::Path)
    }
}

/// What kind of cargo target a crate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TargetKind {
    /// A library (or a proc-macro).
    Lib,
    /// A binary.
    Bin,
    /// A build script.
    Build,
    /// An integration test.
    Test,
    /// A benchmark.
    Bench,
    /// An example.
    Example,
}

impl TargetKind {
    /// The prefix that names the target in a path, without the colon: `bin`, `lib`, ...
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Lib => "lib",
            Self::Bin => "bin",
            Self::Build => "build",
            Self::Test => "test",
            Self::Bench => "bench",
            Self::Example => "example",
        }
    }
}

/// One crate of the graph.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Crate {
    /// The crate's own name as in code, with underscores: `shop`.
    pub name: Arc<str>,
    /// How its items' paths begin: `shop` for a library, `bin:shop`, `test:api` for other targets.
    pub head: Arc<str>,
    /// The package's name with underscores (a first path segment may name it).
    pub package: Arc<str>,
    /// The package's version, empty where there is none.
    pub version: Arc<str>,
    /// Its repository as the manifest states it, for facade families.
    pub repository: Option<Arc<str>>,
    /// Where it comes from.
    pub origin: CrateOrigin,
    /// Which kind of target.
    pub target: TargetKind,
    /// Its root module.
    pub root: ItemId,
    /// Whether the whole target is development code (tests, benches, examples, or listed in `dev_code`).
    pub dev: bool,
    /// Crates (by id) that its manifest names: the direct dependencies.
    pub dependencies: Vec<CrateId>,
    /// Those of them that only development code may name, sorted; of development code itself none.
    pub dev_only: Vec<CrateId>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ItemKind {
    /// A module; a crate root is one without parent.
    Module,
    /// A free function.
    Function,
    /// A function in an impl or trait, with or without `self`.
    Method,
    /// A closure: `shop::http::routes::{closure#0}`. In the graph only where a policy requires something.
    Closure,
    /// A struct.
    Struct,
    /// An enum.
    Enum,
    /// A union.
    Union,
    /// A variant of an enum.
    Variant,
    /// A named or numbered field.
    Field,
    /// A trait (or trait alias).
    Trait,
    /// A type alias.
    TypeAlias,
    /// An associated type of a trait or impl.
    AssociatedType,
    /// A constant.
    Constant,
    /// A constant of a trait or impl.
    AssociatedConstant,
    /// A static.
    Static,
    /// A `macro_rules!` or `macro` definition, or a function-like proc-macro.
    Macro,
    /// A derive macro.
    Derive,
    /// An attribute macro.
    Attribute,
    /// An impl block of a trait for a type: `shop::db::<Row as Display>`.
    Impl,
    /// A primitive type.
    Primitive,
}

impl ItemKind {
    /// Whether the item lives in the macro namespace.
    pub fn is_macro(self) -> bool {
        matches!(self, Self::Macro | Self::Derive | Self::Attribute)
    }

    /// The word for it in messages and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Function => "fn",
            Self::Method => "method",
            Self::Closure => "closure",
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Union => "union",
            Self::Variant => "variant",
            Self::Field => "field",
            Self::Trait => "trait",
            Self::TypeAlias => "type",
            Self::AssociatedType => "associated type",
            Self::Constant => "const",
            Self::AssociatedConstant => "associated const",
            Self::Static => "static",
            Self::Macro => "macro",
            Self::Derive => "derive macro",
            Self::Attribute => "attribute macro",
            Self::Impl => "impl",
            Self::Primitive => "primitive type",
        }
    }
}

/// Who can name an item, as written at the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Visibility {
    /// `pub`, or an item of something public by nature (variant, trait item).
    Public,
    /// Everything inside this module: private items, `pub(crate)`, `pub(super)`, `pub(in ..)`.
    Within(ItemId),
}

/// One item: a node of the graph.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Item {
    /// The definition path as printed: `shop::http::orders::list`, `bin:shop::main`.
    pub path: Arc<str>,
    /// What it is.
    pub kind: ItemKind,
    /// The crate that defines it.
    pub krate: CrateId,
    /// What it is defined in: module, type (for inherent items), impl, trait, function. None for crate roots.
    pub parent: Option<ItemId>,
    /// The module that its code stands in; itself for a module.
    pub module: ItemId,
    /// Who can name it.
    pub visibility: Visibility,
    /// Its name in the source; none for external items whose place is not known.
    pub place: Option<Place>,
    /// Whether it is development code (tests and what the policy lists as such).
    pub dev: bool,
    /// The cfg that it exists under, enclosing modules included.
    pub cfg: Option<CfgId>,
    /// The symbol that it exports or imports (`#[no_mangle]`, `#[export_name]`, foreign items).
    pub link_name: Option<Arc<str>>,
    /// For a module: whether it holds nothing but `mod` lines.
    pub only_modules: bool,
}

/// What a reference does; the words are those of `as` in the policy and `kind` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReferenceKind {
    /// A `use` or `extern crate`.
    Import,
    /// A path in an expression that is not called: a value, a unit struct, a constant, a function as value.
    Path,
    /// A call of a path, a struct literal.
    Call,
    /// A method call.
    Method,
    /// A field access.
    Field,
    /// An operator.
    Operator,
    /// An invocation of a macro.
    Macro,
    /// A derive.
    Derive,
    /// An attribute.
    Attribute,
    /// A path in type position (bounds included).
    Type,
    /// The trait or self type of an impl.
    Impl,
    /// A path in a pattern.
    Pattern,
    /// A string literal.
    Literal,
    /// A foreign item, or the link name of one.
    Foreign,
}

impl ReferenceKind {
    /// All kinds, in the order of the policy's documentation.
    pub const ALL: [Self; 14] = [
        Self::Import,
        Self::Path,
        Self::Call,
        Self::Method,
        Self::Field,
        Self::Operator,
        Self::Macro,
        Self::Derive,
        Self::Attribute,
        Self::Type,
        Self::Impl,
        Self::Pattern,
        Self::Literal,
        Self::Foreign,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Path => "path",
            Self::Call => "call",
            Self::Method => "method",
            Self::Field => "field",
            Self::Operator => "operator",
            Self::Macro => "macro",
            Self::Derive => "derive",
            Self::Attribute => "attribute",
            Self::Type => "type",
            Self::Impl => "impl",
            Self::Pattern => "pattern",
            Self::Literal => "literal",
            Self::Foreign => "foreign",
        }
    }
}

/// Which derivations saw a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// Seen by the tool's own name resolution.
    pub source: bool,
    /// Seen in the compiler's typed bodies.
    pub compiler: bool,
    /// The cfg sets that the compiler saw it under, where it was not every one of the verdict.
    pub under: Option<CfgSetsId>,
}

impl Evidence {
    /// Source evidence alone.
    pub const SOURCE: Self = Self {
        source: true,
        compiler: false,
        under: None,
    };
}

/// How source evidence knows a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resolution {
    /// A path that leads to the definition.
    Resolved,
    /// Through declared types.
    Inferred,
}

/// One place where the code of one item names another: an edge of the graph.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, asked for by name"
)]
pub struct Reference {
    /// The absolute path as written, local aliases resolved: `sqlx::query`. The definition's path where no path is written.
    pub written: TextId,
    /// What it does.
    pub kind: ReferenceKind,
    /// Where it stands.
    pub place: Place,
    /// Who saw it.
    pub evidence: Evidence,
    /// How it is known; none where only the compiler saw it.
    pub resolution: Option<Resolution>,
    /// Whether it has no path of its own (method, field, operator, inherited from a macro).
    pub pathless: bool,
    /// Whether it stands in the interface of its item: signature, visible field, bound, supertrait, re-export, const value.
    pub exposed: bool,
    /// Whether it is a `pub use` (of any visibility wider than private).
    pub reexport: bool,
    /// Development code.
    pub dev: bool,
    /// The cfg it stands under.
    pub cfg: Option<CfgId>,
    /// The macro whose body holds the reference and which was invoked here.
    pub inherited_from: Option<ItemId>,
    /// A second definition: the Self type's item where the edge leads to the trait's.
    pub also: Option<ItemId>,
    /// The type written before a trait's item: `Db` in `Db::default()`. Naming it is a dependency of its own.
    pub self_type: Option<ItemId>,
}

/// A reference with its ends: from, to.
pub type Linked = (ItemId, ItemId, Reference);

// There are millions, and every reading and every judge goes through all of them.
const _: () = assert!(size_of::<Linked>() <= 64);

/// Why a path did not resolve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnresolvedReason {
    /// The first segment names nothing in scope.
    UnknownName,
    /// The path leads into a module that has no such item.
    NotInModule,
    /// The type is known, the associated item is not.
    UnknownAssociatedItem,
    /// The standard library's table lacks it.
    NotInStandardTable,
    /// It leads into a crate without sources.
    OpaqueCrate,
    /// The name is made by a macro that cannot be expanded from its source.
    MacroMade,
    /// It leads into generated code that has not been built.
    PendingCode,
    /// A cycle of imports, or a chain too long.
    ImportCycle,
}

impl UnresolvedReason {
    /// All reasons.
    pub const ALL: [Self; 8] = [
        Self::UnknownName,
        Self::NotInModule,
        Self::UnknownAssociatedItem,
        Self::NotInStandardTable,
        Self::OpaqueCrate,
        Self::MacroMade,
        Self::PendingCode,
        Self::ImportCycle,
    ];

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::UnknownName => "unknown-name",
            Self::NotInModule => "not-in-module",
            Self::UnknownAssociatedItem => "unknown-associated-item",
            Self::NotInStandardTable => "not-in-standard-table",
            Self::OpaqueCrate => "opaque-crate",
            Self::MacroMade => "macro-made",
            Self::PendingCode => "pending-code",
            Self::ImportCycle => "import-cycle",
        }
    }
}

/// A path in code that led to no definition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unresolved {
    /// The item whose code names it.
    pub from: ItemId,
    /// The absolute path as written, as far as it could be made absolute.
    pub written: TextId,
    /// What it does.
    pub kind: ReferenceKind,
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub reason: UnresolvedReason,
    /// Where its first segment, or a glob in its scope, leads: the suspects of `unresolved-suspect`.
    pub leads: Vec<ItemId>,
    /// Development code.
    pub dev: bool,
    /// The cfg it stands under.
    pub cfg: Option<CfgId>,
}

/// What a file is to the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FileRole {
    /// In a module tree or an `include!`, and examined.
    Examined,
    /// Read in a dependency because names lead there.
    External,
    /// In no module tree and no `include!`: a note, never judged.
    Orphan,
}

/// One file that the graph's places speak of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct File {
    /// The path as printed (design 8): relative to the workspace root, `/` as separator.
    pub display: Arc<str>,
    /// Where it is on disk.
    pub absolute: std::path::PathBuf,
    /// What it is.
    pub role: FileRole,
    /// How many lines it has.
    pub lines: u32,
}

/// What the graph's maker examined, for the verdict.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ExaminedCounts {
    /// Packages whose code is judged.
    pub packages: usize,
    /// Targets of those.
    pub targets: usize,
    /// Distinct files in their module trees.
    pub files: usize,
    /// Those of the files that stand there by an `include!`.
    pub included_files: usize,
    /// Lines of those files.
    pub lines: usize,
    /// Paths seen in code, local bindings apart: resolved ones, unresolved ones, and those into opaque crates.
    pub paths: usize,
    /// Those of the paths that lead into crates without sources: taken for what is written.
    pub opaque_paths: usize,
    /// Those of the paths that lead to names which only a macro that cannot be expanded may make.
    pub macro_made_paths: usize,
    /// Method calls and field accesses whose receiver's type stayed unknown.
    pub untyped_method_calls: usize,
    /// Crates without sources, with the reason.
    pub opaque: Vec<String>,
    /// Generated code that has not been built: `include!` of `OUT_DIR` files.
    pub pending: Vec<String>,
    /// `.rs` files in no module tree.
    pub orphans: Vec<FileId>,
    /// Workspaces below the root that were not examined.
    pub workspaces_not_examined: Vec<String>,
}
