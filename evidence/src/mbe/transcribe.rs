//! Fills a transcriber with the captured fragments. Tokens are cloned, never printed and read again, so each keeps the
//! span it had. Not responsible for the choice of the arm.

use proc_macro2::{Group, Punct, Spacing, TokenStream, TokenTree};

use super::bindings::{Binding, Iteration};
use super::error::MacroError;
use super::pattern::Operator;
use super::template::{Node, Repetition};

/// Transcribes an arm. `names` are the variables' names, for messages; `budget` is the most tokens it may emit.
pub(super) fn transcribe(
    nodes: &[Node],
    names: &[String],
    bindings: &[Binding],
    budget: usize,
) -> Result<TokenStream, MacroError> {
    let mut transcriber = Transcriber {
        names,
        bindings,
        iterations: Vec::new(),
        budget,
    };
    Ok(transcriber.nodes(nodes)?.into_iter().collect())
}

struct Transcriber<'a> {
    names: &'a [String],
    bindings: &'a [Binding],
    /// Where each repetition around the current node is, outermost first.
    iterations: Vec<Iteration>,
    budget: usize,
}

impl Transcriber<'_> {
    fn nodes(&mut self, nodes: &[Node]) -> Result<Vec<TokenTree>, MacroError> {
        let mut trees = Vec::new();
        for node in nodes {
            self.node(node, &mut trees)?;
        }
        Ok(trees)
    }

    fn node(&mut self, node: &Node, output: &mut Vec<TokenTree>) -> Result<(), MacroError> {
        match node {
            Node::Plain { trees, size } => {
                self.spend(*size)?;
                output.extend(trees.iter().cloned());
            }
            Node::Group { delimiter, span, nodes } => {
                self.spend(1)?;
                let content = self.nodes(nodes)?;
                let mut group = Group::new(*delimiter, content.into_iter().collect());
                group.set_span(*span);
                output.push(group.into());
            }
            Node::Variable {
                variable,
                before_semicolon,
            } => self.variable(*variable, *before_semicolon, output)?,
            Node::Repeat(repetition) => self.repeat(repetition, output)?,
            Node::Expression { expression, span } => {
                self.spend(1)?;
                output.extend(expression.evaluate(self.bindings, &self.iterations, *span)?);
            }
        }
        Ok(())
    }

    fn variable(
        &mut self,
        variable: usize,
        before_semicolon: bool,
        output: &mut Vec<TokenTree>,
    ) -> Result<(), MacroError> {
        match self.bindings[variable].at(&self.iterations) {
            Some(Binding::Fragment(fragment)) => {
                self.spend(fragment.size)?;
                output.extend(fragment.trees.iter().cloned());
                if fragment.open_statement && !before_semicolon {
                    self.spend(1)?;
                    output.push(semicolon_after(&fragment.trees));
                }
                Ok(())
            }
            _ => Err(MacroError::repetition(format!(
                "`${}` still repeats where it is used",
                self.names[variable]
            ))),
        }
    }

    fn repeat(&mut self, repetition: &Repetition, output: &mut Vec<TokenTree>) -> Result<(), MacroError> {
        let length = self.length(&repetition.drivers)?;
        if length == 0 && repetition.operator == Operator::OneOrMore {
            return Err(MacroError::repetition("a `+` repetition has nothing to repeat"));
        }
        for index in 0..length {
            // An iteration may emit nothing; it still takes time.
            self.spend(1 + if index > 0 { repetition.separator.len() } else { 0 })?;
            if index > 0 {
                output.extend(repetition.separator.iter().cloned());
            }
            self.iterations.push(Iteration { index, length });
            for node in &repetition.nodes {
                self.node(node, output)?;
            }
            self.iterations.pop();
        }
        Ok(())
    }

    /// How often the variables of a repetition repeat here. All that repeat must agree.
    fn length(&self, drivers: &[usize]) -> Result<usize, MacroError> {
        let mut agreed: Option<(usize, usize)> = None;
        for &variable in drivers {
            let Some(Binding::Sequence(values)) = self.bindings[variable].at(&self.iterations) else {
                continue;
            };
            match agreed {
                Some((first, length)) if length != values.len() => {
                    let (first, second) = (&self.names[first], &self.names[variable]);
                    let detail = format!("`${first}` repeats {length} times, `${second}` {} times", values.len());
                    return Err(MacroError::repetition(detail));
                }
                _ => agreed = Some((variable, values.len())),
            }
        }
        agreed
            .map(|(_, length)| length)
            .ok_or_else(|| MacroError::repetition("no variable inside a repetition repeats at its depth"))
    }

    fn spend(&mut self, tokens: usize) -> Result<(), MacroError> {
        self.budget = self
            .budget
            .checked_sub(tokens)
            .ok_or_else(|| MacroError::limit("the expansion has too many tokens"))?;
        Ok(())
    }
}

/// The compiler takes a captured `let` for a whole statement wherever it lands; spelled out in tokens it has to end.
fn semicolon_after(trees: &[TokenTree]) -> TokenTree {
    let mut semicolon = Punct::new(';', Spacing::Alone);
    if let Some(last) = trees.last() {
        semicolon.set_span(last.span());
    }
    semicolon.into()
}
