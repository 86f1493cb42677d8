//! Words in, text out.

use super::app::Tracking;
use crate::kernel::events::Events;

/// `<parcel> <place>`.
pub fn scan(tracking: &mut Tracking, events: &mut Events, words: &[&str]) -> Result<String, String> {
    let [parcel, place] = words else {
        return Err("scan what, where?".to_owned());
    };
    let parcel = parcel.parse()?;
    tracking
        .scan(events, parcel, place)
        .map_err(|unknown| unknown.to_string())?;
    Ok(format!("{parcel} is at {place}"))
}

/// `<parcel>`.
pub fn whereabouts(tracking: &Tracking, words: &[&str]) -> Result<String, String> {
    let [parcel] = words else {
        return Err("where is what?".to_owned());
    };
    let place = tracking
        .whereabouts(parcel.parse()?)
        .map_err(|unknown| unknown.to_string())?;
    Ok(place.to_owned())
}
