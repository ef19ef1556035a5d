# 终端里的排序表

column-behind-seconds-short = 比最优
    慢，秒
column-behind-points-short = 与最优差
    百分点
ranking-legend = 时间自接警起算至首车到场；“出动%”自出动指令起算。排序依据：{ $ranked }。± 为 95% 置信区间（配对）。
ranking-ties = “=”：与最优方案相当（{ $tie }），共 { $count } 个方案。
ranking-alike = “≈”：与最优方案无法区分，共 { $count } 个方案。
ranking-too-few = “?”：样本过少，不能判断是否与最优方案相当，共 { $count } 个方案。
ranking-hidden = 其余 { $count } 个方案见 { $file }。
ranking-best = 最优：{ $best }，平均到场 { $mean } 分钟（现状 { $today } 分钟）。
ranking-best-of-answered = 最优：{ $best }，有车到场的警情平均 { $mean } 分钟，无车可派 { $lost }（现状 { $today } 分钟，{ $lost_today }）。
ranking-next = 次优{" "}
ranking-next-besides-ties = 除与最优相当者外，其次为
ranking-next-seconds = { $which }{ $next } 落后 { $value } 秒{ $limit }。
ranking-next-points = { $which }{ $next } 落后 { $value } 个百分点{ $limit }。
ranking-limit = （95% 上限 { $most }）
ranking-next-lost = { $which }{ $next }，无车可派的警情多 { $value } 个百分点。
ranking-sure = 没有方案比最优方案{ $better }的概率：{ $sure }%（只计仿真的随机性，不含数据误差）。
ranking-unsure = 仿真次数（或批数）不足 { $least }，或警情太少，不能给出最优的概率。
ranking-chosen = 以 { $confidence }% 置信度选定（差别不超过 { $indifference } 不计），共用 { $spent } 次仿真，最多的方案 { $most } 次。
ranking-not-chosen = { $most } 次仿真还不足以在 { $confidence }% 置信度下选定；可用 --replications 增加。
ranking-left = 已不可能最优的方案不再继续仿真，最早的只做了 { $least } 次：排在其余方案之后，先停的在后，与数值无关。
ranking-run = { $runs }，种子 { $seed }。输入含模拟生成和假定数据，见 comparison.json 的 data_basis。
ranking-costs-remark =
    年均成本为投资按寿命摊到每年，加年运行成本。居民覆盖按预计到场时间、车辆均在站计。价格和配置多为假定，见 comparison.json 的 price_basis；换成本县核定的 prices.csv 后再用。
