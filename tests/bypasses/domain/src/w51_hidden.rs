//! What `persistence` leaks where documentation does not show it.

pub fn rows() {
    persistence::w51_hidden::__private::query("select 1"); //~ raw-sql
}
