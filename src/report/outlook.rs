//! Sentences for the summary on what lies around the answer: which to build first, whether the choice
//! holds when assumptions change, when there is water.

use crate::evaluation::comparison::{Comparison, FirstWater};
use crate::evaluation::phases::Partial;
use crate::language::Language;

/// The sentences that the answer has figures for.
#[must_use]
pub fn sentences(comparison: &Comparison, language: Language) -> Vec<String> {
    [
        Some(two_baselines(comparison, language)),
        order(comparison, language),
        holds(comparison, language),
        water(comparison, language),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The same means as they are expected, and why they differ from those that are simulated: maps,
/// orders of building and sensitivity are of the expected ones.
fn two_baselines(comparison: &Comparison, language: Language) -> String {
    let [before, after] = [comparison.baseline(), comparison.best()].map(|evaluated| {
        let mean = evaluated.expected.mean_response_seconds;
        format!("{:.1}", mean / 60.0)
    });
    language.pick(
        format!(
            "以上为仿真值。地图、建设次序和敏感性用期望值（车辆均在站、各阶段取均值）：平均到场 {before} 分钟降至 {after} 分钟。两者有别：仿真中车辆外出会更慢，多车出动取最先到场者会更快。"
        ),
        format!(
            "These are simulated. Maps, the order of building and sensitivity are expected, with every engine at home and every stage at its mean: {before} min falls to {after}. The two differ: in the simulation engines are out, which is slower, and of several engines the first to arrive counts, which is faster."
        ),
    )
}

/// Which site to build first, where there are several.
fn order(comparison: &Comparison, language: Language) -> Option<String> {
    let orders = &comparison.phases.as_ref()?.orders;
    let (first, last) = (orders.first()?, orders.last()?);
    if orders.len() < 2 {
        return None;
    }
    let name = |id: &str| {
        let site = comparison.best().sites.iter().find(|site| site.id == id);
        site.map_or(id, |site| site.name.in_language(language))
            .to_owned()
    };
    let step = |order: &[Partial]| {
        let step = order.get(1)?;
        let minutes = step.mean_response_seconds / 60.0;
        Some((name(step.sites.first()?), format!("{minutes:.1}")))
    };
    let ((early, minutes), (late, instead)) = (step(first)?, step(last)?);
    Some(language.pick(
        format!(
            "若分步建设，先建{early}：预计平均到场 {minutes} 分钟；先建{late}为 {instead} 分钟。"
        ),
        format!(
            "If built in steps, {early} first: {minutes} min of mean response are expected then, and {instead} with {late} first."
        ),
    ))
}

/// Whether another alternative would be best under other assumptions.
fn holds(comparison: &Comparison, language: Language) -> Option<String> {
    let study = comparison.sensitivity.as_ref()?;
    let changes = study.items.iter().flat_map(|item| &item.changed);
    let all = changes.clone().count();
    let overturned = changes.filter(|changed| changed.best != study.recommended);
    let count = overturned.clone().count();
    let behind = overturned.map(|changed| changed.behind).fold(0.0, f64::max);
    let behind = if comparison.ranked_by == "mean" {
        language.pick(format!("{behind:.0} 秒"), format!("{behind:.0} s"))
    } else {
        let points = behind * 100.0;
        language.pick(
            format!("{points:.1} 个百分点"),
            format!("{points:.1} points"),
        )
    };
    Some(match count {
        0 => language.pick(
            format!("行车时间、新建队出动时间、各镇警情逐项改变 {all} 次，最优方案都不变。"),
            format!("Travel times, turnout of the new brigades and the incidents of each town were changed one at a time: in all {all} changes it stays the best."),
        ),
        _ => language.pick(
            format!("行车时间、新建队出动时间、各镇警情逐项改变 {all} 次，其中 {count} 次另有方案更优，所差至多 {behind}。"),
            format!("Travel times, turnout of the new brigades and the incidents of each town were changed one at a time: in {count} of {all} changes another would be best, by at most {behind}."),
        ),
    })
}

/// When there is water on fires.
fn water(comparison: &Comparison, language: Language) -> Option<String> {
    let (best, today) = (comparison.best(), comparison.baseline());
    let minutes = |seconds: Option<f64>| Some(format!("{:.1}", seconds? / 60.0));
    let water = best.county.first_water.as_ref()?;
    let mean = |water: &FirstWater| minutes(water.mean_seconds.map(|mean| mean.value));
    let (before, after) = (mean(today.county.first_water.as_ref()?)?, mean(water)?);
    let dry = minutes(water.mean_without_hydrants_seconds.map(|mean| mean.value))?;
    let share = water.at_hydrant?.value * 100.0;
    Some(language.pick(
        format!(
            "火灾平均出水时间（接警起算）由 {before} 分钟降至 {after} 分钟；{share:.0}% 的火灾在水带可及的消火栓旁，若全县没有消火栓则为 {dry} 分钟。"
        ),
        format!(
            "First water on fires comes after {after} min on average instead of {before} (from the call); {share:.0} % of fires have a hydrant within reach, and without any hydrant it would be {dry} min."
        ),
    ))
}
