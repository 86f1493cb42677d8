//! Words in, text out.

use super::app::Billing;
use crate::kernel::parcel::Sender;

/// `<sender>`.
pub fn bill(billing: &Billing, words: &[&str]) -> Result<String, String> {
    let [sender] = words else {
        return Err("bill whom?".to_owned());
    };
    Ok(billing.total(&Sender((*sender).to_owned())).to_string())
}
