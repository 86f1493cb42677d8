//! Words in, text out.

use super::app::Intake;
use crate::kernel::events::Events;
use crate::kernel::parcel::Sender;

/// `<sender> <grams>`.
pub fn accept(intake: &mut Intake, events: &mut Events, words: &[&str]) -> Result<String, String> {
    let [sender, grams] = words else {
        return Err("accept whose parcel, of what weight?".to_owned());
    };
    let grams = grams.parse().map_err(|_| format!("`{grams}` is no weight"))?;
    let parcel = intake
        .accept(events, Sender((*sender).to_owned()), grams)
        .map_err(|refused| refused.to_string())?;
    Ok(parcel.to_string())
}
