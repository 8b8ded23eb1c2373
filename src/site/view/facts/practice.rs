//! Facts of the practice's own notes.

use super::{FactList, with};
use crate::domain::{Direction, Incident, Meeting, OwnScale, Placement, ProfessionalWill, ReliableChange, WordList};
use crate::site::wording;

impl FactList<'_> {
    pub(super) fn meeting(&mut self, meeting: &Meeting) {
        self.words_of("With", meeting.with.as_ref());
        self.minutes("Lasted", meeting.minutes);
        self.clients("About", &meeting.clients);
        self.yes_or_no("Clients could be known", Some(meeting.identified));
        self.list_of("Topics", &meeting.topics);
        self.list_of("Advice", &meeting.recommendations);
        self.list_of("To do", &meeting.actions);
    }

    pub(super) fn incident(&mut self, incident: &Incident) {
        self.date("Discovered", incident.discovered_on);
        self.words_of("What happened", incident.what.as_ref());
        self.clients("Clients", &incident.clients_affected);
        self.date("Told", incident.notified_on);
    }

    pub(super) fn placement(&mut self, placement: &Placement) {
        self.words_of("Site", placement.site.as_ref());
        self.words_of("Supervisor", placement.supervisor.as_ref());
        self.date("Starts", placement.starts);
        self.date("Ends", placement.ends);
    }

    pub(super) fn will(&mut self, will: &ProfessionalWill) {
        self.words_of("Executor", will.executor.as_ref());
        self.words_of("Steps in", will.backup.as_ref());
        self.words_of("Records", will.records_location.as_ref());
        self.words_of("Keys", will.key_location.as_ref());
        self.date("Looked at", will.reviewed_on);
    }

    pub(super) fn words(&mut self, lists: &[WordList]) {
        let value = |list: &WordList| {
            let words: Vec<&str> = list.words.iter().map(|word| word.reveal()).collect();
            with(list.theme.shown(), Some(&words.join(", ")))
        };
        self.values("Words", lists.iter().map(value).collect());
    }

    pub(super) fn scales(&mut self, scales: &[OwnScale]) {
        let value = |own: &OwnScale| {
            let known = self.casebook.scales().find(&own.key)?;
            let worse = if known.higher_is == Direction::Worse { "higher is worse" } else { "higher is better" };
            let threshold = |change: &ReliableChange| {
                format!("; a change of {} counts ({})", wording::points(change.points), change.basis)
            };
            let change = known.reliable_change.as_ref().map(threshold).unwrap_or_default();
            let (low, high) = (wording::points(known.min), wording::points(known.max));
            let told = format!("{low} to {high}, {worse}{change}");
            Some(with(&format!("{} ({})", known.name, own.key), Some(&told)))
        };
        let values = scales.iter().filter_map(value).collect();
        self.values("Scales", values);
    }
}
