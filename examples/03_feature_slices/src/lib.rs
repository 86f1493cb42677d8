//! A parcel depot in slices: each feature from its interface down to its rules, side by side, above one small kernel.

pub mod features;
pub mod kernel;

use features::{billing, intake, tracking};
use kernel::events::Events;

/// The depot as the program runs it: every feature, connected by events alone.
#[derive(Debug, Default)]
pub struct Depot {
    intake: intake::app::Intake,
    tracking: tracking::app::Tracking,
    billing: billing::app::Billing,
    events: Events,
}

impl Depot {
    /// Does what a line of words asks for. The answer, or why not.
    pub fn answer(&mut self, line: &str) -> Result<String, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let answer = match words.split_first() {
            Some((&"accept", rest)) => intake::api::accept(&mut self.intake, &mut self.events, rest),
            Some((&"scan", rest)) => tracking::api::scan(&mut self.tracking, &mut self.events, rest),
            Some((&"where", rest)) => tracking::api::whereabouts(&self.tracking, rest),
            Some((&"bill", rest)) => billing::api::bill(&self.billing, rest),
            _ => Err("accept <sender> <grams> | scan <parcel> <place> | where <parcel> | bill <sender>".to_owned()),
        };
        for event in self.events.take() {
            self.tracking.hear(&event);
            self.billing.hear(&event);
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::Depot;

    #[test]
    fn a_parcel_is_followed_and_billed() {
        let mut depot = Depot::default();
        assert_eq!(depot.answer("accept ada 1500").as_deref(), Ok("parcel 1"));
        assert_eq!(depot.answer("where 1").as_deref(), Ok("depot"));
        assert_eq!(depot.answer("scan 1 train").as_deref(), Ok("parcel 1 is at train"));
        assert_eq!(depot.answer("where 1").as_deref(), Ok("train"));
        assert_eq!(depot.answer("bill ada").as_deref(), Ok("6.50"));
        assert_eq!(depot.answer("scan 2 train"), Err("there is no parcel 2".to_owned()));
    }
}
