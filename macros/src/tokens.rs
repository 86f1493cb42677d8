//! Code that annotations expand to, besides complaints.

use std::path::Path;

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// `const _: &[u8] = ::core::include_bytes!("path");`: the compiler watches what it includes. None for a path that is no text.
pub(crate) fn watched(path: &Path) -> Option<TokenStream> {
    let path = Literal::string(path.to_str()?);
    let word = |word: &str| TokenTree::from(Ident::new(word, Span::call_site()));
    let sign = |sign: char| TokenTree::from(Punct::new(sign, Spacing::Alone));
    let group = |delimiter, inner: Vec<TokenTree>| TokenTree::from(Group::new(delimiter, inner.into_iter().collect()));
    let path_separator = || [TokenTree::from(Punct::new(':', Spacing::Joint)), sign(':')];
    let mut tokens = vec![word("const"), word("_"), sign(':'), sign('&')];
    tokens.push(group(Delimiter::Bracket, vec![word("u8")]));
    tokens.push(sign('='));
    tokens.extend(path_separator());
    tokens.push(word("core"));
    tokens.extend(path_separator());
    tokens.extend([word("include_bytes"), sign('!')]);
    tokens.push(group(Delimiter::Parenthesis, vec![path.into()]));
    tokens.push(sign(';'));
    Some(tokens.into_iter().collect())
}
