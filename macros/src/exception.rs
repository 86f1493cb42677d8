//! What `except` and `except_here!` take: `rule`, `reason`, `owner` and `until`, each once, each meaning something.

use crate::arguments::{Argument, list, tokens};
use crate::complaint::{Complaint, Place};
use crate::nearest::nearest;
use crate::{date, name};
use proc_macro::TokenStream;

const KEYS: [&str; 4] = ["rule", "reason", "owner", "until"];

/// Words that the policy or other tools use for the same thing, too far from the key to be a slip of the finger.
const SYNONYMS: [(&str, &str); 4] = [
    ("id", "rule"),
    ("because", "reason"),
    ("author", "owner"),
    ("expires", "until"),
];

/// Everything that is wrong with the arguments, in their order; what is missing comes last.
pub(crate) fn check(arguments: TokenStream) -> Vec<Complaint> {
    let (arguments, mut complaints) = list(&tokens(arguments));
    // An entry that could not be read may be the one that is missing: that would be said twice.
    let all_read = complaints.is_empty();
    let mut seen: Vec<&str> = Vec::new();
    for argument in &arguments {
        let key = argument.key.as_str();
        if !KEYS.contains(&key) {
            complaints.push(unknown(argument));
        } else if seen.contains(&key) {
            complaints.push(Complaint::new(
                argument.key_place,
                format!("`{key}` stands here twice: keep one"),
            ));
        } else {
            complaints.extend(check_value(argument));
        }
        seen.push(known_as(key).unwrap_or(key));
    }
    let missing: Vec<&str> = KEYS.into_iter().filter(|key| !seen.contains(key)).collect();
    if all_read && !missing.is_empty() {
        complaints.push(incomplete(&missing));
    }
    complaints
}

fn check_value(argument: &Argument) -> Option<Complaint> {
    let value = argument.text.value.as_str();
    let checked = match argument.key.as_str() {
        "rule" => name::check_rule(value),
        "until" => date::check(value),
        "reason" if value.trim().is_empty() => Err("the reason is empty: say why the finding is accepted".to_owned()),
        "owner" if value.trim().is_empty() => Err("the owner is empty: name a person or a team".to_owned()),
        _ => Ok(()),
    };
    checked
        .err()
        .map(|message| Complaint::new(argument.text.place, message))
}

/// The key that an unknown one stands for.
fn known_as(key: &str) -> Option<&'static str> {
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == key).map(|(_, key)| *key);
    synonym.or_else(|| nearest(key, &KEYS))
}

fn unknown(argument: &Argument) -> Complaint {
    let key = &argument.key;
    let hint = known_as(key).map_or_else(
        || "the keys are `rule`, `reason`, `owner` and `until`".to_owned(),
        |known| format!("did you mean `{known}`?"),
    );
    Complaint::new(argument.key_place, format!("unknown key `{key}`: {hint}"))
}

fn incomplete(missing: &[&str]) -> Complaint {
    let quoted: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
    let named = match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    };
    let verb = if missing.len() == 1 { "is" } else { "are" };
    let form = "rule = \"raw-sql\", reason = \"...\", owner = \"...\", until = \"2027-01-31\"";
    Complaint::new(
        Place::call(),
        format!("{named} {verb} missing: an exception needs {form}"),
    )
}
