# 报告：表格各列的表头、单位、数字

head-with-unit = { $head }，{ $unit }
head-with-part = { $head }：{ $part }
figure-with-interval = { $figure }（{ $low }–{ $high }）
figure-with-signed-interval = { $figure }（{ $low } 至 { $high }）
figure-too-few = { $figure }（样本过少）
unit-minutes = 分
unit-seconds = 秒
unit-yuan = 元
unit-wan-yuan = 万元

# 表格：方案

column-rank = 名次
column-alternative = 方案
column-engines-added = 新增消防车
column-probability-best = 最优或相当的概率
column-probability-best-short = 最优
    概率%
column-told-apart = 能否与最优区分
told-apart-yes = 能
told-apart-tie = 相当
told-apart-no = 不能
column-mean-response = 平均到场时间
column-median-response = 到场时间中位数
column-p90-response = 到场时间第 90 百分位
column-p90-response-short = 90%
    分钟
column-within-response-short = { $minutes }分
    到场%
column-within-dispatch-short = { $minutes }分
    出动%
column-within-travel-short = { $minutes }分
    行车%
column-mean-full-assignment = 力量到齐平均
column-mean-full-assignment-short = 到齐
    分钟
column-less-baseline = 平均到场：与现状之差
column-less-best = 平均到场：与最优之差
column-ranked-less-baseline = { $figure }：与现状之差
column-ranked-less-best = { $figure }：与最优之差
column-replications = 仿真次数
column-waited = 等车警情比例
column-lost = 无车可派比例
column-lost-short =
    无车可派
    %
column-short-handed = 车辆不足警情比例
column-aided = 邻县增援警情比例
column-aided-short =
    邻县增援
    %

# 表格：费用

column-investment = 投资
column-investment-short = 投资
    万元
column-yearly = 年运行
column-yearly-short = 年运行
    万元
column-all-in = 年均成本
column-all-in-short = 年均成本
    万元
column-all-in-low = 年均成本（各价格均取低值）
column-all-in-high = 年均成本（各价格均取高值）
cost-range = 年均成本 { $value } 万元：各价格均取低值为 { $low } 万元，均取高值为 { $high } 万元。
column-present-value = 现值
column-per-minute = 平均到场每缩短 1 分钟的年均成本
column-per-minute-short =
    每快1分钟
    万元/年
column-newly-covered = 新增达标居民：{ $standard }
column-per-resident = 新增达标居民人均年成本：{ $standard }
column-per-resident-short =
    新覆盖1人
    { $minutes }分，元/年

# 表格：乡镇、村、消防车、标准、数据依据、分布

column-calls = 年警情数
part-best = 最优方案
column-demand-point = 村（社区）
column-id = 编码
column-first-today = 现状：首到消防站
column-first-best = 最优方案：首到消防站
column-beyond = 超出
column-lon = 经度
column-lat = 纬度
column-staff = 网格员
column-checked = 位置核实
column-measures = 微型消防站、水源等措施
column-done = 完成日期
column-existing = 现有或拟建
station-existing = 现有
station-planned = 拟建或邻县
column-busy = 在外时间比例
column-standard = 标准
column-threshold = 阈值
column-clock = 起算
column-share-required = 要求比例
column-source = 出处
column-item = 项目
column-basis = 数据依据
column-reason = 理由或出处
column-time-from-call = 时间（接警起算）

# 各处共用的说法

standards-count = 达标率只计标准所计的警情，不计{ $types }（同样占用消防车）。
of-all-calls = 全部警情
of-counted-calls = 标准所计的警情
standard-with-clock = { $name }（{ $clock }）
standard-with-minutes = { $name }（{ $minutes } 分钟，{ $clock }）
ranked-figure-minutes = 按{ $ranked }，最优为{ $best }：{ $figure } 分钟（现状 { $today } 分钟）。
ranked-figure-share = 按“{ $ranked }”，最优为{ $best }：占警情的 { $figure }%（现状 { $today }%）。
metric-mean = 平均到场时间
metric-median = 到场时间中位数
metric-p90 = 到场时间第 90 百分位
metric-full-mean = 平均力量到齐时间
metric-full-p90 = 力量到齐时间第 90 百分位
run = { $runs }（自 { $start } 起），种子 { $seed }；排序依据：{ $ranked }；brigade { $version }
basis-observed = 实测或公开资料
basis-estimated = 推算
basis-assumed = 假定
basis-modelled = 模拟生成
best-alternative = 最优方案
sources = 资料来源：{ $sources }
