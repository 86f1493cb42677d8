//! Code in a file of another name.

include!("w10_fragment.inc");
