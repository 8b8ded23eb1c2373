//! `import markdown`: what can be read is taken, each oddity is named, nothing is lost and nothing is taken twice.

use crate::hand::ids;
use crate::practice::Practice;
use std::fs;
use std::path::{Path, PathBuf};

/// Files of a folder kept elsewhere, the body each must be found again by, and what the report says of it.
const MESSY: [(&str, &[u8], &str, &str); 14] = [
    ("yaml.md", b"---\ndate: 2026-01-01\ntags: [sleep]\n---\nBody yaml.\n", "Body yaml.", "a list in brackets"),
    ("toml.md", b"+++\ndate = 2026-01-02\n+++\nBody toml.\n", "Body toml.", "TOML front matter"),
    ("bare.md", b"Body bare.\n", "Body bare.", "no front matter"),
    ("crlf.md", b"---\r\ndate: 2026-01-03\r\n---\r\nBody crlf.\r\n", "Body crlf.", "line ends other than"),
    ("utf16.md", b"\xff\xfeB\0o\0d\0y\0 \0\xe9\0.\0\n\0", "Body \u{e9}.", "text that is not UTF-8"),
    ("latin1.md", b"---\ndate: 2026-01-04\n---\nBody caf\xe9.\n", "Body caf\u{e9}.", "text that is not UTF-8"),
    ("bom.md", b"\xef\xbb\xbf---\ndate: 2026-01-05\n---\nBody bom.\n", "Body bom.", "a byte order mark"),
    ("placeholder.md", b"---\ndate: {{date}}\n---\nBody place.\n", "Body place.", "placeholder"),
    (
        "broken.md",
        b"---\ndate: 2026-01-06\ntags: [a, \"b\nx: y\n---\nBody broken.\n",
        "Body broken.",
        "only be read in part",
    ),
    ("links.md", b"---\ndate: 2026-01-07\n---\nBody [[other note]].\n", "Body [[other note]].", "[[links]] to files"),
    ("embeds.md", b"---\ndate: 2026-01-08\n---\nBody ![[photo.png]].\n", "Body ![[photo.png]].", "![[embeds]]"),
    ("2026-01-09 a walk.txt", b"Body text.", "Body text.", "a date in the file's name"),
    ("deep/down/unclosed.md", b"---\ndate: 2026-01-10\n\nBody deep.\n", "Body deep.", "only be read in part"),
    ("empty-date.md", b"---\ndate:\n---\nBody dateless.\n", "Body dateless.", "a date key without a value"),
];

/// The messy folder, with other files beside the notes.
fn messy(practice: &Practice) -> PathBuf {
    let folder = practice.home().join("from");
    for (name, bytes, ..) in MESSY {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::create_dir(folder.join(".obsidian")).unwrap();
    fs::write(folder.join(".obsidian/workspace.md"), "not a note\n").unwrap();
    fs::write(folder.join("photo.png"), b"\x89PNG").unwrap();
    fs::write(practice.home().join("outside.md"), "Outside.\n").unwrap();
    std::os::unix::fs::symlink(practice.home().join("outside.md"), folder.join("link.md")).unwrap();
    folder
}

fn bodies(practice: &Practice, client: &str) -> Vec<String> {
    ids(&practice.list([client])).iter().map(|id| practice.raw(id)).collect()
}

/// The line of the report that names a file stands below the line that says what is odd about it.
fn reported(report: &str, words: &str, file: &str) -> bool {
    let mut below = false;
    for line in report.lines() {
        let indent = line.len() - line.trim_start().len();
        if indent < 10 {
            below = line.contains(words);
        } else if below && line.trim() == file {
            return true;
        }
    }
    false
}

fn big(folder: &Path) {
    fs::write(folder.join("big.md"), "x".repeat(5 * 1024 * 1024)).unwrap();
}

#[test]
fn every_oddity_is_named_with_its_file_and_nothing_is_lost() {
    let practice = Practice::with_client();
    let folder = messy(&practice);
    let source = practice.files(&folder);
    let ran = practice.run(["import", "markdown", "from", "--client", "a7", "--all"]).expect(0);
    for (name, _, _, words) in MESSY {
        assert!(reported(&ran.err, words, name), "`{words}` for {name} is not in:\n{}", ran.err);
    }
    for other in ["photo.png", "link.md", ".obsidian"] {
        assert!(ran.err.contains(other), "{other} is not in:\n{}", ran.err);
    }
    let texts = bodies(&practice, "a7");
    assert_eq!(texts.len(), MESSY.len());
    for (name, _, body, _) in MESSY {
        assert!(texts.iter().any(|text| text.trim_end().ends_with(body)), "{name} is lost: {texts:?}");
    }
    assert_eq!(practice.files(&folder), source, "the source is untouched");
    assert!(!texts.iter().any(|text| text.contains("Outside.")), "links are not followed");
}

#[test]
fn the_text_of_front_matter_is_kept_line_by_line() {
    let practice = Practice::with_client();
    messy(&practice);
    practice.run(["import", "markdown", "from/broken.md", "--client", "a7"]).expect(0);
    let text = &bodies(&practice, "a7")[0];
    for line in ["date: 2026-01-06", "tags: [a, \"b", "x: y"] {
        assert!(text.lines().any(|there| there == line), "`{line}` is lost:\n{text}");
    }
}

#[test]
fn exit_1_is_for_files_that_could_not_be_read_and_they_are_named() {
    let practice = Practice::with_client();
    let folder = messy(&practice);
    big(&folder);
    let ran = practice.run(["import", "markdown", "from", "--client", "a7"]).expect(1);
    assert!(ran.err.contains("big.md") && ran.err.contains("4 MiB"), "{}", ran.err);
    assert_eq!(practice.list(["a7"]).len(), MESSY.len(), "the others are taken");
    practice.run(["import", "markdown", "nowhere", "--client", "a7"]).refused(6, &["nowhere"]);
}

#[test]
fn importing_the_same_again_adds_nothing() {
    let practice = Practice::with_client();
    messy(&practice);
    practice.run(["import", "markdown", "from", "--client", "a7"]).expect(0);
    let before = practice.files(&practice.vault());
    let ran = practice.run(["import", "markdown", "from", "--client", "a7"]).expect(0);
    assert!(ran.err.contains("Added 0 notes"), "{}", ran.err);
    assert_eq!(practice.files(&practice.vault()), before);
    fs::write(practice.home().join("from/new.md"), "One more.\n").unwrap();
    assert!(practice.run(["import", "markdown", "from", "--client", "a7"]).expect(0).err.contains("Added 1 note."));
}

#[test]
fn a_dry_run_says_what_would_be_done_and_writes_nothing() {
    let practice = Practice::with_client();
    messy(&practice);
    fs::write(practice.home().join("from/other.md"), "---\nclient: new-one\n---\nText.\n").unwrap();
    let before = practice.everything();
    let ran = practice.run(["import", "markdown", "from", "--dry-run"]);
    assert!(ran.err.contains("Would add 1 note") && ran.err.contains("new-one"), "{}", ran.err);
    practice.run(["import", "markdown", "from", "--client", "a7", "--dry-run"]).expect(0);
    assert_eq!(practice.everything(), before);
}

#[test]
fn clients_that_notes_name_are_added_and_notes_that_name_none_are_reported() {
    let practice = Practice::new();
    let folder = practice.home().join("from");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("one.md"), "---\nclient: k2\ndate: 2026-01-01\n---\nOne.\n").unwrap();
    fs::write(folder.join("two.md"), "---\nclient: m5\nkind: process\ndate: 2026-01-02\n---\nTwo.\n").unwrap();
    fs::write(folder.join("three.md"), "---\nkind: supervision\ndate: 2026-01-03\n---\nThree.\n").unwrap();
    fs::write(folder.join("four.md"), "Whose?\n").unwrap();
    let ran = practice.run(["import", "markdown", "from"]).expect(1);
    assert!(ran.err.contains("New clients: k2, m5.") && ran.err.contains("four.md"), "{}", ran.err);
    assert_eq!(bodies(&practice, "k2").len(), 1);
    let process = practice.files(&practice.vault().join("clients/m5/process"));
    assert_eq!(process.iter().filter(|(path, _)| path.to_string_lossy().ends_with(".md.age")).count(), 1);
    assert_eq!(practice.list(["--kind", "supervision"]).len(), 1);
}

#[test]
fn the_client_named_wins_and_the_notes_own_is_kept() {
    let practice = Practice::with_client();
    fs::write(practice.home().join("one.md"), "---\nclient: k2\ndate: 2026-01-01\n---\nOne.\n").unwrap();
    practice.run(["import", "markdown", "one.md", "--client", "a7"]).expect(0);
    let text = &bodies(&practice, "a7")[0];
    assert!(text.contains("client: a7") && text.contains("imported_client: k2"), "{text}");
    assert!(!practice.vault().join("clients/k2").exists());
}

#[test]
fn empty_clients_are_filled_without_a_passphrase() {
    let practice = Practice::with_client();
    messy(&practice);
    practice.without_identity();
    practice.run(["import", "markdown", "from", "--client", "a7"]).expect(0);
    practice.run(["import", "markdown", "from", "--client", "a7"]).refused_with_hint(3, &["identity"]);
}

#[test]
fn the_report_holds_no_words_of_notes() {
    let practice = Practice::with_client();
    fs::create_dir(practice.home().join("from")).unwrap();
    for (at, text) in [
        "---\ndate: zanzibar\nphq9: zanzibar\ntags: [zanzibar\n---\nzanzibar\n",
        "---\nclient: Zanzibar zanzibar\n---\nzanzibar\n",
        "+++\nzanzibar = \n+++\nzanzibar",
        "---\nmeasures: {zanzibar: zanzibar}\nkind: zanzibar\nattendance: zanzibar\n---\n",
    ]
    .iter()
    .enumerate()
    {
        fs::write(practice.home().join(format!("from/{at}.md")), text).unwrap();
    }
    let ran = practice.run(["import", "markdown", "from", "--all"]);
    assert!(!ran.err.to_lowercase().contains("zanzibar"), "{}", ran.err);
    let ran = practice.run(["import", "markdown", "from", "--client", "a7", "--all"]);
    assert!(!ran.err.to_lowercase().contains("zanzibar"), "{}", ran.err);
}

#[test]
fn a_note_of_another_client_who_is_there_is_left_out_and_it_is_said_how_to_take_it() {
    let practice = Practice::with_client();
    practice.run(["client", "add", "b2"]).expect(0);
    let file = practice.home().join("m.md");
    fs::write(&file, "---\nclient: a7\ndate: 2026-01-01\n---\nOne.\n").unwrap();
    let import = ["import", "markdown", "m.md", "--client", "b2"];
    let before = practice.files(&practice.vault());
    for run in [&import[..], &[&import[..], &["--dry-run"]].concat()] {
        let ran = practice.run(run).expect(1);
        let told = ran.err.contains("left out: m.md: it names another client, a7, than b2");
        assert!(told && ran.err.contains("without its `client:` line"), "{}", ran.err);
    }
    assert_eq!(practice.files(&practice.vault()), before);
    fs::write(&file, "---\ndate: 2026-01-01\n---\nOne.\n").unwrap();
    practice.run(import).expect(0);
    assert_eq!(bodies(&practice, "b2").len(), 1);
}

#[test]
fn what_one_client_has_already_is_not_copied_to_another() {
    let practice = Practice::with_client();
    let folder = messy(&practice);
    practice.run(["import", "markdown", "from", "--client", "a7"]).expect(0);
    let before = bodies(&practice, "a7");
    fs::write(folder.join("new.md"), "---\ndate: 2026-02-01\n---\nNew.\n").unwrap();
    for client in ["c3", "a7"] {
        practice.run(["client", "add", "c3"]);
        let ran = practice.run(["import", "markdown", "from", "--client", client]).expect(1);
        let told = ran.err.matches("left out: ").count();
        assert_eq!(told, if client == "c3" { MESSY.len() } else { 1 }, "{}", ran.err);
        assert!(ran.err.contains("throughline new ") && ran.err.contains("has it already"), "{}", ran.err);
    }
    assert_eq!(bodies(&practice, "a7"), before);
    assert_eq!(bodies(&practice, "c3").len(), 1);
}
