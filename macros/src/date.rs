//! Calendar dates as they stand in `until`: whether a text is one. It does not know what day it is.

/// Accepts `YYYY-MM-DD` for a day that the Gregorian calendar has; otherwise says what is wrong and what was meant.
pub(crate) fn check(text: &str) -> Result<(), String> {
    let Some((year, month, day)) = read(text) else {
        let meant = rewritten(text).unwrap_or_else(|| "2027-01-31".to_owned());
        return Err(format!(
            "`{text}` is not a date of the form YYYY-MM-DD: write it like `{meant}`"
        ));
    };
    if !(1..=12).contains(&month) {
        return Err(format!("`{text}` is not a date: months go from 01 to 12"));
    }
    let last = days_in(year, month);
    if !(1..=last).contains(&day) {
        return Err(format!("`{text}` is not a date: that month has the days 01 to {last}"));
    }
    Ok(())
}

/// Year, month and day of a text of exactly the right form, whether or not there is such a day.
fn read(text: &str) -> Option<(u16, u8, u8)> {
    let bytes = text.as_bytes();
    let in_form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !in_form {
        return None;
    }
    Some((
        text[..4].parse().ok()?,
        text[5..7].parse().ok()?,
        text[8..].parse().ok()?,
    ))
}

/// The date in the right form, if `text` is a real one in year, month, day order with other separators or fewer digits.
fn rewritten(text: &str) -> Option<String> {
    let numbers: Vec<u16> = text
        .trim()
        .split(['-', '/', '.', ' '])
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let &[year, month, day] = numbers.as_slice() else {
        return None;
    };
    let date = format!("{year:04}-{month:02}-{day:02}");
    (year >= 1000 && check(&date).is_ok()).then_some(date)
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn days_of_the_calendar_are_accepted() {
        for text in ["2027-01-31", "2028-02-29", "2000-02-29", "2027-12-01", "9999-12-31"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn other_days_are_refused_with_the_last_one_there_is() {
        for (text, expected) in [
            ("2027-02-29", "days 01 to 28"),
            ("2100-02-29", "days 01 to 28"),
            ("2028-02-30", "days 01 to 29"),
            ("2027-04-31", "days 01 to 30"),
            ("2027-01-00", "days 01 to 31"),
            ("2027-00-10", "months go from 01 to 12"),
            ("2027-13-10", "months go from 01 to 12"),
        ] {
            let message = check(text).expect_err(text);
            assert!(message.contains(expected), "{text}: {message}");
        }
    }

    #[test]
    fn another_form_is_refused_and_rewritten_where_it_is_clear() {
        for (text, expected) in [
            ("2027-1-31", "`2027-01-31`"),
            ("2026/12/5", "`2026-12-05`"),
            (" 2026-12-05", "`2026-12-05`"),
            ("31.12.2026", "YYYY-MM-DD"),
            ("2026-02-30T00:00", "YYYY-MM-DD"),
            ("2026-13-5", "YYYY-MM-DD"),
            ("+026-12-05", "YYYY-MM-DD"),
            ("２０２７-01", "YYYY-MM-DD"),
            ("never", "YYYY-MM-DD"),
            ("", "YYYY-MM-DD"),
        ] {
            let message = check(text).expect_err(text);
            assert!(message.contains(expected), "{text}: {message}");
        }
    }
}
