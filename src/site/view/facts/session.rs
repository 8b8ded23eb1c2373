//! Facts of sessions, process notes and risk assessments.

use super::{FactList, plain, with};
use crate::domain::{Confidential, Finding, ProcessNote, RiskAssessment, Session};
use crate::site::wording;

impl FactList<'_> {
    pub(super) fn session(&mut self, session: &Session) {
        self.fixed("Attendance", session.attendance.map(|attendance| wording::attendance(Some(attendance))));
        self.fixed("Began", session.start.map(|time| time.format("%H:%M")));
        self.minutes("Lasted", session.duration);
        self.fixed("Held", session.modality.map(|modality| modality.word()));
        self.fixed("With", session.service.map(|service| service.word()));
        self.fixed("Risk as recorded", session.risk.map(wording::risk));
        self.words_of("Mood", session.mood.as_ref());
        self.list_of("Affect", &session.affect);
        self.words_of("Medication", session.medication.as_ref());
        self.list_of("Tried", &session.interventions);
        self.words_of("Response", session.response.as_ref());
        let goal =
            |(id, value): &(Confidential, f64)| with(id.reveal(), Some(&format!("{} of 10", wording::points(*value))));
        self.values("Progress", session.goals.iter().map(goal).collect());
        self.fixed("Alliance", session.alliance.map(|value| format!("{} of 10", wording::points(value))));
        self.fixed("Rupture", session.rupture.map(|rupture| rupture.word()));
        self.fixed("Repair", session.repair.map(|repair| repair.word()));
        let homework =
            session.homework.iter().map(|item| with(item.task.reveal(), item.status.as_ref().map(|s| s.reveal())));
        self.values("Homework", homework.collect());
        let follow_up = session.follow_up.iter().map(|item| {
            let due = item.due.map(|due| format!("by {}", wording::day(due.day)));
            with(item.what.reveal(), if item.done { Some("done") } else { due.as_deref() })
        });
        self.values("To follow up", follow_up.collect());
        self.words_of("Plan", session.plan.as_ref());
        self.date("Next", session.next);
        self.fixed("Format", session.format.map(|format| format.word()));
        self.yes_or_no("Consent to record confirmed", session.recording_consent_confirmed);
    }

    pub(super) fn process(&mut self, process: &ProcessNote) {
        self.words_of("Transference", process.transference.as_ref());
        self.words_of("Countertransference", process.countertransference.as_ref());
        self.words_of("Hypotheses", process.hypotheses.as_ref());
        self.words_of("Dreams", process.dreams.as_ref());
    }

    pub(super) fn risk(&mut self, risk: &RiskAssessment) {
        self.fixed("Level", risk.level.map(wording::risk));
        self.words_of("Type", risk.sort.as_ref());
        self.words_of("Because of", risk.trigger.as_ref());
        self.fixed("Ideation", risk.ideation.map(finding));
        self.fixed("Intent", risk.intent.map(finding));
        self.fixed("Plan", risk.plan.map(finding));
        self.fixed("Means", risk.means.map(finding));
        self.words_of("Rationale", risk.rationale.as_ref());
        self.list_of("Done", &risk.actions);
        self.words_of("Safety plan", risk.safety_plan.as_ref());
        self.date("Ask again by", risk.reassess_by);
        self.list_of("Protective", &risk.protective);
        self.words_of("History", risk.history.as_ref());
        self.words_of("Substances", risk.substances.as_ref());
        let consulted = risk.consulted.iter().map(|consulted| {
            let when = consulted.when.map(|date| wording::day(date.day));
            match &consulted.who {
                Some(who) => with(who.reveal(), when.as_deref()),
                None => plain(&when.unwrap_or_else(|| "somebody".to_owned())),
            }
        });
        self.values("Consulted", consulted.collect());
        self.list_of("Told", &risk.notified);
    }
}

fn finding(finding: Finding) -> &'static str {
    match finding {
        Finding::NotAssessed => "not assessed",
        finding => finding.word(),
    }
}
