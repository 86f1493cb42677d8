//! Code in a file of another name.

include!("w10_fragment.inc");

pub fn of_an_expression() {
    include!("w10_expression.inc");
}

pub mod below {
    include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/w10_beside.inc"));
}
