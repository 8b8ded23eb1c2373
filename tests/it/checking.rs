//! `check`: what it finds, how it counts, and that it never repeats a note.

use crate::practice::Practice;
use serde_json::Value;
use std::fs;

fn problems(practice: &Practice, code: i32) -> Vec<Value> {
    practice.run(["check", "--json"]).expect(code).json()["problems"].as_array().unwrap().clone()
}

fn with(text: &str) -> Practice {
    let practice = Practice::with_client();
    practice.note(text);
    practice
}

#[test]
fn a_clean_vault_has_no_problems_and_exits_0() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\n---\nText.\n");
    assert!(problems(&practice, 0).is_empty());
    assert_eq!(practice.run(["check"]).expect(0).out, "");
}

#[test]
fn information_alone_exits_0() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\nformat: soap\n---\nText without headings.\n");
    let found = problems(&practice, 0);
    assert!(!found.is_empty() && found.iter().all(|problem| problem["severity"] == "info"), "{found:?}");
}

#[test]
fn errors_and_warnings_exit_1() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\nphq9: 99\n---\nText.\n");
    let found = problems(&practice, 1);
    assert!(found.iter().any(|problem| problem["rule"] == "score-range" && problem["line"].is_u64()), "{found:?}");
    let practice = with("---\ndate: 2026-03-02\nattendence: attended\nattendance: attended\n---\nText.\n");
    let found = problems(&practice, 1);
    assert!(found.iter().all(|problem| problem["severity"] != "error"), "{found:?}");
    assert!(found.iter().any(|problem| problem["severity"] == "warning"), "{found:?}");
}

#[test]
fn the_line_named_is_the_line_of_the_note() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\nphq9: 99\n---\nText.\n");
    let found = problems(&practice, 1);
    let id = found[0]["note"].as_str().unwrap();
    let raw = practice.raw(id);
    let at = raw.lines().position(|line| line == "phq9: 99").unwrap() as u64 + 1;
    assert_eq!(found[0]["line"].as_u64(), Some(at), "{raw}");
    let all = practice.run(["check", "--all"]).expect(1).out;
    assert!(all.contains(&format!(":{at}:")) && all.contains("a7") && all.contains("2026-03-02"), "{all}");
}

#[test]
fn json_has_the_keys_and_types_of_the_design() {
    let practice = with("---\ndate: 03/02/2026\nphq9: 99\nattendence: attended\n---\nText.\n");
    let known = ["rule", "severity", "client", "note", "line", "column", "message", "fix", "source"];
    let found = problems(&practice, 1);
    assert!(found.len() >= 2);
    for problem in &found {
        for (key, value) in problem.as_object().unwrap() {
            let fits = if ["line", "column"].contains(&key.as_str()) { value.is_u64() } else { value.is_string() };
            assert!(known.contains(&key.as_str()) && fits, "{key}: {value} is not in the design");
        }
        assert!(["error", "warning", "info"].contains(&problem["severity"].as_str().unwrap()));
    }
}

#[test]
fn one_line_a_rule_with_a_count_and_all_gives_each() {
    let practice = Practice::with_client();
    for day in 1..=3 {
        practice.note(&format!("---\ndate: 2026-03-0{day}\nattendance: attended\nphq9: 99\n---\nText.\n"));
    }
    let short = practice.run(["check"]).expect(1);
    assert_eq!(short.out.lines().count(), 1, "{}", short.out);
    assert!(short.out.contains('3') && short.err.contains("--all"), "{}{}", short.out, short.err);
    let all = practice.run(["check", "--all"]).expect(1).out;
    assert_eq!(all.lines().filter(|line| line.starts_with("error:")).count(), 3, "{all}");
}

#[test]
fn only_the_client_named_is_checked() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\nphq9: 99\n---\nText.\n");
    practice.run(["client", "add", "b2"]).expect(0);
    practice.run(["check", "a7"]).expect(1);
    practice.run(["check", "b2"]).expect(0);
    practice.run(["check", "zz"]).refused_with_hint(7, &["zz"]);
}

#[test]
fn process_notes_are_checked_for_what_they_must_not_hold() {
    let practice = Practice::with_client();
    let text = b"---\nkind: process\ndate: 2026-03-02\nduration: 50\nmedication: some\n---\nText.\n";
    practice.run_with(["new", "a7", "--from-stdin"], text).expect(0);
    let found = problems(&practice, 1);
    assert_eq!(found.iter().filter(|problem| problem["rule"] == "process-forbidden").count(), 2, "{found:?}");
}

#[test]
fn no_message_repeats_the_notes_words() {
    let practice = Practice::with_client();
    for text in [
        "---\ndate: zanzibar\nattendance: zanzibar\nphq9: zanzibar\nrisk: zanzibar\nduration: zanzibar\n---\nzanzibar\n",
        "---\ndate: 2026-03-02\nthemes: [zanzibar, \"zanzibar\nzanzibar\n---\nzanzibar\n",
        "---\ndate: 2026-03-02\n- zanzibar\nmeasures: {zanzibar: zanzibar, phq9: zanzibar}\ngoals: zanzibar\n---\n",
        "---\nzanzibar\n---\nzanzibar",
        "---\ndate: 2026-03-02\nzanzibar: &a [*a]\nclient: zanzibar zanzibar\nevents: zanzibar\nnext: zanzibar\n---\n",
        "+++\ndate = zanzibar\n+++\nphq9:: zanzibar\n",
        "---\nkind: risk\ndate: 2026-03-02\nideation: zanzibar\nlevel: zanzibar\n---\n",
        "{\n\"zanzibar\": 1}\n",
        "---\ndate: 2026-03-02\nzanzibar\n\nzanzibar\n",
    ] {
        practice.note(text);
    }
    for arguments in [&["check", "--all"][..], &["check"], &["check", "--json"]] {
        let ran = practice.run(arguments).expect(1);
        assert!(!format!("{}{}", ran.out, ran.err).to_lowercase().contains("zanzibar"), "{}{}", ran.out, ran.err);
    }
}

#[test]
fn a_note_that_says_it_is_another_or_another_clients_is_reported() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\n---\nText.\n");
    practice.run(["client", "add", "b2"]).expect(0);
    let recipients = practice.vault().join("clients/a7/.age-recipients");
    let text = "---\nid: zzzzzzzzzzzz\nclient: b2\nrev: 1\ndate: 2026-03-03\nattendance: attended\n---\nSwapped.\n";
    practice.age_seal(&recipients, text, &practice.sealed("0123456789ab"));
    let found = problems(&practice, 1);
    let about: Vec<&Value> = found.iter().filter(|problem| problem["note"] == "0123456789ab").collect();
    assert!(about.len() >= 2, "id and client differ from where the file lies: {found:?}");
}

#[test]
fn an_identity_inside_the_vault_is_reported() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\n---\nText.\n");
    fs::copy(practice.identity(), practice.vault().join("identity.age")).unwrap();
    let found = problems(&practice, 1);
    assert!(found.iter().any(|problem| problem["message"].as_str().unwrap().contains("identity")), "{found:?}");
}

#[test]
fn a_file_that_will_not_open_is_an_error_that_names_it() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\n---\nText.\n");
    fs::write(practice.sealed("0123456789ab"), b"not age").unwrap();
    let found = problems(&practice, 1);
    assert_eq!(found[0]["severity"], "error");
    assert!(found[0]["message"].as_str().unwrap().contains("0123456789ab"), "{found:?}");
}

#[test]
fn what_a_killed_run_left_half_done_is_named_until_the_next_write_finishes_it() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\n---\nText.\n");
    let intents = practice.vault_state().join("intents");
    let step = r#"[{"path":"clients/a7/0123456789ab.md.age","temp":"clients/a7/.tmp-0123456789ac","old":null,"new":null,"history":null}]"#;
    fs::create_dir_all(&intents).unwrap();
    fs::write(intents.join("0123456789ad.json"), step).unwrap();
    fs::write(practice.vault().join("clients/a7/.tmp-0123456789ac"), b"half").unwrap();
    let found = problems(&practice, 1);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["rule"], &found[0]["severity"]), (&"interrupted-write".into(), &"warning".into()));
    assert!(found[0]["message"].as_str().unwrap().contains("clients/a7/0123456789ab.md.age"), "{found:?}");
    assert!(found[0]["fix"].as_str().unwrap().contains("throughline seal"), "{found:?}");
    practice.run(["seal"]).expect(0);
    assert!(problems(&practice, 0).is_empty());
}

#[test]
fn unfinished_files_and_records_that_cannot_be_read_are_named() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\n---\nText.\n");
    fs::write(practice.vault().join("clients/a7/.tmp-0123456789ab"), b"half").unwrap();
    let intents = practice.vault_state().join("intents");
    fs::create_dir_all(&intents).unwrap();
    fs::write(intents.join("0123456789ab.unreadable"), b"[").unwrap();
    let found = problems(&practice, 1);
    let rules: Vec<&str> = found.iter().map(|problem| problem["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["interrupted-write", "interrupted-unreadable"]);
    assert!(found[0]["message"].as_str().unwrap().contains(".tmp-0123456789ab"), "{found:?}");
}

#[test]
fn a_kind_that_is_nearly_known_and_a_total_among_words_are_pointed_out_at_their_line() {
    let practice = with("---\nkind: sesion\ndate: 2026-03-02\n---\nText.\n");
    let found = problems(&practice, 1);
    assert!(found.iter().any(|problem| problem["rule"] == "kind-typo" && problem["line"].is_u64()), "{found:?}");
    for kind in ["poem", "call"] {
        let practice = with(&format!("---\nkind: {kind}\ndate: 2026-03-02\n---\nText.\n"));
        assert!(problems(&practice, 0).iter().any(|problem| problem["rule"] == "kind-unknown"), "{kind}");
    }
    let told = "---\ndate: 2026-03-02\nattendance: attended\n---\nSlept ok, phq9:: 9 today.\n";
    let practice = with(told);
    let found = problems(&practice, 1);
    let total = found.iter().find(|problem| problem["rule"] == "total-unread").expect("a problem");
    let line =
        practice.raw(total["note"].as_str().unwrap()).lines().position(|line| line.starts_with("Slept")).unwrap();
    assert_eq!((total["line"].as_u64(), total["column"].as_u64()), (Some(line as u64 + 1), Some(11)), "{total}");
    // These are read, and prose with two colons is no total.
    let body = "phq9:: 9\n- gad7:: 4\nShe said [wsas:: 12] at once. See note::later, phq9:: none yet.\n";
    let practice = with(&format!("---\ndate: 2026-03-02\nattendance: attended\n---\n{body}"));
    assert!(problems(&practice, 0).is_empty());
}

#[test]
fn an_amendment_of_nothing_or_of_another_clients_note_is_an_error() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\n---\nText.\n");
    practice.run(["client", "add", "b2"]).expect(0);
    let id = practice.list(["a7"])[0]["id"].as_str().unwrap().to_owned();
    let amending = |id: &str| {
        format!(
            "---\nkind: addendum\ndate: 2026-03-03\namends: {id}\namendment: correction\nreason: a slip\n---\nRight.\n"
        )
    };
    practice.note(&amending(&id));
    assert!(problems(&practice, 0).is_empty());
    let shown = practice.run(["show", &id]).expect(0);
    assert!(shown.err.contains("Amended on 2026-03-03"), "{}", shown.err);
    practice.run_with(["new", "b2", "--from-stdin"], amending(&id).as_bytes()).expect(0);
    practice.note(&amending("0123456789ab"));
    let found = problems(&practice, 1);
    let of: Vec<_> = found.iter().filter(|problem| problem["rule"] == "amends").collect();
    assert_eq!(of.len(), 2, "{found:?}");
}

#[test]
fn a_text_file_among_the_notes_is_named_and_an_identity_is_never_told_to_be_sealed() {
    let practice = with("---\ndate: 2026-03-02\nattendance: attended\n---\nText.\n");
    fs::write(
        practice.vault().join("clients/a7/typed.txt"),
        "---\ndate: 2026-03-04\nattendance: attended\n---\nTyped.\n",
    )
    .unwrap();
    fs::copy(practice.identity(), practice.vault().join("mine.txt")).unwrap();
    let found = problems(&practice, 1);
    let of = |rule: &str| found.iter().filter(|problem| problem["rule"] == rule).collect::<Vec<_>>();
    assert_eq!((of("clear-text").len(), of("identity-in-vault").len()), (1, 1), "{found:?}");
    practice.run(["client", "add", "b2"]).expect(0);
    fs::write(practice.vault().join("clients/b2/scan.pdf"), "%PDF").unwrap();
    let all = problems(&practice, 1);
    assert!(all.iter().any(|problem| problem["rule"] == "not-a-note" && problem["severity"] == "info"), "{all:?}");
    let one = practice.run(["check", "a7", "--json"]).expect(1).out;
    assert!(!one.contains("scan.pdf"), "{one}");
    let today = crate::served::Served::with(&practice, ["serve", "--client", "a7"]).page("/");
    assert!(today.contains("3 files are not read as notes") && !today.contains("b2"), "{today}");
    assert!(of("clear-text")[0]["fix"].as_str().unwrap().contains("seal clients/a7/typed.txt"));
    practice.run(["seal"]).expect(0);
    assert!(practice.vault().join("mine.txt").exists() && practice.vault().join("clients/a7/typed.txt").exists());
    practice.run(["seal", practice.vault().join("clients/a7/typed.txt").to_str().unwrap()]).expect(0);
    assert!(!practice.vault().join("clients/a7/typed.txt").exists());
    assert_eq!(practice.list(["a7"]).len(), 2);
}
