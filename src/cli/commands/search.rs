//! `search`: notes that hold words, phrases and marks, with some words around each.

use super::list::{heading, report_unreadable};
use crate::casebook::search::{Hit, Order, QueryFault, Search, snippets};
use crate::cli::Exit;
use crate::cli::failure::Failure;
use crate::cli::filters::Filters;
use crate::cli::json::FoundNote;
use crate::cli::options::TodayOption;
use crate::cli::session::Session;
use crate::cli::unlock;
use clap::Args;
use std::io::Read;
use zeroize::Zeroizing;

/// Snippets of one note.
const SNIPPETS: usize = 3;
/// Longest query read from standard input.
const LONGEST: u64 = 64 * 1024;

/// What is looked for, and how it is shown.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// What to look for; `-` reads it from standard input, so that it stays out of the shell's history
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Oldest first
    #[arg(long)]
    oldest: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    today: TodayOption,
}

/// Searches.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let query = query(session, &arguments.query)?;
    let search = Search::parse(&query).map_err(|fault| refused(&fault))?;
    let today = session.today(arguments.today.today.as_deref())?;
    let filters = arguments.filters.query(session, search.client().cloned(), today.day())?;
    let publisher = session.read_client(search.client(), false, today)?;
    let order = if arguments.oldest { Order::Oldest } else { Order::Newest };
    let hits = search.run(publisher.casebook(), &filters, order);
    if arguments.json {
        let found: Vec<FoundNote> =
            hits.iter().map(|hit| FoundNote::of(hit, lines(&search, hit, |word| format!("«{word}»")))).collect();
        session.output.json(&found)?;
    } else {
        let mut text = String::new();
        for hit in &hits {
            text.push_str(&format!("{}  {}\n", hit.note.id, heading(hit.note, &publisher, session).join("  ")));
            for line in lines(&search, hit, |word| session.output.found(word)) {
                text.push_str(&format!("    {line}\n"));
            }
        }
        session.output.styled(&text)?;
    }
    if hits.is_empty() {
        session.messages.say("No notes fit.");
    }
    Ok(report_unreadable(session, &publisher))
}

/// The query as typed, or from standard input.
fn query(session: &Session, typed: &[String]) -> Result<Zeroizing<String>, Failure> {
    if typed != ["-"] {
        return Ok(Zeroizing::new(typed.join(" ")));
    }
    unlock::refuse_both(session, "the query")?;
    let mut query = Zeroizing::new(String::new());
    std::io::stdin().lock().take(LONGEST).read_to_string(&mut query).map_err(|cause| {
        Failure::new(Exit::InputOutput, format!("cannot read the query from standard input: {cause}"))
    })?;
    Ok(query)
}

fn refused(fault: &QueryFault) -> Failure {
    Failure::usage(format!("cannot read the query {fault}")).hint(fault.hint)
}

fn lines(search: &Search, hit: &Hit<'_>, mark: impl Fn(&str) -> String) -> Vec<String> {
    snippets(search, hit.note, SNIPPETS).iter().map(|snippet| snippet.line(hit.note, &mark)).collect()
}
