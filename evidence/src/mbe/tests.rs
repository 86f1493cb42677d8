//! Tests of the expander: one file per concern, with the few lines here that all of them need.

mod arms;
mod builtin;
mod definitions;
mod fragments;
mod limits;
mod metavariables;
mod repetitions;
mod shapes;
mod spans;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{MacroDefinition, MacroErrorKind};

fn lex(text: &str) -> TokenStream {
    text.parse().expect("the test's text lexes")
}

fn define(body: &str) -> MacroDefinition {
    MacroDefinition::parse(lex(body)).unwrap_or_else(|error| panic!("{error} in {body}"))
}

/// The tokens as text, each character of punctuation apart; invisible groups print as their content.
fn text(stream: TokenStream) -> String {
    let words: Vec<String> = stream
        .into_iter()
        .map(|tree| match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("( ", " )"),
                    Delimiter::Bracket => ("[ ", " ]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                format!("{open}{}{close}", text(group.stream()))
            }
            other => other.to_string(),
        })
        .collect();
    words.join(" ")
}

/// The expansion's tokens.
fn expand(body: &str, arguments: &str) -> TokenStream {
    match define(body).expand(lex(arguments)) {
        Ok(expansion) => expansion.tokens,
        Err(error) => panic!("{error} for {arguments} in {body}"),
    }
}

#[track_caller]
fn check(body: &str, arguments: &str, expected: &str) {
    assert_eq!(
        text(expand(body, arguments)),
        text(lex(expected)),
        "for `{arguments}` in `{body}`"
    );
}

#[track_caller]
fn check_arm(body: &str, arguments: &str, arm: usize) {
    let expansion = define(body)
        .expand(lex(arguments))
        .unwrap_or_else(|error| panic!("{error} for {arguments}"));
    assert_eq!(expansion.arm, arm, "for `{arguments}` in `{body}`");
}

#[track_caller]
fn check_error(body: &str, arguments: &str, kind: MacroErrorKind) {
    let error = define(body)
        .expand(lex(arguments))
        .map(|expansion| expansion.tokens.to_string());
    assert_eq!(
        error.map_err(|error| error.kind()),
        Err(kind),
        "for `{arguments}` in `{body}`"
    );
}

#[track_caller]
fn check_malformed(body: &str) {
    let result = MacroDefinition::parse(lex(body)).map(drop);
    assert_eq!(
        result.map_err(|error| error.kind()),
        Err(MacroErrorKind::MalformedDefinition),
        "for `{body}`"
    );
}
