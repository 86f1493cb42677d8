//! What is wrong with an annotation and where: data until it becomes a `compile_error!`. It does not decide what is wrong.

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// A stretch of the input, from its first to its last token.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    first: Span,
    last: Span,
}

impl Place {
    /// The whole invocation, for what is missing from it.
    pub(crate) fn call() -> Self {
        Self::at(Span::call_site())
    }

    pub(crate) fn at(span: Span) -> Self {
        Self {
            first: span,
            last: span,
        }
    }

    /// From the first to the last of `tokens`; the whole invocation if there are none.
    pub(crate) fn over(tokens: &[TokenTree]) -> Self {
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Self {
                first: first.span(),
                last: last.span(),
            },
            _ => Self::call(),
        }
    }
}

/// One thing that is wrong: a message that stands alone, and the place that it is about.
pub(crate) struct Complaint {
    place: Place,
    message: String,
}

impl Complaint {
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            message: message.into(),
        }
    }

    /// `::core::compile_error! { "message" }`. Braces make it complete as an item and as a statement alike.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let Place { first, last } = self.place;
        let message = TokenTree::from(Literal::string(&self.message));
        let body = Group::new(Delimiter::Brace, spanned(message, last).into());
        let path = [
            Punct::new(':', Spacing::Joint).into(),
            Punct::new(':', Spacing::Alone).into(),
            Ident::new("core", first).into(),
            Punct::new(':', Spacing::Joint).into(),
            Punct::new(':', Spacing::Alone).into(),
            Ident::new("compile_error", first).into(),
            Punct::new('!', Spacing::Alone).into(),
        ];
        // rustc underlines from the first token of an invocation to its last: these two carry the place.
        let head = path.into_iter().map(|token| spanned(token, first));
        head.chain([spanned(body.into(), last)]).collect()
    }
}

fn spanned(mut token: TokenTree, span: Span) -> TokenTree {
    token.set_span(span);
    token
}
