//! One run of the program: options, places, config, messages, output.

use super::config::Config;
use super::failure::Failure;
use super::options::Common;
use super::output::Output;
use super::places::Places;
use super::spoken_date;
use super::terminal::Messages;
use crate::publish::Today;
use crate::vault::Vault;
use chrono::NaiveDate;
use std::cell::OnceCell;

/// What every command is given.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) common: Common,
    pub(super) places: Places,
    pub(super) messages: Messages,
    pub(super) output: Output,
    config: OnceCell<Config>,
}

impl Session {
    pub(super) fn new(common: &Common) -> Self {
        let common = common.clone();
        Self {
            messages: Messages::new(&common),
            output: Output::new(&common),
            places: Places::of_user(),
            config: OnceCell::new(),
            common,
        }
    }

    /// `config.toml`, read when it is first needed.
    pub(super) fn config(&self) -> Result<&Config, Failure> {
        if let Some(config) = self.config.get() {
            return Ok(config);
        }
        let config = Config::read(&self.places.config_file())?;
        Ok(self.config.get_or_init(|| config))
    }

    /// The vault that is meant.
    pub(super) fn vault(&self) -> Result<Vault, Failure> {
        self.places.vault(&self.common, self.config()?)
    }

    /// `--today` as given, or the machine's day.
    pub(super) fn today(&self, given: Option<&str>) -> Result<Today, Failure> {
        let Some(given) = given else { return Ok(Today::Local) };
        spoken_date::read(given, Today::Local.day()).map(Today::Pinned)
    }

    /// A date as people say it, against a day.
    pub(super) fn date(&self, given: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
        spoken_date::read(given, today)
    }
}
