//! A requirement as read: conditions on items, the same words for those that select and those that demand.

use std::fmt;

use crate::graph::ItemKind;
use crate::pattern::Segment;
use crate::place::{Spanned, TextSpan};
use crate::policy::model::{RuleHead, TermList};

/// `[[require]]`.
#[derive(Debug, Clone)]
pub struct Require {
    /// Id and the rest.
    pub head: RuleHead,
    /// Which items it speaks of.
    pub items: Conditions,
    /// What it demands of each.
    pub must: Conditions,
}

/// A kind of item that requirements speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KindWord {
    /// `module`.
    Module,
    /// `fn`: free functions.
    Function,
    /// `method`: functions in impls and traits.
    Method,
    /// `closure`.
    Closure,
    /// `struct`.
    Struct,
    /// `enum`.
    Enum,
    /// `union`.
    Union,
    /// `trait`.
    Trait,
    /// `impl`: impl blocks.
    Impl,
    /// `type`: free aliases.
    Type,
    /// `const`: free constants.
    Constant,
    /// `static`.
    Static,
    /// `macro`: of every form.
    Macro,
}

impl KindWord {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::Module,
        Self::Function,
        Self::Method,
        Self::Closure,
        Self::Struct,
        Self::Enum,
        Self::Union,
        Self::Trait,
        Self::Impl,
        Self::Type,
        Self::Constant,
        Self::Static,
        Self::Macro,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Function => "fn",
            Self::Method => "method",
            Self::Closure => "closure",
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Union => "union",
            Self::Trait => "trait",
            Self::Impl => "impl",
            Self::Type => "type",
            Self::Constant => "const",
            Self::Static => "static",
            Self::Macro => "macro",
        }
    }

    /// The kind of an item, if requirements speak of it: of variants, fields and associated types they do not.
    pub fn of(kind: ItemKind) -> Option<Self> {
        Some(match kind {
            ItemKind::Module => Self::Module,
            ItemKind::Function => Self::Function,
            ItemKind::Method => Self::Method,
            ItemKind::Closure => Self::Closure,
            ItemKind::Struct => Self::Struct,
            ItemKind::Enum => Self::Enum,
            ItemKind::Union => Self::Union,
            ItemKind::Trait => Self::Trait,
            ItemKind::Impl => Self::Impl,
            ItemKind::TypeAlias => Self::Type,
            ItemKind::Constant => Self::Constant,
            ItemKind::Static => Self::Static,
            ItemKind::Macro | ItemKind::Derive | ItemKind::Attribute => Self::Macro,
            ItemKind::Variant
            | ItemKind::Field
            | ItemKind::AssociatedType
            | ItemKind::AssociatedConstant
            | ItemKind::Primitive => return None,
        })
    }
}

/// Who can really name an item, whatever is written at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// `pub`: other crates.
    Public,
    /// `pub(crate)`: other modules of its crate, but no other crate.
    Crate,
    /// `private`: its module alone, and what is inside that.
    Private,
}

impl Access {
    /// From wide to narrow.
    pub const ALL: [Self; 3] = [Self::Public, Self::Crate, Self::Private];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "pub",
            Self::Crate => "pub(crate)",
            Self::Private => "private",
        }
    }
}

/// What an item has to do with something that a list of the policy names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It carries this attribute.
    Attribute,
    /// It derives this.
    Derive,
    /// It, or the type that it is, implements this trait.
    Implement,
    /// It has a parameter of this type.
    Take,
    /// It returns this type.
    Return,
    /// Its code calls this.
    Call,
    /// Its code names this.
    Reference,
    /// It is an argument of a call of this.
    PassedTo,
}

impl Relation {
    /// All relations, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Attribute,
        Self::Derive,
        Self::Implement,
        Self::Take,
        Self::Return,
        Self::Call,
        Self::Reference,
        Self::PassedTo,
    ];
}

/// A key of `items` or `must`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// `kind`.
    Kind,
    /// `name`.
    Name,
    /// `in`.
    In,
    /// `visibility`.
    Visibility,
    /// One of the keys with a list of paths.
    Relation(Relation),
    /// `async`.
    Async,
    /// `unsafe`.
    Unsafe,
}

impl Key {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Name => "name",
            Self::In => "in",
            Self::Visibility => "visibility",
            Self::Relation(Relation::Attribute) => "attribute",
            Self::Relation(Relation::Derive) => "derive",
            Self::Relation(Relation::Implement) => "implement",
            Self::Relation(Relation::Take) => "take",
            Self::Relation(Relation::Return) => "return",
            Self::Relation(Relation::Call) => "call",
            Self::Relation(Relation::Reference) => "reference",
            Self::Relation(Relation::PassedTo) => "passed_to",
            Self::Async => "async",
            Self::Unsafe => "unsafe",
        }
    }

    /// The kinds of item that the key can be said of.
    pub fn kinds(self) -> &'static [KindWord] {
        use KindWord as Of;
        match self {
            Self::Kind | Self::In | Self::Relation(Relation::Call | Relation::Reference) => &Of::ALL,
            Self::Name => &NAMED,
            Self::Visibility => &VISIBLE,
            Self::Relation(Relation::Attribute) => &ATTRIBUTED,
            Self::Relation(Relation::Derive) => &[Of::Struct, Of::Enum, Of::Union],
            Self::Relation(Relation::Implement) => &[Of::Struct, Of::Enum, Of::Union, Of::Impl],
            Self::Relation(Relation::Take | Relation::Return | Relation::PassedTo) | Self::Async => {
                &[Of::Function, Of::Method, Of::Closure]
            }
            Self::Unsafe => &[Of::Function, Of::Method, Of::Trait, Of::Impl],
        }
    }
}

/// What has a name of its own.
const NAMED: [KindWord; 11] = [
    KindWord::Module,
    KindWord::Function,
    KindWord::Method,
    KindWord::Struct,
    KindWord::Enum,
    KindWord::Union,
    KindWord::Trait,
    KindWord::Type,
    KindWord::Constant,
    KindWord::Static,
    KindWord::Macro,
];

/// What can be visible.
const VISIBLE: [KindWord; 11] = NAMED;

/// What attributes are read of.
const ATTRIBUTED: [KindWord; 12] = [
    KindWord::Module,
    KindWord::Function,
    KindWord::Method,
    KindWord::Struct,
    KindWord::Enum,
    KindWord::Union,
    KindWord::Trait,
    KindWord::Impl,
    KindWord::Type,
    KindWord::Constant,
    KindWord::Static,
    KindWord::Macro,
];

/// An entry of `name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePattern {
    /// What the name is like.
    pub segment: Segment,
    /// `!name`: taken away.
    pub negative: bool,
}

impl fmt::Display for NamePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.negative { "!" } else { "" }, self.segment)
    }
}

/// `items` or `must`: all keys that are there, and of the list under each key any entry.
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    /// The whole table.
    pub span: TextSpan,
    /// `kind`; any if empty.
    pub kinds: Vec<KindWord>,
    /// `name`; any if empty.
    pub names: Vec<Spanned<NamePattern>>,
    /// `in`.
    pub within: Option<Spanned<TermList>>,
    /// `visibility`; any if empty.
    pub access: Vec<Access>,
    /// The keys with a list of paths, in the order of [`Relation::ALL`].
    pub relations: Vec<(Relation, Spanned<TermList>)>,
    /// `through`: wrappers that `take` and `return` look into.
    pub through: Option<Spanned<TermList>>,
    /// `async`.
    pub is_async: Option<bool>,
    /// `unsafe`.
    pub is_unsafe: Option<bool>,
}

impl Conditions {
    /// The keys that are there, in the order of the documentation.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        keys.extend((!self.kinds.is_empty()).then_some(Key::Kind));
        keys.extend((!self.names.is_empty()).then_some(Key::Name));
        keys.extend(self.within.is_some().then_some(Key::In));
        keys.extend((!self.access.is_empty()).then_some(Key::Visibility));
        keys.extend(self.relations.iter().map(|&(relation, _)| Key::Relation(relation)));
        keys.extend(self.is_async.map(|_| Key::Async));
        keys.extend(self.is_unsafe.map(|_| Key::Unsafe));
        keys
    }

    /// Every list of terms in it.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &Spanned<TermList>> {
        let relations = self.relations.iter().map(|(_, list)| list);
        self.within.iter().chain(relations).chain(&self.through)
    }
}

impl Require {
    /// The kinds of item that the rule speaks of: those under `kind`; without, those that all its keys can be said of,
    /// closures only where they are passed.
    pub fn kinds(&self) -> Vec<KindWord> {
        if !self.items.kinds.is_empty() {
            return self.items.kinds.clone();
        }
        let keys = || self.items.keys().into_iter().chain(self.must.keys());
        let passed = keys().any(|key| key == Key::Relation(Relation::PassedTo));
        KindWord::ALL
            .into_iter()
            .filter(|kind| keys().all(|key| key.kinds().contains(kind)))
            .filter(|kind| *kind != KindWord::Closure || passed)
            .collect()
    }
}
