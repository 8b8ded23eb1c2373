//! `serve --client a7`, for the screen beside the client: memory is searched for everybody else.

use crate::practice::Practice;
use crate::served::{Served, canary};
use crate::two_processes::in_memory;

/// Seals a note with a word in its title, its theme and its text; gives the word.
fn planted(practice: &Practice, arguments: &[&str], fields: &str) -> String {
    let word = canary();
    let text = format!("---\ndate: 2026-03-02\n{fields}title: \"{word}\"\nthemes: [{word}]\n---\nSaid {word} twice.\n");
    let all: Vec<&str> = ["new"].into_iter().chain(arguments.iter().copied()).chain(["--from-stdin"]).collect();
    practice.run_with(all, text.as_bytes()).expect(0);
    word
}

#[test]
fn serving_one_client_opens_no_note_of_another_nor_of_the_practice_nor_of_the_process() {
    let practice = Practice::with_client();
    for code in ["k2", "m5"] {
        practice.run(["client", "add", code]).expect(0);
    }
    let session = "attendance: attended\n";
    let own = planted(&practice, &["a7"], session);
    let others = [
        ("another client's session", planted(&practice, &["k2"], session)),
        ("a third client's session", planted(&practice, &["m5"], session)),
        ("another client's sheet", planted(&practice, &["k2"], "kind: client\nopened: 2026-01-01\n")),
        ("another client's process note", planted(&practice, &["k2", "--kind", "process"], "")),
        ("the client's own process note", planted(&practice, &["a7", "--kind", "process"], "")),
        (
            "supervision",
            planted(&practice, &["--kind", "supervision"], "with: Dr. Finch\nminutes: 50\nclients: [k2]\n"),
        ),
        ("an incident", planted(&practice, &["--kind", "incident"], "discovered_on: 2026-03-01\nwhat: a letter\n")),
    ];
    let served = Served::with(&practice, ["serve", "--client", "a7", "--today", "2026-03-10"]);
    for path in
        ["/", "/clients/", "/clients/a7/", "/clients/a7/prepare/", "/themes/", "/search/", "/about/", "/clients/k2/"]
    {
        let page = served.get(path).text();
        assert!(others.iter().all(|(_, word)| !page.contains(word)), "{path}");
    }
    // What others write meanwhile is not opened either.
    let late = planted(&practice, &["k2"], session);
    let news = planted(&practice, &["a7"], session);
    served.page_until("/clients/a7/", "the client's own new note is seen", |page| page.contains(&news));
    let keeper = served.keeper().expect("a process with the notes");
    assert!(in_memory(keeper, &own) > 0 && in_memory(keeper, &news) > 0, "the search finds what is there");
    for (whose, word) in others.iter().map(|(whose, word)| (*whose, word)).chain([("a note sealed meanwhile", &late)]) {
        let found = [("gate", served.gate), ("keeper", keeper)].map(|(name, pid)| (name, in_memory(pid, word)));
        assert!(found.iter().all(|(_, times)| *times == 0), "{whose}: {found:?}");
    }
    served.get("/clients/k2/").expect(404);
}
