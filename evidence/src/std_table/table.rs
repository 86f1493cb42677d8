//! The table's public face: one shipped table, read when it is first asked.

use super::arch;
use super::builtin::{ATTRIBUTES, PRIMITIVES};
use super::kind::StdKind;
use super::members::{Associated, MemberIndex};
use super::paths::{Entry, PathIndex};
use super::sections::Sections;
use std::sync::{LazyLock, OnceLock};

static SHIPPED: LazyLock<StdTable> = LazyLock::new(StdTable::read);

/// The crates of the table, as `extern crate` and paths name them.
const CRATES: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// What the tool knows of the standard library.
///
/// ```
/// use archguard_evidence::std_table::StdTable;
/// let file = StdTable::shipped().lookup("std::io::Error");
/// assert_eq!(file[0].definition, "std::io::error::Error");
/// ```
pub struct StdTable {
    sections: Sections,
    paths: PathIndex,
    members: OnceLock<MemberIndex>,
    arch: OnceLock<PathIndex>,
}

impl StdTable {
    /// The table that this build of the tool ships.
    pub fn shipped() -> &'static StdTable {
        &SHIPPED
    }

    fn read() -> StdTable {
        let sections = Sections::shipped();
        let paths = PathIndex::parse(sections.paths);
        StdTable {
            sections,
            paths,
            members: OnceLock::new(),
            arch: OnceLock::new(),
        }
    }

    /// The toolchain that the table was made from, as `rustc --version` prints it.
    pub fn toolchain(&self) -> &'static str {
        self.sections.toolchain
    }

    /// The crates of the table.
    pub fn crate_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        CRATES.into_iter()
    }

    /// Whether a crate of this name belongs to the toolchain and is in the table.
    pub fn is_std_crate(&self, name: &str) -> bool {
        CRATES.contains(&name)
    }

    /// All meanings of a path such as `std::fs::File`, `alloc::sync::Arc`, `std::vec` or `u32`; the path may be a
    /// public one or that of a definition. Associated names are no paths here: see [`StdTable::associated`].
    pub fn lookup(&self, path: &str) -> Vec<Entry> {
        let found = self.paths.lookup(path);
        if found.is_empty() && arch::is_arch_path(path) {
            self.arch().lookup(path)
        } else {
            found
        }
    }

    /// The names directly inside a module or enum, for globs and patterns; sorted.
    pub fn children<'a>(&'a self, path: &'a str) -> impl Iterator<Item = (&'static str, Entry)> + use<'a> {
        let path = self.public_container(path);
        let vendor = arch::is_arch_path(path).then(|| self.arch().children(path));
        self.paths.children(path).chain(vendor.into_iter().flatten())
    }

    /// What a name is to a type, trait or primitive type, given by definition or public path. Implemented traits
    /// count, blanket implementations and required traits too; what a type reaches by `Deref` does not: follow the
    /// associated type `Target`.
    pub fn associated(&self, definition: &str, name: &str) -> Option<Associated> {
        self.members().associated(self.definition(definition), name)
    }

    /// All names associated with a definition, sorted.
    pub fn associated_names(&self, definition: &str) -> &[(&'static str, Associated)] {
        self.members().associated_names(self.definition(definition))
    }

    /// The definitions of the traits that a type implements or a trait requires.
    pub fn traits(&self, definition: &str) -> Vec<&'static str> {
        self.members().traits(self.definition(definition))
    }

    /// A function's return type, a constant's or static's type, an alias's parameters and target
    /// (`<T> = std::result::Result<T, std::io::Error>`); the types stand with their public paths.
    pub fn returns(&self, definition: &str) -> Option<&'static str> {
        self.members().text(self.definition(definition))
    }

    /// The names that an edition brings into every module, macros and derives included. An edition newer than the
    /// table gets the newest prelude that it knows.
    pub fn prelude(&self, edition: u16) -> impl Iterator<Item = (&'static str, Entry)> + use<'_> {
        self.paths.children(match edition {
            ..2018 => "std::prelude::rust_2015",
            2018..2021 => "std::prelude::rust_2018",
            2021..2024 => "std::prelude::rust_2021",
            2024.. => "std::prelude::rust_2024",
        })
    }

    /// Whether a path can begin with this primitive type's name.
    pub fn is_primitive(&self, name: &str) -> bool {
        PRIMITIVES.contains(&name)
    }

    /// Whether an attribute of this name needs no import: the language's own, and attribute macros of the prelude.
    pub fn is_builtin_attribute(&self, name: &str) -> bool {
        ATTRIBUTES.contains(&name) || self.in_root_or_prelude(name, StdKind::Attribute)
    }

    /// Whether a macro of this name can be called without import.
    pub fn is_builtin_macro(&self, name: &str) -> bool {
        self.in_root_or_prelude(name, StdKind::Macro)
    }

    /// Whether a derive of this name needs no import.
    pub fn is_builtin_derive(&self, name: &str) -> bool {
        self.in_root_or_prelude(name, StdKind::Derive)
    }

    // Every program has `std`'s macros as if by `#[macro_use]`, besides those in its prelude.
    fn in_root_or_prelude(&self, name: &str, kind: StdKind) -> bool {
        ["std", "std::prelude::v1"].iter().any(|module| {
            self.paths
                .lookup(&format!("{module}::{name}"))
                .iter()
                .any(|entry| entry.kind == kind)
        })
    }

    /// The public path of a module or enum that was given by its definition.
    fn public_container<'a>(&self, path: &'a str) -> &'a str {
        let found = self.paths.lookup(path);
        let container = found
            .iter()
            .find(|entry| matches!(entry.kind, StdKind::Module | StdKind::Enum));
        container.map_or(path, |entry| entry.public)
    }

    fn definition<'a>(&self, path: &'a str) -> &'a str {
        if self.members().knows(path) {
            return path;
        }
        let found = self.paths.lookup(path);
        found
            .iter()
            .map(|entry| entry.definition)
            .find(|definition| self.members().knows(definition))
            .unwrap_or(path)
    }

    fn members(&self) -> &MemberIndex {
        self.members.get_or_init(|| MemberIndex::parse(self.sections.members))
    }

    fn arch(&self) -> &PathIndex {
        self.arch.get_or_init(|| arch::parse(self.sections.arch))
    }
}
