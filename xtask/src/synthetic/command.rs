//! `cargo xtask synthetic`: writes a made workspace into a new folder, to be profiled.

use std::path::Path;

use super::files::write;
use super::plan::{Plan, Shape};

const USAGE: &str = "usage: cargo xtask synthetic [--shape layered|globs|reexports|circle] [--modules <n>] \
                     [--references <n>] [--seed <n>] <new directory>";

pub(crate) fn run(arguments: &[&str]) -> Result<String, String> {
    let (plan, folder) = parse(arguments).ok_or(USAGE)?;
    let lines = write(plan, Path::new(folder))?;
    Ok(format!("{folder}: {lines} lines"))
}

fn parse<'a>(arguments: &[&'a str]) -> Option<(Plan, &'a str)> {
    let mut plan = Plan::new(Shape::Layered, 1_000);
    let mut rest = arguments;
    while let [option, value, more @ ..] = rest {
        match *option {
            "--shape" => plan.shape = Shape::of_word(value)?,
            "--modules" => plan.modules = value.parse().ok()?,
            "--references" => plan.references = value.parse().ok()?,
            "--seed" => plan.seed = value.parse().ok()?,
            _ => return None,
        }
        rest = more;
    }
    match rest {
        [folder] if !folder.starts_with('-') => Some((plan, folder)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_what_is_none_is_refused() {
        let plan = Plan {
            shape: Shape::Circle,
            modules: 7,
            references: 9,
            seed: 3,
        };
        let words = "--shape circle --modules 7 --references 9 --seed 3 here";
        let words: Vec<&str> = words.split(' ').collect();
        assert_eq!(parse(&words), Some((plan, "here")));
        for wrong in ["", "--modules x here", "--depth 3 here", "--modules 3", "a b"] {
            let words: Vec<&str> = wrong.split(' ').filter(|word| !word.is_empty()).collect();
            assert_eq!(parse(&words), None, "{wrong}");
        }
    }
}
