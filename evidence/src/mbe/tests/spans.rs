//! Tokens keep their spans, so a caller can tell what was written at the invocation from what the definition says.

use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};

use super::super::MacroDefinition;
use super::lex;

/// Each token that is not a group, with its source text and place in its own file.
fn places(stream: TokenStream, found: &mut Vec<(String, String, Range<usize>)>) {
    for tree in stream {
        if let TokenTree::Group(group) = &tree {
            places(group.stream(), found);
        } else {
            let span = tree.span();
            found.push((
                tree.to_string(),
                span.source_text().unwrap_or_default(),
                span.byte_range(),
            ));
        }
    }
}

#[test]
fn tokens_point_to_where_they_were_written() {
    let definition_text = "($($name:ident: $value:expr),*) => { $(const $name: u8 = f($value);)* $crate }";
    let argument_text = "FIRST: a + 1, SECOND: crate::b::C";
    let definition = MacroDefinition::parse(lex(definition_text)).expect("it parses");
    let expansion = definition.expand(lex(argument_text)).expect("it matches");
    let mut found = Vec::new();
    places(expansion.tokens, &mut found);

    let place = |token: &str| {
        found
            .iter()
            .find(|(text, ..)| text == token)
            .expect("the token is there")
            .clone()
    };
    for token in ["FIRST", "SECOND", "a", "1", "C"] {
        let (_, text, range) = place(token);
        assert_eq!((text.as_str(), &argument_text[range]), (token, token));
    }
    for token in ["const", "u8", "f"] {
        let (_, text, range) = place(token);
        assert_eq!((text.as_str(), &definition_text[range]), (token, token));
    }
    assert_eq!(place(super::super::CRATE_ROOT_IDENT).1, "crate");
}

#[test]
fn a_group_of_the_definition_keeps_its_place() {
    let definition_text = "($x:ident) => { f($x) }";
    let expansion = MacroDefinition::parse(lex(definition_text))
        .expect("it parses")
        .expand(lex("a"))
        .expect("it matches");
    let group = expansion.tokens.into_iter().nth(1).expect("two tokens");
    assert_eq!(&definition_text[group.span().byte_range()], "($x)");
}

#[test]
fn an_enclosed_expression_spans_what_it_encloses() {
    let expansion = MacroDefinition::parse(lex("($x:expr) => { $x }"))
        .expect("it parses")
        .expand(lex("a + b"));
    let group = expansion
        .expect("it matches")
        .tokens
        .into_iter()
        .next()
        .expect("one token");
    assert_eq!(group.span().source_text().as_deref(), Some("a + b"));
}
