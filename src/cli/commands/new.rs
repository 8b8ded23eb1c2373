//! `new`: a new note in the editor, or from standard input.

use super::client_code;
use crate::cli::editing::{Editing, EditorOptions, Laid, Outcome};
use crate::cli::failure::Failure;
use crate::cli::prefill::{Known, known_before};
use crate::cli::session::Session;
use crate::cli::{Exit, terminal, unlock};
use crate::domain::{ClientCode, Confidential, Kind, NoteDate, NoteFormat, NoteId};
use crate::keeping::{NewNote, shelf_for};
use crate::notes::{Draft, draft};
use crate::publish::Today;
use crate::vault::{Shelf, Vault};
use chrono::NaiveDate;
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
    #[command(flatten)]
    editor: EditorOptions,
    /// Take a body or a whole note from standard input
    #[arg(long)]
    from_stdin: bool,
    /// Set a key of the front matter; may be given again
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Write a process note about the same session beside it, each in a file of its own
    #[arg(long, conflicts_with = "from_stdin")]
    with_process: bool,
}

/// Larger texts are not notes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Writes a note.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    if arguments.from_stdin {
        unlock::refuse_both(session, "the note")?;
    }
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
    in_editor(session, &vault, &arguments, &note, today)
}

/// What the flags mean.
fn meant(session: &Session, arguments: &Arguments, today: NaiveDate) -> Result<NewNote, Failure> {
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

/// Seals a text and prints its id. Needs no private key.
pub(super) fn keep(
    session: &Session,
    vault: &Vault,
    note: &NewNote,
    text: &[u8],
    today: NaiveDate,
) -> Result<Exit, Failure> {
    let mut prepared = note.prepare(vault, text, today)?;
    let other_client = prepared.other_client.take();
    let lock = session.lock(vault)?;
    let id = prepared.keep(vault, &lock)?;
    session.warn_of_other_client(id, other_client.as_ref());
    session.output.text(&format!("{id}\n"))?;
    Ok(Exit::Done)
}

fn in_editor(
    session: &Session,
    vault: &Vault,
    arguments: &Arguments,
    note: &NewNote,
    today: NaiveDate,
) -> Result<Exit, Failure> {
    let mut laid = vec![beginning(session, arguments, note, today)?];
    if arguments.with_process {
        laid.push(beginning_of_process(note, today)?);
    }
    let begun: Vec<Option<Shelf>> = laid.iter().map(|laid| laid.shelf.clone()).collect();
    // What the user changed in the text wins over the flags it began with.
    let typed = NewNote { client: note.client.clone(), ..NewNote::default() };
    Editing::begin(session, vault, None, &arguments.editor)?.carry_out(laid, |editing, outcomes| {
        let (mut ids, mut result) = (String::new(), Ok(Exit::Done));
        for (at, (outcome, begun)) in outcomes.into_iter().zip(&begun).enumerate() {
            match outcome {
                Outcome::Keep(text) => {
                    match seal(session, editing, vault, (&typed, &text), (at, begun.as_ref(), today)) {
                        Ok(id) => ids.push_str(&format!("{id}\n")),
                        Err(failure) => {
                            editing.leave();
                            result = Err(failure);
                            break;
                        }
                    }
                    editing.sealed(at)?;
                }
                Outcome::Gone => {
                    session.messages.warn("the editor took the file away");
                    result = Ok(Exit::Problems);
                }
                Outcome::Unchanged | Outcome::Empty | Outcome::Discarded => {}
            }
        }
        if ids.is_empty() && result.is_ok() {
            session.messages.say("Nothing was written, so nothing is kept.");
        }
        // Last: a terminal that was closed takes no more, and that must not stand between sealing and wiping.
        let printed = session.output.text(&ids);
        result.and_then(|exit| printed.map(|()| exit))
    })
}

/// Seals one text. A class it was begun in stays.
fn seal(
    session: &Session,
    editing: &Editing<'_>,
    vault: &Vault,
    (note, text): (&NewNote, &Confidential),
    (at, begun, today): (usize, Option<&Shelf>, NaiveDate),
) -> Result<NoteId, Failure> {
    let prepared = note.prepare(vault, text.reveal().as_bytes(), today)?.staying_on(begun);
    let lock = session.lock(vault)?;
    editing.about_to_become(at, prepared.id, text);
    Ok(prepared.keep(vault, &lock)?)
}

/// The text that the note begins with, and where it belongs.
fn beginning(session: &Session, arguments: &Arguments, note: &NewNote, today: NaiveDate) -> Result<Laid, Failure> {
    let kind = note.kind.clone().unwrap_or(Kind::Session);
    let known = match &note.client {
        Some(code) if kind == Kind::Session => known_before(session, code)?,
        _ => Known::default(),
    };
    let text = draft(&Draft {
        client: note.client.as_ref(),
        kind: Some(&kind),
        date: note.date.clone().unwrap_or_else(|| today.to_string()),
        format: arguments.format.as_deref().map(note_format).transpose()?,
        keys: note.keys.iter().filter(|(key, _)| key != "format").cloned().collect(),
        open_items: known.open_items,
        last_plan: known.last_plan,
    });
    Ok(laid(note, &kind, text, today))
}

/// A process note about the same session: a file of its own, sealed to a key of its own.
fn beginning_of_process(note: &NewNote, today: NaiveDate) -> Result<Laid, Failure> {
    let of_session = note.kind.as_ref().is_none_or(|kind| *kind == Kind::Session);
    if note.client.is_none() || !of_session {
        return Err(Failure::usage("cannot begin a process note: --with-process goes with a client's session"));
    }
    let date = note.date.clone().unwrap_or_else(|| today.to_string());
    let text = draft(&Draft { client: note.client.as_ref(), kind: Some(&Kind::Process), date, ..Draft::default() });
    Ok(laid(note, &Kind::Process, text, today))
}

fn laid(note: &NewNote, kind: &Kind, text: Confidential, today: NaiveDate) -> Laid {
    let day = note.date.as_deref().and_then(|date| NoteDate::parse(date).ok()).map_or(today, |date| date.day);
    let client = note.client.as_ref().map_or("practice", ClientCode::as_str);
    let class = if *kind == Kind::Process { "-process" } else { "" };
    Laid {
        name: format!("{client}-{day}{class}"),
        text,
        // Its own comes when it is sealed; the text carries none yet.
        id: NoteId::from_bits([0; 8]),
        client: note.client.clone(),
        // Kind and client that do not go together are refused when the note is sealed, after it could be mended.
        shelf: shelf_for(kind, note.client.as_ref()).ok(),
    }
}
