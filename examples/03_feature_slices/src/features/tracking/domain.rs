//! Places in the order in which a parcel saw them.

use std::collections::BTreeMap;
use std::fmt;

use crate::kernel::parcel::ParcelId;

/// A parcel that nobody has accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown(pub ParcelId);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {}", self.0)
    }
}

/// The places of all parcels.
#[derive(Debug, Default)]
pub struct Journey {
    places: BTreeMap<ParcelId, Vec<String>>,
}

impl Journey {
    /// Adds a place.
    pub fn note(&mut self, parcel: ParcelId, place: &str) {
        self.places.entry(parcel).or_default().push(place.to_owned());
    }

    /// The last one.
    pub fn last_place(&self, parcel: ParcelId) -> Result<&str, Unknown> {
        let places = self.places.get(&parcel).ok_or(Unknown(parcel))?;
        places.last().map(String::as_str).ok_or(Unknown(parcel))
    }
}
