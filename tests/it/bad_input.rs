//! Bad input: one clear sentence, a hint, the right exit code, and nothing on disk that should not be there.

use crate::hand::ids;
use crate::practice::{Practice, Ran};
use std::fs;
use std::net::TcpListener;
use throughline::vault::PaperKey;

fn with_note() -> (Practice, String) {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    (practice, id)
}

/// A command that reads, one that writes, one that serves.
const COMMANDS: [&[&str]; 6] =
    [&["list"], &["check"], &["show", "a7"], &["client", "add", "b2"], &["serve", "--port", "0"], &["seal"]];

#[test]
fn no_vault_here() {
    let practice = Practice::empty();
    let before = practice.everything();
    for command in COMMANDS {
        practice.run(command).refused_with_hint(7, &["vault"]);
    }
    practice.run_with(["new", "a7", "--from-stdin"], b"Text.").refused_with_hint(7, &["vault"]);
    practice.run(["--vault", "nowhere", "list"]).refused(7, &["nowhere"]);
    fs::write(practice.home().join("file"), "").unwrap();
    practice.run(["--vault", "file", "list"]).refused(7, &["file"]);
    fs::remove_file(practice.home().join("file")).unwrap();
    assert_eq!(practice.everything(), before);
    let ran = practice.run(Vec::<&str>::new()).expect(0);
    assert!(ran.out.contains("throughline init") && ran.out.contains("throughline demo"), "{}", ran.out);
}

#[test]
fn a_vault_of_a_newer_format_is_not_touched() {
    let (practice, _) = with_note();
    let marker = practice.vault().join("throughline.toml");
    let text = fs::read_to_string(&marker).unwrap();
    fs::write(&marker, text.replace("format = 1", "format = 2")).unwrap();
    let before = practice.everything();
    for command in COMMANDS {
        practice.run(command).refused(6, &["newer"]);
    }
    for broken in ["", "format = ", "format = \"x\"\n", "\0\0"] {
        fs::write(&marker, broken).unwrap();
        let ran = practice.run(["list"]);
        assert_ne!(ran.code, 0);
        let code = ran.code;
        ran.refused(code, &["throughline.toml"]);
    }
    fs::write(&marker, text.replace("format = 1", "format = 2")).unwrap();
    assert_eq!(practice.everything(), before);
}

#[test]
fn a_wrong_passphrase_an_empty_one_and_none() {
    let practice = Practice::empty();
    fs::write(practice.home().join("pass"), "four quiet otters 27\n").unwrap();
    fs::write(practice.home().join("wrong"), "something else\n").unwrap();
    fs::write(practice.home().join("empty"), "").unwrap();
    practice.run(["--passphrase-file", "pass", "init", "practice"]).expect(0);
    let before = practice.everything();
    practice.run(["--passphrase-file", "wrong", "list"]).refused(3, &["passphrase"]);
    practice.run(["--passphrase-file", "empty", "list"]).refused(3, &["passphrase"]);
    practice.run(["--passphrase-file", "missing", "list"]).refused(6, &["missing"]);
    practice.run(["list"]).refused_with_hint(3, &["terminal"]);
    practice.run(["--passphrase-file", "wrong", "serve", "--port", "0"]).refused(3, &["passphrase"]);
    assert_eq!(practice.everything(), before);
    practice.run_with(["--passphrase-file", "-", "list"], b"four quiet otters 27\r\n").expect(0);
}

#[test]
fn an_identity_for_another_vault_or_none_at_all() {
    let (practice, _) = with_note();
    fs::write(practice.home().join("other"), format!("{}\n", PaperKey::generate().reveal())).unwrap();
    fs::write(practice.home().join("nonsense"), "hello\n").unwrap();
    fs::write(practice.home().join("nothing"), "").unwrap();
    let before = practice.everything();
    practice.run(["--identity", "other", "list"]).refused(3, &["identity"]);
    practice.run(["--identity", "missing", "list"]).refused_with_hint(3, &["missing"]);
    practice.run(["--identity", "nonsense", "list"]).refused(3, &["nonsense"]);
    practice.run(["--identity", "nothing", "list"]).refused(3, &["nothing"]);
    assert_eq!(practice.everything(), before);
}

#[test]
fn a_file_where_a_folder_should_be() {
    let (practice, _) = with_note();
    fs::remove_dir_all(practice.vault().join("clients/a7")).unwrap();
    fs::write(practice.vault().join("clients/a7"), "x").unwrap();
    let before = practice.files(&practice.vault());
    let ran = practice.run_with(["new", "a7", "--from-stdin"], b"Text.");
    assert!(
        ran.code > 1 && ran.err.starts_with("error: ") && !ran.err.contains("panicked"),
        "{} {}",
        ran.code,
        ran.err
    );
    let ran = practice.run(["client", "add", "a7"]);
    ran.refused(6, &["a7"]);
    assert_eq!(practice.files(&practice.vault()), before);
}

#[test]
fn client_codes_that_are_none() {
    let (practice, _) = with_note();
    let before = practice.everything();
    for code in ["A7", "a/7", "../a7", "Ann Smith", "", "a_7", "é", "a23456789012345678901234567890123", "a7/"] {
        let ran = practice.run(["client", "add", code]).expect(2);
        assert!(ran.err.starts_with("error: ") && ran.err.contains("a-z"), "{code}: {}", ran.err);
        practice.run_with(["new", code, "--from-stdin"], b"Text.").expect(2);
        practice.run(["import", "markdown", ".", "--client", code]).expect(2);
    }
    practice.run(["client", "add", "--", "-a7"]).expect(2);
    assert_eq!(practice.everything(), before);
}

#[test]
fn truncated_foreign_and_empty_files_never_hide_the_others() {
    let (practice, id) = with_note();
    let whole = fs::read(practice.sealed(&id)).unwrap();
    let stranger = practice.stranger().1;
    fs::write(practice.home().join("list"), stranger).unwrap();
    fs::write(practice.sealed("000000000001"), &whole[..whole.len() / 2]).unwrap();
    fs::write(practice.sealed("000000000002"), b"").unwrap();
    fs::write(practice.sealed("000000000003"), b"no age file at all\n").unwrap();
    practice.age_seal(&practice.home().join("list"), "Foreign.\n", &practice.sealed("000000000004"));
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    fs::write(practice.sealed("000000000005"), flipped).unwrap();
    fs::write(practice.sealed("000000000006"), &whole[..40]).unwrap();
    let before = practice.files(&practice.vault());
    let ran = practice.run(["list", "--json"]).expect(1);
    assert_eq!(ids(ran.json().as_array().unwrap()), [id.as_str()]);
    for at in 1..=6 {
        let name = format!("00000000000{at}");
        let lines: Vec<&str> = ran.err.lines().filter(|line| line.contains(&name)).collect();
        assert!(lines.len() == 1 && lines[0].starts_with("warning:"), "{name}: {}", ran.err);
        let shown = practice.run(["show", &name]);
        let code = shown.code;
        assert!(code == 1 || code == 3, "{name}: {code}");
        shown.refused(code, &[&name]);
    }
    practice.run(["show", &id]).expect(0);
    assert_eq!(practice.files(&practice.vault()), before);
}

#[test]
fn a_damaged_key_file_is_named_and_other_clients_open() {
    let (practice, _) = with_note();
    practice.run(["client", "add", "b2"]).expect(0);
    practice.run_with(["new", "b2", "--from-stdin"], b"Other.").expect(0);
    fs::write(practice.key_file("clients/a7"), b"damaged").unwrap();
    let ran = practice.run(["list", "--json"]).expect(1);
    assert_eq!(ran.json().as_array().unwrap().len(), 1);
    assert!(ran.err.contains("clients/a7"), "{}", ran.err);
}

#[test]
fn front_matter_broken_in_each_way_is_read_as_far_as_is_certain_and_always_shown() {
    let bomb = "a: &a [x, x, x, x]\n".to_owned()
        + &"bcdefghij".chars().map(|c| format!("{c}: &{c} [*a, *a, *a, *a, *a, *a, *a, *a]\n")).collect::<String>();
    let deep = format!("deep: {}\n", "[".repeat(10_000));
    let cases: [(&str, Vec<u8>, &str); 17] = [
        ("duplicate keys", b"---\ndate: 2026-03-02\ndate: 2026-03-03\n---\nWren.\n".to_vec(), "duplicate-key"),
        ("tabs", b"---\ndate: 2026-03-02\nmeasures:\n\tphq9: 4\n---\nWren.\n".to_vec(), "yaml-tab"),
        ("BOM", b"\xef\xbb\xbf---\ndate: 2026-03-02\nattendance: attended\n---\nWren.\n".to_vec(), ""),
        ("CRLF", b"---\r\ndate: 2026-03-02\r\nattendance: attended\r\n---\r\nWren.\r\n".to_vec(), ""),
        (
            "UTF-16",
            "\u{feff}---\ndate: 2026-03-02\n---\nWren.\n".encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "",
        ),
        ("Latin-1", b"---\ndate: 2026-03-02\ntitle: caf\xe9\n---\nWren.\n".to_vec(), ""),
        ("curly quotes", "---\ndate: “2026-03-02”\n---\nWren.\n".as_bytes().to_vec(), ""),
        ("a dash", "—\ndate: 2026-03-02\n—\nWren.\n".as_bytes().to_vec(), "front-matter-rule"),
        ("rules in the body", b"---\ndate: 2026-03-02\n---\nOne.\n---\nWren.\n".to_vec(), ""),
        ("an ambiguous date", b"---\ndate: 03/02/2026\n---\nWren.\n".to_vec(), "date-ambiguous"),
        ("no such day", b"---\ndate: 2026-02-30\n---\nWren.\n".to_vec(), "date"),
        ("an open bracket", b"---\nthemes: [a, b\ndate: 2026-03-02\n---\nWren.\n".to_vec(), "front-matter-entry"),
        ("an open quote", b"---\ntitle: \"a\ndate: 2026-03-02\n---\nWren.\n".to_vec(), "front-matter-entry"),
        ("no closing line", b"---\ndate: 2026-03-02\n\nWren.\n".to_vec(), "front-matter-unclosed"),
        ("alias bombs", format!("---\ndate: 2026-03-02\n{bomb}---\nWren.\n").into_bytes(), ""),
        ("nested brackets", format!("---\ndate: 2026-03-02\n{deep}---\nWren.\n").into_bytes(), ""),
        ("a line of 3 MB", format!("---\ndate: 2026-03-02\n---\n{}\nWren.\n", "y".repeat(3 << 20)).into_bytes(), ""),
    ];
    let practice = Practice::with_client();
    for (what, text, rule) in cases {
        let ran = practice.run_with(["new", "a7", "--from-stdin"], &text);
        assert_eq!(ran.code, 0, "{what}: {}", ran.err);
        let id = ran.out.trim();
        assert!(practice.run(["show", id]).expect(0).out.contains("Wren."), "{what}");
        let found = practice.run(["check", "--json"]).json();
        let problems = found["problems"].as_array().unwrap();
        let about = |problem: &&serde_json::Value| problem["note"] == id && problem["rule"] == rule;
        assert!(rule.is_empty() || problems.iter().any(|problem| about(&problem)), "{what}: no {rule} in {found}");
        if rule == "date-ambiguous" {
            let text = problems.iter().find(about).unwrap().to_string();
            assert!(text.contains("2026-03-02") && text.contains("2026-02-03"), "both readings: {text}");
        }
    }
    assert_eq!(practice.list(["a7"]).len(), 17, "one bad note never hides another");
}

#[test]
fn a_config_that_cannot_be_read() {
    let (practice, _) = with_note();
    let config = practice.home().join("config/throughline/config.toml");
    for (text, words) in [("editor = ", "line 1"), ("\neditr = \"vim\"\n", "line 2"), ("editor = 3\n", "line 1")] {
        fs::write(&config, text).unwrap();
        practice.run(["list"]).refused_with_hint(2, &["config.toml", words]);
    }
}

#[test]
fn a_port_that_is_taken() {
    let (practice, _) = with_note();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let before = practice.everything();
    practice.run(["serve", "--port", &port]).refused_with_hint(6, &[&port]);
    practice.run(["demo", "--port", &port]).refused_with_hint(6, &[&port]);
    assert_eq!(practice.everything(), before);
}

#[test]
fn standard_output_that_is_closed_or_full() {
    let (practice, id) = with_note();
    let before = practice.everything();
    let shell = |line: &str| {
        let mut command = practice.tool("sh");
        Ran::of(command.args(["-c", line]).env("PROGRAM", env!("CARGO_BIN_EXE_throughline")).output().unwrap())
    };
    for command in ["list", "list --json", "check --all", &format!("show {id}"), &format!("show --raw {id}")] {
        let closed = shell(&format!("\"$PROGRAM\" {command} >&-"));
        assert!([0, 6].contains(&closed.code) && !closed.err.contains("panicked"), "{command}: {}", closed.err);
        if command != "check --all" {
            shell(&format!("\"$PROGRAM\" {command} > /dev/full")).refused(6, &["standard output"]);
        }
        let both = shell(&format!("\"$PROGRAM\" {command} >&- 2>&-"));
        assert!([0, 6].contains(&both.code), "{command}: {}", both.code);
    }
    assert_eq!(practice.everything(), before);
    let written = shell("echo Text. | \"$PROGRAM\" new a7 --from-stdin >&-");
    assert!([0, 6].contains(&written.code) && !written.err.contains("panicked"), "{}", written.err);
    assert_eq!(practice.list(["a7"]).len(), 2, "what was sealed stays sealed");
}

#[test]
fn arguments_that_fit_no_command_are_usage_errors() {
    let practice = Practice::empty();
    for arguments in
        [&["lst"][..], &["list", "--sinc", "today"], &["show"], &["new", "a7", "b2"], &["--color", "blue", "list"]]
    {
        let ran = practice.run(arguments).expect(2);
        assert!(ran.err.starts_with("error: ") && ran.out.is_empty(), "{arguments:?}: {}", ran.err);
    }
    let help = practice.run(["--help"]).expect(0).out.to_lowercase();
    for group in ["every day:", "sometimes:"] {
        assert!(help.contains(group), "{group}: {help}");
    }
}

#[test]
fn a_passphrase_and_a_text_never_come_from_the_same_standard_input() {
    let practice = Practice::empty();
    fs::write(practice.home().join("pass"), "four quiet otters 27\n").unwrap();
    practice.run(["--passphrase-file", "pass", "init", "practice"]).expect(0);
    practice.run(["client", "add", "a7"]).expect(0);
    let before = practice.everything();
    let input = b"four quiet otters 27\nBody.\n";
    for name in ["-", "/dev/stdin"] {
        let ran = practice.run_with(["--passphrase-file", name, "new", "a7", "--from-stdin"], input);
        ran.refused_with_hint(2, &["the passphrase and the note", "standard input"]);
        practice.run_with(["--passphrase-file", name, "search", "-"], input).refused_with_hint(2, &["standard input"]);
    }
    let mut command = practice.command();
    command.args(["new", "a7", "--from-stdin"]).env("THROUGHLINE_PASSPHRASE_FILE", "-");
    Ran::of(command.output().unwrap()).refused_with_hint(2, &["standard input"]);
    assert_eq!(practice.everything(), before);
    practice.run_with(["--passphrase-file", "pass", "new", "a7", "--from-stdin"], b"Body.\n").expect(0);
}
