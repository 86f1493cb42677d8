//! Days of the calendar, and the last day on which something is let pass. What day it is, a caller says: nothing here
//! looks at a clock.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

/// A day of the Gregorian calendar; printed as `2027-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

/// Why a text is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a date of the form YYYY-MM-DD")]
pub struct DateError {
    /// The text.
    pub text: String,
}

impl Day {
    /// Reads `YYYY-MM-DD`, exactly so, for a day that there is.
    ///
    /// ```
    /// use archguard_invariants::date::Day;
    ///
    /// assert_eq!(Day::parse("2028-02-29").unwrap().to_string(), "2028-02-29");
    /// assert!(Day::parse("2027-02-29").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let error = || DateError { text: text.to_owned() };
        // The library reads more forms than this one, and times beside the date.
        let in_form = text.len() == 10
            && text.bytes().enumerate().all(|(index, byte)| match index {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !in_form {
            return Err(error());
        }
        text.parse().map(Self).map_err(|_| error())
    }

    /// The day in UTC, so that everybody agrees on it, at a number of seconds since 1970; the first or last day of the
    /// calendar where that lies outside of it.
    pub fn of_unix_seconds(seconds: i64) -> Self {
        let bound = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
        let timestamp = Timestamp::from_second(seconds).unwrap_or(bound);
        Self(TimeZone::UTC.to_datetime(timestamp).date())
    }

    /// The number of days from this one to another; negative where that is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        self.0
            .until((Unit::Day, other.0))
            .map_or(i64::MAX, |span| i64::from(span.get_days()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The last day on which something is let pass, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// A day; that day is included.
    Day(Day),
    /// A text that is no day.
    Malformed(String),
}

impl Until {
    /// Takes a text for what it is.
    pub fn of(text: &str) -> Self {
        Day::parse(text).map_or_else(|error| Self::Malformed(error.text), Self::Day)
    }

    /// Whether it is over; a text that is no day is over from the beginning.
    pub fn is_over(&self, today: Day) -> bool {
        match self {
            Self::Day(day) => *day < today,
            Self::Malformed(_) => true,
        }
    }

    /// How many days are left after today, negative where it is over; none for a text that is no day.
    pub fn days_left(&self, today: Day) -> Option<i64> {
        match self {
            Self::Day(day) => Some(today.days_until(*day)),
            Self::Malformed(_) => None,
        }
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Malformed(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn days_of_the_calendar_are_read_and_printed_alike() {
        for text in ["0001-01-01", "2000-02-29", "2027-12-31", "2028-02-29", "9999-12-31"] {
            assert_eq!(day(text).to_string(), text);
        }
    }

    #[test]
    fn everything_else_is_malformed() {
        let no_days = [
            "2027-02-29",
            "2100-02-29",
            "2027-04-31",
            "2027-00-10",
            "2027-13-01",
            "2027-01-00",
        ];
        let other_forms = [
            "20270131",
            "2027-1-31",
            "2027-01-31T00:00",
            " 2027-01-31",
            "31.01.2027",
            "+027-01-31",
            "ä27-01-31",
            "never",
            "",
        ];
        for text in no_days.into_iter().chain(other_forms) {
            assert_eq!(Until::of(text), Until::Malformed(text.to_owned()));
            assert!(Until::of(text).is_over(day("0001-01-01")), "{text}");
            assert_eq!(Until::of(text).days_left(day("2027-01-01")), None);
        }
    }

    #[test]
    fn the_last_day_is_included() {
        let until = Until::of("2027-01-31");
        for (today, over, left) in [
            ("2027-01-30", false, 1),
            ("2027-01-31", false, 0),
            ("2027-02-01", true, -1),
        ] {
            assert_eq!(
                (until.is_over(day(today)), until.days_left(day(today))),
                (over, Some(left)),
                "{today}"
            );
        }
        assert_eq!(day("2027-01-31").days_until(day("2028-03-01")), 395);
        assert_eq!(day("0001-01-01").days_until(day("9999-12-31")), 3_652_058);
    }

    #[test]
    fn seconds_are_days_in_utc() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (86_400, "1970-01-02"),
            (-1, "1969-12-31"),
            (i64::MAX, "9999-12-30"),
        ] {
            assert_eq!(Day::of_unix_seconds(seconds).to_string(), expected);
        }
    }
}
