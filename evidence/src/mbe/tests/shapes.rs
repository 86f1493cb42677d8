//! Shapes that real crates use, driven to the end by a small loop that expands what an expansion invokes again.

use std::collections::BTreeMap;

use proc_macro2::{Group, TokenStream, TokenTree};

use super::super::{MacroDefinition, MacroError, MacroErrorKind};
use super::{check, define, lex, text};

/// The macros in scope, as a caller would hold them.
struct Macros(BTreeMap<&'static str, MacroDefinition>);

impl Macros {
    fn new(definitions: &[(&'static str, &str)]) -> Self {
        Self(definitions.iter().map(|(name, body)| (*name, define(body))).collect())
    }

    /// Expands every invocation of a known macro, at most 128 deep.
    fn fixpoint(&self, stream: TokenStream, depth: usize) -> Result<TokenStream, MacroError> {
        if depth > 128 {
            return Err(MacroError::limit("recursion"));
        }
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let mut output = TokenStream::new();
        let mut index = 0;
        while index < trees.len() {
            if let [
                TokenTree::Ident(name),
                TokenTree::Punct(bang),
                TokenTree::Group(group),
                ..,
            ] = &trees[index..]
                && bang.as_char() == '!'
                && let Some(definition) = self.0.get(name.to_string().as_str())
            {
                let expansion = definition.expand(group.stream())?;
                output.extend(self.fixpoint(expansion.tokens, depth + 1)?);
                let semicolon = matches!(trees.get(index + 3), Some(TokenTree::Punct(punct)) if punct.as_char() == ';');
                index += if semicolon { 4 } else { 3 };
                continue;
            }
            if let TokenTree::Group(group) = &trees[index] {
                let mut inside = Group::new(group.delimiter(), self.fixpoint(group.stream(), depth)?);
                inside.set_span(group.span());
                output.extend([TokenTree::from(inside)]);
            } else {
                output.extend([trees[index].clone()]);
            }
            index += 1;
        }
        Ok(output)
    }

    #[track_caller]
    fn check(&self, source: &str, expected: &str) {
        let expanded = self
            .fixpoint(lex(source), 0)
            .unwrap_or_else(|error| panic!("{error} in {source}"));
        assert_eq!(text(expanded), text(lex(expected)));
    }
}

#[test]
fn a_feature_gate_around_items() {
    let body =
        "($($item:item)*) => { $( #[cfg(feature = \"rt\")] #[cfg_attr(docsrs, doc(cfg(feature = \"rt\")))] $item )* }";
    Macros::new(&[("cfg_rt", body)]).check(
        "cfg_rt! { mod x; pub use y::z; } mod w;",
        "#[cfg(feature = \"rt\")] #[cfg_attr(docsrs, doc(cfg(feature = \"rt\")))] mod x;
         #[cfg(feature = \"rt\")] #[cfg_attr(docsrs, doc(cfg(feature = \"rt\")))] pub use y::z; mod w;",
    );
}

#[test]
fn a_chain_of_conditions_with_internal_arms() {
    let body = "
        ($( if #[cfg($meta:meta)] { $($tokens:tt)* } ) else* else { $($rest:tt)* }) => {
            choose! { @items () ; $( ( ($meta) ($($tokens)*) ), )* ( () ($($rest)*) ), }
        };
        (if #[cfg($first:meta)] { $($tokens:tt)* } $( else if #[cfg($meta:meta)] { $($more:tt)* } )*) => {
            choose! { @items () ; ( ($first) ($($tokens)*) ), $( ( ($meta) ($($more)*) ), )* }
        };
        (@items ($($not:meta,)*) ; ) => {};
        (@items ($($not:meta,)*) ; ( ($($m:meta),*) ($($tokens:tt)*) ), $($rest:tt)*) => {
            #[cfg(all($($m,)* not(any($($not),*))))] choose! { @identity $($tokens)* }
            choose! { @items ($($not,)* $($m,)*) ; $($rest)* }
        };
        (@identity $($tokens:tt)*) => { $($tokens)* };";
    let macros = Macros::new(&[("choose", body)]);
    macros.check(
        "choose! { if #[cfg(unix)] { mod a; } else if #[cfg(target_os = \"x\")] { mod b; } else { mod c; } }",
        "#[cfg(all(unix, not(any())))] mod a; #[cfg(all(target_os = \"x\", not(any(unix))))] mod b;
         #[cfg(all(not(any(unix, target_os = \"x\"))))] mod c;",
    );
    macros.check(
        "choose! { if #[cfg(unix)] { mod a; } }",
        "#[cfg(all(unix, not(any())))] mod a;",
    );
}

#[test]
fn a_type_with_flags() {
    let body = "
        ($(#[$meta:meta])* $vis:vis struct $Name:ident : $T:ty {
            $( $(#[$inner:meta])* const $F:ident = $value:expr; )*
        }) => {
            $(#[$meta])* $vis struct $Name { bits: $T }
            impl $Name { $( $(#[$inner])* pub const $F: Self = Self { bits: $value }; )* }
        };";
    Macros::new(&[("flags", body)]).check(
        "flags! { /// Doc.\n #[derive(Clone)] pub struct Flags: u32 { const A = 1 << 0; #[cfg(unix)] const B = Self::A.bits | 2; } }",
        "#[doc = \" Doc.\"] #[derive(Clone)] pub struct Flags { bits: u32 }
         impl Flags { pub const A: Self = Self { bits: 1 << 0 }; #[cfg(unix)] pub const B: Self = Self { bits: Self::A.bits | 2 }; }",
    );
}

#[test]
fn a_function_made_by_nested_macros() {
    let macros = Macros::new(&[
        ("top_level", "($name:ident, $method:ident) => { top_level!($name, $method, concat!(\"a\", stringify!($name))); };
            ($name:ident, $method:ident, $doc:expr) => { #[doc = $doc] pub fn $name<H, T>(handler: H) -> MethodRouter<T> where H: Handler<T> { on(MethodFilter::$method, handler) } };"),
    ]);
    macros.check(
        "top_level!(get, GET);",
        "#[doc = concat!(\"a\", stringify!(get))] pub fn get<H, T>(handler: H) -> MethodRouter<T> where H: Handler<T> { on(MethodFilter::GET, handler) }",
    );
}

#[test]
fn a_callback_for_every_tuple() {
    let macros = Macros::new(&[
        (
            "all_tuples",
            "($name:ident) => { $name!([], T1); $name!([T1], T2); $name!([T1, T2], T3); };",
        ),
        (
            "impl_one",
            "([$($ty:ident),*], $last:ident) => { impl<$($ty,)* $last> Extract for ($($ty,)* $last,) where $($ty: Part,)* $last: Whole {} };",
        ),
    ]);
    macros.check(
        "all_tuples!(impl_one);",
        "impl<T1> Extract for (T1,) where T1: Whole {} impl<T1, T2> Extract for (T1, T2,) where T1: Part, T2: Whole {}
         impl<T1, T2, T3> Extract for (T1, T2, T3,) where T1: Part, T2: Part, T3: Whole {}",
    );
}

#[test]
fn a_rejection_with_attributes_that_select_the_arm() {
    let body = "
        (#[status = $status:ident] #[body = $body:literal] $(#[$m:meta])* pub struct $name:ident;) => {
            $(#[$m])* #[non_exhaustive] pub struct $name; impl IntoResponse for $name { fn s() { (StatusCode::$status, $body) } }
        };
        (#[status = $status:ident] #[body = $body:literal] $(#[$m:meta])* pub struct $name:ident (Error);) => {
            $(#[$m])* pub struct $name(pub(crate) $crate::Error);
        };";
    let macros = Macros::new(&[("define_rejection", body)]);
    macros.check(
        "define_rejection! { #[status = BAD] #[body = \"no\"] /// D\n pub struct A; }",
        "#[doc = \" D\"] #[non_exhaustive] pub struct A; impl IntoResponse for A { fn s() { (StatusCode::BAD, \"no\") } }",
    );
    macros.check(
        "define_rejection! { #[status = BAD] #[body = \"no\"] pub struct A(Error); }",
        "pub struct A(pub(crate) __archguard_dollar_crate::Error);",
    );
}

#[test]
fn a_token_muncher() {
    let body = "
        (@step [$($done:tt)*]) => { [$($done)*] };
        (@step [$($done:tt)*] $name:ident => $path:path; $($rest:tt)*) => { routes!(@step [$($done)* ($name, $path)] $($rest)*) };
        (@step [$($done:tt)*] skip $_any:tt; $($rest:tt)*) => { routes!(@step [$($done)*] $($rest)*) };
        ($($all:tt)*) => { routes!(@step [] $($all)*) };";
    let macros = Macros::new(&[("routes", body)]);
    macros.check("routes!(a => x::y; skip (anything); b => z;)", "[(a, x::y) (b, z)]");
    let long = format!("{}last => p;", "more => p; ".repeat(100));
    let result = macros.fixpoint(lex(&format!("routes!({long})")), 0).expect("it ends");
    assert!(result.to_string().contains("(last , p)"), "{result}");
}

#[test]
fn a_callback_with_arbitrary_arguments() {
    let macros = Macros::new(&[
        (
            "with",
            "($callback:ident! { $($arguments:tt)* }) => { $callback! { (extra) $($arguments)* } };",
        ),
        ("done", "(($x:ident) $($rest:tt)*) => { $x: $($rest)* };"),
    ]);
    macros.check("with!(done! { a => 'b, #[c] \"d\" })", "extra: a => 'b, #[c] \"d\"");
}

#[test]
fn declarations_munched_one_by_one() {
    let body = "
        () => {};
        ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = const $init:block; $($rest:tt)*) => { $(#[$attr])* $vis const $name: Key<$t> = { const INIT: $t = $init; }; locals!($($rest)*); };
        ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = $init:expr; $($rest:tt)*) => { $(#[$attr])* $vis const $name: Key<$t> = { fn init() -> $t { $init } }; locals!($($rest)*); };
        ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = $init:expr) => { $(#[$attr])* $vis const $name: Key<$t> = { fn init() -> $t { $init } }; };";
    // `const {` may begin an expression too, so the order of the arms decides.
    Macros::new(&[("locals", body)]).check(
        "locals! { pub static A: Cell<u8> = const { Cell::new(0) }; static B: Vec<u8> = Vec::new() }",
        "pub const A: Key<Cell<u8>> = { const INIT: Cell<u8> = { Cell::new(0) }; };
         const B: Key<Vec<u8>> = { fn init() -> Vec<u8> { Vec::new() } };",
    );
}

#[test]
fn endless_recursion_is_the_callers_to_stop() {
    let macros = Macros::new(&[("forever", "($($x:tt)*) => { forever!(a $($x)*) }")]);
    let result = macros
        .fixpoint(lex("forever!()"), 0)
        .map(drop)
        .map_err(|error| error.kind());
    assert_eq!(result, Err(MacroErrorKind::LimitExceeded));
}

#[test]
fn expansions_are_parsed_by_syn_where_captures_stand() {
    let body = "($t:ty, $e:expr, $n:ident) => {
        impl Trait for $t { const C: $t = <$t>::new($e); }
        impl $t { fn f() -> Vec<$t> { let a: [$t; $e] = <$t>::new(-$e, $e.g()) as $t; match a { <$t>::B => <$t as A>::B, <$t>::C => [0; $e] } } }
        #[doc = $e] static $n: &$t = &$e;
    }";
    for (kind, expression) in [
        ("Foo", "x"),
        ("a::Foo<u8>", "a + b"),
        ("Foo", "\"text\""),
        ("Foo", "crate::f()"),
    ] {
        let tokens = define(body)
            .expand(lex(&format!("{kind}, {expression}, NAME")))
            .expect("it matches")
            .tokens;
        let parsed = syn::parse2::<syn::File>(tokens);
        assert_eq!(
            parsed.map(|file| file.items.len()).map_err(|error| error.to_string()),
            Ok(3),
            "{kind}, {expression}"
        );
    }
    check("($e:expr) => { $e * 2 }", "1 + 2", "1 + 2 * 2");
    let product = define("($e:expr) => { $e * 2 }")
        .expand(lex("1 + 2"))
        .expect("it matches")
        .tokens;
    let syn::Expr::Binary(product) = syn::parse2(product).expect("it parses") else {
        panic!("no operator")
    };
    assert!(
        matches!(product.op, syn::BinOp::Mul(_)),
        "the capture binds tighter than what stands around it"
    );
}
