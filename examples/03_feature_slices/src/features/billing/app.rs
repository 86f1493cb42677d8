//! Writing down what is owed.

use std::collections::BTreeMap;

use super::domain::postage;
use crate::kernel::events::Event;
use crate::kernel::money::Cents;
use crate::kernel::parcel::Sender;

/// What every sender owes.
#[derive(Debug, Default)]
pub struct Billing {
    owed: BTreeMap<Sender, Vec<Cents>>,
}

impl Billing {
    /// All of it.
    pub fn total(&self, sender: &Sender) -> Cents {
        self.owed.get(sender).into_iter().flatten().copied().sum()
    }

    /// A parcel that comes in costs its sender.
    pub fn hear(&mut self, event: &Event) {
        if let Event::Accepted { sender, grams, .. } = event {
            self.owed.entry(sender.clone()).or_default().push(postage(*grams));
        }
    }
}
