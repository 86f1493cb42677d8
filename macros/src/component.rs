//! What `component!` takes: one string literal that can name a component.

use crate::arguments::{text, tokens};
use crate::complaint::Complaint;
use crate::name;
use proc_macro::TokenStream;

pub(crate) fn check(input: TokenStream) -> Result<(), Complaint> {
    let text = text(
        &tokens(input),
        "the name of a component as one string literal, like `\"persistence\"`",
    )?;
    name::check_component(&text.value).map_err(|message| Complaint::new(text.place, message))
}
