# 结果所依据的数据，逐项注明来源

note-roads = 道路：{ $km } 公里
note-speeds = 车速和路上耽搁：{ $profile }：{ $count } 项
note-towns = 乡镇驻地和人口：{ $count } 个
note-demand = 需求点位置和人口：{ $count } 个
note-rates = 警情率：{ $kind }每万人每年 { $rate } 起
note-station = 现有消防站：{ $name }，{ $engines } 辆消防车
note-aid = 邻县增援：{ $name }，{ $engines } 辆，调集 { $delay }
note-clearances = 须退让的场所：{ $count } 处
note-sites = 候选站址：{ $count } 处
note-call-handling = 受理调度：{ $spread }
note-turnout = 出动：{ $spread }
note-turnout-part-time = 出动（兼职队）：{ $spread }
note-turnout-volunteer = 出动（志愿队）：{ $spread }
note-restocking = 归队后整备：{ $spread }
note-shift = { $from } 时至 { $to } 时的出动时间：× { $factor }
note-band = { $from } 时至 { $to } 时按时段 { $band } 行车
note-hoses = 水带能到的距离：{ $reach } 米
note-at-hydrant = 到场至出水（水带能接到消火栓）：{ $spread }
note-no-hydrant = 到场至出水（无消火栓可用）：{ $spread }
note-tender = 到场至出水（水罐车到场供水）：{ $spread }
note-hydrants = 公共消火栓位置：{ $count } 个
note-traffic = 行车时间逐次波动：标准差 { $sd }%
note-return = 归队时间：去程的 { $factor } 倍
note-multiplier = { $town }警情倍数：× { $factor }
note-special-day = { $day }：警情率 × { $factor }
note-price = 价格：{ $item } { $value } { $unit }
note-class = 配置：{ $name } { $people } 人，用地 { $land } m²，建筑 { $building } m²
note-junctions = 干道路口站址
note-without-neighbours = 选址不计邻县增援
note-town-areas = 无镇界数据：县界内每个格点归最近需求点所在的镇

# 时间分布
spread-mean = { $shape }，平均 { $mean }
spread-mean-sd = { $shape }，平均 { $mean }，标准差 { $sd }
shape-constant = 定值
shape-exponential = 指数分布
shape-lognormal = 对数正态
shape-gamma = 伽马分布
shape-uniform = 均匀分布
shape-triangular = 三角分布
shape-empirical = 经验分布

# 价格表
price-land = 用地
price-building = 建筑
price-engine = 消防车
price-equipment = 装备
price-crew-full-time = 专职队员
price-crew-part-time = 兼职队员
price-crew-volunteer = 志愿队员
price-upkeep-station = 队站运行
price-upkeep-engine = 车辆运行
price-discount-rate = 折现率
price-period = 计算期
price-unit-yuan = 元
price-unit-yuan-per-m2 = 元/m²
price-unit-yuan-per-person = 元/人
price-unit-yuan-per-person-year = 元/人·年
price-unit-yuan-per-year = 元/年

# 结果中的名称
crew-full-time = 专职队
crew-part-time = 兼职队
crew-volunteer = 志愿队
changed-travel = 行车时间
changed-turnout = 新建队的出动时间
changed-incidents = { $town }的警情
numbered-hour = { $number }时
numbered-month = { $number }月
junction-near = { $village }旁路口 { $id }
usual-state = 原情景
