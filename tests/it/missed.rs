//! `missed`: a session that did not take place becomes a note without editor and passphrase.

use crate::practice::Practice;

#[test]
fn a_missed_session_is_a_no_show_of_today_and_needs_no_passphrase() {
    let practice = Practice::with_client();
    practice.without_identity();
    let ran = practice.run(["missed", "a7"]).expect(0);
    let id = ran.out.trim_end();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), (format!("{id}\n").as_str(), ""));
    std::fs::rename(practice.home().join("identity-elsewhere"), practice.identity()).unwrap();
    let listed = practice.list(["a7", "--on", "today"]);
    assert_eq!((listed.len(), &listed[0]["id"]), (1, &id.into()));
    assert_eq!((&listed[0]["kind"], &listed[0]["attendance"]), (&"session".into(), &"no-show".into()));
    assert_eq!(listed[0]["problems"], 0, "{}", practice.raw(id));
    practice.run(["check"]).expect(0);
}

#[test]
fn day_and_reason_are_taken_as_people_say_them() {
    let practice = Practice::with_client();
    for (said, day, reason) in [
        ("2026-03-02", "2026-03-02", "cancelled-late"),
        ("2026-03-03T10:00+01:00", "2026-03-03T10:00+01:00", "cancelled-client"),
        ("2026-03-04", "2026-03-04", "cancelled-counselor"),
        ("2026-03-05", "2026-03-05", "rescheduled"),
    ] {
        practice.run(["missed", "a7", said, "--as", reason]).expect(0);
        let listed = practice.list(["a7", "--last", "1"]);
        assert_eq!((&listed[0]["date"], &listed[0]["attendance"]), (&day.into(), &reason.into()));
    }
    practice.run(["missed", "a7", "yesterday", "--as", "No_Show"]).expect(0);
    assert_eq!(practice.list(["a7", "--on", "yesterday"])[0]["attendance"], "no-show");
}

#[test]
fn a_session_that_took_place_words_that_are_none_and_unknown_clients_are_refused() {
    let practice = Practice::with_client();
    let before = practice.everything();
    practice.run(["missed", "a7", "--as", "attended"]).refused_with_hint(2, &["attended", "took place"]);
    practice.run(["missed", "a7", "--as", "late"]).refused_with_hint(2, &["late"]);
    let ran = practice.run(["missed", "a7", "--as", "ill"]).refused_with_hint(2, &["ill", "cancelled-client"]);
    assert!(!ran.err.contains("attended"), "{}", ran.err);
    practice.run(["missed", "a7", "03/02/2026"]).refused_with_hint(2, &["2026-02-03"]);
    practice.run(["missed", "zz"]).refused_with_hint(7, &["zz", "client add"]);
    practice.run(["missed"]).expect(2);
    assert_eq!(practice.everything(), before);
}

#[test]
fn on_a_terminal_an_unknown_client_is_offered() {
    let practice = Practice::with_client();
    practice.on_terminal("\"$PROGRAM\" missed b2", "answer {There is no client b2 yet. Add it?} y").expect(0);
    assert_eq!(practice.list(["b2"]).len(), 1);
}

#[test]
fn nobody_failed_to_come_on_a_day_that_is_still_to_come_but_a_session_can_be_cancelled_before() {
    let practice = Practice::with_client();
    let before = practice.everything();
    practice.run(["missed", "a7", "tomorrow"]).refused_with_hint(2, &["still to come", "--as cancelled-client"]);
    practice.run(["missed", "a7", "2899-03-02"]).refused_with_hint(2, &["still to come"]);
    let far = ["missed", "a7", "2899-03-02", "--as", "rescheduled"];
    practice.run(far).refused_with_hint(2, &["more than a year ahead"]);
    assert_eq!(practice.everything(), before);
    practice.run(["missed", "a7", "tomorrow", "--as", "cancelled-counselor"]).expect(0);
    assert_eq!(practice.list(["a7"]).len(), 1);
}

#[test]
fn the_same_day_twice_is_refused_unless_it_is_another_hour_and_a_session_that_took_place_is_said() {
    let practice = Practice::with_client();
    let id = practice.run(["missed", "a7", "2026-03-02"]).expect(0).out.trim().to_owned();
    let before = practice.files(&practice.vault());
    let ran = practice.run(["missed", "a7", "2026-03-02", "--as", "cancelled-late"]);
    ran.refused_with_hint(5, &[&id, "throughline edit", "2026-03-02T10:00"]);
    assert_eq!(practice.files(&practice.vault()), before);
    practice.run(["missed", "a7", "2026-03-02T10:00"]).expect(0);
    practice.run(["missed", "a7", "2026-03-02T10:00"]).refused_with_hint(5, &["already"]);
    assert_eq!(practice.list(["a7"]).len(), 2);
    let held = practice.note("---\ndate: 2026-03-09\nattendance: attended\n---\nText.\n");
    let ran = practice.run(["missed", "a7", "2026-03-09"]).expect(0);
    assert!(ran.err.contains("warning: ") && ran.err.contains(&held), "{}", ran.err);
    assert_eq!(practice.list(["a7"]).len(), 4);
}
