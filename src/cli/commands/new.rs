//! `new`: a new note in the editor, or from standard input.

use super::client_code;
use crate::casebook::CaseFile;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{Exit, terminal, unlock};
use crate::domain::{CalloutKind, ClientCode, Confidential, Kind, NoteDate, NoteFormat, Owner};
use crate::keeping::{Editor, NewNote, Workbench};
use crate::notes::{Draft, draft};
use crate::publish::{Scope, Today};
use crate::vault::Vault;
use clap::Args;
use std::io::Read;
use zeroize::Zeroizing;

/// Write a new note in the editor, or take it from standard input
///
/// Prints the note's id. With --from-stdin no passphrase is needed.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The client's code; may be left out for kinds that belong to the practice
    #[arg(value_parser = client_code)]
    client: Option<ClientCode>,
    /// What sort of note [default: session]
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Headings to write under: soap, dap, birp, girp, pirp, pie, fdar, narrative
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// The day of the note [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The editor's command [default: config.toml, $VISUAL, $EDITOR, vi]
    #[arg(long, value_name = "CMD")]
    editor: Option<String>,
    /// Take a body or a whole note from standard input
    #[arg(long)]
    from_stdin: bool,
    /// Set a key of the front matter; may be given again
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

/// Larger texts are not notes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Writes a note.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let vault = session.vault()?;
    let today = Today::Local.day();
    let note = meant(session, &arguments, today)?;
    if let Some(code) = &note.client
        && !vault.clients()?.contains(code)
    {
        offer_client(session, &vault, code)?;
    }
    if arguments.from_stdin {
        let text = standard_input()?;
        return keep(session, &vault, &note, &text, today);
    }
    in_editor(session, vault, &arguments, note, today)
}

/// What the flags mean.
fn meant(session: &Session, arguments: &Arguments, today: chrono::NaiveDate) -> Result<NewNote, Failure> {
    let date = arguments.date.as_deref().map(|given| written_date(session, given, today)).transpose()?;
    let mut keys = Vec::new();
    if let Some(format) = &arguments.format {
        keys.push(("format".to_owned(), note_format(format)?.word().to_owned()));
    }
    for set in &arguments.set {
        let (key, value) = set
            .split_once('=')
            .ok_or_else(|| Failure::usage("cannot read --set: there is no `=`").hint("--set attendance=attended"))?;
        let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        if !plain || value.contains(['\n', '\r']) {
            return Err(Failure::usage("cannot read --set: a key is one word, and a value one line"));
        }
        keys.push((key.to_owned(), value.to_owned()));
    }
    Ok(NewNote { client: arguments.client.clone(), kind: arguments.kind.as_deref().map(Kind::parse), date, keys })
}

/// A date as it will stand in the note: a full one keeps its time, "yesterday" becomes a day.
pub(super) fn written_date(session: &Session, given: &str, today: chrono::NaiveDate) -> Result<String, Failure> {
    match NoteDate::parse(given) {
        Ok(date) => Ok(date.to_string()),
        Err(_) => Ok(session.date(given, today)?.to_string()),
    }
}

fn note_format(word: &str) -> Result<NoteFormat, Failure> {
    NoteFormat::parse(word).ok_or_else(|| {
        let words: Vec<&str> = NoteFormat::ALL.iter().map(|format| format.word()).collect();
        Failure::usage(format!("cannot read the format `{word}`")).hint(format!("one of {}", words.join(", ")))
    })
}

/// An unknown client is a slip more often than a new client, so it is added only when the user says so.
pub(super) fn offer_client(session: &Session, vault: &Vault, code: &ClientCode) -> Result<(), Failure> {
    let add = terminal::can_ask() && session.common.passphrase_file.is_none();
    if add && terminal::ask_yes(&format!("There is no client {code} yet. Add it?"), false).unwrap_or(false) {
        let lock = session.lock(vault)?;
        vault.add_client(&lock, code)?;
        return Ok(());
    }
    Err(Failure::not_found(format!("cannot find client {code}"))
        .hint(format!("`throughline client add {code}` adds it")))
}

fn standard_input() -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut text = Zeroizing::new(Vec::with_capacity(64 * 1024));
    let failed =
        |cause: std::io::Error| Failure::new(Exit::InputOutput, format!("cannot read standard input: {cause}"));
    std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut text).map_err(failed)?;
    if text.len() as u64 > LARGEST {
        return Err(Failure::usage("cannot keep the note: it is larger than 4 MiB"));
    }
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(Failure::usage("cannot keep the note: standard input is empty"));
    }
    Ok(text)
}

/// Seals a note that needs no private key and prints its id.
pub(super) fn keep(
    session: &Session,
    vault: &Vault,
    note: &NewNote,
    text: &[u8],
    today: chrono::NaiveDate,
) -> Result<Exit, Failure> {
    let prepared = note.prepare(vault, text, today)?;
    let lock = session.lock(vault)?;
    let id = prepared.keep(vault, &lock)?;
    session.output.text(&format!("{id}\n"))?;
    Ok(Exit::Done)
}

fn in_editor(
    session: &Session,
    vault: Vault,
    arguments: &Arguments,
    note: NewNote,
    today: chrono::NaiveDate,
) -> Result<Exit, Failure> {
    let editor = editor(session, arguments.editor.as_deref())?;
    let kind = note.kind.clone();
    let known = note.client.as_ref().map_or(Ok(None), |code| known_before(session, code))?;
    let mut beginning = Draft {
        client: note.client.as_ref(),
        kind: kind.as_ref(),
        date: note.date.clone().unwrap_or_else(|| today.to_string()),
        format: arguments.format.as_deref().map(note_format).transpose()?,
        keys: note.keys.iter().filter(|(key, _)| key != "format").cloned().collect(),
        ..Draft::default()
    };
    if let Some(known) = known.filter(|_| kind.as_ref().is_none_or(|kind| *kind == Kind::Session)) {
        (beginning.open_items, beginning.last_plan) = known;
    }
    let text = draft(&beginning);
    let bench = session.workbench(&vault)?;
    let name = format!("{}.md", note.client.as_ref().map_or("practice", ClientCode::as_str));
    let written = bench.edit(&editor, &name, &text)?;
    if written.as_slice() == text.reveal().as_bytes() || written.iter().all(u8::is_ascii_whitespace) {
        session.messages.say("Nothing was written, so nothing is kept.");
        return Ok(Exit::Done);
    }
    // What the user changed in the text wins over the flags it began with.
    let typed = NewNote { client: note.client.clone(), ..NewNote::default() };
    keep(session, &vault, &typed, &written, today).inspect_err(|_| leave(session, bench, &name, &written))
}

/// Text that could not be sealed stays reachable, in memory.
pub(super) fn leave(session: &Session, bench: Workbench, name: &str, text: &[u8]) {
    match bench.leave(name, text) {
        Ok(path) => session
            .messages
            .warn(&format!("your text is still at {} (in memory, until the machine restarts)", path.display())),
        Err(_) => session.messages.warn("your text could not be kept"),
    }
}

type Known = (Vec<Confidential>, Option<Confidential>);

/// Open items and the last plan, when the client's notes can be opened.
fn known_before(session: &Session, code: &ClientCode) -> Result<Option<Known>, Failure> {
    let Ok(files) = unlock::identity_files(session) else { return Ok(None) };
    let can_ask = terminal::can_ask() || unlock::given(session)?.is_some();
    if unlock::needs_passphrase(&files)? && !can_ask {
        return Ok(None);
    }
    let publisher = session.read(Scope::client(code.clone()), Today::Local)?;
    Ok(publisher.casebook().client(code).map(|file| (open_items(file), last_plan(file))))
}

fn open_items(file: &CaseFile) -> Vec<Confidential> {
    let lines = file.open_items.iter().filter_map(|item| item.task(&file.notes)).map(|task| {
        let owner = match task.owner {
            Owner::Unsaid => String::new(),
            owner => format!("{}: ", owner.word()),
        };
        Confidential::new(format!("- [ ] {owner}{}", task.text.reveal()))
    });
    lines.collect()
}

/// The newest plan callout, or the newest session's `plan`.
fn last_plan(file: &CaseFile) -> Option<Confidential> {
    file.notes.iter().rev().find_map(|note| {
        let callout = note.callouts.iter().rev().find(|callout| callout.kind == CalloutKind::Plan);
        let plan = callout.map(|callout| &callout.text).or_else(|| note.session()?.plan.as_ref());
        plan.map(|plan| Confidential::new(plan.reveal()))
    })
}

/// The editor: `--editor`, `config.toml`, `$VISUAL`, `$EDITOR`, `vi`.
pub(super) fn editor(session: &Session, given: Option<&str>) -> Result<Editor, Failure> {
    Editor::parse(&editor_command(session, given)?).map_err(|fault| Failure::usage(fault.to_string()))
}

/// The editor's command as it was set.
pub(super) fn editor_command(session: &Session, given: Option<&str>) -> Result<String, Failure> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let configured = session.config()?.editor.clone();
    let command = given.map(str::to_owned).or(configured).or_else(|| set("VISUAL")).or_else(|| set("EDITOR"));
    Ok(command.unwrap_or_else(|| "vi".to_owned()))
}
