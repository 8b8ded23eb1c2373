//! Facts of the client sheet, intakes, plans and endings.

use super::{FactList, Value, plain, with};
use crate::domain::{CareMember, ClientProfile, Confidential, Goal, Intake, Plan, RoughDate, Termination};
use crate::site::shown::Shown;
use crate::site::wording;

impl FactList<'_> {
    pub(super) fn client(&mut self, client: &ClientProfile) {
        self.date("Opened", client.opened);
        self.date("Closed", client.closed);
        self.words_of("Why closed", client.close_reason.as_ref());
        self.fixed("Born", client.born.and_then(born));
        self.yes_or_no("Minor", client.minor);
        self.words_of("Emergency contact", client.emergency_contact.as_ref());
        self.words_of("Frequency", client.frequency.as_ref());
        self.words_of("Held", client.modality.as_ref());
        self.words_of("Fee", client.fee.as_ref());
        self.words_of("Referred by", client.referral_source.as_ref());
        self.values("Care circle", client.care_team.iter().map(care_member).collect());
        let dates = client.important_dates.iter().map(|date| {
            let again = if date.recurs { ", each year" } else { "" };
            with(date.label.reveal(), Some(&format!("{}{again}", date.written.reveal())))
        });
        self.values("Dates", dates.collect());
        self.words_of("Jurisdiction", client.jurisdiction.as_ref());
        self.words_of("Profile of rules", client.profile.as_ref());
        self.yes_or_no("In training", client.in_training);
        let kept = client.name.is_some() || client.contact.is_some();
        self.fixed("Name and contact", kept.then_some("kept, and shown by no page"));
    }

    pub(super) fn intake(&mut self, intake: &Intake) {
        self.words_of("Presenting problem", intake.presenting_problem.as_ref());
        let history = intake.history.iter().map(|(heading, text)| named(heading, text));
        self.values("History", history.collect());
        self.words_of("Mental status", intake.mental_status.as_ref());
        self.list_of("Strengths", &intake.strengths);
        self.fixed("Risk as recorded", intake.risk.map(wording::risk));
        self.list_of("Diagnosis", &intake.diagnosis);
        self.words_of("Formulation", intake.formulation.as_ref());
    }

    pub(super) fn plan(&mut self, plan: &Plan) {
        self.values("Goals", plan.goals.iter().map(goal).collect());
        self.list_of("Objectives", &plan.objectives);
        self.list_of("Interventions", &plan.interventions);
        self.list_of("Strengths", &plan.strengths);
        self.words_of("Frequency", plan.frequency.as_ref());
        self.date("Look at it again by", plan.review_by);
        self.date("Client agreed", plan.client_agreed_on);
        self.words_of("Done when", plan.discharge_criteria.as_ref());
    }

    pub(super) fn termination(&mut self, termination: &Termination) {
        self.words_of("Reason", termination.reason.as_ref());
        self.fixed("Sessions", termination.sessions_attended);
        let outcomes = termination.goals_outcome.iter().map(|outcome| named(&outcome.goal, &outcome.outcome));
        self.values("Goals", outcomes.collect());
        self.words_of("Progress", termination.progress.as_ref());
        self.list_of("Referred to", &termination.referrals);
        self.words_of("Follow-up", termination.follow_up.as_ref());
    }
}

/// "heading: text".
fn named(heading: &Confidential, text: &Confidential) -> Value {
    // Keys are written with underscores; a reader wants words.
    plain(&format!("{}: {}", heading.reveal().replace('_', " "), text.reveal()))
}

fn goal(goal: &Goal) -> Value {
    let target = goal.target.as_ref().map(|target| target.reveal());
    let status = goal.status.map(|status| status.word());
    let aside: Vec<&str> = [Some(goal.id.reveal()), target, status].into_iter().flatten().collect();
    Value { aside: Some(Shown::short(&aside.join(" · "), 200)), ..plain(goal.text.reveal()) }
}

fn care_member(member: &CareMember) -> Value {
    let name = member.name.as_ref().or(member.role.as_ref()).map_or("somebody", |name| name.reveal());
    let role = member.role.as_ref().filter(|_| member.name.is_some());
    let rest: Vec<&str> =
        [role, member.org.as_ref(), member.phone.as_ref()].into_iter().flatten().map(|t| t.reveal()).collect();
    with(name, Some(rest.join(", ")).filter(|text| !text.is_empty()).as_deref())
}

fn born(date: RoughDate) -> Option<String> {
    match date {
        RoughDate::Day(day) => Some(wording::day(day)),
        RoughDate::Month(year, _) | RoughDate::Season(year, _) | RoughDate::Year { year, .. } => Some(year.to_string()),
        RoughDate::Age(_) | RoughDate::Unplaced => None,
    }
}
