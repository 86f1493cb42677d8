//! The transcriber of an arm, parsed: plain tokens, variables, repetitions and metavariable expressions. Not
//! responsible for filling it in.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::buffer::Cursor;

use super::error::MacroError;
use super::lexeme::{Lexeme, detach_end, read};
use super::limits;
use super::metavariable::{MetaExpression, Scope};
use super::pattern::{Operator, repetition_tail};

/// The identifier that stands for `$crate` in an expansion: no token can spell `$crate` itself. A path that starts
/// with it is rooted at the crate where the macro is defined.
pub const CRATE_ROOT_IDENT: &str = "__archguard_dollar_crate";

/// A piece of a transcriber.
#[derive(Debug)]
pub(super) enum Node {
    /// Tokens that are emitted as they are, and their number with those inside groups.
    Plain { trees: Vec<TokenTree>, size: usize },
    /// A group with something to fill in.
    Group {
        delimiter: Delimiter,
        span: Span,
        nodes: Vec<Node>,
    },
    /// The value of a variable. A statement that no semicolon follows has to bring its own.
    Variable { variable: usize, before_semicolon: bool },
    /// `$( .. ) separator operator`.
    Repeat(Repetition),
    /// `${ .. }`.
    Expression { expression: MetaExpression, span: Span },
}

/// A repetition in a transcriber.
#[derive(Debug)]
pub(super) struct Repetition {
    pub(super) nodes: Vec<Node>,
    pub(super) separator: Vec<TokenTree>,
    pub(super) operator: Operator,
    /// The variables inside, which decide how often it repeats.
    pub(super) drivers: Vec<usize>,
}

/// Parses the tokens between a transcriber's delimiters.
pub(super) fn parse(mut cursor: Cursor<'_>, scope: &Scope<'_>) -> Result<Vec<Node>, MacroError> {
    let mut nodes = Nodes::default();
    while let Some((lexeme, rest)) = read(cursor) {
        cursor = if lexeme.is_operator("$") {
            dollar(lexeme, rest, scope, &mut nodes)?
        } else {
            plain(lexeme, rest, scope, &mut nodes)?;
            rest
        };
    }
    Ok(nodes.finish())
}

fn plain(lexeme: Lexeme<'_>, rest: Cursor<'_>, scope: &Scope<'_>, nodes: &mut Nodes) -> Result<(), MacroError> {
    if let Lexeme::Group(group, inside) = &lexeme {
        let content = parse(*inside, scope)?;
        if !content.iter().all(|node| matches!(node, Node::Plain { .. })) || mentions_dollar(group.stream()) {
            let (delimiter, span) = (group.delimiter(), group.span());
            nodes.push(Node::Group {
                delimiter,
                span,
                nodes: content,
            });
            return Ok(());
        }
    }
    let mut trees = lexeme.into_trees();
    if matches!(read(rest), Some((next, _)) if next.is_operator("$")) {
        detach_end(&mut trees);
    }
    nodes.plain(trees);
    Ok(())
}

/// Whether a `$` stands directly in the group. Its content then differs from the group's own tokens (`$crate`, `$$`).
fn mentions_dollar(tokens: TokenStream) -> bool {
    tokens
        .into_iter()
        .any(|tree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '$'))
}

/// What follows a `$`; where it means nothing it stays, for the macros that define macros.
fn dollar<'a>(
    dollar: Lexeme<'_>,
    cursor: Cursor<'a>,
    scope: &Scope<'_>,
    nodes: &mut Nodes,
) -> Result<Cursor<'a>, MacroError> {
    match read(cursor) {
        Some((Lexeme::Ident(ident), rest)) if ident == "crate" => {
            nodes.plain(vec![Ident::new(CRATE_ROOT_IDENT, ident.span()).into()]);
            Ok(rest)
        }
        Some((Lexeme::Ident(name), rest)) => {
            match scope.variable(&name) {
                Some(variable) => {
                    let before_semicolon = matches!(read(rest), Some((next, _)) if next.is_operator(";"));
                    nodes.push(Node::Variable {
                        variable,
                        before_semicolon,
                    });
                }
                None => nodes.plain(dollar.into_trees().into_iter().chain([name.into()]).collect()),
            }
            Ok(rest)
        }
        Some((Lexeme::Group(group, inside), rest)) if group.delimiter() == Delimiter::Parenthesis => {
            let (repetition, rest) = repetition(inside, rest, scope)?;
            nodes.push(Node::Repeat(repetition));
            Ok(rest)
        }
        Some((Lexeme::Group(group, inside), rest)) if group.delimiter() == Delimiter::Brace => {
            let expression = MetaExpression::parse(inside, scope)?;
            nodes.push(Node::Expression {
                expression,
                span: group.span(),
            });
            Ok(rest)
        }
        Some((second, rest)) if second.is_operator("$") => {
            nodes.plain(second.into_trees());
            Ok(rest)
        }
        _ => {
            nodes.plain(dollar.into_trees());
            Ok(cursor)
        }
    }
}

fn repetition<'a>(
    inside: Cursor<'_>,
    behind: Cursor<'a>,
    scope: &Scope<'_>,
) -> Result<(Repetition, Cursor<'a>), MacroError> {
    let (separator, operator, rest) = repetition_tail(behind)?;
    let nodes = parse(inside, scope)?;
    let mut drivers = Vec::new();
    collect_drivers(&nodes, &mut drivers);
    drivers.sort_unstable();
    drivers.dedup();

    let mut separator = separator.map(Lexeme::into_trees).unwrap_or_default();
    detach_end(&mut separator);
    Ok((
        Repetition {
            nodes,
            separator,
            operator,
            drivers,
        },
        rest,
    ))
}

fn collect_drivers(nodes: &[Node], drivers: &mut Vec<usize>) {
    for node in nodes {
        match node {
            Node::Plain { .. } => {}
            Node::Variable { variable, .. } => drivers.push(*variable),
            Node::Group { nodes, .. } => collect_drivers(nodes, drivers),
            Node::Repeat(repetition) => drivers.extend(&repetition.drivers),
            Node::Expression { expression, .. } => drivers.extend(expression.variables()),
        }
    }
}

/// Nodes under construction, with neighbouring plain tokens in one node.
#[derive(Default)]
struct Nodes {
    done: Vec<Node>,
    pending: Vec<TokenTree>,
}

impl Nodes {
    fn plain(&mut self, trees: Vec<TokenTree>) {
        self.pending.extend(trees);
    }

    fn push(&mut self, node: Node) {
        self.flush();
        self.done.push(node);
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let trees = std::mem::take(&mut self.pending);
            let size = limits::count(&trees);
            self.done.push(Node::Plain { trees, size });
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.flush();
        self.done
    }
}
