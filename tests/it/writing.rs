//! `new --from-stdin`: what is sealed, where, under which key, and what is refused.

use crate::hand::ids;
use crate::practice::Practice;
use std::fs;

/// Lines the program may put into front matter of its own accord.
fn is_own_line(line: &str) -> bool {
    ["id:", "client:", "rev:", "date:"].iter().any(|key| line.starts_with(key))
}

#[test]
fn a_note_from_a_script_needs_no_passphrase_and_its_id_alone_is_printed() {
    let practice = Practice::with_client();
    practice.without_identity();
    let ran = practice.run_with(["new", "a7", "--from-stdin"], b"Slept badly.").expect(0);
    let id = ran.out.trim_end();
    assert_eq!(ran.out, format!("{id}\n"));
    assert!(id.len() == 12 && id.chars().all(|c| "0123456789abcdefghjkmnpqrstvwxyz".contains(c)), "{id}");
    assert!(practice.sealed(id).is_file());
    assert_eq!(ran.err, "");
}

#[test]
fn the_client_named_wins_over_flags_and_front_matter() {
    let practice = Practice::with_client();
    practice.run(["client", "add", "b2"]).expect(0);
    let text = b"---\nclient: b2\ndate: 2026-03-02\n---\nText.\n";
    let ran = practice.run_with(["new", "a7", "--from-stdin", "--set", "client=b2"], text).expect(0);
    let listed = practice.list(["a7"]);
    assert_eq!(ids(&listed), [ran.out.trim()]);
    assert_eq!(listed[0]["client"], "a7");
    assert!(practice.list(["b2"]).is_empty());
}

#[test]
fn a_client_in_front_matter_counts_when_none_is_named() {
    let practice = Practice::with_client();
    let ran = practice.run_with(["new", "--from-stdin"], b"---\nclient: a7\n---\nText.\n").expect(0);
    assert!(practice.sealed(ran.out.trim()).is_file());
}

#[test]
fn flags_win_over_front_matter() {
    let practice = Practice::with_client();
    let text = b"---\nkind: plan\ndate: 2025-01-01\nattendance: attended\nmodality: phone\n---\nText.\n";
    let flags = ["--kind", "session", "--date", "2026-03-02", "--set", "attendance=late", "--set", "modality=video"];
    let ran = practice.run_with(["new", "a7", "--from-stdin"].iter().chain(&flags), text).expect(0);
    let note = &practice.list(["a7"])[0];
    assert_eq!(
        (&note["kind"], &note["date"], &note["attendance"]),
        (&"session".into(), &"2026-03-02".into(), &"late".into())
    );
    let text = practice.raw(ran.out.trim());
    assert!(text.contains("modality: video") && !text.contains("phone"), "{text}");
}

#[test]
fn a_flag_replaces_a_list_that_stands_on_several_lines() {
    let practice = Practice::with_client();
    let text =
        b"---\ndate: 2026-03-02\nattendance: attended\nthemes:\n  - sleep\n  - mother\nmodality: phone\n---\nText.\n";
    practice.run_with(["new", "a7", "--from-stdin", "--set", "themes=work"], text).expect(0);
    let note = &practice.list(["a7"])[0];
    assert_eq!(note["themes"], serde_json::json!(["work"]));
    assert_eq!(note["problems"], 0, "{note}");
}

#[test]
fn a_value_that_was_set_is_read_back_as_it_was_typed() {
    let practice = Practice::with_client();
    for (day, title) in [
        ("2026-03-02", "Rest: a plan"),
        ("2026-03-03", "[draft] of a letter"),
        ("2026-03-04", "\"quoted\" words"),
        ("2026-03-05", "a #hash in it"),
    ] {
        let set = format!("title={title}");
        let ran = practice.run_with(["new", "a7", "--from-stdin", "--date", day, "--set", &set], b"Text.").expect(0);
        let note = &practice.list(["a7", "--on", day])[0];
        assert_eq!(note["title"], title, "{}", practice.raw(ran.out.trim()));
    }
}

#[test]
fn a_date_is_taken_as_people_say_it() {
    let practice = Practice::with_client();
    practice.run_with(["new", "a7", "--from-stdin", "--date", "2026-03-02T10:00+01:00"], b"One.").expect(0);
    assert_eq!(practice.list(["a7"])[0]["date"], "2026-03-02T10:00+01:00");
    practice.run_with(["new", "a7", "--from-stdin", "--date", "yesterday"], b"Two.").expect(0);
    assert_eq!(practice.list(["a7", "--on", "yesterday"]).len(), 1);
    practice.run_with(["new", "a7", "--from-stdin"], b"Three.").expect(0);
    assert_eq!(practice.list(["a7", "--on", "today"]).len(), 1);
}

#[test]
fn broken_front_matter_is_kept_as_it_is_with_lines_that_say_which_note_it_is() {
    let practice = Practice::with_client();
    for broken in [
        "---\ndate: 2026-03-02\nphq9: [\n---\nBody one.\n",
        "---\ndate: 2026-13-40\n\tthemes: sleep\n: :\n---\nBody two.\n",
        "---\ndate: 2026-03-02\nno closing line\n\nBody three.\n",
        "---\na: &x [*x, *x]\nb: \"open\n---\nBody four.\n",
        "+++\ndate = \n+++\nBody five.\n",
    ] {
        let id = practice.note(broken);
        let text = practice.raw(&id);
        let mut lines = text.lines();
        for line in broken.lines() {
            assert!(lines.any(|there| there == line), "`{line}` is lost or moved in:\n{text}");
        }
        for line in text.lines().filter(|line| !broken.lines().any(|before| before == *line)) {
            let line = line.replace(" = ", ": ");
            assert!(is_own_line(&line), "`{line}` was put in:\n{text}");
        }
        assert!(text.contains(&id) && text.contains("a7"), "{text}");
    }
    assert_eq!(practice.list(["a7"]).len(), 5);
}

#[test]
fn notes_of_the_practice_need_no_client_and_lie_under_their_own_key() {
    let practice = Practice::with_client();
    for kind in ["supervision", "consultation", "incident", "words", "placement", "will"] {
        let ran = practice.run_with(["new", "--kind", kind, "--from-stdin"], b"Text.").expect(0);
        let sealed = practice.vault().join(format!("practice/{}.md.age", ran.out.trim()));
        let key = practice.age_key(&practice.identity(), "practice");
        practice.age_open(&key, &sealed).expect(0);
    }
    assert!(practice.list(["--kind", "supervision"])[0].get("client").is_none());
}

#[test]
fn a_kind_of_a_client_without_a_client_is_refused() {
    let practice = Practice::with_client();
    let before = practice.everything();
    practice.run_with(["new", "--from-stdin"], b"Text.").refused(2, &["client"]);
    practice.run_with(["new", "--kind", "process", "--from-stdin"], b"Text.").refused(2, &["client"]);
    assert_eq!(practice.everything(), before);
}

#[test]
fn a_process_note_lies_apart_whether_flag_or_front_matter_says_so() {
    let practice = Practice::with_client();
    practice.run_with(["new", "a7", "--kind", "process", "--from-stdin"], b"One.").expect(0);
    practice.run_with(["new", "a7", "--from-stdin"], b"---\nkind: process\n---\nTwo.\n").expect(0);
    let folder = practice.vault().join("clients/a7");
    let sealed = |folder: &std::path::Path| {
        let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name());
        names.filter(|name| name.to_string_lossy().ends_with(".md.age")).count()
    };
    assert_eq!((sealed(&folder), sealed(&folder.join("process"))), (0, 2));
    assert!(practice.list(["a7"]).is_empty(), "process notes are not listed with the chart");
}

#[test]
fn an_unknown_client_is_not_found_and_not_added() {
    let practice = Practice::with_client();
    let before = practice.everything();
    practice.run_with(["new", "zz", "--from-stdin"], b"Text.").refused_with_hint(7, &["zz"]);
    practice.run_with(["new", "--from-stdin"], b"---\nclient: zz\n---\nText.\n").refused(7, &["zz"]);
    assert_eq!(practice.everything(), before);
}

#[test]
fn empty_input_a_20_mb_note_and_flags_that_do_not_fit_are_usage_errors() {
    let practice = Practice::with_client();
    let before = practice.everything();
    let new =
        |flags: &[&str], input: &[u8]| practice.run_with(["new", "a7", "--from-stdin"].iter().chain(flags), input);
    new(&[], b"").refused(2, &["empty"]);
    new(&[], b" \n\t\n").refused(2, &["empty"]);
    new(&[], &vec![b'x'; 20 * 1024 * 1024]).refused(2, &["4 MiB"]);
    new(&["--format", "soup"], b"Text.").refused_with_hint(2, &["soup"]);
    new(&["--date", "03/02/2026"], b"Text.").refused_with_hint(2, &["2026-02-03", "2026-03-02"]);
    new(&["--date", "soon"], b"Text.").refused_with_hint(2, &["soon"]);
    new(&["--set", "attendance"], b"Text.").refused_with_hint(2, &["="]);
    new(&["--set", "a b=c"], b"Text.").refused(2, &["--set"]);
    new(&["--set", "a=b\nid: x"], b"Text.").refused(2, &["--set"]);
    assert_eq!(practice.everything(), before);
}

#[test]
fn a_note_just_under_the_limit_is_kept_whole_and_can_be_read_again() {
    let practice = Practice::with_client();
    let body = "0123456789abcde\n".repeat(4 * 1024 * 1024 / 16 - 2048);
    let id = practice.note(&body);
    assert!(practice.raw(&id).ends_with(&body));
    let largest = "0123456789abcde\n".repeat(4 * 1024 * 1024 / 16 - 4);
    let ran = practice.run_with(["new", "a7", "--from-stdin"], largest.as_bytes());
    if ran.code == 0 {
        assert!(practice.raw(ran.out.trim()).ends_with(&largest), "what is taken can be read again");
    } else {
        ran.refused(2, &["4 MiB"]);
    }
}

#[test]
fn text_in_other_encodings_becomes_utf_8() {
    let practice = Practice::with_client();
    for bytes in
        [&b"\xef\xbb\xbfCaf\xc3\xa9\r\nb\r\n"[..], b"Caf\xe9\r\nb\r\n", b"\xff\xfeC\0a\0f\0\xe9\0\r\0\n\0b\0\n\0"]
    {
        let ran = practice.run_with(["new", "a7", "--from-stdin"], bytes).expect(0);
        assert!(practice.raw(ran.out.trim()).ends_with("Café\nb\n"));
    }
}

#[test]
fn sealed_sizes_fall_into_steps_of_4096_bytes() {
    let practice = Practice::with_client();
    let key = practice.age_key(&practice.identity(), "clients/a7");
    for length in [1, 10, 500, 2000, 2800, 3100, 5000, 7000, 7200, 12_000] {
        let id = practice.note(&format!("---\ndate: 2026-03-02\n---\n{}\n", "x".repeat(length)));
        let padded = practice.age_open(&key, &practice.sealed(&id)).expect(0).out.len();
        assert_eq!((padded + 1024) % 4096, 0, "{length}");
        // age's header varies by some random bytes; the blocks that are filled do not.
        let sealed = fs::metadata(practice.sealed(&id)).unwrap().len() as usize;
        assert_eq!(sealed.next_multiple_of(4096), padded + 1024, "{length}");
    }
}

#[test]
fn two_notes_of_the_same_words_share_no_name_and_no_bytes() {
    let practice = Practice::with_client();
    let (one, two) = (practice.note("Same words."), practice.note("Same words."));
    assert_ne!(one, two);
    assert_ne!(fs::read(practice.sealed(&one)).unwrap(), fs::read(practice.sealed(&two)).unwrap());
}

#[test]
fn words_of_a_note_stand_nowhere_in_the_clear() {
    let practice = Practice::with_client();
    practice.note("A zanzibarword here. #zanzibartheme");
    practice.run(["list", "--json"]).expect(0);
    practice.run(["check"]);
    practice.nowhere_in_the_clear("zanzibar");
}
