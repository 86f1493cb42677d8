//! `requirement-unmet`.

use crate::fixture::check;

#[test]
fn what_it_reports() {
    check("", "crate shop                  # requirement-unmet policy.some-rule");
}
