//! The command line: words in, text out.

use std::fmt::Write;

use crate::domain::loan::Name;
use crate::domain::ports::{Clock, LoanStore};
use crate::domain::service::Lending;

const USAGE: &str = "usage: lending lend <tool> <member> | return <tool> | list";

/// Does what the words ask for. The answer, or why not.
pub fn run<S: LoanStore, C: Clock>(words: &[String], lending: &mut Lending<S, C>) -> Result<String, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["lend", tool, member] => {
            let loan = lending
                .lend(name(tool)?, name(member)?)
                .map_err(|refused| refused.to_string())?;
            Ok(format!("{} to {}\n", loan.tool, loan.member))
        }
        ["return", tool] => {
            let loan = lending.take_back(&name(tool)?).map_err(|refused| refused.to_string())?;
            Ok(format!("{} from {}\n", loan.tool, loan.member))
        }
        ["list"] => {
            let mut answer = String::new();
            for (loan, late) in lending.list().map_err(|refused| refused.to_string())? {
                let late = if late { " (late)" } else { "" };
                let _ = writeln!(answer, "{}\t{}{late}", loan.tool, loan.member);
            }
            Ok(answer)
        }
        _ => Err(USAGE.to_owned()),
    }
}

fn name(text: &str) -> Result<Name, String> {
    Name::new(text).ok_or_else(|| format!("`{text}` is no name"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::loan::Day;
    use crate::outbound::memory_store::MemoryStore;

    struct Fixed;
    impl Clock for Fixed {
        fn today(&self) -> Day {
            Day(20_000)
        }
    }

    #[test]
    fn a_tool_is_lent_once() {
        let mut lending = Lending::new(MemoryStore::default(), Fixed);
        let mut say = |text: &str| {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            run(&words, &mut lending)
        };
        assert_eq!(say("lend drill ada").as_deref(), Ok("drill to ada\n"));
        assert_eq!(say("lend drill bob"), Err("ada has drill".to_owned()));
        assert_eq!(say("return drill").as_deref(), Ok("drill from ada\n"));
        assert_eq!(say("return drill"), Err("nobody has drill".to_owned()));
    }
}
