//! The search for copies that an editor left: files changed since it was opened, in known places.
//!
//! In go places and needles (a note's marker, the random part of its file's name); out comes a report. It says what was
//! found where, and never that there is nothing elsewhere. Files are only read.

use super::Marker;
use super::leak_places::{Depth, LeakPlace};
use std::collections::{BTreeSet, VecDeque};
use std::fs::{File, Metadata};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// Levels of a place whose upper part is searched.
const UPPER_LEVELS: usize = 4;

/// Levels of any place: a guard against trees without an end.
const ALL_LEVELS: usize = 16;

/// Entries looked at in one place. Homes with more have caches and libraries of code in them, which come last.
const ENTRIES: usize = 100_000;

/// Bytes read in all. Only files changed meanwhile are read, so this is reached by downloads and disk images.
const BYTES: u64 = 512 * 1024 * 1024;

/// Coarse clocks and file systems put a change this much too early at most.
const SLACK: Duration = Duration::from_secs(2);

const CHUNK: usize = 1024 * 1024;

/// Folders that hold other people's code by the ten thousand.
const SKIPPED: [&str; 5] = ["node_modules", ".git", ".cargo", ".rustup", "site-packages"];

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Needle {
    plain: Vec<u8>,
    wide: Vec<u8>,
    trace: Trace,
}

/// What a copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// The note, or part of it.
    Text,
    /// Whatever an editor keeps under the name of the note's file, often words of it: undo, swap, drafts.
    Called,
    /// The name of the note's file: a client's code and a date.
    Mention,
}

/// One file that should not be there.
#[derive(Debug, PartialEq, Eq)]
pub struct Leak {
    /// The file.
    pub path: PathBuf,
    /// What is in it.
    pub trace: Trace,
    /// Which place it was found in.
    pub place: String,
    /// How to keep it from coming again.
    pub advice: &'static str,
}

/// What a search found.
#[derive(Debug, Default)]
pub struct LeakReport {
    /// Files, sorted by path.
    pub leaks: Vec<Leak>,
    /// How many places were searched.
    pub places: usize,
    /// Places that were too large to be searched to their end.
    pub cut_short: Vec<String>,
}

impl Needle {
    /// The marker in a note's text.
    pub fn text(marker: &Marker) -> Self {
        Self::of(marker.word(), Trace::Text)
    }

    /// The random part of a file's name.
    pub fn name(random: &str) -> Self {
        Self::of(random, Trace::Mention)
    }

    fn of(word: &str, trace: Trace) -> Self {
        // Programs keep text in both spellings.
        Self { plain: word.as_bytes().to_vec(), wide: word.encode_utf16().flat_map(u16::to_le_bytes).collect(), trace }
    }
}

impl LeakReport {
    /// The result in one line.
    pub fn sentence(&self) -> String {
        let found = match self.leaks.len() {
            0 => "none".to_owned(),
            some => some.to_string(),
        };
        let mut sentence =
            format!("Looked for copies the editor may have left: {found} in {} known places.", self.places);
        if !self.cut_short.is_empty() {
            sentence.push_str(&format!(
                " Not all of it was looked at: there is too much in {}.",
                self.cut_short.join(", ")
            ));
        }
        sentence
    }
}

impl Leak {
    /// What it is and what to do, in one sentence.
    pub fn sentence(&self) -> String {
        let what = match self.trace {
            Trace::Text => "holds a copy of the note",
            Trace::Called => "is named after the note's file and may hold words of it",
            Trace::Mention => "names the note's file",
        };
        format!("{} {what} ({}); remove it, and {}", self.path.display(), self.place, self.advice)
    }
}

/// Searches places for needles in what changed since a moment.
pub fn search(places: &[LeakPlace], needles: &[Needle], since: SystemTime) -> LeakReport {
    search_except(places, needles, since, &[])
}

/// The same, without folders in which the note is meant to be.
pub fn search_except(places: &[LeakPlace], needles: &[Needle], since: SystemTime, except: &[&Path]) -> LeakReport {
    let since = since.checked_sub(SLACK).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut search = Search { needles, since, except, seen: BTreeSet::new(), bytes: BYTES, found: Vec::new() };
    let mut report = LeakReport { places: places.len(), ..LeakReport::default() };
    for place in places {
        if !search.place(place) {
            report.cut_short.push(place.path.display().to_string());
        }
    }
    report.leaks = search.found;
    report.leaks.sort_by(|a, b| a.path.cmp(&b.path));
    report
}

struct Search<'a> {
    needles: &'a [Needle],
    since: SystemTime,
    except: &'a [&'a Path],
    /// Files and folders by device and number: places lie within one another.
    seen: BTreeSet<(u64, u64)>,
    bytes: u64,
    found: Vec<Leak>,
}

impl Search<'_> {
    /// Searches one place, upper levels first. False when it is too large.
    fn place(&mut self, place: &LeakPlace) -> bool {
        // The place itself may be a link, as those who keep their settings elsewhere have it; below, none is followed.
        let Ok(root) = place.path.canonicalize() else { return true };
        let mut entries = 0;
        let mut waiting = VecDeque::from([(root, 0)]);
        while let Some((path, level)) = waiting.pop_front() {
            let Ok(metadata) = std::fs::symlink_metadata(&path) else { continue };
            if self.except.iter().any(|folder| path.starts_with(folder)) {
                continue;
            }
            if metadata.is_dir() {
                if !self.is_searched(place.depth, &path, level) {
                    continue;
                }
                self.note_name(place, &path, level);
                let below = std::fs::read_dir(&path).into_iter().flatten().flatten();
                waiting.extend(below.map(|entry| (entry.path(), level + 1)));
            } else if !self.file(place, &path, &metadata) {
                return false;
            }
            entries += 1;
            if entries > ENTRIES {
                return false;
            }
        }
        true
    }

    fn is_searched(&self, depth: Depth, folder: &Path, level: usize) -> bool {
        let skipped = folder.file_name().is_some_and(|name| SKIPPED.iter().any(|skipped| name == *skipped));
        let levels = if depth == Depth::Whole || folder.iter().any(|part| tells_of_copies(&part.to_string_lossy())) {
            ALL_LEVELS
        } else {
            UPPER_LEVELS
        };
        level == 0 || (!skipped && level <= levels)
    }

    /// Looks at a file. False when no more may be read.
    fn file(&mut self, place: &LeakPlace, path: &Path, metadata: &Metadata) -> bool {
        if !self.seen.insert((metadata.dev(), metadata.ino())) {
            return true;
        }
        let named = self.note_name(place, path, 1);
        if !metadata.is_file() || !self.is_fresh(metadata) {
            return true;
        }
        if metadata.len() > self.bytes {
            return false;
        }
        self.bytes -= metadata.len();
        let inside = self.trace_in(path);
        if named && inside == Some(Trace::Text) {
            self.found.retain(|leak| leak.path != path);
        }
        if let Some(trace) = inside.filter(|trace| !named || *trace == Trace::Text) {
            self.found.push(leak(place, path, trace));
        }
        true
    }

    /// Whether an entry's own name holds a needle; then it is noted. Such a name is this run's, however old it looks.
    fn note_name(&mut self, place: &LeakPlace, path: &Path, level: usize) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let named = level > 0 && self.needles.iter().any(|needle| holds(name.as_bytes(), &needle.plain));
        if named && !self.found.iter().any(|leak| leak.path == path) {
            self.found.push(leak(place, path, Trace::Called));
        }
        named
    }

    /// Changed since, by either clock: a backup may carry the times of the file it was made from.
    fn is_fresh(&self, metadata: &Metadata) -> bool {
        let changed = Duration::from_secs(metadata.ctime().unsigned_abs());
        let changed = SystemTime::UNIX_EPOCH + changed + Duration::from_secs(1);
        changed >= self.since || metadata.modified().is_ok_and(|at| at >= self.since)
    }

    /// Reads a file piece by piece, each with the end of the one before.
    fn trace_in(&self, path: &Path) -> Option<Trace> {
        let overlap = self.needles.iter().map(|needle| needle.wide.len()).max()?.saturating_sub(1);
        let mut file = File::open(path).ok()?;
        // What other programs left may be words of a note.
        let mut buffer = Zeroizing::new(vec![0u8; CHUNK + overlap]);
        let (mut kept, mut found) = (0, None);
        loop {
            let read = match file.read(buffer.get_mut(kept..)?) {
                Ok(0) => return found,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => return found,
            };
            let filled = kept + read;
            let part = buffer.get(..filled)?;
            let hits = self.needles.iter().filter(|n| holds(part, &n.plain) || holds(part, &n.wide));
            found = hits.map(|needle| needle.trace).chain(found).min();
            if found == Some(Trace::Text) {
                return found;
            }
            let from = filled.saturating_sub(overlap);
            buffer.copy_within(from..filled, 0);
            kept = filled - from;
        }
    }
}

fn leak(place: &LeakPlace, path: &Path, trace: Trace) -> Leak {
    Leak { path: path.to_owned(), trace, place: place.name.clone(), advice: place.advice }
}

/// Folders that keep copies, wherever they lie.
fn tells_of_copies(name: &str) -> bool {
    let name = name.to_lowercase();
    ["backup", "undo", "swap", "history", "autosave", "auto-save"].iter().any(|part| name.contains(part))
        || name.starts_with(".vim")
        || name == ".obsidian"
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return false };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = &rest[at..];
        if rest.starts_with(needle) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use std::fs;

    fn place(path: &Path, depth: Depth) -> LeakPlace {
        LeakPlace { name: "a place".to_owned(), path: path.to_owned(), depth, advice: "mend it" }
    }

    fn found(folder: &Path, depth: Depth, needles: &[Needle]) -> Vec<(String, Trace)> {
        let report = search(&[place(folder, depth)], needles, SystemTime::now());
        let folder = folder.canonicalize().unwrap();
        let short = |leak: &Leak| leak.path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        report.leaks.iter().map(|leak| (short(leak), leak.trace)).collect()
    }

    #[test]
    fn text_in_either_spelling_and_names_are_found_across_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let marker = Marker::random();
        let needles = [Needle::text(&marker), Needle::name("k7m2x9q4")];
        let mut long = vec![b'x'; CHUNK - 7];
        long.extend(marker.word().bytes());
        fs::write(folder.path().join("across"), &long).unwrap();
        let wide: Vec<u8> = marker.word().encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(folder.path().join("wide"), &wide).unwrap();
        fs::write(folder.path().join("a7-k7m2x9q4.md"), "nothing").unwrap();
        fs::write(folder.path().join("both-k7m2x9q4"), marker.word()).unwrap();
        fs::write(folder.path().join("list"), "file:///dev/shm/a7-k7m2x9q4.md").unwrap();
        fs::write(folder.path().join("harmless"), "nothing").unwrap();
        let expected = [
            ("a7-k7m2x9q4.md", Trace::Called),
            ("across", Trace::Text),
            ("both-k7m2x9q4", Trace::Text),
            ("list", Trace::Mention),
            ("wide", Trace::Text),
        ];
        let found = found(folder.path(), Depth::Whole, &needles);
        assert_eq!(found, expected.map(|(path, trace)| (path.to_owned(), trace)));
    }

    #[test]
    fn upper_levels_are_searched_and_folders_of_copies_to_their_ends() {
        let folder = tempfile::tempdir().unwrap();
        let marker = Marker::random();
        for deep in ["a/b/c/d", "a/b/c/d/e", "a/my-backups/c/d/e/f", "node_modules"] {
            fs::create_dir_all(folder.path().join(deep)).unwrap();
            fs::write(folder.path().join(deep).join("copy"), marker.word()).unwrap();
        }
        let paths: Vec<String> =
            found(folder.path(), Depth::Upper, &[Needle::text(&marker)]).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["a/b/c/d/copy", "a/my-backups/c/d/e/f/copy"]);
    }

    #[test]
    fn the_result_names_how_many_places_and_never_says_that_all_is_well() {
        let report = LeakReport { places: 37, ..LeakReport::default() };
        assert_eq!(report.sentence(), "Looked for copies the editor may have left: none in 37 known places.");
        let cut = LeakReport { places: 37, cut_short: vec!["/home/u".to_owned()], ..LeakReport::default() };
        assert!(cut.sentence().contains("too much in /home/u"));
    }
}
