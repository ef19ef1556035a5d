//! What is expected is what happens where nothing is left to chance: in random small counties every
//! call of a list is simulated, with all engines at home, and each engine comes as is expected.
//!
//! And everything that is made from it (coverage, maps, tables for solvers, the glance at an
//! alternative) says the same.

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use brigade::brigades::{StationId, apparatus};
use brigade::county::demand::DemandPointId;
use brigade::county::incident_types::Severity;
use brigade::evaluation::coverage::closures::Closures;
use brigade::evaluation::coverage::question::CoverageQuestion;
use brigade::evaluation::coverage::{Coverage, coverage_of};
use brigade::evaluation::metric::Metric;
use brigade::evaluation::sensitivity::study;
use brigade::expected::Expected;
use brigade::expected::assignment::{FullAssignment, Sent};
use brigade::expected::columns::Columns;
use brigade::expected::engines::FleetStation;
use brigade::expected::first_due::{Call, travel_to};
use brigade::expected::fleet::Fleet;
use brigade::expected::mix::Case;
use brigade::expected::reach::Reach;
use brigade::files::Source;
use brigade::roads::road::RoadId;
use brigade::scenario::Scenario;
use brigade::scenario::alternatives::Alternative;
use brigade::scenario::standards::Clock;
use brigade::scenario::travel_times::ScenarioTimes;
use brigade::simulation::replications::{Experiment, watch};
use brigade::simulation::trace::Trace;
use brigade::units::Millis;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// A random county.
#[derive(Clone, Debug)]
struct County {
    /// Metres of the roads from each junction to the next, and of two more between any.
    row: Vec<u32>,
    more: Vec<(usize, usize, u32)>,
    /// Existing stations, then sites.
    stations: Vec<Stands>,
    existing: usize,
    /// Junctions at which demand points are, and the rates of the types.
    points: Vec<(usize, [u32; 3])>,
    /// What each type needs, and what the second needs in a quarter of its incidents.
    needs: [usize; 4],
    apparatus_is_named: bool,
    /// Stations that are asked first at the first point, and in its town.
    card: Vec<usize>,
    aid: Option<(usize, u16)>,
    /// The hours from and to which the night lasts, how turnout is then, and whether roads are.
    night: Option<(u8, u8, u32, bool)>,
    handling: u32,
    /// A travel time that is known: station, point, seconds.
    known: Option<(usize, usize, u32)>,
    /// A type that no standard counts; the last counts always.
    apart: Option<usize>,
}

#[derive(Clone, Debug)]
struct Stands {
    junction: usize,
    engines: u16,
    crew: usize,
    heavy: bool,
    tenders: u16,
}

const JUNCTIONS: usize = 6;
const CREWS: [&str; 3] = ["full_time", "part_time", "volunteer"];
const NEEDS: [&str; 6] = [
    "any:1",
    "any:2",
    "any:4",
    "pumper:1 tender:1",
    "tender:1",
    "any:1 tender:1",
];

fn counties() -> impl Strategy<Value = County> {
    let stands = (0..JUNCTIONS, 1u16..4, 0usize..3, any::<bool>(), 0u16..3).prop_map(
        |(junction, engines, crew, heavy, tenders)| Stands {
            junction,
            engines,
            crew,
            heavy,
            tenders: tenders.min(engines),
        },
    );
    let night = (0u8..24, 1u8..23, 50u32..300, any::<bool>());
    let night =
        night.prop_map(|(from, long, factor, roads)| (from, (from + long) % 24, factor, roads));
    (
        prop::collection::vec(500u32..6000, JUNCTIONS - 1),
        prop::collection::vec((0..JUNCTIONS, 0..JUNCTIONS, 500u32..9000), 0..3),
        prop::collection::vec(stands, 3..6),
        1usize..3,
        prop::collection::vec((0..JUNCTIONS, [0u32..9, 0u32..9, 1u32..9]), 1..4),
        [0usize..6, 0usize..6, 0usize..6, 0usize..6],
        any::<bool>(),
        prop_oneof![Just(vec![]), prop::collection::vec(0usize..3, 1..3)],
        (
            prop::option::of((0..JUNCTIONS, 1u16..3)),
            prop::option::of(night),
            0u32..5400,
            prop::option::of((0usize..3, 0usize..3, 1u32..900)),
            prop::bool::weighted(0.4),
            prop::bool::weighted(0.3),
            prop::option::of(0usize..2),
        ),
    )
        .prop_map(
            |(row, more, stations, existing, points, needs, apparatus_is_named, card, rest)| {
                let (aid, night, handling, known, is_plain, needs_aid, apart) = rest;
                // Where nobody is asked before time, the soonest is first: worked out apart in places.
                let told = !is_plain;
                let mut card = if told { card } else { Vec::new() };
                card.dedup();
                card.sort_unstable_by(|a, b| b.cmp(a));
                card.dedup();
                let county = County {
                    row,
                    more,
                    stations,
                    existing,
                    points,
                    needs,
                    apparatus_is_named: apparatus_is_named && told,
                    card,
                    aid: aid.filter(|_| told),
                    night,
                    handling,
                    known: known.filter(|_| told),
                    apart,
                };
                if needs_aid {
                    county.short_of_pumpers()
                } else {
                    county
                }
            },
        )
}

fn longitude(junction: usize) -> f64 {
    // So close that no length of a road is shorter than the straight line.
    115.0 + 0.001 * junction as f64
}

impl County {
    fn id(&self, station: usize) -> String {
        format!("s{station}")
    }

    /// The same where one engine does for everything and all others are tenders: who sends that one
    /// for a tender has no pumper left, and asks the neighbour.
    fn short_of_pumpers(mut self) -> Self {
        for (number, stands) in self.stations.iter_mut().enumerate() {
            if number == 0 {
                (stands.engines, stands.tenders) = (1, 0);
            } else {
                stands.tenders = stands.engines;
            }
        }
        self.apparatus_is_named = true;
        self.existing = 2;
        self.needs = [3, 4, 3, 4];
        self.aid.get_or_insert((JUNCTIONS - 1, 1));
        self
    }

    fn needs(&self, incident_type: usize) -> &'static str {
        let needs = NEEDS[self.needs[incident_type]];
        if self.apparatus_is_named
            || !needs.contains(':')
            || needs.starts_with("any") && !needs.contains("tender")
        {
            needs
        } else {
            "any:1"
        }
    }

    /// Writes the county, with a list of one call of each type at each point in each hour, a day apart.
    fn write(&self, folder: &Path) {
        let county = crate::small_county::small_county(folder);
        let write = |name: &str, text: &str| fs::write(county.join(name), text).unwrap();
        let mut nodes = "node_id,x_coord,y_coord\n".to_owned();
        for junction in 0..JUNCTIONS {
            writeln!(nodes, "n{junction},{},0", longitude(junction)).unwrap();
        }
        let mut links =
            "link_id,from_node_id,to_node_id,directed,length,facility_type\n".to_owned();
        let row = self.row.iter().enumerate();
        let row = row.map(|(from, length)| (from, from + 1, *length));
        let more = self.more.iter().copied().filter(|(from, to, _)| from != to);
        for (number, (from, to, length)) in row.chain(more).enumerate() {
            writeln!(links, "l{number},n{from},n{to},0,{length},primary").unwrap();
        }
        write("network/node.csv", &nodes);
        write("network/link.csv", &links);
        let pumper = fs::read_to_string(county.join("profiles/pumper.toml")).unwrap()
            + "\n[band]\nday = { factor = 1.0, basis = \"assumed\", reason = \"test\" }\n\
               night = { factor = 0.37, basis = \"assumed\", reason = \"test\" }\n";
        write("profiles/pumper.toml", &pumper);
        write(
            "profiles/heavy.toml",
            &pumper.replace("60 km/h", "41 km/h").replace("0.37", "0.7"),
        );
        let columns = "id,name,lon,lat,engines,crew,profile,apparatus,group,basis,reason\n";
        let (mut stations, mut sites) = (columns.to_owned(), columns.to_owned());
        for (number, stands) in self.stations.iter().enumerate() {
            let table = if number < self.existing {
                &mut stations
            } else {
                &mut sites
            };
            let pumpers = stands.engines - stands.tenders;
            let apparatus = match (self.apparatus_is_named, pumpers, stands.tenders) {
                (false, ..) => String::new(),
                // Some stations have engines that do for everything.
                (true, _, 0) => String::new(),
                (true, 0, tenders) => format!("tender:{tenders}"),
                (true, pumpers, tenders) => format!("pumper:{pumpers} tender:{tenders}"),
            };
            writeln!(
                table,
                "{0},{0},{1},0,{2},{3},{4},{5},new,assumed,test",
                self.id(number),
                longitude(stands.junction),
                stands.engines,
                CREWS[stands.crew],
                if stands.heavy { "heavy" } else { "pumper" },
                apparatus,
            )
            .unwrap();
        }
        write("stations.csv", &stations);
        write("candidates.csv", &sites);
        write(
            "towns.csv",
            "id,name,lon,lat,residents,basis\nT,T,115.00,0,4000,assumed\n",
        );
        let mut demand = "id,name,town,lon,lat,residents,rate_a,rate_b,rate_c,basis\n".to_owned();
        for (number, (junction, rates)) in self.points.iter().enumerate() {
            let [a, b, c] = rates;
            // Beside the junction, so that no two points are one.
            let lon = longitude(*junction) + 1e-4 * number as f64;
            writeln!(
                demand,
                "p{number},p{number},T,{lon},0,1000,{a},{b},{c},assumed"
            )
            .unwrap();
        }
        write("demand.csv", &demand);
        let mut hours = "hour,a,b,c\n".to_owned();
        for hour in 0..24 {
            writeln!(hours, "{hour},1,{},{}", 1 + hour % 5, 24 - hour).unwrap();
        }
        write("hours.csv", &hours);
        let mut types =
            "id,name,per_10000_residents,engines,on_scene_mean,on_scene_sd,in_standards,basis\n"
                .to_owned();
        let mut severities = "type,share,needs,on_scene_mean,on_scene_sd,basis\n".to_owned();
        for (number, id) in ["a", "b", "c"].into_iter().enumerate() {
            // Where nothing is written, standards count it.
            let counts = if self.apart == Some(number) { "no" } else { "" };
            writeln!(types, "{id},{id},1,1:1,1 min,0 s,{counts},assumed").unwrap();
            let (share, needs) = (if id == "b" { 0.75 } else { 1.0 }, self.needs(number));
            writeln!(severities, "{id},{share},{needs},1 min,0 s,assumed").unwrap();
        }
        writeln!(severities, "b,0.25,{},1 min,0 s,assumed", self.needs(3)).unwrap();
        write("incident_types.csv", &types);
        write("severities.csv", &severities);
        let mut list = "time,type,demand_point\n".to_owned();
        for (number, (point, incident_type, hour)) in self.calls().enumerate() {
            let date = jiff::civil::date(2027, 1, 1) + jiff::Span::new().days(number as i64);
            let minute = number * 7 % 60;
            let incident_type = ["a", "b", "c"][incident_type];
            writeln!(
                list,
                "{date} {hour:02}:{minute:02},{incident_type},p{point}"
            )
            .unwrap();
        }
        write("calls.csv", &list);
        let mut scenario = format!(
            "name = \"random county\"\ncounty = \".\"\nseed = 7\n\
             [tables]\nincidents = \"calls.csv\"\nseverities = \"severities.csv\"\n{}{}\
             [horizon]\nstart = 2027-01-01\nyears = 1\nreplications = 1\n\
             [[alternatives.choose]]\ngroup = \"new\"\n\
             [roads]\naccess_speed = \"15 km/h\"\nsite_limit = \"300 m\"\ndemand_limit = \"1 km\"\n\
             band = \"day\"\n",
            if self.card.is_empty() {
                ""
            } else {
                "running_card = \"card.csv\"\n"
            },
            if self.known().is_some() {
                "travel_times = \"known.csv\"\n"
            } else {
                ""
            },
        );
        if let Some((station, point, seconds)) = self.known() {
            let station = self.id(station);
            write(
                "known.csv",
                &format!("station,demand,seconds\n{station},p{point},{seconds}\n"),
            );
        }
        if !self.card.is_empty() {
            let order: Vec<String> = self.card.iter().map(|station| self.id(*station)).collect();
            let first = &order[0];
            write(
                "card.csv",
                &format!("zone,order\np0,{}\nT,{first}\n", order.join(" ")),
            );
        }
        let why = "basis = \"assumed\"\nreason = \"test\"\n";
        if let Some((from, to, factor, roads)) = self.night {
            if roads {
                let hours = format!("from = {from}\nto = {to}\nband = \"night\"\n{why}");
                write!(scenario, "[[roads.hours]]\n{hours}").unwrap();
            }
            let factor = f64::from(factor) / 100.0;
            let shift = format!("from = {from}\nto = {to}\nturnout_factor = {factor}\n{why}");
            write!(scenario, "[[stages.shift]]\n{shift}").unwrap();
        }
        let stages = [
            ("call_handling", self.handling),
            ("turnout", 61),
            ("turnout_part_time", 187),
            ("turnout_volunteer", 423),
        ];
        for (stage, seconds) in stages {
            write!(
                scenario,
                "[stages.{stage}]\nmean = \"{seconds} s\"\nsd = \"0 s\"\n{why}"
            )
            .unwrap();
        }
        write!(scenario, "[stages.traffic]\nsd = 0.0\n{why}").unwrap();
        write!(scenario, "[stages.return_trip]\nfactor = 1.0\n{why}").unwrap();
        if let Some((junction, engines)) = self.aid {
            let lon = longitude(junction);
            write!(
                scenario,
                "[[mutual_aid]]\nid = \"aid\"\nname = \"Aid\"\nlon = {lon}\nlat = 0\n\
                 engines = {engines}\ndelay = \"200 s\"\n{why}"
            )
            .unwrap();
        }
        write("scenario.toml", &scenario);
    }

    fn known(&self) -> Option<(usize, usize, u32)> {
        let (station, point, seconds) = self.known?;
        let is_there = station < self.stations.len() && point < self.points.len();
        is_there.then_some((station, point, seconds))
    }

    /// Point, type and hour of each call of the list.
    fn calls(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let points = self.points.len();
        // As many as a year has days.
        (0..points * 3 * 24)
            .map(move |number| (number % points, number / points % 3, number / points / 3))
    }

    fn load(&self, folder: &Path) -> Scenario {
        self.write(folder);
        let file = folder.join("county/scenario.toml");
        Scenario::load(&Source::Disk(file)).unwrap()
    }
}

fn trace(scenario: &Scenario, times: &ScenarioTimes, alternative: &Alternative) -> Trace {
    let experiment = Experiment::in_detail(scenario, times, alternative, 0);
    let mut trace = Trace::default();
    watch(&experiment.model, &experiment.deployments[0], 0, &mut trace);
    trace
}

/// How many calls came as expected, and to how many of them neighbours came.
#[derive(Clone, Copy, Debug, Default)]
struct Compared {
    calls: usize,
    aided: usize,
}

/// Every call of the list comes as is expected.
fn comes_as_expected(
    expected: &Expected<'_>,
    times: &ScenarioTimes,
    alternative: &Alternative,
) -> Result<Compared, TestCaseError> {
    let scenario = expected.scenario;
    let fleet = Fleet::of_alternative(expected, alternative);
    let trace = trace(scenario, times, alternative);
    let mut compared = Compared::default();
    for (incident, response) in &trace.answered {
        let point = incident.point;
        let call = Call {
            card: scenario.stations.running_card(point),
            case: Case {
                period: expected.day.period_at(incident.ordered().hour()),
                needs: incident.needs,
            },
        };
        let travel = travel_to(times, &fleet, point);
        let told = expected.assignment(&fleet, call, None, &travel);
        // A nearer engine that does for everything may have gone where another would have done: its return is waited for.
        let is_waited_for = told.sent.len() < usize::from(response.sent);
        prop_assert!(!is_waited_for || !told.is_whole);
        if is_waited_for {
            continue;
        }
        prop_assert_eq!(response.is_short_handed(incident), !told.is_whole);
        if told.sent.is_empty() {
            prop_assert!(response.is_lost());
            continue;
        }
        compared.calls += 1;
        compared.aided += usize::from(
            told.sent
                .iter()
                .any(|sent| fleet.is_neighbour(sent.engine.station)),
        );
        let sent: Vec<_> = trace
            .sent
            .iter()
            .filter(|sent| sent.incident == incident.number)
            .collect();
        let sent: Vec<_> = sent
            .iter()
            .map(|sent| (sent.engine, sent.turnout, sent.travel))
            .collect();
        let as_expected: Vec<_> = told
            .sent
            .iter()
            .map(|sent| (sent.engine, sent.turnout, sent.travel))
            .collect();
        prop_assert_eq!(sent, as_expected);
        let first = told.first().unwrap();
        prop_assert_eq!(
            expected.first(&fleet, call, &travel).map(|f| f.arrival()),
            Some(first.arrival())
        );
        prop_assert_eq!(response.station, Some(first.engine.station));
        prop_assert!(!response.first_due_out);
        let second = expected.second(&fleet, call, &travel);
        let second = second.map(|second| second.engine.station);
        prop_assert_eq!(response.second_due, second);
        let handling = expected.call_handling;
        for (clock, simulated) in [
            (Clock::Response, response.response),
            (
                Clock::Dispatch,
                Millis(response.response.0 - incident.call_handling.0),
            ),
            (Clock::Travel, response.travel),
        ] {
            prop_assert_eq!(clock.time(handling, first.turnout, first.travel), simulated);
        }
        if told.is_whole {
            prop_assert_eq!(handling + told.last(), response.full_assignment);
        }
        second_is_first_without_the_first(expected, &fleet, call, &told, times, point)?;
    }
    Ok(compared)
}

/// Second due is who would be first if the station of the first did not stand.
fn second_is_first_without_the_first(
    expected: &Expected<'_>,
    fleet: &Fleet,
    call: Call<'_>,
    told: &FullAssignment,
    times: &ScenarioTimes,
    point: DemandPointId,
) -> Result<(), TestCaseError> {
    let first = told.first().unwrap().engine.station;
    if fleet.is_neighbour(first) {
        return Ok(());
    }
    let own =
        FleetStation::all(fleet.stations().len()).filter(|station| !fleet.is_neighbour(*station));
    let others = own.filter(|station| *station != first);
    let others: Vec<_> = others.map(|station| fleet.station(station)).collect();
    let without = Fleet::of(expected, &others);
    let alone = expected.assignment(&without, call, None, travel_to(times, &without, point));
    let second = expected.second(fleet, call, travel_to(times, fleet, point));
    prop_assert_eq!(
        second.map(|s| (fleet.station(s.engine.station), s.turnout, s.travel)),
        alone
            .first()
            .map(|s| (without.station(s.engine.station), s.turnout, s.travel))
    );
    Ok(())
}

/// What is made from it says the same: first due at each point and its mean, the glance at the
/// alternative, coverage, the map at the point, the columns of the solvers.
fn all_say_the_same(
    expected: &Expected<'_>,
    times: &ScenarioTimes,
    alternative: &Alternative,
) -> Result<(), TestCaseError> {
    let scenario = expected.scenario;
    let stations = scenario.stations.standing(alternative);
    let fleet = Fleet::of(expected, &stations);
    let due = expected.first_due(times, alternative);
    let reach = Reach::new(expected, &stations, &[]);
    let columns = expected.columns(times, &stations);
    let (mut counted, mut reached, mut sum) = (0.0, 0.0, 0.0);
    let mut within = vec![0.0; scenario.rules.standards.len()];
    let mut residents_within = within.clone();
    for (point, demand) in scenario.county.points() {
        prop_assert_eq!(reach.first_two(&fleet, point)[0], due[point.index()]);
        let location = reach.location(demand.position).unwrap();
        prop_assert_eq!(reach.first_at(&fleet, &location), due[point.index()]);
        // The incidents of each type in each hour of the order, one by one.
        let (mut of_point, mut arrivals, mut is_whole) = (0.0, 0.0, true);
        let mut counted_at_point = 0.0;
        let mut within_at_point = vec![0.0; within.len()];
        for (kind, rate) in scenario.county.incident_types.iter().zip(&demand.rates) {
            for (severity, minute) in each_minute(&kind.severities) {
                let needs = apparatus::by_apparatus(&severity.needs, &scenario.stations.apparatus);
                // Calls come evenly in each minute; the order follows after the handling.
                let call_at = f64::from(minute) * 60.0 + 30.0;
                let ordered = (call_at + expected.call_handling.seconds()) / 3600.0;
                let hour = kind.hours[(call_at / 3600.0) as usize];
                let weight = rate * severity.share * hour / 60.0;
                let period = expected.day.period_at(ordered as usize % 24);
                let call = Call {
                    card: scenario.stations.running_card(point),
                    case: Case { period, needs },
                };
                let first = expected
                    .assignment(&fleet, call, None, travel_to(times, &fleet, point))
                    .first();
                let counts = if kind.in_standards { weight } else { 0.0 };
                counted_at_point += counts;
                of_point += weight;
                let Some(first) = first else {
                    is_whole &= weight == 0.0;
                    continue;
                };
                reached += weight;
                let time = expected.call_handling + first.arrival();
                arrivals += weight * first.arrival().seconds();
                sum += weight * time.seconds();
                for (within, standard) in within_at_point.iter_mut().zip(&scenario.rules.standards)
                {
                    let time =
                        standard
                            .clock
                            .time(expected.call_handling, first.turnout, first.travel);
                    *within += if time <= standard.threshold {
                        counts
                    } else {
                        0.0
                    };
                }
            }
        }
        counted += counted_at_point;
        for (index, of_point) in within_at_point.into_iter().enumerate() {
            within[index] += of_point;
            residents_within[index] += demand.residents * of_point / counted_at_point;
        }
        if is_whole && of_point > 0.0 {
            // A minute of calls is cut nowhere but where handling is no whole number of minutes.
            let mean = due[point.index()].unwrap().seconds(Clock::Dispatch);
            prop_assert!(
                (mean - arrivals / of_point).abs() < 2.0,
                "{} {}",
                mean,
                arrivals / of_point
            );
        }
        // The least of the columns, by the shares of the cases.
        let cases = expected.mix.cases().len();
        for (case, at) in expected.mix.cases().iter().zip(point.index() * cases..) {
            let count = columns.incidents.len();
            let least = stations
                .iter()
                .map(|station| columns.arrival[station.index() * count + at])
                .min()
                .unwrap();
            let travel = travel_to(times, &fleet, point);
            let call = expected.call(point, *case);
            let told = expected.assignment(&fleet, call, None, travel);
            if columns.aided == 0 {
                let first = told.first().map_or(Millis::NEVER, |first| first.arrival());
                prop_assert_eq!(least, first);
            }
        }
    }
    let glance = expected.at_a_glance(times, alternative);
    let mean = glance.mean_response.map_or(f64::NAN, Millis::seconds);
    prop_assert!(reached == 0.0 || (mean - sum / reached).abs() < 2.0);
    for (glance, within) in glance.within.iter().zip(&within) {
        prop_assert!(
            (glance - within / counted).abs() < 0.02,
            "{} {}",
            glance,
            within / counted
        );
    }
    for (glance, residents) in glance.residents_within.iter().zip(&residents_within) {
        prop_assert!(
            (glance - residents).abs() < 20.0 * scenario.county.demand.len() as f64,
            "{} {}",
            glance,
            residents
        );
    }
    let question = CoverageQuestion {
        stations,
        alternative: None,
        clock: Clock::Response,
        bands: vec![5.0, 10.0],
        closed: Vec::new(),
        critical: usize::MAX,
        cut_off_counts: Millis(0),
    };
    let (coverage, _) = coverage_of(scenario, &question);
    for (standard, residents) in scenario
        .rules
        .standards
        .iter()
        .zip(&glance.residents_within)
    {
        let share = coverage.county.within[&standard.id].unwrap();
        let told = residents / coverage.county.residents;
        prop_assert!((share - told).abs() < 1e-6, "{} {}", share, told);
    }
    residents_of_columns(
        expected,
        &columns,
        &question.stations,
        &glance.residents_within,
    )?;
    links_closed_alone_say_the_same(expected, &fleet, &question, &coverage)?;
    sensitivity_begins_with_the_glance(expected, times, alternative)?;
    let load = expected.offered_load(times, alternative);
    let told = load_of_a_year(expected, times, &fleet);
    prop_assert!((load - told).abs() < 1e-3 * told, "{} {}", load, told);
    for (point, due) in coverage.points.iter().zip(&due) {
        let first = point
            .first
            .as_ref()
            .map(|first| (first.station.clone(), first.seconds));
        let told = due.map(|due| {
            (
                scenario.stations.station(due.station).id.clone(),
                due.seconds(Clock::Response),
            )
        });
        prop_assert_eq!(first, told);
    }
    Ok(())
}

/// Solvers count the residents within a standard that the glance counts.
fn residents_of_columns(
    expected: &Expected<'_>,
    columns: &Columns,
    stations: &[StationId],
    residents_within: &[f64],
) -> Result<(), TestCaseError> {
    if columns.aided > 0 {
        return Ok(());
    }
    let standards = expected.scenario.rules.standards.iter();
    let dispatch = standards.zip(residents_within);
    for (standard, residents) in dispatch.filter(|(of, _)| of.clock == Clock::Dispatch) {
        let count = columns.residents.len();
        let is_within = |at: &usize| {
            let mut arrivals =
                (stations.iter()).map(|station| columns.arrival.get(station.index() * count + at));
            arrivals.any(|time| time.is_some_and(|time| *time <= standard.threshold))
        };
        let told: f64 = (0..count)
            .filter(is_within)
            .map(|at| columns.residents[at])
            .sum();
        prop_assert!((residents - told).abs() < 1e-6, "{} {}", residents, told);
    }
    Ok(())
}

/// A link that is ranked with all others changes what it changes when it is closed alone.
fn links_closed_alone_say_the_same(
    expected: &Expected<'_>,
    fleet: &Fleet,
    question: &CoverageQuestion,
    coverage: &Coverage,
) -> Result<(), TestCaseError> {
    let scenario = expected.scenario;
    let reach = Reach::new(expected, &question.stations, &[]);
    let points = DemandPointId::all(scenario.county.demand.len());
    let open: Vec<_> = points.map(|point| reach.first_due(fleet, point)).collect();
    let ranked = coverage.critical_links.as_ref().unwrap();
    for (road, id) in (0..).map(RoadId).zip(scenario.network.roads.roads()) {
        let alone = CoverageQuestion {
            closed: vec![road],
            ..question.clone()
        };
        let alone = Closures::new(expected, fleet, &alone, &open).county;
        let mut stretches = ranked.stretches.iter();
        let stretch = stretches.find(|stretch| stretch.roads.contains(&road));
        if !ranked.not_ranked.contains(&id.id) {
            let hurts = alone.residents_later + alone.residents_cut_off > 0.0;
            prop_assert_eq!(hurts, stretch.is_some(), "{}", id.id);
        }
        if let Some(stretch) = stretch {
            prop_assert_eq!(stretch.figures, alone, "{}", id.id);
        }
    }
    Ok(())
}

/// What is gained with all figures as they are is the difference of two glances.
fn sensitivity_begins_with_the_glance(
    expected: &Expected<'_>,
    times: &ScenarioTimes,
    alternative: &Alternative,
) -> Result<(), TestCaseError> {
    let scenario = expected.scenario;
    let mut alternatives = scenario.alternatives.iter();
    let place = alternatives.position(|of| of.id == alternative.id).unwrap();
    let glance = |place: usize| expected.at_a_glance(times, &scenario.alternatives[place]);
    let (before, after) = (glance(0), glance(place));
    let metrics = [
        (
            Metric::MeanResponse,
            before.mean_response.unwrap().seconds() - after.mean_response.unwrap().seconds(),
        ),
        (Metric::Within(0), after.within[0] - before.within[0]),
    ];
    for (metric, gain) in metrics {
        let Some(study) = study(scenario, times, metric, place, 0.0) else {
            prop_assert!(alternative.sites.is_empty());
            continue;
        };
        prop_assert!((study.gain - gain).abs() < 0.0011, "{:?}", metric);
    }
    Ok(())
}

/// Each severity of a type in each minute of a day.
fn each_minute(severities: &[Severity]) -> impl Iterator<Item = (&Severity, u32)> {
    let minutes = 0..24 * 60;
    severities
        .iter()
        .flat_map(move |severity| minutes.clone().map(move |minute| (severity, minute)))
}

/// How many engines are out on average: for every type in every hour those that are sent, from the order
/// until they are back and fit.
fn load_of_a_year(expected: &Expected<'_>, times: &ScenarioTimes, fleet: &Fleet) -> f64 {
    let scenario = expected.scenario;
    let after = scenario.rules.stages.mean_restocking().seconds() + 60.0;
    let mut busy = 0.0;
    for (point, demand) in scenario.county.points() {
        for (kind, rate) in scenario.county.incident_types.iter().zip(&demand.rates) {
            for (severity, minute) in each_minute(&kind.severities) {
                let needs = apparatus::by_apparatus(&severity.needs, &scenario.stations.apparatus);
                let all: u16 = needs.iter().map(|count| u16::from(*count)).sum();
                let call_at = f64::from(minute) * 60.0 + 30.0;
                let ordered = (call_at + expected.call_handling.seconds()) / 3600.0;
                let hour = kind.hours[(call_at / 3600.0) as usize];
                let weight = rate * severity.share * hour / 60.0;
                let call = Call {
                    card: scenario.stations.running_card(point),
                    case: Case {
                        period: expected.day.period_at(ordered as usize % 24),
                        needs,
                    },
                };
                let told = expected.assignment(fleet, call, None, travel_to(times, fleet, point));
                let away = |sent: &Sent| sent.turnout.seconds() + 2.0 * sent.travel.seconds();
                let sent: f64 = told.sent.iter().map(away).sum();
                busy += weight * (sent + f64::from(all) * after);
            }
        }
    }
    busy / (365.2425 * 86_400.0)
}

#[test]
fn what_is_expected_is_what_happens_without_chance() {
    let compared = Cell::new(Compared::default());
    let cases = if cfg!(debug_assertions) { 40 } else { 200 };
    let mut runner = TestRunner::new(Config {
        cases,
        source_file: Some(file!()),
        ..Config::default()
    });
    let run = runner.run(&counties(), |county| {
        let folder = tempfile::tempdir().unwrap();
        let scenario = county.load(folder.path());
        let times = scenario.travel_times().unwrap();
        let expected = Expected::of(&scenario);
        for alternative in &scenario.alternatives {
            let calls = comes_as_expected(&expected, &times, alternative)?;
            let sum = compared.get();
            compared.set(Compared {
                calls: sum.calls + calls.calls,
                aided: sum.aided + calls.aided,
            });
        }
        all_say_the_same(&expected, &times, &scenario.alternatives[0])?;
        all_say_the_same(&expected, &times, scenario.alternatives.last().unwrap())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
    let compared = compared.get();
    println!("{compared:?} in {cases} counties as they were told");
    assert!(compared.calls > 100 * cases as usize, "{compared:?}");
    assert!(compared.aided > cases as usize, "{compared:?}");
}

/// East village has a volunteer brigade of its own: 1 min of call handling, 10 min of turnout and no
/// way to drive, while the full-time engines 10 km away need 12 min. What is simulated, mapped, listed
/// and covered are the same 11 min, beyond every standard.
#[test]
fn a_volunteer_brigade_is_as_late_on_every_page_as_in_the_simulation() {
    let folder = tempfile::tempdir().unwrap();
    let county = crate::small_county::small_county(folder.path());
    let candidates = "id,name,lon,lat,group,engines,crew,basis,reason\n\
                      e,East,115.10,0,new,50,volunteer,assumed,test\n";
    fs::write(county.join("candidates.csv"), candidates).unwrap();
    let file = county.join("scenario.toml");
    let scenario = fs::read_to_string(&file).unwrap()
        + "\n[stages.turnout_volunteer]\nmean = \"600 s\"\nsd = \"0 s\"\nbasis = \"assumed\"\nreason = \"test\"\n";
    fs::write(&file, scenario).unwrap();
    let run = |command: &str, more: &[&str]| {
        let out = folder.path().join(command);
        crate::small_county::brigade()
            .arg(command)
            .arg(&file)
            .args(["--output", out.to_str().unwrap()])
            .args(more)
            .assert()
            .success();
        out
    };
    let json = |path: &Path| -> serde_json::Value {
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    };
    let out = run("compare", &[]);
    let answer = json(&out.join("comparison.json"));
    let alternatives = answer["alternatives"].as_array().unwrap();
    let best = alternatives.iter().find(|a| a["id"] == "e").unwrap();
    let towns = best["towns"].as_array().unwrap();
    let east = towns.iter().find(|town| town["id"] == "E").unwrap();
    assert_eq!(east["mean_response_seconds"]["value"], 660.0);
    assert_eq!(east["within"]["r7"]["value"], 0.0);
    let points = json(&out.join("map/demand-points.geojson"));
    let of_east = |point: &&serde_json::Value| point["properties"]["id"] == "e";
    let point = points["features"]
        .as_array()
        .unwrap()
        .iter()
        .find(of_east)
        .unwrap();
    assert_eq!(point["properties"]["best_minutes"], 11.0);
    assert_eq!(point["properties"]["beyond"], true);
    assert_eq!(point["properties"]["first_due_best"], "e");
    let coverage = json(&run("coverage", &["--alternative", "e"]).join("coverage.json"));
    let points = coverage["points"].as_array().unwrap();
    let point = points.iter().find(|point| point["id"] == "e").unwrap();
    assert_eq!(point["first"]["seconds"], 660.0);
    assert_eq!(coverage["before_travel_seconds"], serde_json::Value::Null);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(
        page.contains("志愿队 600 秒"),
        "the page says each crew's turnout"
    );
}
