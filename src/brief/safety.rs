//! Safety as it is recorded: the last level, when it is to be asked about again, the safety plan, whom to call.
//!
//! Words and levels stand as they were written. Silence is never read as "none", and nothing here compares, ranks or
//! clears a level.

use super::prose::one_line;
use super::scores::is_risk_item;
use super::{Item, Sight};
use crate::casebook::RiskEntry;
use crate::domain::{CalloutKind, Details, Note, RiskAssessment, RiskLevel, wording};

/// Everything the record says about safety.
pub(super) fn safety(sight: &Sight<'_>) -> Vec<Item> {
    let entries: Vec<&RiskEntry> = sight.file.risk.iter().filter(|entry| entry.day <= sight.today).collect();
    let assessment = last_assessment(sight);
    let mut items = levels(sight, &entries);
    items.extend(callout(sight));
    items.extend(silence(sight, &entries));
    items.extend(risk_scores(sight));
    items.extend(assessment.map(|(note, risk)| answers(sight, note, risk)));
    items.extend(assessment.map(|(note, risk)| recheck(sight, &entries, note, risk)));
    items.push(plan(sight));
    items.push(emergency_contact(sight));
    items
}

/// The last level, and where that says "not assessed" the last one that says more.
fn levels(sight: &Sight<'_>, entries: &[&RiskEntry]) -> Vec<Item> {
    let said = |entry: &&RiskEntry, how: &str| {
        let note = sight.note(entry.note)?;
        Some(Item::of(note, format!("{how}: {} ({})", wording::risk(entry.level), sight.day(entry.day))))
    };
    match entries {
        [] if last_assessment(sight).is_some() => {
            vec![Item::unwritten("No level of risk is written down in any note; silence is not denial.")]
        }
        [] => vec![Item::unwritten("Risk is not assessed in any note; silence is not denial.")],
        [.., last] if last.level == RiskLevel::NotAssessed => {
            let before = entries.iter().rev().find(|entry| entry.level != RiskLevel::NotAssessed);
            let lines = [said(last, "Risk last written down"), before.and_then(|e| said(e, "Last level before that"))];
            lines.into_iter().flatten().collect()
        }
        [.., last] => said(last, "Risk last written down").into_iter().collect(),
    }
}

/// The last thing written about risk in prose, in the present episode.
fn callout(sight: &Sight<'_>) -> Option<Item> {
    let (note, text) = sight.newest_first().find_map(|(_, note)| {
        let callout = note.callouts.iter().rfind(|callout| callout.kind == CalloutKind::Risk)?;
        Some((note, one_line(callout.text.reveal())))
    })?;
    Some(Item::of(note, format!("Written about it: {text}")))
}

/// How many sessions have gone by without a word about risk.
fn silence(sight: &Sight<'_>, entries: &[&RiskEntry]) -> Option<Item> {
    let in_prose = sight.newest_first().find(|(_, note)| note.callouts.iter().any(|c| c.kind == CalloutKind::Risk));
    let last = entries.last().map(|entry| entry.note).max(in_prose.map(|(at, _)| at))?;
    let since = sight.held_after(last);
    let (_, note) = sight.last()?;
    let sessions = if since == 1 { "the session".to_owned() } else { format!("the {since} sessions") };
    (since > 0).then(|| Item::of(note, format!("Not written about in {sessions} since; silence is not denial.")))
}

/// The latest assessment of the whole file: a raised risk of an earlier episode is not forgotten.
fn last_assessment<'a>(sight: &Sight<'a>) -> Option<(&'a Note, &'a RiskAssessment)> {
    sight.file.notes.iter().rev().find_map(|note| match &note.details {
        Details::Risk(risk) if note.date.day <= sight.today => Some((note.as_ref(), risk.as_ref())),
        _ => None,
    })
}

/// When risk was to be asked about again, and whether anything was written down after the day of that assessment.
fn recheck(sight: &Sight<'_>, entries: &[&RiskEntry], note: &Note, risk: &RiskAssessment) -> Item {
    let Some(by) = risk.reassess_by.map(|by| by.day) else {
        return Item::of(note, "The assessment says no day for asking again.");
    };
    let text = match entries.iter().find(|entry| entry.day > note.date.day) {
        Some(entry) => {
            let (day, level) = (sight.day(entry.day), wording::risk(entry.level));
            format!("To be asked again by {}; next written down {day}: {level}", sight.day(by))
        }
        None if by < sight.today => format!("To be asked again by {}; no level is written since.", sight.day(by)),
        None => format!("To be asked again by {} ({})", sight.day(by), wording::distance(by, sight.today)),
    };
    Item::of(note, text)
}

/// What was answered in the latest assessment: "low; ideation present; intent, plan, means denied".
fn answers(sight: &Sight<'_>, note: &Note, risk: &RiskAssessment) -> Item {
    let asked = [("ideation", risk.ideation), ("intent", risk.intent), ("plan", risk.plan), ("means", risk.means)];
    let mut parts: Vec<(Vec<&str>, String)> = Vec::new();
    for (what, found) in asked {
        let answer = found.map_or_else(|| "not written".to_owned(), |found| found.word().replace('-', " "));
        match parts.last_mut().filter(|(_, last)| *last == answer) {
            Some((whats, _)) => whats.push(what),
            None => parts.push((vec![what], answer)),
        }
    }
    let level = risk.level.map_or("level not written", wording::risk);
    let said: Vec<String> = parts.iter().map(|(whats, answer)| format!("{} {answer}", whats.join(", "))).collect();
    Item::of(note, format!("Assessed {}: {level}; {}", sight.day(note.date.day), said.join("; ")))
}

/// Items of questionnaires that ask about risk, as they were recorded.
fn risk_scores(sight: &Sight<'_>) -> Vec<Item> {
    let series = sight.file.measures.iter().filter(|series| is_risk_item(series));
    series
        .filter_map(|series| {
            let latest = series.readings.iter().rfind(|reading| reading.day <= sight.today)?;
            let text = format!("{} recorded as {}", series.name(), wording::points(latest.value));
            Some(Item::of(sight.note(latest.note)?, text))
        })
        .collect()
}

fn plan(sight: &Sight<'_>) -> Item {
    let written = sight.file.notes.iter().rev().filter(|note| note.date.day <= sight.today).find_map(|note| {
        let Details::Risk(risk) = &note.details else { return None };
        Some((note, one_line(risk.safety_plan.as_ref()?.reveal())))
    });
    match written {
        Some((note, text)) => Item::of(note, format!("Safety plan: {text}")),
        None => Item::unwritten("No safety plan is written."),
    }
}

fn emergency_contact(sight: &Sight<'_>) -> Item {
    let contact = sight.file.profile().and_then(|profile| profile.emergency_contact.as_ref());
    match (sight.file.sheet(), contact) {
        (Some(sheet), Some(contact)) => Item::of(sheet, format!("Emergency contact: {}", one_line(contact.reveal()))),
        (Some(sheet), None) => Item::of(sheet, "No emergency contact is written."),
        (None, _) => Item::unwritten("No emergency contact is written: there is no client sheet."),
    }
}
