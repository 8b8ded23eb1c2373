//! Scores of 43 clients from a published example data set, through the vault: what the finder of sudden gains keeps of
//! the 24 that the three published criteria see.

use crate::practice::Practice;
use std::collections::BTreeMap;
use std::fmt::Write;

const TODAY: &str = "2026-12-31";

/// The same file that the criteria alone are tried on, with its licence.
const SERIES: &str = include_str!("../../src/insight/tests/sudden_gains.csv");

/// The data are of the BDI, for which the published criterion is seven points.
const SCALES: &str = "---\ndate: 2024-01-01\nscales:\n  bdi2: {reliable_change: 7, source: suddengains}\n---\n";

/// One note a session: weekly ones, then follow-ups after three and six months.
fn with_the_series() -> Practice {
    let practice = Practice::new();
    practice.run_with(["new", "--kind", "scales", "--from-stdin"], SCALES.as_bytes()).expect(0);
    let folder = practice.home().join("notes");
    let first = chrono::NaiveDate::from_ymd_opt(2024, 1, 8).unwrap();
    for line in SERIES.lines().filter(|line| line.starts_with("sg")) {
        let columns: Vec<&str> = line.split(',').collect();
        let [client, session, "BDI", score] = columns[..] else { continue };
        let session: u64 = session.parse().unwrap();
        let day = first + chrono::Days::new(if session <= 12 { session * 7 } else { 84 + (session - 12) * 91 });
        let mut text = format!("---\nclient: {client}\ndate: {day}\nattendance: attended\n");
        if !score.is_empty() {
            let _ = writeln!(text, "bdi: {score}");
        }
        let _ = write!(text, "---\nScores only.\n");
        std::fs::create_dir_all(folder.join(client)).unwrap();
        std::fs::write(folder.join(client).join(format!("{day}.md")), text).unwrap();
    }
    practice.run(["import", "markdown", folder.to_str().unwrap()]).expect(0);
    practice
}

/// Client, session right after the drop (0 is the first), and whether it stands out or may be chance. The package looks
/// at sessions 1 to 12 only, so it does not see the drops from session 1 on for which session 0 is needed (sg06, sg22,
/// sg35).
const KEPT: [(&str, u64, &str); 6] = [
    ("sg06", 2, "findings"),
    ("sg12", 4, "findings"),
    ("sg14", 3, "findings"),
    ("sg15", 4, "weak"),
    ("sg22", 2, "findings"),
    ("sg35", 2, "weak"),
];

#[test]
fn of_the_published_sudden_gains_those_that_last_and_stand_out_are_kept() {
    let practice = with_the_series();
    let listed = practice.run(["list", "--json", "--today", TODAY]).expect(0).json();
    let mut scores: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let notes: Vec<_> = listed.as_array().unwrap().iter().filter(|note| note["client"].is_string()).collect();
    for note in &notes {
        if let Some(score) = note["measures"]["bdi2"].as_f64() {
            scores.entry(note["client"].as_str().unwrap()).or_default().push(score);
        }
    }
    assert_eq!((scores.len(), scores.values().flatten().count()), (43, 563));
    let found = practice.run(["patterns", "--all", "--json", "--today", TODAY]).expect(0).json();
    let mut kept = Vec::new();
    for level in ["findings", "weak"] {
        let gains = found[level].as_array().unwrap().iter().filter(|finding| finding["kind"] == "sudden_gain");
        // The first appointment is session 0.
        let place = |gain: &serde_json::Value| gain["at_session"].as_u64().unwrap() - 1;
        kept.extend(gains.map(|gain| (gain["client"].as_str().unwrap(), place(gain), level)));
    }
    kept.sort_unstable();
    assert_eq!(kept, KEPT);
}
