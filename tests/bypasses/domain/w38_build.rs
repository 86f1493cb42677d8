//! A build script that runs SQL, and writes the code of `w12_generated`.

fn main() {
    driver::query("select 1"); //~ raw-sql
    let directory = std::env::var("OUT_DIR").expect("cargo sets it");
    let text = "pub fn rows() {\n    driver::query(\"select 1\");\n}\n";
    std::fs::write(format!("{directory}/w12_generated.rs"), text).expect("the directory is there");
    println!("cargo::rerun-if-changed=w38_build.rs");
}
