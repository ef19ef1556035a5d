# 选址优化：最优路口、花费与所得、建设次序、分年建设、其他情况

optimize-choices-of-town = { $name } { $junctions } 选 { $count }
optimize-choices-anywhere = 全县 { $junctions } 选 { $count }
optimize-none-found = 限时内没有找到方案
optimize-proven = 已证明最优：没有其他组合更快
optimize-gap = 限时已到，差距不超过 { $gap }%
optimize-mean = { $proven }。平均到场 { $mean } 分钟，下界 { $bound }，差距 { $gap }%
optimize-existing = 现状 { $minutes } 分钟：{ $faster }
optimize-none-existing = 目前没有消防站
optimize-listed = 候选表中最优的 { $id } { $minutes } 分钟：{ $faster }
optimize-another = 再增设一处，设在全县 { $junctions } 个干道路口中最优的一处：{ $minutes } 分钟，再快 { $faster } 秒
optimize-another-simulated-few = 仿真检验：再快 { $faster } 秒（样本过少，不给区间）
optimize-another-simulated = 仿真检验：再快 { $faster } 秒（95% 置信区间 { $low } 至 { $high }）
optimize-no-another = 再增设一处，设在全县任何干道路口都不能再缩短平均到场时间。
optimize-expected = 以上为预计值：车辆均在站，最先到场的队计时，各阶段取均值。路口属于最近的村所在的镇。
optimize-site = 站址
optimize-village = 最近的村
optimize-village-km = 距村公里
optimize-town-mean =
    本镇平均
    到场，分钟
robust-as-requested = 原情景最优
robust-least-average = 平均最快
robust-least-regret = 最大后悔值最小
robust-title = 稳健性：各情况下的平均到场分钟（括号内为落后于该情况下最优的秒数；“=”为与其相当，差别不超过 { $indifference } 不计）
robust-state = 情况
robust-its-own-best = 该情况最优
robust-choice = { $words }：{ $sites }；最大后悔值 { $worst } 秒，各情况平均 { $average } 分钟
robust-states-alike = 已逐一计算全部组合，各情况同等看待；预计值，车辆均在站。
robust-states-by-share = 已逐一计算全部组合，各情况按所给时间份额计；预计值，车辆均在站。
frontier-title = 增设消防站的成本与效果：全县干道路口任选（覆盖按“{ $standard }”计居民）
frontier-some-unproven = * 未证明最优{ $within }：搜索提前结束（可用 --time-limit 给定时间继续搜索）；其余各格均已证明：同样站数没有更好的选法。
frontier-within-gap = （与可能的最优相差不超过 { $gap }%）
frontier-all-proven = 各格均已证明：同样站数没有更好的选法。
frontier-prices = 价格多为假定，见 optimization.json 的 price_basis。
frontier-brigades = 站数
frontier-least-mean =
    平均到场
    最少，分钟
frontier-towns = 所在镇
frontier-most-within =
    覆盖最多
    %
frontier-requested = 指定方案
sequence-title = 建设次序：每一步都在已建的基础上取最好的路口；数字为该步之后的平均到场分钟
sequence-at-once = 一次选定 { $at_once } 分钟；先后选定最好的次序只差 { $lost } 秒。
frontier-chart-how = 预计值：车辆均在站，最先到场的队计时，各阶段取均值；每个点都是同样站数中的最优。
frontier-chart-title = 增设消防站：成本与效果
frontier-chart-subtitle = 干道路口任选，再建 0 至 { $most } 处；红点为指定方案
frontier-chart-cost = 年均成本，万元
frontier-chart-brigades = 增设站数
frontier-chart-within = “{ $standard }”内的居民，%
sequence-chart-subtitle = 每一步在已建的基础上取最好的路口；实线次序全程最快；最后一步为再增设一处
sequence-chart-how = 预计值：车辆均在站，最先到场的队计时，各阶段取均值。
phases-title = 分期建设：每期在已建的基础上取最好的路口（覆盖按“{ $standard }”计居民）
phases-by-end-of = 年底前
phases-new = 新建
phases-investment =
    当期投资
    万元
phases-yearly =
    此后每年
    万元
phases-present-value =
    累计现值
    万元
mean-response-minutes =
    平均到场
    分钟
phases-within =
    覆盖
    %
phases-fewer = 至 { $year } 年底应新建 { $wanted } 处，实际只能选出 { $built } 处：可用路口已用完。
phases-unproven = * 未证明最优{ $within }：搜索提前结束（可用 --time-limit 给定时间继续搜索）。
phases-note = 此后每年为全部已建队的人员与维护费；累计现值折算到第一期年底。
optimize-simulated = 仿真检验
optimize-choices = 干道路口：{ $asked }，共 { $choices } 种组合
optimize-slower-by = 慢 { $seconds } 秒
optimize-faster-by = 快 { $seconds } 秒
optimize-together-proven = 连同再增设的一处一起选：{ $mean } 分钟（已证明最优）
optimize-together-unproven = 连同再增设的一处一起选：{ $mean } 分钟（限时已到，未证明）
condition = { $key }：{ $value }
between-conditions = ，
condition-weather = 天气
condition-band = 时段
condition-close = 封闭道路
condition-rain = 雨
condition-snow = 雪
condition-fog = 雾
condition-ice = 结冰
condition-night = 夜间
condition-peak = 高峰
condition-day = 日间
junction-near = { $village }旁路口 { $id }
junction-reason = 由 brigade optimize 从干道路口中选出，镇属取自最近的村；用地待现场核实
robust-as-good-on-average = 按各情况平均，另有 { $count } 种组合与最优相当（相差不超过 { $indifference }）。
robust-as-good-on-average-requested = 按各情况平均，另有 { $count } 种组合与最优相当（相差不超过 { $indifference }），原情景最优者在内。
robust-as-good-by-regret = 按最大后悔值，另有 { $count } 种组合与最优相当（相差不超过 { $indifference }）。
robust-as-good-by-regret-requested = 按最大后悔值，另有 { $count } 种组合与最优相当（相差不超过 { $indifference }），原情景最优者在内。
sequence-ties = “=”：与该步最快者相当，慢不超过 { $indifference }。
optimize-no-matter = { $difference }（不超过 { $indifference }，差别不计）
optimize-another-no-matter = 该差别不超过 { $indifference }，按界限不计：就平均到场时间而言，不必为此再增设一处。
