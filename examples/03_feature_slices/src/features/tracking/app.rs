//! Scanning, and finding again.

use super::domain::{Journey, Unknown};
use crate::kernel::events::{Event, Events};
use crate::kernel::parcel::ParcelId;

/// Where every parcel has been.
#[derive(Debug, Default)]
pub struct Tracking {
    journey: Journey,
}

impl Tracking {
    /// Notes a place.
    pub fn scan(&mut self, events: &mut Events, parcel: ParcelId, place: &str) -> Result<(), Unknown> {
        self.journey.last_place(parcel)?;
        self.journey.note(parcel, place);
        events.tell(Event::Seen { parcel });
        Ok(())
    }

    /// The place where it was last seen.
    pub fn whereabouts(&self, parcel: ParcelId) -> Result<&str, Unknown> {
        self.journey.last_place(parcel)
    }

    /// A parcel that comes in is at the depot.
    pub fn hear(&mut self, event: &Event) {
        if let Event::Accepted { parcel, .. } = event {
            self.journey.note(*parcel, "depot");
        }
    }
}
