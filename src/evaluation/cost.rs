//! What an alternative costs, beside what it gains.
//!
//! An investment is spread over its life as an equivalent annual cost, so that a building of fifty
//! years and an engine of fifteen can be added up (Grant 1930, Principles of Engineering Economy); the
//! present value is that of these costs over the period.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::brigades::Station;
use crate::brigades::prices::{Item, Price, Prices};

/// Costs in yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Paid at the beginning: land, building, engines, equipment.
    #[serde(serialize_with = "whole")]
    pub investment_yuan: f64,
    /// Paid every year: crews and upkeep.
    #[serde(serialize_with = "whole")]
    pub yearly_yuan: f64,
    /// The yearly costs and each investment spread over its life.
    #[serde(serialize_with = "whole")]
    pub yuan_a_year: f64,
    /// What the costs of the period are worth at its beginning.
    #[serde(serialize_with = "whole")]
    pub present_value_yuan: f64,
    /// Between what they may lie, where prices have a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<CostRange>,
}

/// Costs with every price at its lowest, and with every price at its highest; those without a range are as they
/// are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostRange {
    pub investment_yuan: [f64; 2],
    pub yuan_a_year: [f64; 2],
}

/// The costs of an alternative, and what is got for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostSummary {
    /// What it costs beyond the existing stations.
    #[serde(flatten)]
    pub cost: Cost,
    /// Residents within each standard beyond those of the baseline, by its id; every engine at home.
    pub residents_newly_covered: BTreeMap<String, f64>,
    /// Yuan a year for each of them; `None` where there are none.
    pub yuan_a_year_per_resident: BTreeMap<String, Option<f64>>,
    /// Yuan a year for each minute by which the mean response is shorter; `None` where it is not, or calls
    /// are lost: then means are of other calls with it and without.
    pub yuan_a_year_per_minute: Option<f64>,
}

/// To the yuan: more digits than anybody knows.
fn whole<S: serde::Serializer>(yuan: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(yuan.round())
}

/// The yearly payment that is worth `investment` over its life (capital recovery).
pub fn annuity(investment: f64, life_years: Option<f64>, rate: f64) -> f64 {
    match life_years {
        // What lasts for ever costs its interest.
        None => investment * rate,
        Some(years) if rate == 0.0 => investment / years,
        Some(years) => investment * rate / (1.0 - libm::pow(1.0 + rate, -years)),
    }
}

impl Cost {
    /// The costs of a new brigade. Where its crew has no price, people cost nothing: a scenario is
    /// refused before it comes to that.
    pub fn of(station: &Station, prices: &Prices) -> Self {
        let has_range = prices.items().any(|(_, price)| price.range.is_some());
        let range = has_range.then(|| {
            let [low, high] = [0, 1].map(|end| {
                Self::at(station, prices, |price| {
                    price.range.map_or(price.value, |range| range[end])
                })
            });
            CostRange {
                investment_yuan: [low.investment_yuan, high.investment_yuan],
                yuan_a_year: [low.yuan_a_year, high.yuan_a_year],
            }
        });
        Self {
            range,
            ..Self::at(station, prices, |price| price.value)
        }
    }

    /// The costs where each price is `paid`.
    fn at(station: &Station, prices: &Prices, paid: impl Fn(&Price) -> f64) -> Self {
        let class = prices.class_of(station);
        let engines = f64::from(station.engines);
        let further = f64::from(station.engines.saturating_sub(class.engines));
        let people = class.people + class.people_per_further_engine * further;
        let rate = prices.discount_rate();
        let crew = Prices::crew_item(station.crew);
        let mut cost = Self::default();
        for (item, amount) in [
            (Item::Land, class.land),
            (Item::Building, class.building),
            (Item::Engine, engines),
            (Item::Equipment, people),
        ] {
            if let Some(price) = prices.of(item) {
                let investment = paid(price) * amount;
                cost.investment_yuan += investment;
                cost.yuan_a_year += annuity(investment, price.life_years, rate);
            }
        }
        for (item, amount) in [
            (crew, people),
            (Item::UpkeepStation, 1.0),
            (Item::UpkeepEngine, engines),
        ] {
            cost.yearly_yuan += prices.of(item).map_or(0.0, |price| paid(price) * amount);
        }
        cost.yuan_a_year += cost.yearly_yuan;
        // As many years as the period, each at its end.
        cost.present_value_yuan = cost.yuan_a_year / annuity(1.0, Some(prices.period()), rate);
        cost
    }

    /// As in a file, so that what is made from the file again is the same.
    pub fn rounded(self) -> Self {
        Self {
            investment_yuan: self.investment_yuan.round(),
            yearly_yuan: self.yearly_yuan.round(),
            yuan_a_year: self.yuan_a_year.round(),
            present_value_yuan: self.present_value_yuan.round(),
            range: self.range.map(|range| CostRange {
                investment_yuan: range.investment_yuan.map(f64::round),
                yuan_a_year: range.yuan_a_year.map(f64::round),
            }),
        }
    }

    /// Its range; where it has none, it is what it is.
    fn as_range(&self) -> CostRange {
        self.range.unwrap_or(CostRange {
            investment_yuan: [self.investment_yuan; 2],
            yuan_a_year: [self.yuan_a_year; 2],
        })
    }
}

impl std::iter::Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        let both = |a: [f64; 2], b: [f64; 2]| [a[0] + b[0], a[1] + b[1]];
        costs.fold(Self::default(), |sum, cost| {
            let [a, b] = [sum, cost].map(|of| of.as_range());
            Self {
                investment_yuan: sum.investment_yuan + cost.investment_yuan,
                yearly_yuan: sum.yearly_yuan + cost.yearly_yuan,
                yuan_a_year: sum.yuan_a_year + cost.yuan_a_year,
                present_value_yuan: sum.present_value_yuan + cost.present_value_yuan,
                range: sum.range.or(cost.range).map(|_| CostRange {
                    investment_yuan: both(a.investment_yuan, b.investment_yuan),
                    yuan_a_year: both(a.yuan_a_year, b.yuan_a_year),
                }),
            }
        })
    }
}

impl CostSummary {
    /// Costs beside gains, to the fen: residents newly within each standard, and seconds of mean response gained.
    pub fn new(cost: Cost, newly: BTreeMap<String, f64>, seconds_gained: Option<f64>) -> Self {
        let per = |amount: f64| {
            let each = || (cost.yuan_a_year / amount * 100.0).round() / 100.0;
            (amount > 0.0).then(each)
        };
        let cost = cost.rounded();
        Self {
            cost,
            yuan_a_year_per_resident: newly
                .iter()
                .map(|(standard, residents)| (standard.clone(), per(*residents)))
                .collect(),
            residents_newly_covered: newly,
            yuan_a_year_per_minute: seconds_gained.and_then(|seconds| per(seconds / 60.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::scenario::loading::locate;

    /// 100 over 2 years at 10 %: 57.62 a year, as 57.62 / 1.1 + 57.62 / 1.21 = 100.
    #[test]
    fn an_annuity_pays_the_investment_back_with_interest() {
        let paid = annuity(100.0, Some(2.0), 0.1);
        assert!((paid / 1.1 + paid / 1.21 - 100.0).abs() < 1e-9, "{paid}");
        assert!((paid - 57.619).abs() < 1e-3, "{paid}");
        assert_eq!(annuity(100.0, Some(4.0), 0.0), 25.0);
        assert_eq!(annuity(100.0, None, 0.05), 5.0);
    }

    /// By the embedded tables: 15 people, 1,100 m² of land at 300, 700 m² of building at 2,800, two
    /// engines at 650,000, equipment of 20,000 a person; 80,000 a person and year, 100,000 for the
    /// station and 40,000 an engine.
    #[test]
    fn a_brigade_of_class_one_is_added_up_by_hand() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let prices = scenario.rules.prices.as_ref().unwrap();
        let station = &scenario.stations.sites[0].station;
        assert_eq!(station.engines, 2);
        let cost = Cost::of(station, prices);
        assert_eq!(
            cost.investment_yuan,
            330_000.0 + 1_960_000.0 + 1_300_000.0 + 300_000.0
        );
        assert_eq!(cost.yearly_yuan, 1_200_000.0 + 100_000.0 + 80_000.0);
        let spread = 330_000.0 * 0.05
            + annuity(1_960_000.0, Some(50.0), 0.05)
            + annuity(1_300_000.0, Some(15.0), 0.05)
            + annuity(300_000.0, Some(5.0), 0.05);
        assert!((cost.yuan_a_year - 1_380_000.0 - spread).abs() < 1e-6);
        // Each year of twenty, discounted.
        let worth: f64 = (1..=20)
            .map(|year| cost.yuan_a_year / 1.05_f64.powi(year))
            .sum();
        assert!((cost.present_value_yuan - worth).abs() < 1.0, "{worth}");
        // A third engine brings its own people.
        let larger = Station {
            engines: 3,
            ..station.clone()
        };
        let more = Cost::of(&larger, prices);
        assert_eq!(
            more.yearly_yuan - cost.yearly_yuan,
            5.0 * 80_000.0 + 40_000.0
        );
        assert_eq!(
            [cost, more].into_iter().sum::<Cost>().investment_yuan,
            3_890_000.0 + 4_640_000.0
        );
        // Every price at its lowest, and at its highest: land 0 and 600, building 2,667 and 5,263, an engine 400,000
        // and 900,000, equipment 10,000 and 30,000 a person.
        let lowest = 700.0 * 2_667.0 + 2.0 * 400_000.0 + 15.0 * 10_000.0;
        let highest = 660_000.0 + 700.0 * 5_263.0 + 2.0 * 900_000.0 + 15.0 * 30_000.0;
        assert_eq!(cost.range.unwrap().investment_yuan, [lowest, highest]);
        let [low, high] = cost.range.unwrap().yuan_a_year;
        assert!(low < cost.yuan_a_year && cost.yuan_a_year < high);
        let twice = [cost, cost].into_iter().sum::<Cost>().range.unwrap();
        assert_eq!(twice.yuan_a_year, [2.0 * low, 2.0 * high]);
    }

    /// Costs without a range beside some with one are what they are.
    #[test]
    fn a_sum_has_a_range_where_one_of_its_parts_has() {
        let range = CostRange {
            investment_yuan: [1.0, 4.0],
            yuan_a_year: [10.0, 40.0],
        };
        let [certain, doubtful] = [None, Some(range)].map(|range| Cost {
            investment_yuan: 2.0,
            yuan_a_year: 20.0,
            range,
            ..Cost::default()
        });
        let sum = |costs: [Cost; 2]| costs.into_iter().sum::<Cost>().range;
        assert_eq!(sum([certain; 2]), None);
        let both = sum([certain, doubtful]).unwrap();
        assert_eq!(both.investment_yuan, [3.0, 6.0]);
        assert_eq!(both.yuan_a_year, [30.0, 60.0]);
    }

    #[test]
    fn nothing_gained_has_no_price() {
        let cost = Cost {
            yuan_a_year: 100.0,
            ..Cost::default()
        };
        let newly = [("a".to_owned(), 50.0), ("b".to_owned(), 0.0)];
        let summary = CostSummary::new(cost, newly.into_iter().collect(), Some(120.0));
        assert_eq!(summary.yuan_a_year_per_resident["a"], Some(2.0));
        assert_eq!(summary.yuan_a_year_per_resident["b"], None);
        assert_eq!(summary.yuan_a_year_per_minute, Some(50.0));
        let slower = CostSummary::new(cost, BTreeMap::new(), Some(-5.0));
        assert_eq!(slower.yuan_a_year_per_minute, None);
    }
}
