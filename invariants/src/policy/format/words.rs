//! Words that a key may take, each with what it stands for.

use crate::graph::ReferenceKind;
use crate::policy::require::{Access, KindWord};

/// A word, and what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// As it is written.
    pub word: &'static str,
    /// What it stands for, in Markdown without links.
    pub about: &'static str,
}

/// `severity`; the first is the default.
pub(in crate::policy) const SEVERITY_WORDS: &[&str] = &["error", "warn"];
/// `undeclared` and `unassigned`; the first is the default.
pub(in crate::policy) const PERMISSION_WORDS: &[&str] = &["deny", "allow"];
/// `dev`; the first is the default.
pub(in crate::policy) const DEV_WORDS: &[&str] = &["exempt", "check"];
/// `annotations`; the first is the default.
pub(in crate::policy) const ANNOTATION_WORDS: &[&str] = &["optional", "required"];
/// `pending`; the first is the default.
pub(in crate::policy) const PENDING_WORDS: &[&str] = &["list", "error"];
/// `among`.
pub(in crate::policy) const AMONG_WORDS: &[&str] = &["components", "modules", "crates"];
/// Wrappers of the prelude, which `through` may name without their path.
pub(in crate::policy) const WRAPPER_WORDS: [(&str, &str); 4] = [
    ("Option", "std::option::Option"),
    ("Result", "std::result::Result"),
    ("Box", "std::boxed::Box"),
    ("Vec", "std::vec::Vec"),
];

/// `as`: the kinds of reference, then the place.
pub(in crate::policy) fn use_words() -> Vec<Word> {
    let kinds = ReferenceKind::ALL.into_iter().map(|kind| Word {
        word: kind.word(),
        about: about_reference(kind),
    });
    let public = Word {
        word: "public",
        about: "whatever code outside the component can see: signatures, visible fields, bounds, impls and derives on visible types, re-exports",
    };
    kinds.chain(std::iter::once(public)).collect()
}

fn about_reference(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Import => "a `use` or `extern crate`",
        ReferenceKind::Path => "a path in an expression that is not called: a constant, a function as a value",
        ReferenceKind::Call => "a call by path, a struct literal",
        ReferenceKind::Method => "a method call",
        ReferenceKind::Field => "a field access",
        ReferenceKind::Operator => "an operator",
        ReferenceKind::Macro => "an invocation of a macro",
        ReferenceKind::Derive => "a derive",
        ReferenceKind::Attribute => "an attribute",
        ReferenceKind::Type => "a path where a type stands, bounds included",
        ReferenceKind::Impl => "the trait or the type of an impl",
        ReferenceKind::Pattern => "a path in a pattern",
        ReferenceKind::Literal => "a string literal",
        ReferenceKind::Foreign => "a foreign item, or the link name of one",
    }
}

/// `kind` of `items` and `must`.
pub(in crate::policy) fn kind_words() -> Vec<Word> {
    let words = KindWord::ALL.into_iter().map(|kind| Word {
        word: kind.word(),
        about: about_kind(kind),
    });
    words.collect()
}

fn about_kind(kind: KindWord) -> &'static str {
    match kind {
        KindWord::Module => "a module",
        KindWord::Function => "a free function",
        KindWord::Method => "a function in an impl or a trait",
        KindWord::Closure => "a closure",
        KindWord::Struct => "a struct",
        KindWord::Enum => "an enum",
        KindWord::Union => "a union",
        KindWord::Trait => "a trait",
        KindWord::Impl => "an impl block",
        KindWord::Type => "a free type alias",
        KindWord::Constant => "a free constant",
        KindWord::Static => "a static",
        KindWord::Macro => "a macro of any form",
    }
}

/// `visibility` of `items` and `must`.
pub(in crate::policy) fn access_words() -> Vec<Word> {
    let words = Access::ALL.into_iter().map(|access| Word {
        word: access.word(),
        about: match access {
            Access::Public => "other crates can name it",
            Access::Crate => "other modules of its crate can name it, other crates cannot",
            Access::Private => "its module alone can name it, and what is inside that",
        },
    });
    words.collect()
}

/// `among`, in the order of [`AMONG_WORDS`].
pub(in crate::policy) fn among_words() -> Vec<Word> {
    let abouts = [
        "components of the policy",
        "sibling modules under each parent, with everything inside them",
        "crates",
    ];
    let words = AMONG_WORDS.iter().zip(abouts);
    words.map(|(&word, about)| Word { word, about }).collect()
}
