# 按现成行车时间表求最优站址

siting-objective = 模型
siting-p-median = p-中值
siting-p-center = p-中心
siting-mclp = 最大覆盖
siting-lscp = 集合覆盖
siting-mexclp = 最大期望覆盖
siting-status = 状态
siting-reason = 原因
siting-value = 目标值
siting-bound = 界
siting-gap = 差距
siting-sites = 站址
siting-served = 服务量
siting-elapsed = 用时
siting-optimal = 已证明最优
siting-feasible = 可行，未证明最优
siting-infeasible = 无解
siting-unknown = 限时内未找到
siting-reason-unreached = 可选站址都到不了的需求点有 { $points } 个，第一个为 { $first }
siting-reason-too-few-sites = 这么少的站址不能覆盖所有有站址能到的需求点
siting-reason-no-room = 满足约束的选法都容纳不下所有有站址能到的需求
siting-reason-constraints = 没有满足全部约束的选法
siting-reason-time = 限时内没有找到选法
