//! What all features share, and no more: identities, money, and the events by which they hear of each other.

pub mod events;
pub mod money;
pub mod parcel;
