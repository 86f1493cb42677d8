//! What `shared` takes: nothing, or one string literal that says what the item is for.

use crate::arguments::{text, tokens};
use crate::complaint::Complaint;
use proc_macro::TokenStream;

pub(crate) fn check(arguments: TokenStream) -> Result<(), Complaint> {
    let tokens = tokens(arguments);
    if tokens.is_empty() {
        return Ok(());
    }
    let text = text(
        &tokens,
        "nothing or one string literal, like `\"use this for every date that a person reads\"`",
    )?;
    if text.value.trim().is_empty() {
        let message = "this says nothing: write what the item is to be used for, or leave it out: `#[shared]`";
        return Err(Complaint::new(text.place, message));
    }
    Ok(())
}
