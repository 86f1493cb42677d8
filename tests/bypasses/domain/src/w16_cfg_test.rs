//! Test code: exempt and counted, unless a rule says `dev = true`.

#[cfg(test)]
mod tests {
    #[test]
    fn rows() {
        driver::query("select 1"); //~ raw-sql-in-tests
    }
}
