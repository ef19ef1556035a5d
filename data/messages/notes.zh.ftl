# 结果所依据的数据，逐项注明来源

input = { $name }：{ $figures }
input-roads = 道路
input-speeds = 车速和路上耽搁
input-towns = 乡镇驻地和人口
input-demand-points = 需求点位置和人口
input-listed-calls = 逐起列出的警情
input-incident-rate = 警情率
input-station = 现有消防站
input-mutual-aid = 邻县增援
input-clearances = 须退让的场所
input-sites = 候选站址
input-turnout-shift = { $from } 时至 { $to } 时的出动时间
input-time-band = { $from } 时至 { $to } 时的路况
input-hose-reach = 水带能到的距离
input-on-foot = 无路处步行
input-lanes = 路网未列的小路
input-hydrants = 公共消火栓位置
input-travel-spread = 行车时间逐次波动
input-return = 归队时间
input-rate-multiplier = { $town }警情倍数
input-price = 价格
input-brigade-class = 配置
input-junctions = 干道路口站址
input-no-neighbours = 选址不计邻县增援
reason-junctions = 由路网得出，镇属取自最近的村；用地未核实
reason-no-neighbours = 本县车辆不够时才请邻县增援；选址的预计时间按本县车辆计
reason-row-by-row = 逐行见 { $table }
reason-lanes = 程序默认：周围 2 公里内街巷密度过低，判为路网缺小路；绕行系数和车速经两地只留干道的路网与全路网对照，误差较小；除所列河流湖泊外未计地形阻隔；请以实测行车时间或出警记录替换
reason-on-foot = 程序默认：路旁便道可行车，更远处携装备步行；请按本地情况替换

stage-call-handling = 受理调度
stage-turnout = 出动
stage-turnout-part-time = 出动（兼职队）
stage-turnout-volunteer = 出动（志愿队）
stage-restocking = 归队后整备
stage-with-hydrant = 到场至出水（水带能接到消火栓）
stage-without-hydrant = 到场至出水（无消火栓可用）
stage-with-tender = 到场至出水（水罐车到场供水）

figures-roads = { $km } 公里
figures-speeds = { $profile }：{ $count } 项
figures-towns = { $count } 个
figures-demand-points = { $count } 个
figures-positions = { $count } 处
figures-hydrants = { $count } 个
figures-listed-calls = { $file }，{ $calls } 起，均在需求点
figures-listed-calls-at-positions = { $file }，{ $calls } 起，其中 { $positions } 起按各自坐标，接入道路的距离平均 { $mean } 米、最大 { $most } 米
figures-incident-rate = { $incident_type }每万人每年 { $rate } 起
figures-station = { $name }，{ $engines } 辆消防车
figures-mutual-aid = { $name }，{ $engines } 辆，调集 { $delay }
figures-times = × { $factor }
figures-time-band = 时段 { $band }
figures-hose-reach = { $metres } 米
figures-lanes = 直线距离 × { $detour }，{ $speed } 公里/小时；{ $of } 个需求点中 { $points } 个周围缺小路
figures-on-foot = 距路 { $beyond } 米以外 { $speed } 公里/小时
figures-travel-spread = 标准差 { $percent }%
figures-return = 去程的 { $factor } 倍
figures-rate-multiplier = × { $factor }
figures-special-day = 警情率 × { $factor }
figures-price-range = { $value }（{ $low } 至 { $high }）
figures-price = { $item } { $value } { $unit }
figures-brigade-class = { $name } { $people } 人，用地 { $land } m²，建筑 { $building } m²

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
price-unit-yuan-per-m2 = 元/m²
price-unit-yuan-per-person = 元/人
price-unit-yuan-per-person-year = 元/人·年
price-unit-yuan-per-year = 元/年
price-unit-per-year = /年
price-unit-years = 年

# 结果中的名称
crew-full-time = 专职队
crew-part-time = 兼职队
crew-volunteer = 志愿队
changed-travel = 行车时间
changed-turnout = 新建队的出动时间
changed-incidents = { $town }的警情
usual-state = 原情景

# 规划人员应当留意、但不妨碍运行的事

warning-columns-unused = { $file }：列 { $columns } 共 { $number } 列，本程序和 GMNS 均无此名，未使用
warning-demand-outside = { $all } 个需求点中有 { $outside } 个在县界外，第一个是 `{ $first }`；照样计入
warning-list-at-midnight = { $file }：{ $calls } 起警情中有 { $midnight } 起在零时，名单似乎只有日期；这样当天的警情会同时派车。请补上时刻，或不用该名单，按 hours.csv 随机产生警情
warning-network-backwards = 路网中有 { $links } 条路段的折线由终点画向起点，已反转
warning-network-class = 路网中有 { $links } 条路段的道路类别未知（{ $words }），按路网文件夹内 mapping.toml 的规定处理，没有规定的按 `road`（类别不明）处理
warning-network-control = 路网中有 { $nodes } 个节点的控制方式未知（{ $words }），通过时不计延误
warning-network-length = 路网中有 { $links } 条路段未给长度，沿其折线量取
warning-network-no-word = 空值
warning-network-not-driven = 路网中有 { $links } 条路段消防车不能通行（{ $words }），已略去
warning-network-one-way = 路网中有 { $links } 条路段未注明单向或双向，按单向处理
warning-network-restrictions = 路网中有 { $restrictions } 条转向限制经过消防车不能通行的路段，已略去
warning-network-word = { $word }：{ $count }
warning-list-sorted = { $file }:{ $line }：时间早于上一行，此类行共 { $rows } 行；已按时间排序
warning-not-read = 未读取 { $file }：这类数据表的文件名是 `{ $meant }`；请改名，或在情景的 [tables] 中写明
warning-never-chosen = 组 `{ $group }` 的 { $candidates } 个候选站址不在任何方案中：[[alternatives.choose]] 未从该组选取
warning-group-meant = ；是否应为组 `{ $group }`？
warning-no-station-today = 现有消防站一个也没有：“现状”即全县无站，不给出各方案相对现状的改善
warning-never-complete = `{ $id }`（{ $name }）类警情可能需要车辆 { $needs }，{ $all } 个方案中有 { $alternatives } 个不足（`{ $first }` 只有 { $has }）：这类警情由现有车辆处置，计入“车辆不足警情”；力量到齐时间只统计其余警情
warning-sent-on-unrestocked = [dispatch] redirect 使归途中的车未经整备即转派；整备只在最后一起警情之后做一次
warning-station-outside = `{ $id }`（{ $name }）在县界外
warning-too-near = `{ $id }`（{ $name }）距{ $of }（`{ $of_id }`）{ $distance } 米；{ $source }要求不小于 { $asked } 米
