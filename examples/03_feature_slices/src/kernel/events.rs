//! What happened, told by one feature to whoever wants to know.

use super::parcel::{ParcelId, Sender};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A parcel has come in.
    Accepted {
        /// Its number.
        parcel: ParcelId,
        /// Who sends it.
        sender: Sender,
        /// Its weight.
        grams: u32,
    },
    /// A parcel was seen.
    Seen {
        /// Its number.
        parcel: ParcelId,
    },
}

/// Events nobody has heard of yet.
#[derive(Debug, Default)]
pub struct Events(Vec<Event>);

impl Events {
    /// Tells.
    pub fn tell(&mut self, event: Event) {
        self.0.push(event);
    }

    /// Those told since the last time, in their order.
    pub fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.0)
    }
}
