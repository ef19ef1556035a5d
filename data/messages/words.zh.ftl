# 术语：各处通用

existing-stations = 现状
county = 全县
today = 现状
change = 变化
step = 第 { $step } 步
not-reached = 不可达
between-items = 、
between-clauses = ，
between-sentences = ；
town = 乡镇
town-short = 镇
station = 消防站（队）
residents = 居民
engines = 消防车
kilometres = 公里
mean-minutes =
    平均
    分钟
summary = 摘要
data-basis = 数据依据
costs = 费用
square-kilometres = km²

runs-replications = 仿真 { $replications } 次 × { $years } 年
runs-batches = 连续仿真 { $years } 年，分 { $batches } 批统计
span-seconds = { $seconds } 秒
span-minutes = { $minutes } 分钟
clock-response = 接警起算
clock-dispatch = 出动指令起算
clock-travel = 仅行车
road-motorway = 高速公路
road-motorway-link = 高速匝道
road-trunk = 干线公路
road-trunk-link = 干线匝道
road-primary = 国省道
road-primary-link = 国省道连接线
road-secondary = 省县道
road-secondary-link = 省县道连接线
road-tertiary = 县乡道
road-tertiary-link = 县乡道连接线
road-unclassified = 乡村公路
road-residential = 居民区道路
road-living-street = 生活街道
road-service = 内部道路
road-road = 等级不明
road-track = 机耕道、林道
amount-seconds = { $value } 秒
amount-points = { $value } 个百分点
ranked-by-lost = 有警情无车可派：先按无车可派的比例排序，相差不超过 { $indifference }的方案再按所选指标排序。
