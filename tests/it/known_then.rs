//! `serve --as-of`: the case as it was known on an earlier day.

use crate::practice::Practice;
use crate::served::Served;

#[test]
fn what_was_written_later_is_left_out_and_counted_on_every_page() {
    let practice = Practice::with_client();
    let first = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nKnown at once.\n");
    let late = practice
        .note("---\ndate: 2026-03-03\nwritten: 2026-03-20\nattendance: attended\n---\nWritten up weeks after.\n");
    let amending = format!(
        "---\nkind: addendum\ndate: 2026-03-18\namends: {first}\namendment: correction\nreason: a slip\n---\nPut right.\n"
    );
    let amending = practice.note(&amending);
    let later = practice.note("---\ndate: 2026-03-16\nattendance: attended\n---\nA later session.\n");
    let served = Served::with(&practice, ["serve", "--as-of", "2026-03-10"]);
    let page = served.page("/clients/a7/");
    assert!(page.contains(&first) && page.contains("Known at once."));
    for hidden in [&late, &amending, &later] {
        assert!(!page.contains(hidden.as_str()), "{hidden}");
        served.get(&format!("/notes/{hidden}/")).expect(404);
    }
    for path in ["/", "/clients/", "/clients/a7/", "/about/", &format!("/notes/{first}/")] {
        let page = served.page(path);
        assert!(page.contains("As it was known on 10 March 2026."), "{path}");
        assert!(page.contains("Left out: 1 later note, 1 late entry, 1 later amendment."), "{path}: {page}");
    }
    // A note that comes while pages are open is held against the same day.
    practice.note("---\ndate: 2026-04-01\nattendance: attended\n---\nMuch later.\n");
    served.page_until("/clients/a7/", "the new note is counted", |page| page.contains("2 later notes"));
    practice.run(["serve", "--as-of", "2026-03-10", "--today", "2026-03-11"]).expect(2);
    practice.run(["serve", "--as-of", "someday"]).expect(2);
}
