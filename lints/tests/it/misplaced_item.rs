//! `misplaced-item`.

use crate::fixture::check;

#[test]
fn what_it_reports() {
    check("", "crate shop                  # misplaced-item policy.some-rule");
}
