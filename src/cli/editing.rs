//! Writing in an editor, from laying the text out to wiping it: what `new` and `edit` share.
//!
//! In go texts and the editor's command; out come texts to seal. No signal ends the program in between, every way out
//! empties the folder, and what could not be sealed stays there for the user and the next run.

use super::failure::Failure;
use super::session::Session;
use super::{Exit, terminal};
use crate::domain::{Class, ClientCode, Confidential, NoteId, Problem, Severity};
use crate::keeping::{OtherClient, Recovered, Sheet, Workbench, holds_text, recover};
use crate::machine::editor_family::Runs;
use crate::machine::leak_search::{LeakReport, Needle};
use crate::machine::{AT_ONCE, Editor, EditorFault, Sitting, is_named};
use crate::notes::{self, Source};
use crate::publish::Today;
use crate::vault::{OpenVault, Shelf, Vault};
use std::cell::Cell;
use std::io::IsTerminal;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::time::{Instant, SystemTime};

/// What to do with one text.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is as it was.
    Unchanged,
    /// There is nothing in it any more.
    Empty,
    /// The editor took its file away.
    Gone,
    /// The user let go of it.
    Discarded,
    /// It is to be sealed.
    Keep(Confidential),
}

/// What is known about a text that is laid out.
#[derive(Debug)]
pub(super) struct Laid {
    /// The beginning of the file's name.
    pub(super) name: String,
    pub(super) text: Confidential,
    pub(super) id: NoteId,
    pub(super) client: Option<ClientCode>,
    /// Where it belongs, if that is known before it is written.
    pub(super) shelf: Option<Shelf>,
}

/// How a command's text is written.
#[derive(Debug, Default, clap::Args)]
pub(super) struct EditorOptions {
    /// The editor's command [default: config.toml, $VISUAL, $EDITOR, vi]
    #[arg(long, value_name = "CMD")]
    pub(super) editor: Option<String>,
    /// Write on a disk where no folder is held in memory; a disk keeps traces
    #[arg(long)]
    pub(super) allow_disk: bool,
}

/// One sitting at the editor.
pub(super) struct Editing<'a> {
    session: &'a Session,
    vault: &'a Vault,
    opened: Option<&'a OpenVault>,
    editor: Editor,
    bench: Workbench,
    sitting: Sitting,
    sheets: Vec<(Sheet, NoteId, Option<ClientCode>)>,
    since: SystemTime,
    /// Something could not be sealed, so the folder must stay.
    stays: Cell<bool>,
    crashed: Cell<bool>,
}

impl<'a> Editing<'a> {
    /// Makes the folder and seals what a killed run left. `opened` is the same vault opened, where it is.
    pub(super) fn begin(
        session: &'a Session,
        vault: &'a Vault,
        opened: Option<&'a OpenVault>,
        options: &EditorOptions,
    ) -> Result<Self, Failure> {
        let editor = editor(session, options.editor.as_deref())?;
        let bench = session.workbench(vault, opened, options.allow_disk)?;
        if bench.is_on_disk() {
            session.messages.warn("the text is on a disk while you write, and a disk keeps traces of what was on it");
        }
        let sitting = Sitting::begin()
            .map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot note signals: {cause}")))?;
        let (stays, crashed) = (Cell::new(false), Cell::new(false));
        Ok(Self {
            session,
            vault,
            opened,
            editor,
            bench,
            sitting,
            sheets: Vec::new(),
            since: SystemTime::now(),
            stays,
            crashed,
        })
    }

    /// Lays the texts out, lets the user write, and does with what they wrote as `keep` says. Cleans up in any case.
    pub(super) fn carry_out(
        mut self,
        laid: Vec<Laid>,
        keep: impl FnOnce(&Self, Vec<Outcome>) -> Result<Exit, Failure>,
    ) -> Result<Exit, Failure> {
        let result = self.lay(laid).and_then(|()| self.write()).and_then(|outcomes| keep(&self, outcomes));
        self.end(result)
    }

    fn lay(&mut self, laid: Vec<Laid>) -> Result<(), Failure> {
        for one in laid {
            self.sheets.push((self.bench.lay(&one.name, one.text, one.shelf)?, one.id, one.client));
        }
        Ok(())
    }

    /// A text is sealed: its file goes before anything else is done. Where it will not go, the folder stays for the next
    /// run, and so does every text in it that is not sealed yet.
    pub(super) fn sealed(&self, at: usize) -> Result<(), Failure> {
        let cleared = self.sheets.get(at).map_or(Ok(()), |(sheet, ..)| sheet.clear());
        Ok(cleared.inspect_err(|_| self.leave())?)
    }

    /// A text is about to be sealed as a new note of this id.
    pub(super) fn about_to_become(&self, at: usize, id: NoteId, text: &Confidential) {
        if let Some((sheet, ..)) = self.sheets.get(at) {
            sheet.about_to_become(id, text);
        }
    }

    /// A text could not be sealed: it stays where it is.
    pub(super) fn leave(&self) {
        self.stays.set(true);
    }

    /// Lets the user write until there is nothing to mend, or nobody wants to.
    fn write(&self) -> Result<Vec<Outcome>, Failure> {
        self.open()?;
        loop {
            let mut outcomes = Vec::new();
            for (sheet, id, client) in &self.sheets {
                match self.outcome(sheet, *id, client.as_ref())? {
                    Some(outcome) => outcomes.push(outcome),
                    None => break,
                }
            }
            if outcomes.len() == self.sheets.len() {
                return Ok(outcomes);
            }
            if let Err(failure) = self.open() {
                // The text of the round before is still there, and the question comes again.
                self.session.messages.failure(&failure);
            }
        }
    }

    /// What to do with a sheet; none when the user wants to go on writing.
    fn outcome(&self, sheet: &Sheet, id: NoteId, client: Option<&ClientCode>) -> Result<Option<Outcome>, Failure> {
        if !sheet.is_there() {
            return Ok(Some(Outcome::Gone));
        }
        let written = sheet.written().inspect_err(|_| self.leave())?;
        if sheet.began_with(&written.text) {
            return Ok(Some(Outcome::Unchanged));
        }
        if written.text.reveal().trim().is_empty() {
            return Ok(Some(Outcome::Empty));
        }
        let class = sheet.shelf().map_or(Class::Record, Shelf::class);
        let source = Source { id, class, client, file_name: None, written: Today::Local.day() };
        // Read as the editor showed it, so that line numbers are those that the user saw.
        let mut problems = notes::read(&written.seen, &source).problems;
        problems.retain(|problem| problem.severity != Severity::Info);
        for problem in &problems {
            self.session.messages.warn(&sentence(problem));
        }
        if problems.is_empty() || !terminal::can_ask() || self.sitting.is_interrupted() {
            return Ok(Some(Outcome::Keep(written.text)));
        }
        match self.ask("e edit again, s seal anyway, d discard [e]").as_deref() {
            Some("" | "e") => Ok(None),
            Some("d") if self.is_yes("Discard what you wrote?") => Ok(Some(Outcome::Discarded)),
            // Somebody who closed the terminal at that question is not there to go on writing.
            Some("d") if !self.sitting.is_interrupted() => Ok(None),
            _ => Ok(Some(Outcome::Keep(written.text))),
        }
    }

    /// Runs the editor until the writing has ended.
    fn open(&self) -> Result<(), Failure> {
        let files: Vec<PathBuf> = self.sheets.iter().map(|(sheet, ..)| sheet.path().to_owned()).collect();
        let workshop = self.bench.workshop()?;
        let command = self.editor.command(&files, &workshop);
        let mut command = command.map_err(|cause| Failure::file("write to", &workshop, &cause))?;
        give_terminal(&mut command);
        let started = Instant::now();
        let program = || self.editor.program().to_owned();
        let status = self
            .sitting
            .run(&mut command)
            .map_err(|cause| crate::keeping::Error::Editor(EditorFault::Start { program: program(), cause }))?;
        if self.sitting.is_interrupted() {
            return Ok(());
        }
        if !status.success() {
            return self.failed(status);
        }
        if started.elapsed() < AT_ONCE && !self.editor.runs_in_terminal() && !self.is_changed() {
            self.came_back_at_once(&files);
        }
        Ok(())
    }

    /// The editor ended with a failure. What it had saved is kept all the same: only a user who says no, after an editor
    /// that may have been told to fail (`:cq`), lets go of it. No answer is none, and one that crashed had no say in it.
    fn failed(&self, status: ExitStatus) -> Result<(), Failure> {
        let program = self.editor.program();
        let failed = || EditorFault::Failed { program: program.to_owned(), status };
        if !self.is_changed() {
            return Err(crate::keeping::Error::Editor(failed()).into());
        }
        let crashed = status.signal().is_some() || status.code().is_some_and(|code| code > 128);
        if !crashed && terminal::can_ask() {
            let question = format!("The editor `{program}` ended with {status}. Keep what it had saved? [Y/n]");
            match self.ask(&question) {
                Some(answer) if answer.starts_with('n') => {
                    return Err(crate::keeping::Error::Editor(failed()).into());
                }
                Some(_) => return Ok(()),
                None => {}
            }
        }
        self.session.messages.warn(&format!("the editor `{program}` ended with {status}; what it had saved is kept"));
        self.crashed.set(true);
        Ok(())
    }

    /// The command came back before anybody can have written: the editor may have gone on without it.
    fn came_back_at_once(&self, files: &[PathBuf]) {
        let named = || files.iter().any(|file| is_named(file));
        if named() {
            self.session.messages.say("The editor went on in the background; waiting until it is done.");
            self.sitting.wait_while(named);
        } else if terminal::can_ask() {
            let _ = self.ask("The editor came back at once. Press Enter when you are done writing.");
        } else {
            let text = "The editor came back at once and changed nothing. What is typed later would not be kept.";
            self.session.messages.say(text);
        }
    }

    fn is_changed(&self) -> bool {
        let changed = |sheet: &Sheet| sheet.written().is_ok_and(|written| !sheet.began_with(&written.text));
        self.sheets.iter().any(|(sheet, ..)| changed(sheet))
    }

    /// An answer in lower case; none when a signal came first or the terminal is gone.
    fn ask(&self, question: &str) -> Option<String> {
        let question = question.to_owned();
        let answer = self.sitting.or_interrupted(move || terminal::ask(&question));
        answer?.ok().map(|answer| answer.to_lowercase())
    }

    fn is_yes(&self, question: &str) -> bool {
        self.ask(&format!("{question} [y/N]")).is_some_and(|answer| answer.starts_with('y'))
    }

    /// Wipes the folder, or leaves it and says where, looks for copies, and gives the exit code.
    fn end(self, result: Result<Exit, Failure>) -> Result<Exit, Failure> {
        let mut stays = self.stays.get();
        if !stays {
            for (sheet, ..) in &self.sheets {
                sheet.clear()?;
            }
            stays = !self.seal_strays();
        }
        if !stays {
            // Before the search, which may take a while; what cannot be removed now is removed with the folder.
            let _ = self.bench.folder().empty();
        }
        let on_disk = self.bench.is_on_disk();
        let (interrupted, crashed) = (self.sitting.is_interrupted(), self.crashed.get());
        let report = self.look_for_copies();
        let Self { session, bench, .. } = self;
        if stays {
            let path = bench.leave();
            let until = if on_disk { "" } else { ", and it is gone when the machine restarts" };
            let path = path.display();
            session
                .messages
                .warn(&format!("your text is still in {path}; the next `throughline new` or `edit` seals it{until}"));
        }
        match result {
            _ if interrupted => Ok(Exit::Interrupted),
            Ok(Exit::Done) if crashed || !report.leaks.is_empty() => Ok(Exit::Problems),
            other => other,
        }
    }

    /// Looks for the sheets' markers and names.
    fn look_for_copies(&self) -> LeakReport {
        let needles = |(sheet, ..): &(Sheet, NoteId, Option<ClientCode>)| {
            [Needle::text(sheet.marker()), Needle::name(sheet.random())]
        };
        let needles: Vec<Needle> = self.sheets.iter().flat_map(needles).collect();
        self.session.look_for_copies(self.vault.root(), &needles, self.since, self.bench.base())
    }

    /// Texts that the editor put beside the sheets, such as nano's emergency copy when its terminal was closed.
    fn seal_strays(&self) -> bool {
        if !holds_text(self.bench.folder()) {
            return true;
        }
        let Ok(lock) = self.session.lock(self.vault) else { return false };
        let found = recover(self.vault, self.opened, &lock, self.bench.folder(), Today::Local.day());
        self.session.report_recovered(&found, "what the editor left beside the note")
    }
}

impl Session {
    /// Says that a note which was just sealed names another client than the one it went to.
    pub(super) fn warn_of_other_client(&self, note: NoteId, other: Option<&OtherClient>) {
        if let Some(other) = other {
            self.messages.warn(&other.about(note));
        }
    }

    /// Says what became of recovered texts, and whether all are sealed.
    pub(super) fn report_recovered(&self, found: &[Recovered], what: &str) -> bool {
        for one in found {
            match one {
                Recovered::Sealed(id, other) => {
                    self.messages.say(&format!("note: {what} was sealed as {id}"));
                    self.warn_of_other_client(*id, other.as_ref());
                }
                Recovered::Stays(path, error) => {
                    self.messages.warn(&format!("{what} could not be sealed ({error}); it is at {}", path.display()));
                }
            }
        }
        found.iter().all(|one| matches!(one, Recovered::Sealed(..)))
    }
}

/// The editor's command as it was set: `--editor`, `config.toml`, `$VISUAL`, `$EDITOR`, `vi`.
pub(super) fn editor_command(session: &Session, given: Option<&str>) -> Result<String, Failure> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let configured = session.config()?.editor.clone();
    let command = given.map(str::to_owned).or(configured).or_else(|| set("VISUAL")).or_else(|| set("EDITOR"));
    Ok(command.unwrap_or_else(|| "vi".to_owned()))
}

/// The editor: `--editor`, `config.toml`, `$VISUAL`, `$EDITOR`, `vi`.
fn editor(session: &Session, given: Option<&str>) -> Result<Editor, Failure> {
    let command = editor_command(session, given)?;
    let search: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let editor = Editor::parse(&command, &search).map_err(|fault| Failure::usage(fault.to_string()))?;
    match editor.family() {
        Some(family) if family.runs == Runs::NotForOneFile => {
            let failure = Failure::usage(format!("cannot write in {}: it opens no single file", family.name));
            Err(failure.hint(family.advice.unwrap_or("choose another editor")))
        }
        _ => Ok(editor),
    }
}

/// An editor in the terminal needs it, also where standard output goes to a file: `id=$(throughline new a7)`.
fn give_terminal(command: &mut Command) {
    if !terminal::can_ask() {
        return;
    }
    let tty = || std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty");
    if let (false, Ok(tty)) = (std::io::stdout().is_terminal(), tty()) {
        command.stdout(tty);
    }
    if let (false, Ok(tty)) = (std::io::stdin().is_terminal(), tty()) {
        command.stdin(tty);
    }
}

/// A problem in one line, without words of the note.
fn sentence(problem: &Problem) -> String {
    let place = problem.place.map(|place| format!("line {}, column {}: ", place.line, place.column));
    let fix = problem.fix.as_ref().map(|fix| format!("; {fix}"));
    format!("{}{}{}", place.unwrap_or_default(), problem.message, fix.unwrap_or_default())
}
