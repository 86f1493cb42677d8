//! A function that nobody can name, but everybody can link to.

#[unsafe(export_name = "run_sql")]
fn hidden(text: &str) -> usize {
    driver::Pool.exec(text)
}
