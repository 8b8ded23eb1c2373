//! A practice's own scales: a sealed note makes them, and every other note, list, finding and page knows them.

use crate::practice::Practice;

const TODAY: &str = "2026-12-31";
const SCALES: &str = "---
date: 2026-01-02
scales:
  calm: {name: Calm today, range: 0-10, higher_is: better, bands: {low: 0-3, fair: 4-6, good: 7-10}, sd: 1.5, reliability: 0.9}
  phq9: {reliable_change: 12, source: clinic manual}
---
Our own scale.
";

/// Client a7 with sixteen sessions; `calm` rises from about 3 to about 8, PHQ-9 falls by ten.
fn with_calms(with_scales: bool) -> Practice {
    let practice = Practice::with_client();
    if with_scales {
        practice.run_with(["new", "--kind", "scales", "--from-stdin"], SCALES.as_bytes()).expect(0);
    }
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    let folder = practice.home().join("notes/a7");
    std::fs::create_dir_all(&folder).unwrap();
    for at in 0..16u64 {
        let day = first + chrono::Days::new(at * 7);
        let (calm, phq9) = if at < 8 { (3 + at % 2, 17 + at % 2) } else { (8 + at % 2, 7 + at % 2) };
        // One as a key, one as a line of the body: both are how people write.
        let (key, line) = if at % 2 == 0 {
            (format!("calm: {calm}\n"), String::new())
        } else {
            (String::new(), format!("calm:: {calm}\n"))
        };
        let text =
            format!("---\nclient: a7\ndate: {day}\nattendance: attended\n{key}phq9: {phq9}\n---\nPlain.\n{line}");
        std::fs::write(folder.join(format!("{day}.md")), text).unwrap();
    }
    practice.run(["import", "markdown", folder.parent().unwrap().to_str().unwrap()]).expect(0);
    practice
}

#[test]
fn an_own_scale_is_a_measure_in_lists_searches_and_findings() {
    let practice = with_calms(true);
    let listed = practice.run(["list", "a7", "--json", "--today", TODAY]).expect(0).json();
    let calms: Vec<_> = listed.as_array().unwrap().iter().map(|note| note["measures"]["calm"].as_u64()).collect();
    assert_eq!(calms.iter().flatten().count(), 16, "{calms:?}");
    assert!(practice.run(["list", "a7", "--today", TODAY]).expect(0).out.contains("Calm today 3"));
    let high = practice.run(["search", "calm:>7", "--json", "--today", TODAY]).expect(0).json();
    assert_eq!(high.as_array().map(Vec::len), Some(8));
    let found = practice.run(["patterns", "a7", "--json", "--today", TODAY]).expect(0).json();
    let of = |subject: &str| {
        let all = found["findings"].as_array().unwrap().iter();
        all.filter(|finding| finding["subject"] == subject)
            .map(|finding| finding["kind"].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    // 1.96 · √2 · 1.5 · √0.1 = 1.31, and a total changes by whole points: 2.
    assert!(of("calm").contains(&"reliable_change"), "{found:#}");
    assert!(found.to_string().contains("Calm today went from 3"), "{found:#}");
    // The practice asks for twelve points, and there are but ten.
    assert!(!of("phq9").contains(&"reliable_change"), "{found:#}");
}

#[test]
fn without_the_note_of_scales_the_same_line_is_only_a_key() {
    let practice = with_calms(false);
    let found = practice.run(["patterns", "a7", "--json", "--today", TODAY]).expect(0).json();
    assert!(!found.to_string().contains("calm"), "{found:#}");
    let fault = practice.run(["search", "calm:7"]).expect(2).err;
    assert!(fault.contains("no known scale"), "{fault}");
}

#[test]
fn a_total_outside_an_own_scale_is_a_problem_at_its_line_and_is_not_drawn() {
    let practice = with_calms(true);
    let id = practice.note("---\ndate: 2026-06-01\nattendance: attended\ncalm: 11\n---\nToo much.\n");
    let checked = practice.run(["check", "a7", "--json", "--today", TODAY]).json();
    let problems = checked["problems"].as_array().unwrap();
    let problem = problems.iter().find(|problem| problem["rule"] == "score-range").expect("a problem");
    let text = practice.run(["show", "--raw", &id]).expect(0).out;
    let line = text.lines().position(|line| line == "calm: 11").expect("the line") + 1;
    assert_eq!((&problem["note"], &problem["line"]), (&id.as_str().into(), &line.into()));
}
