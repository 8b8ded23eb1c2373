//! `init`: what it makes, what it never touches, and that a stranger with `age` can open everything.

use crate::hand::ids;
use crate::practice::{Practice, Ran, require};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use throughline::vault::PaperKey;

const PASSPHRASE: &str = "four quiet otters 27 rowing";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A home with a passphrase in a file and no vault.
fn with_passphrase() -> (Practice, std::path::PathBuf) {
    let practice = Practice::empty();
    let file = practice.home().join("pass");
    fs::write(&file, format!("{PASSPHRASE}\n")).unwrap();
    (practice, file)
}

/// Opens a passphrase-sealed identity with stock age, on a terminal since age takes a passphrase only there.
fn open_identity(practice: &Practice, passphrase: &str) -> Ran {
    require("age");
    let command = format!("age -d -o opened.txt '{}'", practice.identity().display());
    practice.on_terminal(&command, &format!("answer passphrase {{{passphrase}}}"))
}

#[test]
fn a_new_vault_holds_the_files_of_the_design_and_nothing_else() {
    let practice = Practice::new();
    let mut names: Vec<String> = practice
        .files(&practice.vault())
        .into_iter()
        .map(|(path, _)| path.strip_prefix(practice.vault()).unwrap().to_string_lossy().into_owned())
        .collect();
    names.retain(|name| !name.starts_with("practice/key-"));
    assert_eq!(
        names,
        [".age-recipients", ".gitattributes", ".process-recipients", "practice/.age-recipients", "throughline.toml"]
    );
    assert!(practice.vault().join("clients").is_dir());
    let marker: toml::Table =
        fs::read_to_string(practice.vault().join("throughline.toml")).unwrap().parse().expect("TOML");
    assert_eq!(marker["format"].as_integer(), Some(1));
    let attributes = fs::read_to_string(practice.vault().join(".gitattributes")).unwrap();
    for line in ["*.age -text", "*.log -text", ".age-recipients merge=union"] {
        assert!(attributes.lines().any(|there| there == line), "{line}");
    }
}

#[test]
fn every_file_is_0600_and_every_folder_0700() {
    let practice = Practice::with_client();
    practice.note("A note.");
    let mut folders = vec![practice.vault()];
    while let Some(folder) = folders.pop() {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
            }
        }
    }
    for (path, _) in practice.files(&practice.vault_state()) {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn the_identity_is_sealed_with_the_passphrase_at_work_factor_18_and_stock_age_opens_it() {
    let (practice, pass) = with_passphrase();
    practice.command().args(["--passphrase-file"]).arg(&pass).args(["init", "practice"]).output().unwrap();
    assert_eq!(mode(&practice.identity()), 0o600);
    let sealed = fs::read(practice.identity()).unwrap();
    let header: Vec<String> =
        sealed.split(|b| *b == b'\n').take(2).map(|l| String::from_utf8_lossy(l).into()).collect();
    assert_eq!(header[0], "age-encryption.org/v1");
    let stanza: Vec<&str> = header[1].split(' ').collect();
    assert_eq!((stanza[0], stanza[1], stanza[3]), ("->", "scrypt", "18"), "{header:?}");
    open_identity(&practice, PASSPHRASE).expect(0);
    let opened = fs::read_to_string(practice.home().join("opened.txt")).unwrap();
    assert!(opened.lines().any(|line| line.starts_with("AGE-SECRET-KEY-1")), "no age identity");
    // And that identity opens the practice's own key.
    practice.age_open(&practice.home().join("opened.txt"), &practice.key_file("practice")).expect(0);
}

#[test]
fn an_identity_that_is_there_is_used_and_never_overwritten() {
    let practice = Practice::empty();
    let key = PaperKey::generate();
    fs::write(practice.identity(), format!("{}\n", key.reveal())).unwrap();
    let before = fs::read(practice.identity()).unwrap();
    practice.run(["init", "practice"]).expect(0);
    assert_eq!(fs::read(practice.identity()).unwrap(), before);
    let recipients = fs::read_to_string(practice.vault().join(".age-recipients")).unwrap();
    assert!(recipients.contains(&key.public_key().to_string()), "{recipients}");
}

#[test]
fn a_sealed_identity_is_used_only_with_its_passphrase() {
    let (practice, pass) = with_passphrase();
    let pass = pass.to_str().unwrap();
    practice.run(["--passphrase-file", pass, "init", "one"]).expect(0);
    let identity = fs::read(practice.identity()).unwrap();
    practice.run(["--passphrase-file", pass, "init", "two"]).expect(0);
    assert_eq!(fs::read(practice.identity()).unwrap(), identity);
    fs::write(practice.home().join("wrong"), "something else\n").unwrap();
    let before = practice.everything();
    practice.run(["--passphrase-file", "wrong", "init", "three"]).refused(3, &["passphrase"]);
    assert_eq!(practice.everything(), before);
    assert!(!practice.home().join("three").exists());
}

#[test]
fn a_second_init_in_the_same_folder_is_refused_and_changes_nothing() {
    let practice = Practice::with_client();
    practice.note("A note.");
    let before = practice.everything();
    practice.run(["init", "practice"]).refused_with_hint(5, &["practice", "already"]);
    assert_eq!(practice.everything(), before);
}

#[test]
fn the_first_vault_becomes_the_default_and_other_lines_of_the_config_stay() {
    let practice = Practice::empty();
    fs::write(practice.identity(), format!("{}\n", PaperKey::generate().reveal())).unwrap();
    let config = practice.home().join("config/throughline/config.toml");
    fs::write(&config, "# mine\neditor = \"vim -u NONE\"\n").unwrap();
    practice.run(["init", "practice"]).expect(0);
    let text = fs::read_to_string(&config).unwrap();
    assert!(text.contains("# mine\neditor = \"vim -u NONE\"\n"), "{text}");
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["default_vault"].as_str(), practice.vault().to_str());
    practice.run(["client", "add", "a7"]).expect(0);
    assert!(practice.vault().join("clients/a7").is_dir(), "the default vault is the one used");
    // The second does not take its place.
    practice.run(["init", "other"]).expect(0);
    assert_eq!(fs::read_to_string(&config).unwrap(), text);
}

#[test]
fn without_a_folder_the_vault_is_made_in_practice_at_home() {
    let practice = Practice::empty();
    fs::write(practice.identity(), format!("{}\n", PaperKey::generate().reveal())).unwrap();
    practice.run(["init"]).expect(0);
    assert!(practice.home().join("practice/throughline.toml").is_file());
}

#[test]
fn another_recipient_can_open_everything() {
    let practice = Practice::empty();
    fs::write(practice.identity(), format!("{}\n", PaperKey::generate().reveal())).unwrap();
    let (secret, public) = practice.stranger();
    practice.run(["init", "practice", "--recipient", &public]).expect(0);
    practice.run(["client", "add", "a7"]).expect(0);
    let id = practice.note("Kestrel on the fence.");
    let key = practice.age_key(&secret, "clients/a7");
    assert!(practice.age_open(&key, &practice.sealed(&id)).expect(0).out.contains("Kestrel"));
}

#[test]
fn what_cannot_be_done_leaves_nothing_behind() {
    let (practice, pass) = with_passphrase();
    let pass = pass.to_str().unwrap();
    fs::write(practice.home().join("empty"), "\n").unwrap();
    fs::write(practice.home().join("file"), "").unwrap();
    let before = practice.everything();
    practice.run(["--passphrase-file", pass, "init", "practice", "--recipient", "age1nonsense"]).refused(2, &["age1"]);
    practice.run(["--passphrase-file", "empty", "init", "practice"]).refused(2, &["empty"]);
    practice.run(["init", "practice"]).refused_with_hint(3, &["terminal"]);
    practice
        .run(["--passphrase-file", pass, "init", "practice", "--place", "nowhere"])
        .refused_with_hint(2, &["nowhere"]);
    assert_eq!(practice.everything(), before);
    assert!(!practice.vault().exists());
}

#[test]
fn the_identity_goes_where_it_is_told() {
    let (practice, pass) = with_passphrase();
    let pass = pass.to_str().unwrap();
    practice.run(["--passphrase-file", pass, "init", "practice", "--identity-out", "keys/me.age"]).expect(0);
    assert!(!practice.identity().exists());
    let arguments = ["--passphrase-file", pass, "--identity", "keys/me.age", "list"];
    practice.run(arguments).expect(0);
}

#[test]
fn on_a_terminal_a_passphrase_is_typed_twice_and_asked_again_when_the_two_differ() {
    let practice = Practice::empty();
    let dialogue = format!(
        "answer {{A passphrase for your identity}} {{short}}\n\
         answer {{Once more:}} {{short}}\n\
         answer {{A passphrase for your identity}} {{{PASSPHRASE}}}\n\
         answer {{Once more:}} {{{PASSPHRASE} x}}\n\
         answer {{A passphrase for your identity}} {{{PASSPHRASE}}}\n\
         answer {{Once more:}} {{{PASSPHRASE}}}\n\
         answer {{paper recovery key}} {{n}}"
    );
    let ran = practice.on_terminal("\"$PROGRAM\" init practice", &dialogue).expect(0);
    assert!(!ran.out.contains(PASSPHRASE), "the passphrase is not echoed: {}", ran.out);
    open_identity(&practice, PASSPHRASE).expect(0);
}

#[test]
fn a_generated_passphrase_is_shown_once_typed_back_and_opens_the_identity() {
    let practice = Practice::empty();
    let dialogue = "\
        answer {A passphrase for your identity} {}\n\
        expect -re {\\n    ([a-z]+( [a-z]+)+)\\r} {} timeout { gone } eof { gone }\n\
        set made $expect_out(1,string)\n\
        answer {Type it to go on:} {something else}\n\
        answer {Type it to go on:} $made\n\
        answer {paper recovery key} {n}";
    let ran = practice.on_terminal("\"$PROGRAM\" init practice", dialogue).expect(0);
    let shown = ran.out.lines().map(str::trim).find(|line| line.split(' ').count() == 8 && line.is_ascii());
    let made = ran.out.lines().find_map(|line| line.strip_prefix("    ")).or(shown).expect("a passphrase").trim();
    assert_eq!(made.split(' ').count(), 8, "{made}");
    open_identity(&practice, made).expect(0);
    for (path, bytes) in practice.files(practice.home()) {
        assert!(!String::from_utf8_lossy(&bytes).contains(made), "stored in {}", path.display());
    }
}

#[test]
fn the_paper_key_goes_to_the_terminal_alone_and_opens_everything_with_stock_age() {
    let practice = Practice::empty();
    let dialogue = format!(
        "answer {{A passphrase for your identity}} {{{PASSPHRASE}}}\n\
         answer {{Once more:}} {{{PASSPHRASE}}}\n\
         answer {{paper recovery key}} {{y}}\n\
         answer {{Press Enter}} {{}}"
    );
    let ran = practice.on_terminal("\"$PROGRAM\" init practice > said.txt", &dialogue).expect(0);
    let paper = ran.out.lines().map(str::trim).find(|line| line.starts_with("AGE-SECRET-KEY-1")).expect("a paper key");
    for (path, bytes) in practice.files(practice.home()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("AGE-SECRET-KEY-1"), "a key in {}", path.display());
    }
    practice.run(["client", "add", "a7"]).expect(0);
    let chart = practice.note("Kestrel on the fence.");
    let apart = practice.run_with(["new", "a7", "--kind", "process", "--from-stdin"], b"Heron in the reeds.").expect(0);
    let log = practice.run_with(["new", "--kind", "supervision", "--from-stdin"], b"Wren in the hedge.").expect(0);
    let paper_file = practice.home().join("paper.txt");
    fs::write(&paper_file, format!("{paper}\n")).unwrap();
    for (folder, id, word) in [
        ("clients/a7", chart.as_str(), "Kestrel"),
        ("clients/a7/process", apart.out.trim(), "Heron"),
        ("practice", log.out.trim(), "Wren"),
    ] {
        let key = practice.age_key(&paper_file, folder);
        let sealed = practice.vault().join(folder).join(format!("{id}.md.age"));
        assert!(practice.age_open(&key, &sealed).expect(0).out.contains(word), "{folder}");
    }
    let listed = practice.run(["--identity", "paper.txt", "list", "a7", "--json"]).expect(0).json();
    assert_eq!(ids(listed.as_array().unwrap()), [chart]);
}
