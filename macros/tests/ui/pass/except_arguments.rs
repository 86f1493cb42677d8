//! Any order, a comma at the end, raw strings, reserved rule ids, several on one item, beside other attributes.

use archguard::except;

#[except(until = "2028-02-29", owner = "data-team", reason = r#"the "old" way"#, rule = "component.http.uses",)]
#[except(rule = "policy.unassigned", reason = "line one \
              and two", owner = "a@example.org", until = "2027-12-31")]
#[derive(Debug, Clone, PartialEq)]
struct Order {
    number: u32,
}

macro_rules! accepted {
    ($reason:literal, $item:item) => {
        #[except(rule = "raw-sql", reason = $reason, owner = "data-team", until = "2027-01-31")]
        $item
    };
}

accepted!("written once for many", fn generated() -> u32 { 3 });

fn main() {
    assert_eq!(Order { number: generated() }.clone(), Order { number: 3 });
}
