//! Whether the engines of each alternative can do the work at all.

use rayon::prelude::*;

use crate::brigades::apparatus;
use crate::expected::Expected;
use crate::expected::assignment::FullAssignment;
use crate::expected::first_due::travel_to;
use crate::expected::fleet::{Fleet, Preference};
use crate::progress::{Unit, Work};
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::error::ScenarioError;
use crate::scenario::file::Overload;
use crate::scenario::incidents::DAYS_A_YEAR;
use crate::scenario::travel_times::ScenarioTimes;

const SECONDS_A_YEAR: f64 = DAYS_A_YEAR * 86_400.0;

impl Expected<'_> {
    /// How many engines are out on average on ordinary days, where each call is answered by those that
    /// are sent with every engine at home.
    pub fn offered_load(&self, times: &ScenarioTimes, alternative: &Alternative) -> f64 {
        let scenario = self.scenario;
        let fleet = Fleet::of_alternative(self, alternative);
        let restocking = scenario.rules.stages.mean_restocking().seconds();
        let back = 1.0 + scenario.rules.stages.return_factor;
        let mut busy = 0.0;
        let mut of_period = vec![Vec::new(); self.day.periods().len()];
        for incident_type in &scenario.county.incident_types {
            let periods = self.day.shares_of_orders(&incident_type.hours);
            of_period
                .iter_mut()
                .zip(periods)
                .for_each(|(shares, share)| shares.push(share));
        }
        for (point, demand) in scenario.county.points() {
            let travel = travel_to(times, &fleet, point);
            let card = scenario.stations.running_card(point);
            let periods = self.day.period_ids().zip(self.day.periods());
            let orders: Vec<Vec<Preference>> = periods
                .map(|(period, of_day)| {
                    fleet.order(card, period, |station| travel(station, of_day.band))
                })
                .collect();
            let types = demand.rates.iter().zip(&scenario.county.incident_types);
            for (number, (rate, incident_type)) in types.enumerate() {
                for severity in &incident_type.severities {
                    let needs =
                        apparatus::by_apparatus(&severity.needs, &scenario.stations.apparatus);
                    for ((period, order), shares) in
                        self.day.period_ids().zip(&orders).zip(&of_period)
                    {
                        let weight = rate * severity.share * shares[number];
                        if weight == 0.0 {
                            continue;
                        }
                        let assignment = FullAssignment::new(&fleet, order, period, needs, None);
                        let each = severity.on_scene.mean() + restocking;
                        // Who cannot come with everybody at home is awaited, and then works as long.
                        let missing =
                            usize::from(severity.engines).saturating_sub(assignment.sent.len());
                        busy += weight * missing as f64 * each;
                        let out = assignment.sent.iter().map(|sent| {
                            sent.turnout.seconds() + sent.travel.seconds() * back + each
                        });
                        busy += weight * out.sum::<f64>();
                    }
                }
            }
        }
        busy / SECONDS_A_YEAR
    }
}

/// Makes sure that no queue grows for ever.
///
/// # Errors
/// The first alternative of which the engines have more to do than they can.
pub fn check_load(scenario: &Scenario, times: &ScenarioTimes) -> Result<(), ScenarioError> {
    if scenario.rules.dispatch.when_none_is_ready == Overload::Loss || scenario.incidents.is_replay
    {
        return Ok(());
    }
    let expected = Expected::of(scenario);
    let alternatives = &scenario.alternatives;
    let work = Work::new("load", alternatives.len(), Unit::Count("alternatives"));
    let overload = alternatives.par_iter().find_map_first(|alternative| {
        work.add(1);
        let fleet = scenario.stations.fleet(alternative);
        let engines = fleet
            .iter()
            .map(|id| scenario.stations.station(*id).engines);
        let engines: u32 = engines.map(u32::from).sum();
        let offered = expected.offered_load(times, alternative);
        // Nobody waits for engines where there is none.
        (engines > 0 && offered >= f64::from(engines)).then_some((alternative, engines, offered))
    });
    let Some((alternative, engines, offered)) = overload else {
        return Ok(());
    };
    let key = "dispatch.when_none_is_ready";
    Err(ScenarioError::Key {
        file: scenario.about.origins.file_of(key).to_owned(),
        key: key.to_owned(),
        problem: format!(
            "in the alternative `{}`, {offered:.1} engines would be out on average and there are {engines}: the \
             queue would grow for ever; give more engines, check rates (incidents a year) and on-scene times, or \
             let calls be lost with \"loss\"",
            alternative.id
        ),
    })
}
