//! `--help` in four groups, so that a new user sees first what is used every day.

use clap::Command;
use std::fmt::Write;

/// Commands by group; a command in no group is hidden or comes last.
const GROUPS: [(&str, &[&str]); 4] = [
    ("Every day", &["open", "new", "missed", "prepare"]),
    (
        "Sometimes",
        &[
            "init", "demo", "client", "edit", "show", "history", "rm", "desk", "seal", "list", "search", "patterns",
            "serve", "import", "check",
        ],
    ),
    ("Keys and safety", &[]),
    ("Repair", &["doctor"]),
];

/// The command with its subcommands listed by group.
pub(super) fn grouped(command: Command) -> Command {
    let mut list = String::new();
    for (group, names) in GROUPS {
        let rows: Vec<_> = names.iter().filter_map(|name| command.find_subcommand(name)).collect();
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(list, "{group}:");
        for row in rows {
            let about = row.get_about().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(list, "  {:<8} {about}", row.get_name());
        }
        list.push('\n');
    }
    command.help_template(format!(
        "{{about}}\n\n{{usage-heading}} {{usage}}\n\n{list}Options:\n{{options}}\n\n`throughline COMMAND --help` tells more.\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_command_that_can_be_typed_is_in_one_group() {
        let command = super::super::Arguments::command();
        for name in command.get_subcommands().filter(|c| !c.is_hide_set()).map(Command::get_name) {
            let groups = GROUPS.iter().filter(|(_, names)| names.contains(&name)).count();
            assert_eq!(groups, 1, "{name}");
        }
    }
}
