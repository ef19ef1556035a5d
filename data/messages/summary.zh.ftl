# 摘要

summary-nothing-compared = 本情景只评估现状，没有可比较的方案。
summary-nothing-answered = 模拟中各方案均没有得到出动的警情，无法判断哪个方案最优。
summary-none-better = 没有一个方案优于现状。
summary-headline = 建议方案：{ $best }（新增消防车 { $engines } 辆）。
summary-headline-not-needed = { $but }最优方案：{ $best }（新增消防车 { $engines } 辆）。
summary-cost = 投资 { $investment } 万元，年运行 { $running } 万元；投资按寿命摊销后年均成本 { $all_in } 万元。价格多为假定，须以核定价格重算。
summary-cost-per-minute = 投资 { $investment } 万元，年运行 { $running } 万元；投资按寿命摊销后年均成本 { $all_in } 万元，平均到场每缩短 1 分钟折合每年 { $per_minute } 万元。价格多为假定，须以核定价格重算。
summary-gain = 全县平均到场时间（接警至首车到场）由 { $mean_before } 分钟降至 { $mean_after } 分钟，缩短 { $fall }分钟；90% 警情的到场时间由 { $p90_before } 分钟以内降至 { $p90_after } 分钟以内。
summary-change = 全县平均到场时间（接警至首车到场）为 { $mean_after } 分钟，现状 { $mean_before } 分钟（变化 { $difference }分钟）；90% 警情的到场时间在 { $p90_after } 分钟以内，现状 { $p90_before } 分钟。
summary-change-of-answered = 无车可派的警情占 { $lost_after }，现状 { $lost_before }。有车到场的警情平均到场时间（接警至首车到场）为 { $mean_after } 分钟，现状 { $mean_before } 分钟（变化 { $difference }分钟）；其中 90% 在 { $p90_after } 分钟以内到场，现状 { $p90_before } 分钟。
summary-town-lost = 受益最大的是{ $town }：无车可派的警情占 { $lost_after }，现状 { $lost_before }；有车到场的警情平均 { $after } 分钟，现状 { $before } 分钟。
summary-town = 受益最大的是{ $town }：平均到场时间由 { $before } 分钟降至 { $after } 分钟。
summary-reached = { $calls }中 { $after } 达到“{ $standard }”，现状 { $before }；车辆均在站时，仍有 { $points } 个村（社区）、约 { $residents } 万人不能达到，名单见 report.html 附录二和 report.xlsx。
summary-others-distinguished = 其余方案均可与之区分。
summary-others-alike = 与之无法区分的方案：{ $alike }。
summary-others-unknown = 样本过少、不能判断是否与之相当的方案：{ $unknown }。
summary-others-tie = 与之相当（{ $tie }）的方案：{ $ties }。
summary-only-more = { $more } 个方案（见 alternatives.csv）
summary-names-and-more = { $names }，另有 { $more } 个
summary-others-both = { $some }{ $more }
summary-sure = 就仿真的随机性而言，没有方案比它{ $better }的概率为 { $sure }%（不含数据误差）。{ $others }
summary-unsure = 仿真次数（或批数）不足 { $least }，或警情太少，不能给出它确为最优的概率。{ $others }
summary-modelled = 部分输入为模拟生成或假定（见“数据依据”）。决策前应换成实测村庄坐标、本队出警记录和实际站址。

outlook-expected = 以上为仿真值。地图、建设次序和敏感性用预计值（车辆均在站、各阶段取均值）：平均到场 { $after } 分钟，现状 { $before } 分钟。两者有别：仿真中车辆外出会更慢，多车出动取最先到场者会更快。
outlook-expected-first = 以上为仿真值。地图、建设次序和敏感性用预计值（车辆均在站、各阶段取均值）：平均到场 { $after } 分钟，现状无队可到。两者有别：仿真中车辆外出会更慢，多车出动取最先到场者会更快。
outlook-order = 若分步建设，先建{ $early }：预计平均到场 { $minutes } 分钟；先建{ $late }为 { $instead } 分钟。
outlook-order-alike = 若分步建设，先建{ $early }或{ $late }相当：预计平均到场 { $minutes }、{ $instead } 分钟。
outlook-holds = 行车时间、新建队出动时间、各镇警情逐项改变 { $all } 次，它始终最优，或没有方案比它好出 { $indifference }以上。
outlook-overturned-seconds = 行车时间、新建队出动时间、各镇警情逐项改变 { $all } 次，其中 { $count } 次另有方案好出 { $indifference }以上，所差至多 { $behind } 秒。
outlook-overturned-points = 行车时间、新建队出动时间、各镇警情逐项改变 { $all } 次，其中 { $count } 次另有方案好出 { $indifference }以上，所差至多 { $behind } 个百分点。
outlook-water = 有车到场的火灾平均出水时间（接警起算）为 { $after } 分钟，现状 { $before } 分钟；其中 { $share }% 在水带可及的消火栓旁，若全县没有消火栓则为 { $dry } 分钟。
