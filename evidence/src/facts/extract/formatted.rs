//! Arguments that are texts with values formatted into them: `query(&format!("{base} WHERE id = {id}"))`, also through a
//! local of the same function and through whatever hands a text on (`AssertSqlSafe(..)`, `.as_str()`). Whether the callee
//! is one that runs SQL is not known here.

use proc_macro2::Literal;
use syn::Expr;
use syn::punctuated::Punctuated;

use super::context::{Extractor, name_of};
use super::entry::Depth;
use super::literals::{makes_text, on_first_line, template_of_values};
use crate::facts::model::FormattedFact;

/// Methods that hand on the text that they are called on.
const HANDING_ON: [&str; 9] = [
    "as_ref",
    "as_str",
    "borrow",
    "clone",
    "into",
    "deref",
    "to_owned",
    "to_string",
    "trim",
];

impl Extractor<'_> {
    /// Notes the formatted texts among the arguments of a call, whose reference is the one added since there were `before`.
    pub(super) fn formatted_arguments(&mut self, before: usize, arguments: &Punctuated<Expr, syn::Token![,]>) {
        if self.depth != Depth::Everything || self.code.refs.len() != before + 1 {
            return;
        }
        let templates: Vec<Literal> = arguments
            .iter()
            .filter_map(|argument| self.template_of(argument))
            .collect();
        for template in templates {
            let place = on_first_line(self.locate(template.span()), &template.to_string());
            if !place.made {
                self.code.formatted_arguments.push(FormattedFact {
                    callee: before as u32,
                    span: place.span,
                });
            }
        }
    }

    /// Notes that a local holds a formatted text.
    pub(super) fn note_formatted(&mut self, local: &syn::Local) {
        let pattern = match &local.pat {
            syn::Pat::Type(typed) => &*typed.pat,
            pattern => pattern,
        };
        let (syn::Pat::Ident(ident), Some(init)) = (pattern, &local.init) else {
            return;
        };
        let position = self.locals.len().saturating_sub(1);
        let bound = self
            .locals
            .last()
            .is_some_and(|(name, _)| *name == name_of(&ident.ident));
        if let (true, Some(template)) = (bound, self.template_of(&init.expr)) {
            self.formatted_locals.push((position, template));
        }
    }

    /// The template of the macro that an expression's text comes from, if values are formatted into it.
    fn template_of(&self, expr: &Expr) -> Option<Literal> {
        match expr {
            Expr::Reference(inner) => self.template_of(&inner.expr),
            Expr::Paren(inner) => self.template_of(&inner.expr),
            Expr::Group(inner) => self.template_of(&inner.expr),
            Expr::Unary(inner) => self.template_of(&inner.expr),
            Expr::MethodCall(call) if HANDING_ON.iter().any(|name| call.method == name) => {
                self.template_of(&call.receiver)
            }
            // A wrapper: `AssertSqlSafe(..)`, `String::from(..)`, `Cow::Owned(..)`.
            Expr::Call(call) if call.args.len() == 1 && names_a_type(&call.func) => self.template_of(&call.args[0]),
            Expr::Macro(call) => {
                let name = &call.mac.path.segments.last()?.ident;
                let makes = makes_text(&name.to_string()) && name != "write" && name != "writeln";
                makes.then(|| template_of_values(&call.mac.tokens)).flatten()
            }
            Expr::Path(path) => self.template_of_local(name_of(path.path.get_ident()?)),
            _ => None,
        }
    }

    fn template_of_local(&self, name: crate::facts::model::Name) -> Option<Literal> {
        let position = self.locals.iter().rposition(|(local, _)| *local == name)?;
        let noted = self.formatted_locals.iter().find(|(local, _)| *local == position);
        noted.map(|(_, template)| template.clone())
    }
}

/// Whether a call is that of a type: a tuple struct, a variant, a constructor.
fn names_a_type(callee: &Expr) -> bool {
    match callee {
        Expr::Path(path) => {
            let mut names = path.path.segments.iter().map(|segment| segment.ident.to_string());
            names.any(|name| name.starts_with(char::is_uppercase))
        }
        _ => false,
    }
}
