//! Reading what stands between the parentheses of an annotation: one text, or a list of `key = "value"`.
//! Which keys there are and what a text may say is for those who asked.

use crate::complaint::{Complaint, Place};
use crate::literal;
use proc_macro::{Delimiter, TokenStream, TokenTree};

/// A string literal: its value and where it stands.
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) place: Place,
}

/// One `key = "value"`.
pub(crate) struct Argument {
    pub(crate) key: String,
    pub(crate) key_place: Place,
    pub(crate) text: Text,
}

/// The tokens of `stream` without the invisible groups that `macro_rules!` puts around what it substitutes.
pub(crate) fn tokens(stream: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    for token in stream {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => flat.extend(tokens(group.stream())),
            token => flat.push(token),
        }
    }
    flat
}

/// Reads `tokens` as one string literal; `example` is what the message shows.
pub(crate) fn text(tokens: &[TokenTree], example: &str) -> Result<Text, Complaint> {
    let refuse = |place, found: &str| Err(Complaint::new(place, format!("expected {example}, found {found}")));
    match tokens {
        [] => refuse(Place::call(), "nothing"),
        [TokenTree::Literal(literal), rest @ ..] => match literal::value(&literal.to_string()) {
            Ok(value) if rest.is_empty() => Ok(Text {
                value,
                place: Place::at(literal.span()),
            }),
            Ok(_) => refuse(Place::over(rest), "more after it"),
            Err(found) => refuse(Place::over(tokens), &found.to_string()),
        },
        [other, ..] => refuse(Place::at(other.span()), &format!("`{other}`")),
    }
}

/// Reads `tokens` as a list of `key = "value"`. What can be read is returned, and a complaint for each entry that cannot.
pub(crate) fn list(tokens: &[TokenTree]) -> (Vec<Argument>, Vec<Complaint>) {
    let mut arguments = Vec::new();
    let mut complaints = Vec::new();
    let mut entries: Vec<&[TokenTree]> = tokens.split(is_comma).collect();
    // Nothing at all, and a comma at the end: both leave an empty last entry, and both are fine.
    entries.pop_if(|last| last.is_empty());
    let mut start = 0;
    for entry in entries {
        let end = start + entry.len();
        match argument(entry, tokens.get(end)) {
            Ok(argument) => arguments.push(argument),
            Err(complaint) => complaints.push(complaint),
        }
        start = end + 1;
    }
    (arguments, complaints)
}

/// Reads one entry; `comma` is what ends it.
fn argument(entry: &[TokenTree], comma: Option<&TokenTree>) -> Result<Argument, Complaint> {
    let [TokenTree::Ident(key), rest @ ..] = entry else {
        let place = entry
            .first()
            .or(comma)
            .map_or_else(Place::call, |token| Place::at(token.span()));
        return Err(Complaint::new(
            place,
            "expected a key and its value, like `rule = \"raw-sql\"`",
        ));
    };
    let name = key.to_string();
    let example = format!("a string literal for `{name}`");
    match rest {
        [TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' => {
            let text = if value.is_empty() {
                Err(Complaint::new(
                    Place::over(entry),
                    format!("expected {example} after `=`"),
                ))
            } else {
                text(value, &example)
            };
            text.map(|text| Argument {
                key: name,
                key_place: Place::at(key.span()),
                text,
            })
        }
        _ => Err(Complaint::new(
            Place::over(entry),
            format!("expected `{name} = \"...\"`"),
        )),
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}
