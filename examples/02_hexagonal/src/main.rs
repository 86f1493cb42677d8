//! `lending lend <tool> <member>`, `lending return <tool>`, `lending list`; the loans stand in `$LENDING_FILE`.

use std::process::ExitCode;

use lending::inbound::command_line;

fn main() -> ExitCode {
    let file = std::env::var_os("LENDING_FILE").unwrap_or_else(|| "loans.txt".into());
    let mut lending = lending::lending(file.as_ref());
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command_line::run(&arguments, &mut lending) {
        Ok(answer) => {
            print!("{answer}");
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("{refusal}");
            ExitCode::FAILURE
        }
    }
}
