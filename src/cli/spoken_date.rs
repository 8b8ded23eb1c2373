//! Dates as people say them on the command line: `2026-03-02`, `yesterday`, `3 months ago`.

use super::failure::Failure;
use crate::domain::{DateFault, NoteDate};
use chrono::{Days, Months, NaiveDate};

/// Reads a date against a day.
pub(super) fn read(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    if let Some(day) = relative(&text.trim().to_lowercase(), today) {
        return Ok(day);
    }
    NoteDate::parse(text).map(|date| date.day).map_err(|fault| {
        let why = match fault {
            DateFault::Ambiguous { day_first, month_first } => format!("it could be {day_first} or {month_first}"),
            DateFault::NoSuchDay => "there is no such day".to_owned(),
            DateFault::Placeholder | DateFault::NotADate => "it is no date".to_owned(),
        };
        Failure::usage(format!("cannot read the date `{text}`: {why}"))
            .hint("write 2026-03-02, yesterday, or 3 months ago")
    })
}

fn relative(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "today" => return Some(today),
        "yesterday" => return today.pred_opt(),
        "tomorrow" => return today.succ_opt(),
        _ => {}
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let (count, unit) = match words[..] {
        [count, unit, "ago"] => {
            (if matches!(count, "a" | "an" | "one") { 1 } else { count.parse::<u32>().ok()? }, unit)
        }
        ["last", unit] => (1, unit),
        _ => return None,
    };
    match unit.trim_end_matches('s') {
        "day" => today.checked_sub_days(Days::new(count.into())),
        "week" => today.checked_sub_days(Days::new(u64::from(count) * 7)),
        "month" => today.checked_sub_months(Months::new(count)),
        "year" => today.checked_sub_months(Months::new(count.checked_mul(12)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_say_them() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap_or_default();
        for (said, day) in [
            ("2026-03-02", "2026-03-02"),
            ("yesterday", "2026-03-30"),
            ("1 month ago", "2026-02-28"),
            ("a week ago", "2026-03-24"),
            ("3 months ago", "2025-12-31"),
            ("2 years ago", "2024-03-31"),
        ] {
            assert_eq!(read(said, today).map(|d| d.to_string()).ok().as_deref(), Some(day), "{said}");
        }
        assert!(read("03/02/2026", today).is_err() && read("soon", today).is_err());
    }
}
