//! Rough dates of life events: "spring 2011", "age 9", "2011?".

use super::date::month_of;
use super::{DateFault, NoteDate};
use chrono::NaiveDate;

/// A season of the northern year, as people name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A date as exactly as somebody knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoughDate {
    /// A day.
    Day(NaiveDate),
    /// A month of a year.
    Month(i32, u32),
    /// A season of a year.
    Season(i32, Season),
    /// A year; `unsure` when it was written with a question mark or "about".
    Year {
        /// Which year.
        year: i32,
        /// Whether the writer doubted it.
        unsure: bool,
    },
    /// An age in years.
    Age(u32),
    /// It says something, but nothing that can be placed.
    Unplaced,
}

impl RoughDate {
    /// Reads a rough date. What cannot be placed is kept as [`RoughDate::Unplaced`].
    ///
    /// # Errors
    /// [`DateFault`] for what has the shape of a full date but is none, or is ambiguous.
    pub fn parse(text: &str) -> Result<Self, DateFault> {
        match NoteDate::parse(text) {
            Ok(date) => return Ok(Self::Day(date.day)),
            Err(DateFault::NotADate) => {}
            Err(fault) => return Err(fault),
        }
        let lower = text.trim().to_lowercase();
        let unsure = lower.contains('?') || lower.starts_with("about") || lower.starts_with("ca");
        let cleaned: String = lower.chars().map(|c| if matches!(c, '?' | '~' | '.' | ',') { ' ' } else { c }).collect();
        let words: Vec<&str> = cleaned
            .split_whitespace()
            .filter(|w| !matches!(*w, "about" | "ca" | "circa" | "in" | "early" | "late" | "aged"))
            .collect();
        Ok(match words[..] {
            ["age", years] | ["at", years] | [years]
                if age(years).is_some() && (words.len() == 2 || lower.contains("age")) =>
            {
                age(years).map_or(Self::Unplaced, Self::Age)
            }
            [one] => month_of_year(one)
                .or_else(|| year(one).map(|year| Self::Year { year, unsure }))
                .unwrap_or(Self::Unplaced),
            [first, second] => match (season(first), month_of(first), year(second)) {
                (Some(season), _, Some(year)) => Self::Season(year, season),
                (_, Some(month), Some(year)) => Self::Month(year, month),
                _ => Self::Unplaced,
            },
            _ => Self::Unplaced,
        })
    }

    /// A day in the middle of what is meant, for drawing. An age needs the year of birth.
    pub fn around(self, born: Option<i32>) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 15),
            Self::Season(year, season) => {
                let month = match season {
                    Season::Spring => 4,
                    Season::Summer => 7,
                    Season::Autumn => 10,
                    Season::Winter => 1,
                };
                NaiveDate::from_ymd_opt(year, month, 15)
            }
            Self::Year { year, .. } => NaiveDate::from_ymd_opt(year, 7, 1),
            Self::Age(years) => NaiveDate::from_ymd_opt(born? + years as i32, 7, 1),
            Self::Unplaced => None,
        }
    }
}

fn age(word: &str) -> Option<u32> {
    word.parse().ok().filter(|years| *years <= 120)
}

fn year(word: &str) -> Option<i32> {
    (word.len() == 4).then(|| word.parse().ok())?
}

fn month_of_year(word: &str) -> Option<RoughDate> {
    let (y, m) = word.split_once('-')?;
    let month = m.parse::<u32>().ok().filter(|m| (1..=12).contains(m))?;
    Some(RoughDate::Month(year(y)?, month))
}

fn season(word: &str) -> Option<Season> {
    match word {
        "spring" => Some(Season::Spring),
        "summer" => Some(Season::Summer),
        "autumn" | "fall" => Some(Season::Autumn),
        "winter" => Some(Season::Winter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rough_dates_keep_how_rough_they_are() {
        for (written, read) in [
            ("spring 2011", RoughDate::Season(2011, Season::Spring)),
            ("age 9", RoughDate::Age(9)),
            ("aged 9", RoughDate::Age(9)),
            ("2011?", RoughDate::Year { year: 2011, unsure: true }),
            ("2011", RoughDate::Year { year: 2011, unsure: false }),
            ("2011-05", RoughDate::Month(2011, 5)),
            ("May 2011", RoughDate::Month(2011, 5)),
            ("when she was small", RoughDate::Unplaced),
        ] {
            assert_eq!(RoughDate::parse(written), Ok(read), "{written}");
        }
        assert_eq!(RoughDate::parse("2011-02-30"), Err(DateFault::NoSuchDay));
        assert_eq!(RoughDate::Age(9).around(Some(1984)), NaiveDate::from_ymd_opt(1993, 7, 1));
        assert_eq!(RoughDate::Age(9).around(None), None);
    }
}
