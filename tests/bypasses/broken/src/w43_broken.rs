//! A file that does not parse: nobody knows what it does.

pub fn rows( {
    driver::query("select 1");
}
