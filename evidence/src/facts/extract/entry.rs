//! The ways in: a file's text, what a macro expanded to, the members that one expanded to, arguments nobody can expand.

use proc_macro2::TokenStream;
use serde::{Deserialize, Serialize};
use syn::parse::Parser;

use archguard_invariants::graph::ItemKind;

use super::context::{Extractor, Parameter, nowhere, plain_item};
use crate::facts::lines::Lines;
use crate::facts::model::{FileFacts, ItemData, MacroCallFact, Name, TypeFact, VisibilityFact};
use crate::facts::positions::{Located, Positions};

/// How much of a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Depth {
    /// Everything: for code that is judged.
    Everything,
    /// Declarations alone, without bodies: for dependencies.
    Declarations,
}

/// Why a text has no facts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExtractError {
    /// What the parser said.
    pub message: String,
    /// Line and column from 1.
    pub position: (u32, u32),
}

impl ExtractError {
    fn from_syn(error: &syn::Error) -> Self {
        let start = error.span().start();
        Self {
            message: match error.to_string() {
                // The lexer's one message, which only speaks of itself.
                message if message == "cannot parse string into token stream" => NO_TOKENS.to_owned(),
                message => message,
            },
            position: (start.line as u32, start.column as u32 + 1),
        }
    }
}

const NO_TOKENS: &str = "no Rust tokens: a bracket or literal is not closed, or a character belongs to none";

/// What tokens are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Reading {
    /// Items of a module.
    Items,
    /// Members of an impl or trait; the facts' first item stands for the container.
    Members,
    /// Arguments of a macro that cannot be expanded.
    Arguments,
}

impl Reading {
    /// What a call's expansion is read as.
    pub(crate) fn of(call: &MacroCallFact) -> Self {
        if call.container.is_some() {
            Self::Members
        } else {
            Self::Items
        }
    }
}

/// Reads the facts of a file. The text has no byte order mark; a shebang line is blanked by the caller.
pub fn extract(text: &str, depth: Depth) -> Result<FileFacts, ExtractError> {
    let lines = Lines::of(text);
    let result = syn::parse_file(text)
        .map_err(|error| ExtractError::from_syn(&error))
        .map(|file| {
            let positions = Positions::File { text, lines: &lines };
            let mut extractor = Extractor::new(&positions, depth, lines.clone());
            extractor.file_attributes(&file.attrs);
            for item in &file.items {
                extractor.item(item);
            }
            extractor.finish()
        });
    // The lexer keeps every text it has seen for its spans; none is held past here.
    proc_macro2::extra::invalidate_current_thread_spans();
    result
}

/// Reads the facts of a file that holds one expression, as `include!` in an expression takes it.
pub fn extract_expression(text: &str, depth: Depth) -> Result<FileFacts, ExtractError> {
    let lines = Lines::of(text);
    syn::parse_str::<syn::Expr>(text)
        .map_err(|error| ExtractError::from_syn(&error))
        .map(|expr| {
            let positions = Positions::File { text, lines: &lines };
            let mut extractor = Extractor::new(&positions, depth, lines.clone());
            extractor.expression(&expr);
            extractor.finish()
        })
}

/// Reads the facts of tokens that a macro expanded to. `parameters` are the type parameters in scope at the invocation.
pub(crate) fn extract_tokens(
    tokens: TokenStream,
    positions: &Positions<'_>,
    depth: Depth,
    reading: Reading,
    parameters: &[Name],
) -> Result<FileFacts, ExtractError> {
    let mut extractor = Extractor::new(positions, depth, Lines::default());
    extractor.parameters.extend(parameters.iter().map(|&name| Parameter {
        name,
        may_be_value: true,
        first_bound: 0,
        end_bound: 0,
        default: None,
    }));
    match reading {
        Reading::Items => {
            let file = syn::parse2::<syn::File>(tokens).map_err(|error| ExtractError::from_syn(&error))?;
            for item in &file.items {
                extractor.item(item);
            }
        }
        Reading::Members => {
            // What is made inside an impl or a trait speaks of what is made with it.
            if let Positions::Expansion { invocation, .. } = positions {
                extractor.at.annotated = Some(*invocation);
            }
            let members = member_list
                .parse2(tokens)
                .map_err(|error| ExtractError::from_syn(&error))?;
            extractor.expanded_members(&members);
        }
        Reading::Arguments => extractor.arguments(tokens, None),
    }
    Ok(extractor.finish())
}

fn member_list(input: syn::parse::ParseStream<'_>) -> syn::Result<Vec<syn::ImplItem>> {
    let mut members = Vec::new();
    while !input.is_empty() {
        members.push(input.parse()?);
    }
    Ok(members)
}

impl Extractor<'_> {
    fn expanded_members(&mut self, members: &[syn::ImplItem]) {
        let self_type = self.type_id(TypeFact::Other);
        let data = ItemData::Impl {
            of_trait: None,
            self_type,
            is_unsafe: false,
        };
        let place = Located {
            span: nowhere(),
            foreign: true,
            made: true,
        };
        let container = plain_item(
            Name::from(""),
            ItemKind::Impl,
            place,
            self.at,
            VisibilityFact::Inherited,
            data,
        );
        let index = self.add_item(container);
        self.at.owner = Some(index);
        for member in members {
            self.within(|this| this.impl_member(member, false));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::model::{Named, PathFact};

    #[test]
    fn without_bodies_only_what_macros_hand_to_others_is_a_reference() {
        let text = "fn f(one: a::Typed) { b::call(); }\n#[c::attribute] macro_rules! m { () => { d::called() }; }\n";
        let named = |depth| {
            let facts = extract(text, depth).unwrap();
            let last = |path: &PathFact| path.segments.last().unwrap().to_string();
            let paths = facts.code.refs.iter().filter_map(|reference| match reference.named {
                Named::Path(path, _) => Some(last(&facts.paths[path.index()])),
                Named::Method(..) | Named::Field(..) => None,
            });
            paths.collect::<Vec<String>>()
        };
        assert_eq!(named(Depth::Everything), ["Typed", "call", "attribute", "called"]);
        assert_eq!(named(Depth::Declarations), ["attribute", "called"]);
    }
}
