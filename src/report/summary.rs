//! What a leader reads in a minute: which alternative, what it gains, how sure that is.

use crate::evaluation::comparison::{Comparison, Evaluated, StandardSummary};
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::report::costs::wan_yuan;
use crate::report::outlook;
use crate::report::publication::Publication;
use crate::report::worklist;

/// The summary in words. Every figure comes from the answer or, for places, from the scenario.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The recommendation in one sentence.
    pub headline: String,
    /// What it gains, how sure it is, what it does not do.
    pub points: Vec<String>,
}

/// A standard with its clock: "15 分钟到场（接警起算）"; its minutes too where its name has none.
#[must_use]
pub fn standard_words(standard: &StandardSummary, language: Language) -> String {
    let minutes = number(standard.threshold_seconds / 60.0);
    let name = standard.name.in_language(language);
    let clock = standard.clock.in_language(language);
    if name.contains(&minutes) {
        return language.pick(format!("{name}（{clock}）"), format!("{name} ({clock})"));
    }
    language.pick(
        format!("{name}（{minutes} 分钟，{clock}）"),
        format!("{name} ({minutes} min {clock})"),
    )
}

/// The figure by which alternatives are ranked.
#[must_use]
pub fn ranked_words(comparison: &Comparison, language: Language) -> String {
    let standards = comparison.standards.iter();
    let mut standards = standards.filter(|standard| standard.id == comparison.ranked_by);
    if let Some(standard) = standards.next() {
        return standard_words(standard, language);
    }
    let words = match comparison.ranked_by.as_str() {
        "mean" => ["平均到场时间", "mean response time"],
        "median" => ["到场时间中位数", "median response time"],
        "p90" => [
            "到场时间第 90 百分位",
            "90th percentile of the response time",
        ],
        "full-mean" => ["平均力量到齐时间", "mean full-assignment time"],
        "full-p90" => [
            "力量到齐时间第 90 百分位",
            "90th percentile of the full-assignment time",
        ],
        other => [other, other],
    };
    language.pick(words[0], words[1]).to_owned()
}

/// What was simulated, how often, from which seed.
#[must_use]
pub fn run_words(comparison: &Comparison, language: Language) -> String {
    let scenario = &comparison.scenario;
    let (runs, start) = (scenario.runs(language), &scenario.start);
    let (seed, version) = (scenario.seed, &scenario.brigade_version);
    let ranked = ranked_words(comparison, language);
    language.pick(
        format!("{runs}（自 {start} 起），种子 {seed}；排序依据：{ranked}；brigade {version}"),
        format!("{runs} from {start}, seed {seed}; ranked by {ranked}; brigade {version}"),
    )
}

/// A number without trailing zeros, to a hundredth.
#[must_use]
pub fn number(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0 + 0.0)
}

/// `12.3`, and `12.3（12.1–12.5）` where the interval is known; in minutes.
#[must_use]
pub fn minutes_words(estimate: Option<&Estimate>, language: Language) -> String {
    interval_words(estimate, 1.0 / 60.0, 1, language)
}

/// The same in per cent.
#[must_use]
pub fn percent_words(estimate: Option<&Estimate>, language: Language) -> String {
    interval_words(estimate, 100.0, 1, language)
}

/// `12.3 ±0.2`, for narrow columns.
#[must_use]
pub fn short_words(estimate: Option<&Estimate>, factor: f64) -> String {
    let Some(estimate) = estimate else {
        return "–".to_owned();
    };
    let value = format!("{:.1}", estimate.value * factor + 0.0);
    match estimate.high {
        None => value,
        Some(high) => format!("{value} ±{:.1}", (high - estimate.value) * factor),
    }
}

fn interval_words(
    estimate: Option<&Estimate>,
    factor: f64,
    places: usize,
    language: Language,
) -> String {
    let Some(Estimate { value, low, high }) = estimate.copied() else {
        return "–".to_owned();
    };
    let words = |value: f64| format!("{:.places$}", value * factor + 0.0);
    match low.zip(high) {
        None => words(value),
        Some((low, high)) => language.pick(
            format!("{}（{}–{}）", words(value), words(low), words(high)),
            format!("{} ({}–{})", words(value), words(low), words(high)),
        ),
    }
}

/// Engines that an alternative adds.
#[must_use]
pub fn engines_added(evaluated: &Evaluated) -> u32 {
    let engines = evaluated.sites.iter().map(|site| u32::from(site.engines));
    engines.sum()
}

/// How sure it is that the best is the best: "98%".
fn probability(share: f64) -> String {
    match share {
        share if share >= 0.9995 => "> 99.9%".to_owned(),
        share if share < 0.0005 => "< 0.1%".to_owned(),
        share => format!("{:.1}%", share * 100.0),
    }
}

impl Summary {
    /// The summary of a comparison.
    #[must_use]
    pub fn of(publication: &Publication<'_>) -> Self {
        let comparison = publication.comparison;
        let language = publication.language;
        let best = comparison.best();
        if comparison.alternatives.len() == 1 {
            return Self {
                headline: language
                    .pick(
                        "本情景只评估现状，没有可比较的方案。",
                        "This scenario looks at the existing stations alone: nothing is compared.",
                    )
                    .to_owned(),
                points: modelled(comparison, language).into_iter().collect(),
            };
        }
        if best.is_baseline {
            return Self {
                headline: language
                    .pick(
                        "没有一个方案优于现状。",
                        "No alternative is better than the existing stations.",
                    )
                    .to_owned(),
                points: vec![sureness(comparison, language)],
            };
        }
        let label = best.label(language);
        let engines = engines_added(best);
        let headline = language.pick(
            format!("建议方案：{label}（新增消防车 {engines} 辆）。"),
            format!("Recommended: {label} ({engines} more engines)."),
        );
        let mut points = vec![gain(comparison, language)];
        points.extend(towns(comparison, language));
        points.extend(reached(publication));
        points.push(sureness(comparison, language));
        points.extend(cost(best, language));
        points.extend(outlook::sentences(comparison, language));
        points.extend(modelled(comparison, language));
        Self { headline, points }
    }
}

/// What it costs, where there are prices.
fn cost(best: &Evaluated, language: Language) -> Option<String> {
    let summary = best.cost.as_ref()?;
    let cost = &summary.cost;
    let [investment, running, all_in] =
        [cost.investment_yuan, cost.yearly_yuan, cost.yuan_a_year].map(wan_yuan);
    let per_minute = summary.yuan_a_year_per_minute.map(wan_yuan);
    let (chinese, english) = per_minute.map_or_else(Default::default, |yuan| {
        (
            format!("，平均到场每缩短 1 分钟折合每年 {yuan} 万元"),
            format!(", {yuan} for each minute of mean response"),
        )
    });
    Some(language.pick(
        format!(
            "投资 {investment} 万元，年运行 {running} 万元；投资按寿命摊销后年均成本 {all_in} 万元{chinese}。价格多为假定，须以核定价格重算。"
        ),
        format!(
            "In 10,000 yuan: investment {investment}, running costs {running} a year; with the investment spread over its life {all_in} a year{english}. Prices are mostly assumed and have to be replaced by approved ones."
        ),
    ))
}

fn gain(comparison: &Comparison, language: Language) -> String {
    let (best, today) = (comparison.best(), comparison.baseline());
    let mean = |evaluated: &Evaluated| {
        let mean = evaluated.county.mean_response_seconds.as_ref();
        mean.map_or_else(
            || "–".to_owned(),
            |mean| format!("{:.1}", mean.value / 60.0),
        )
    };
    let p90 = |evaluated: &Evaluated| {
        let p90 = evaluated.county.p90_response_seconds.as_ref();
        p90.map_or_else(|| "–".to_owned(), |p90| format!("{:.1}", p90.value / 60.0))
    };
    let change = best.difference_from_baseline.mean_response_seconds.as_ref();
    let change = change.map_or_else(
        || " – ".to_owned(),
        |Estimate { value, low, high }| {
            let minutes = |seconds: f64| format!("{:.1}", -seconds / 60.0);
            match low.zip(*high) {
                None => language.pick(format!(" {} ", minutes(*value)), minutes(*value)),
                Some((low, high)) => language.pick(
                    format!(" {}（{}–{}）", minutes(*value), minutes(high), minutes(low)),
                    format!("{} ({}–{})", minutes(*value), minutes(high), minutes(low)),
                ),
            }
        },
    );
    language.pick(
        format!(
            "全县平均到场时间（接警至首车到场）由 {} 分钟降至 {} 分钟，缩短{change}分钟；十次警情中九次的到场时间由 {} 分钟以内降至 {} 分钟以内。",
            mean(today),
            mean(best),
            p90(today),
            p90(best)
        ),
        format!(
            "The mean response time of the county (call to first engine) falls from {} to {} min, by {change} min; nine calls in ten are reached within {} min instead of {}.",
            mean(today),
            mean(best),
            p90(best),
            p90(today)
        ),
    )
}

/// The town that gains most, and any town that loses.
fn towns(comparison: &Comparison, language: Language) -> Option<String> {
    let (best, today) = (comparison.best(), comparison.baseline());
    let change = today
        .towns
        .iter()
        .zip(&best.towns)
        .filter_map(|(before, after)| {
            let before_mean = before.figures.mean_response_seconds?.value;
            let after_mean = after.figures.mean_response_seconds?.value;
            Some((before.name.in_language(language), before_mean, after_mean))
        });
    let (name, before, after) = change.max_by(|a, b| (a.1 - a.2).total_cmp(&(b.1 - b.2)))?;
    let [before, after] = [before, after].map(|seconds| format!("{:.1}", seconds / 60.0));
    Some(language.pick(
        format!("受益最大的是{name}：平均到场时间由 {before} 分钟降至 {after} 分钟。"),
        format!("{name} gains most: its mean response time falls from {before} to {after} min."),
    ))
}

/// Who is within the standard before and after, and who is still not.
fn reached(publication: &Publication<'_>) -> Option<String> {
    let language = publication.language;
    let comparison = publication.comparison;
    let standard = worklist::standard(comparison)?;
    let share = |evaluated: &Evaluated| {
        let share = evaluated.county.within.get(&standard.id)?.as_ref()?;
        Some(format!("{:.1}%", share.value * 100.0))
    };
    let (before, after) = (share(comparison.baseline())?, share(comparison.best())?);
    let places = worklist::places(publication);
    let late = worklist::beyond(publication, standard, &places);
    let demand = &publication.scenario.county.demand;
    let residents: f64 = late.iter().map(|row| demand[row.place].residents).sum();
    let words = standard_words(standard, language);
    Some(language.pick(
        format!(
            "达到“{words}”的警情由 {before} 增至 {after}；车辆均在站时，仍有 {} 个村（社区）、约 {:.1} 万人不能达到，名单见 report.html 附录二和 report.xlsx。",
            late.len(),
            residents / 10_000.0
        ),
        format!(
            "Calls within \"{words}\" rise from {before} to {after}; with every engine at home, {} places with some {:.0} residents are still beyond it (appendix B of report.html, report.xlsx).",
            late.len(),
            residents
        ),
    ))
}

fn sureness(comparison: &Comparison, language: Language) -> String {
    let best = comparison.best();
    let sure = probability(best.probability_best);
    let alike: Vec<String> = comparison
        .alternatives
        .iter()
        .filter(|a| a.rank > 1 && !a.told_apart_from_best)
        .map(|a| a.label(language))
        .collect();
    let others = if alike.is_empty() {
        language.pick(
            "其余方案均可与之区分。".to_owned(),
            "All others can be told apart from it.".to_owned(),
        )
    } else {
        language.pick(
            format!("与之无法区分的方案：{}。", alike.join("；")),
            format!("Not to be told apart from it: {}.", alike.join("; ")),
        )
    };
    language.pick(
        format!("就仿真的随机性而言，它确为最优的概率为 {sure}（不含数据误差）。{others}"),
        format!(
            "As far as the luck of the simulation goes, it is the best with a probability of {sure} (errors of the data apart). {others}"
        ),
    )
}

/// What the reader has to know before deciding on it.
fn modelled(comparison: &Comparison, language: Language) -> Option<String> {
    let rests = comparison.data_basis.iter().any(|note| {
        matches!(
            note.basis,
            crate::basis::Basis::Modelled | crate::basis::Basis::Assumed
        )
    });
    rests.then(|| {
        language
            .pick(
                "部分输入为模拟生成或假定（见“数据依据”）。决策前应换成实测村庄坐标、本队出警记录和实际站址。",
                "Some inputs are modelled or assumed (see the data basis). Before a decision, put in surveyed places, the brigade's own records and the real sites.",
            )
            .to_owned()
    })
}
