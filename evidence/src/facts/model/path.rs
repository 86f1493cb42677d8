//! Paths as written, and the namespaces that they are looked up in. Looking them up is told elsewhere.

use archguard_invariants::graph::ItemKind;
use serde::{Deserialize, Serialize};

use super::index::{Name, TypeIdx};

/// How a path begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// `T::a` for a generic parameter, with its bounds (a range of [`FileFacts::bounds`](super::FileFacts::bounds)).
    Parameter(u32, u32),
}

/// A path as written, generic arguments left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PathFact {
    /// How it begins.
    pub start: PathStart,
    /// The names after the beginning; not empty unless the beginning stands alone.
    pub segments: Box<[Name]>,
    /// `T` of `<T as a::Trait>::b`, whose path is `a::Trait::b`.
    pub of_type: Option<TypeIdx>,
}

/// The namespaces that a path is looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// One after the other.
    pub const EACH: [Self; 3] = [Self::TYPE, Self::VALUE, Self::MACRO];
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
            ItemKind::Impl | ItemKind::Field | ItemKind::Closure => Self(0),
        }
    }
}
