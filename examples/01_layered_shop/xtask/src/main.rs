//! Chores around the shop's database, for developers: `cargo xtask migrate <url>`, `cargo xtask seed <url>`.

mod seed;

use std::env;
use std::error::Error;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <migrate|seed> <url, for example sqlite://shop.db>";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments).await {
        Ok(done) => {
            println!("{done}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does the chore and says what was done.
async fn run(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    match *arguments {
        ["migrate", url] => {
            let steps = shop_migrations::run(url).await?;
            Ok(format!("{steps} steps taken"))
        }
        ["seed", url] => {
            let products = seed::seed(url).await?;
            Ok(format!("{products} products added"))
        }
        _ => Err(USAGE.into()),
    }
}
