//! Macros known by name whose expansion matters to the module tree although no `macro_rules!` of theirs may be in
//! reach: `cfg_if!`, `cfg_select!`, `cfg_match!` and `thread_local!`. Not responsible for whether the name means them.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::buffer::{Cursor, TokenBuffer};
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Expr, Token, Type, Visibility};

use super::error::{MacroError, MacroErrorKind};
use super::fragment::between;
use super::lexeme::{Lexeme, detach_end, read};
use super::limits::Nesting;

/// One branch of a macro that selects by configuration.
#[derive(Debug)]
pub struct BuiltinBranch {
    /// Under which configuration the branch is compiled: what stands inside `cfg(..)`, the branches before it ruled
    /// out (`all(unix, not(any(test)))`). `None` where it always is.
    pub predicate: Option<TokenStream>,
    /// The branch's items, with their spans.
    pub items: TokenStream,
}

/// Expands a known macro: all its branches, since all configurations are read at once. `None` if the name, or the last
/// segment of the path, is not one of them. Tokens that the user did not write have the span of no file.
pub fn expand_builtin(name: &str, arguments: TokenStream) -> Option<Result<Vec<BuiltinBranch>, MacroError>> {
    let expand = expander(name)?;
    Some(
        Nesting::measure(&arguments)
            .check("the invocation")
            .and_then(|nesting| expand(arguments, nesting)),
    )
}

/// Whether `expand_builtin` knows the macro.
pub fn is_builtin(name: &str) -> bool {
    expander(name).is_some()
}

type Expander = fn(TokenStream, Nesting) -> Result<Vec<BuiltinBranch>, MacroError>;

fn expander(name: &str) -> Option<Expander> {
    let name = name.trim_end_matches('!').trim_end();
    match name.rsplit("::").next().unwrap_or(name).trim() {
        "cfg_if" => Some(cfg_if),
        "cfg_select" | "cfg_match" => Some(cfg_select),
        "thread_local" => Some(thread_local),
        _ => None,
    }
}

fn no_match(detail: &str) -> MacroError {
    MacroError::new(MacroErrorKind::NoMatchingArm, detail)
}

/// `if #[cfg(a)] { .. } else if #[cfg(b)] { .. } else { .. }`.
fn cfg_if(arguments: TokenStream, _: Nesting) -> Result<Vec<BuiltinBranch>, MacroError> {
    let buffer = TokenBuffer::new2(arguments);
    let mut cursor = buffer.begin();
    let mut branches = Branches::default();
    while !cursor.eof() {
        let (predicate, rest) = cfg_if_condition(cursor)?;
        let Some((Lexeme::Group(group, _), behind)) = read(rest) else {
            return Err(no_match("a branch of `cfg_if!` is a block"));
        };
        let last = predicate.is_none();
        branches.push(predicate, group.stream());
        cursor = match read(behind) {
            Some((word, next)) if word.is_ident("else") && !last => next,
            None => behind,
            Some(_) => return Err(no_match("branches of `cfg_if!` are joined by `else`")),
        };
    }
    Ok(branches.done)
}

/// `if #[cfg(predicate)]`, or nothing before the block of a last `else`.
fn cfg_if_condition(cursor: Cursor<'_>) -> Result<(Option<TokenStream>, Cursor<'_>), MacroError> {
    let unreadable = || no_match("a condition of `cfg_if!` is `if #[cfg(..)]`");
    let Some((_, rest)) = read(cursor).filter(|(word, _)| word.is_ident("if")) else {
        return Ok((None, cursor));
    };
    let (_, rest) = read(rest)
        .filter(|(pound, _)| pound.is_operator("#"))
        .ok_or_else(unreadable)?;
    let Some((Lexeme::Group(_, attribute), behind)) = read(rest) else {
        return Err(unreadable());
    };
    let (_, inside) = read(attribute)
        .filter(|(word, _)| word.is_ident("cfg"))
        .ok_or_else(unreadable)?;
    match read(inside) {
        Some((Lexeme::Group(predicate, _), _)) => Ok((Some(predicate.stream()), behind)),
        _ => Err(unreadable()),
    }
}

/// `predicate => { .. } .. _ => { .. }`, with `predicate => expression,` as well.
fn cfg_select(arguments: TokenStream, _: Nesting) -> Result<Vec<BuiltinBranch>, MacroError> {
    let buffer = TokenBuffer::new2(arguments);
    let mut cursor = buffer.begin();
    let mut branches = Branches::default();
    while !cursor.eof() {
        let (predicate, rest) = until(cursor, "=>").ok_or_else(|| no_match("a branch of `cfg_select!` has no `=>`"))?;
        let (items, behind) = match read(rest) {
            Some((Lexeme::Group(group, _), behind)) if group.delimiter() == Delimiter::Brace => {
                (group.stream(), behind)
            }
            _ => until(rest, ",").unwrap_or_else(|| (rest.token_stream(), Cursor::empty())),
        };
        branches.push(select_predicate(predicate), items);
        cursor = match read(behind) {
            Some((comma, next)) if comma.is_operator(",") => next,
            _ => behind,
        };
    }
    Ok(branches.done)
}

/// The tokens before an operator, and the place behind it.
fn until<'a>(cursor: Cursor<'a>, operator: &str) -> Option<(TokenStream, Cursor<'a>)> {
    let mut trees = Vec::new();
    let mut current = cursor;
    while let Some((lexeme, rest)) = read(current) {
        if lexeme.is_operator(operator) {
            return Some((trees.into_iter().collect(), rest));
        }
        trees.extend(lexeme.into_trees());
        current = rest;
    }
    None
}

/// `_` is no predicate; `cfg(..)` around one is an older spelling.
fn select_predicate(predicate: TokenStream) -> Option<TokenStream> {
    let trees: Vec<TokenTree> = predicate.clone().into_iter().collect();
    match trees.as_slice() {
        [TokenTree::Ident(wildcard)] if wildcard == "_" => None,
        [TokenTree::Ident(cfg), TokenTree::Group(inside)] if cfg == "cfg" => Some(inside.stream()),
        _ => Some(predicate),
    }
}

/// Branches of which the first whose predicate holds is taken.
#[derive(Default)]
struct Branches {
    done: Vec<BuiltinBranch>,
    before: Vec<TokenStream>,
}

impl Branches {
    fn push(&mut self, predicate: Option<TokenStream>, items: TokenStream) {
        let others = (!self.before.is_empty()).then(|| call("not", vec![call("any", self.before.clone())]));
        self.before.extend(predicate.clone());
        let predicate = match (predicate, others) {
            (Some(predicate), Some(others)) => Some(call("all", vec![predicate, others])),
            (predicate, others) => predicate.or(others),
        };
        self.done.push(BuiltinBranch { predicate, items });
    }
}

/// `name(first, second)`.
fn call(name: &str, arguments: Vec<TokenStream>) -> TokenStream {
    let mut inside = TokenStream::new();
    for (index, argument) in arguments.into_iter().enumerate() {
        if index > 0 {
            inside.extend([TokenTree::from(Punct::new(',', Spacing::Alone))]);
        }
        inside.extend(argument);
    }
    let name = Ident::new(name, Span::call_site());
    [TokenTree::from(name), Group::new(Delimiter::Parenthesis, inside).into()]
        .into_iter()
        .collect()
}

/// `static NAME: T = init;` becomes `static NAME: ::std::thread::LocalKey<T> = init;`.
fn thread_local(arguments: TokenStream, nesting: Nesting) -> Result<Vec<BuiltinBranch>, MacroError> {
    nesting.check_parseable()?;
    let declarations = |input: ParseStream<'_>| {
        let mut items = TokenStream::new();
        while !input.is_empty() {
            items.extend(thread_local_declaration(input)?);
        }
        Ok(items)
    };
    let unparsable = |error: syn::Error| no_match(&format!("a declaration of `thread_local!` does not parse: {error}"));
    let items = declarations.parse2(arguments).map_err(unparsable)?;
    Ok(vec![BuiltinBranch { predicate: None, items }])
}

fn thread_local_declaration(input: ParseStream<'_>) -> syn::Result<Vec<TokenTree>> {
    let start = input.cursor();
    Attribute::parse_outer(input)?;
    input.parse::<Visibility>()?;
    input.parse::<Token![static]>()?;
    input.parse::<Ident>()?;
    input.parse::<Token![:]>()?;
    let type_start = input.cursor();
    input.parse::<Type>()?;
    let type_end = input.cursor();
    input.parse::<Token![=]>()?;
    input.parse::<Expr>()?;
    let end = input.cursor();
    if !input.is_empty() {
        input.parse::<Token![;]>()?;
    }
    let slice = |begin, end| between(begin, end).ok_or_else(|| input.error("ends inside another macro's capture"));
    let mut trees = slice(start, type_start)?;
    trees.extend(local_key(slice(type_start, type_end)?));
    trees.extend(slice(type_end, end)?);
    trees.push(Punct::new(';', Spacing::Alone).into());
    Ok(trees)
}

/// `::std::thread::LocalKey<T>`.
fn local_key(mut inside: Vec<TokenTree>) -> Vec<TokenTree> {
    let mut trees = Vec::new();
    for segment in ["std", "thread", "LocalKey"] {
        trees.push(TokenTree::from(Punct::new(':', Spacing::Joint)));
        trees.push(Punct::new(':', Spacing::Alone).into());
        trees.push(Ident::new(segment, Span::call_site()).into());
    }
    detach_end(&mut inside);
    trees.push(Punct::new('<', Spacing::Alone).into());
    trees.extend(inside);
    trees.push(Punct::new('>', Spacing::Alone).into());
    trees
}
