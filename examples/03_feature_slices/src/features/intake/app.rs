//! Accepting.

use super::domain::{Numbers, Refused, check_weight};
use crate::kernel::events::{Event, Events};
use crate::kernel::parcel::{ParcelId, Sender};

/// The counter where parcels come in.
#[derive(Debug, Default)]
pub struct Intake {
    numbers: Numbers,
}

impl Intake {
    /// Takes a parcel and gives it a number.
    pub fn accept(&mut self, events: &mut Events, sender: Sender, grams: u32) -> Result<ParcelId, Refused> {
        check_weight(grams)?;
        let parcel = self.numbers.give();
        events.tell(Event::Accepted { parcel, sender, grams });
        Ok(parcel)
    }
}
