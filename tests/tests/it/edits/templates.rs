//! What may stand in code, with holes for names. There are few names, so that most lead somewhere, and often to several
//! things; those of a kind have one length, so that a change of name changes no size.

use std::fmt::Write;

use super::code::Level;
use super::draws::Draws;

/// A piece with holes: the text, and what may stand between its braces, with what follows them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Template {
    pub(super) head: &'static str,
    pub(super) inside: Option<(Level, &'static str)>,
}

const fn plain(head: &'static str) -> Template {
    Template { head, inside: None }
}

const fn with(head: &'static str, level: Level) -> Template {
    Template {
        head,
        inside: Some((level, "")),
    }
}

const fn closed(head: &'static str, level: Level, tail: &'static str) -> Template {
    Template {
        head,
        inside: Some((level, tail)),
    }
}

const TYPES: &[&str] = &["Pool", "Repo", "Item", "Rows"];
const TRAITS: &[&str] = &["Keep", "Give", "Look"];
const FUNCTIONS: &[&str] = &["load", "save", "find", "push"];
pub(super) const MODULES: &[&str] = &["apis", "data", "util", "base"];
const MACROS: &[&str] = &["make", "call", "conn"];
const VALUES: &[&str] = &["one", "two"];
const CONSTANTS: &[&str] = &["SIZE", "KIND"];
const FIELDS: &[&str] = &["pool", "next"];
const CRATES: &[&str] = &["app", "domain", "store", "shared", "driver", "other", "extra"];

/// Names that stand in few files, so that others do not mention them.
const RARE_TYPES: &[&str] = &["Alfa", "Brav", "Char", "Delt", "Echo", "Foxt", "Golf", "Hote"];
const RARE_TRAITS: &[&str] = &["Fast", "Slow", "Warm", "Cold"];
const RARE_FUNCTIONS: &[&str] = &["iron", "gold", "zinc", "lead", "neon", "foil", "salt", "sand"];
const RARE_FIELDS: &[&str] = &["left", "back", "over", "deep"];

/// The kinds whose words can stand for each other wherever they stand.
const KINDS: [&[&str]; 12] = [
    TYPES,
    TRAITS,
    FUNCTIONS,
    MODULES,
    MACROS,
    VALUES,
    CONSTANTS,
    FIELDS,
    RARE_TYPES,
    RARE_TRAITS,
    RARE_FUNCTIONS,
    RARE_FIELDS,
];

/// What may stand in a place.
pub(super) fn templates(level: Level) -> &'static [Template] {
    match level {
        Level::Module => MODULE,
        Level::Impl => IMPL,
        Level::Body => BODY,
    }
}

const MODULE: &[Template] = &[
    with("fn %U()", Level::Body),
    with("pub fn %U() -> usize", Level::Body),
    with("fn %U(%v: &%P%T)", Level::Body),
    plain("struct %U { %U: usize }"),
    plain("pub const %U: usize = 1;"),
    with("pub fn %f()", Level::Body),
    with("pub fn %f(%v: &%P%T) -> %P%T", Level::Body),
    with("fn %f<A: %P%R>(%v: A) -> impl %R", Level::Body),
    with("pub async fn %f(%v: %T) -> Option<%P%T>", Level::Body),
    with("pub(crate) const fn %f() -> usize", Level::Body),
    plain("pub struct %T;"),
    plain("pub struct %T { pub %F: %P%T, %F: usize }"),
    plain("#[derive(Clone, Debug)] pub struct %T(pub %P%T);"),
    plain("pub enum %T { %T, %T(%P%T), Size { %F: usize } }"),
    plain("pub type %T = %P%T;"),
    plain("pub use %P*;"),
    plain("pub use %P*;"),
    plain("use %P*;"),
    plain("pub use %P%T;"),
    plain("use %P{%T, %f};"),
    plain("pub(crate) use %P%f as %f;"),
    plain("use %P%R as _;"),
    plain("pub use %P%m;"),
    plain("pub use %P%x;"),
    plain("use %C::%x;"),
    plain("use %C as %m;"),
    plain("extern crate %C as %m;"),
    plain("#[macro_use] extern crate %C;"),
    plain("pub const %K: usize = %P%K;"),
    plain("pub static %K: %P%T = %P%T;"),
    with("pub trait %R", Level::Impl),
    with("pub trait %R: %P%R", Level::Impl),
    with("impl %T", Level::Impl),
    with("impl %P%T", Level::Impl),
    with("impl %P%R for %T", Level::Impl),
    with("impl %P%R for %P%T", Level::Impl),
    with("impl<A: %P%R> %R for A", Level::Impl),
    with("impl std::ops::Deref for %T", Level::Impl),
    with("pub mod %m", Level::Module),
    with("mod %m", Level::Module),
    with("#[cfg(test)] mod tests", Level::Module),
    with("#[test] fn %f()", Level::Body),
    plain("extern \"C\" { pub fn %f(); static %K: usize; type %T; }"),
    plain("macro_rules! %x { () => { %P%f() }; ($p:path) => { $p::%f() }; ($($e:expr),*) => { $(%P%f($e);)* }; }"),
    plain(
        "#[macro_export] macro_rules! %x { ($n:ident) => { pub fn $n() { $crate::%m::%f(); } }; () => { $crate::%f() }; ($($t:tt)*) => { $($t)* }; }",
    ),
    plain("macro_rules! %x { ($($i:item)*) => { $($i)* }; }"),
    plain(
        "macro_rules! %x { ($n:ident) => { macro_rules! $n { () => { %P%f() }; } }; ($n:ident, $t:ty) => { impl $t { pub fn $n(&self) { %P%f(); } } }; }",
    ),
    plain(
        "macro_rules! %x { ($n:ident) => { pub mod $n { pub use super::*; pub fn %f() { %P%f(); } } }; ($t:ident as $r:path) => { pub struct $t; impl $r for $t {} }; }",
    ),
    plain("%x!(%f);"),
    plain("%x! { %m }"),
    plain("%x!(%f, %T);"),
    plain("%x!(%T as %P%R);"),
    plain("%C::%x!(%f);"),
    plain("crate::%x! { pub fn %f() { %P%f(); } use %P*; }"),
    plain("// A comment about %f."),
    plain("include!(\"part.in\");"),
    plain("include!(concat!(env!(\"OUT_DIR\"), \"/made.rs\"));"),
];

const IMPL: &[Template] = &[
    with("pub fn new() -> Self", Level::Body),
    with("pub fn %f(&self) -> %P%T", Level::Body),
    with("fn %f(self, %v: &mut %P%T)", Level::Body),
    with("fn %f(&self) -> &Self", Level::Body),
    with("pub fn %f() -> Option<%T>", Level::Body),
    plain("const %K: usize = %P%K;"),
    plain("type Target = %P%T;"),
    plain("fn %f(&self);"),
    plain("fn %f();"),
];

const BODY: &[Template] = &[
    plain("%P%f();"),
    plain("%P%f();"),
    plain("%P%m::%f(%P%T);"),
    plain("let %v = %P%T::new();"),
    plain("let %v: %P%T = %P%f();"),
    plain("let %v = %P%f(&%T);"),
    plain("%v.%f();"),
    plain("%v.%f();"),
    plain("%v.%f().%f();"),
    plain("%v.%F.%f();"),
    plain("self.%f();"),
    plain("self.%F.%f();"),
    plain("Self::%f();"),
    plain("Self::new().%f();"),
    plain("%T::%f();"),
    plain("%T { %F: %P%K }.%f();"),
    plain("<%P%T as %P%R>::%f();"),
    plain("%P%R::%f(&%v);"),
    plain("let _ = %P%K + %K;"),
    plain("use %P%T;"),
    plain("use %P*;"),
    plain("use %P%f as %f;"),
    plain("use %P%R;"),
    plain("%x!();"),
    plain("%x!(%P%T);"),
    plain("%x!(%v.%f(), %P%f());"),
    plain("%C::%x!();"),
    plain("crate::%x!(%f);"),
    plain("%x! { fn %f() { %P%f(); } }"),
    plain("let _ = |%v: &%P%T| %v.%f();"),
    plain("let %v = || %P%f();"),
    plain("[%v].iter().map(|%v| %v.%f()).map(%P%f);"),
    plain("let _ = \"select %f from %m where %v = 1\";"),
    plain("let _ = format!(\"delete from %m where %f = {}\", %v);"),
    plain("let _ = \"nothing about %m\";"),
    plain("println!(\"{}\", %P%f());"),
    plain("std::fs::read(\"%f\");"),
    plain("std::process::exit(%K);"),
    plain("let Some(%v) = %P%f() else { return };"),
    plain("return %P%f(%v);"),
    plain("#[cfg(feature = \"more\")] %P%f();"),
    plain("#[allow(unused)] %P%f();"),
    plain("include!(\"part.in\");"),
    with("fn %f()", Level::Body),
    with("fn %f(%v: %P%T) -> %T", Level::Body),
    plain("struct %T;"),
    plain("struct %T { %F: %P%T }"),
    plain("type %T = %P%T;"),
    plain("const %K: usize = %P%K;"),
    plain("macro_rules! %x { () => { %P%f() }; ($p:path) => { $p() }; }"),
    with("impl %T", Level::Impl),
    with("impl %P%T", Level::Impl),
    with("impl %P%R for %P%T", Level::Impl),
    with("trait %R", Level::Impl),
    with("mod %m", Level::Module),
    with("if let Some(%v) = %P%f()", Level::Body),
    with("for %v in %P%f()", Level::Body),
    with(
        "match %P%f() { %P%T::%T => {}, %T::%T(%v) => { %v.%f(); }, _ => {} }",
        Level::Body,
    ),
    closed("let _ = async move", Level::Body, ";"),
    closed("let _ = |%v: %P%T|", Level::Body, ";"),
    closed("let %v =", Level::Body, ";"),
    closed("%x!(|%v|", Level::Body, ");"),
    plain("// A comment about %f."),
];

/// Fills the holes.
pub(super) fn fill(template: &str, draws: &mut Draws) -> String {
    let mut filled = String::new();
    let mut characters = template.chars();
    while let Some(character) = characters.next() {
        if character != '%' {
            filled.push(character);
            continue;
        }
        let names = match characters.next() {
            Some('P') => {
                filled.push_str(&path(draws));
                continue;
            }
            // A name of its own: nobody else mentions it.
            Some('U') => {
                let number = draws.below(100_000);
                write!(filled, "u{number:05}").expect("a string takes everything");
                continue;
            }
            Some('T') => TYPES,
            Some('R') => TRAITS,
            Some('f') => FUNCTIONS,
            Some('m') => MODULES,
            Some('x') => MACROS,
            Some('v') => VALUES,
            Some('K') => CONSTANTS,
            Some('F') => FIELDS,
            Some('C') => CRATES,
            other => unreachable!("{other:?} stands for no name"),
        };
        let rare = match names {
            TYPES => RARE_TYPES,
            TRAITS => RARE_TRAITS,
            FUNCTIONS => RARE_FUNCTIONS,
            FIELDS => RARE_FIELDS,
            _ => names,
        };
        let names = if draws.in_hundred(30) { rare } else { names };
        filled.push_str(draws.one::<&str>(names));
    }
    filled
}

/// The beginning of a path, up to its last `::`; often nothing.
fn path(draws: &mut Draws) -> String {
    let template = *draws.one::<&str>(&[
        "",
        "",
        "crate::",
        "crate::%m::",
        "crate::%m::",
        "self::",
        "super::",
        "super::%m::",
        "%m::",
        "%m::",
        "%C::",
        "%C::",
        "%C::%m::",
        "%C::%m::",
        "::%C::",
        "%C::%m::%m::",
    ]);
    fill(template, draws)
}

/// A text with another word of the same kind and length in the place of a random one.
pub(super) fn other_word(text: &str, draws: &mut Draws) -> Option<String> {
    let is_letter = |character: char| character.is_alphanumeric() || character == '_';
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split(|character| !is_letter(character)) {
        let at = start;
        start += word.len() + 1;
        found.extend(
            KINDS
                .into_iter()
                .filter(|kind| kind.contains(&word))
                .map(|kind| (at, word, kind)),
        );
    }
    let &(at, word, kind) = draws.some(&found)?;
    let others: Vec<&str> = kind.iter().copied().filter(|other| *other != word).collect();
    let other = *draws.one::<&str>(&others);
    Some(format!("{}{other}{}", &text[..at], &text[at + word.len()..]))
}
