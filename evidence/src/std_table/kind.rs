//! What the letters in the table stand for. The writing side is `xtask/src/std_table`.

/// What a path of the standard library names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StdKind {
    /// A module or the root of a crate.
    Module,
    /// A struct.
    Struct,
    /// An enum.
    Enum,
    /// A union.
    Union,
    /// A trait or trait alias.
    Trait,
    /// A type alias; [`super::StdTable::returns`] gives its target.
    Alias,
    /// A primitive type, under its bare name or below `std::primitive`.
    Primitive,
    /// A function.
    Function,
    /// A constant.
    Constant,
    /// A static.
    Static,
    /// A macro that is called with `!`.
    Macro,
    /// An attribute macro.
    Attribute,
    /// A derive macro.
    Derive,
    /// A variant of an enum.
    Variant,
}

impl StdKind {
    pub(super) fn from_letter(letter: &str) -> Option<StdKind> {
        Some(match letter {
            "m" => StdKind::Module,
            "s" => StdKind::Struct,
            "e" => StdKind::Enum,
            "u" => StdKind::Union,
            "t" => StdKind::Trait,
            "y" => StdKind::Alias,
            "p" => StdKind::Primitive,
            "f" => StdKind::Function,
            "c" => StdKind::Constant,
            "x" => StdKind::Static,
            "b" => StdKind::Macro,
            "a" => StdKind::Attribute,
            "d" => StdKind::Derive,
            "v" => StdKind::Variant,
            _ => return None,
        })
    }
}

/// What a name is to the type or trait that it is associated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssociatedKind {
    /// A function with a receiver.
    Method,
    /// A function without one.
    Function,
    /// An associated constant.
    Constant,
    /// An associated type.
    Type,
    /// A public field.
    Field,
    /// A variant of an enum.
    Variant,
}

impl AssociatedKind {
    pub(super) fn from_letter(letter: &str) -> Option<AssociatedKind> {
        Some(match letter {
            "m" => AssociatedKind::Method,
            "f" => AssociatedKind::Function,
            "c" => AssociatedKind::Constant,
            "t" => AssociatedKind::Type,
            "d" => AssociatedKind::Field,
            "v" => AssociatedKind::Variant,
            _ => return None,
        })
    }
}
