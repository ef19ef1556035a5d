# report.html

page-language = zh-CN
page-what = 消防站选址仿真报告。
page-tile-mean = 平均到场，分钟
page-tile-p90 = 第 90 百分位，分钟
page-tile-mean-of-answered = 有车到场的警情平均到场，分钟
page-tile-p90-of-answered = 有车到场的警情第 90 百分位，分钟
page-map = 交互地图
page-map-remark = 预计到场时间（接警起算）：车辆均在站，受理、出动取均值。选方案、指向乡镇或村庄、搜索村名。示意图。
page-map-alternative = 方案
page-map-search = 搜索村（社区）
page-alternatives = 方案比较
page-alternatives-remark = 括号内为 95% 置信区间；= 表示与最优方案相当；≈ 表示与最优方案无法区分。
page-alternatives-hidden = 其余方案见 { $file }：{ $count } 个
page-costs-remark = 投资按寿命摊到每年，加年运行成本，为年均成本。价格和编配多为假定（见“数据依据”），须以核定价格重算。居民按预计到场时间、车辆均在站计。
page-charts = 图
page-method = 方法与假定
page-method-simulation = 程序在全县路网上按消防车的车速算出每处消防站到每个村（社区）的行车时间，再逐年、逐起地仿真警情：何时何地发生、需要几辆车、按调派顺序谁有车可派、多久到场、多久归队。每个方案面对同一批警情，所以方案之间的差别不是运气造成的。
page-method-response = 到场时间 = 受理调度（平均 { $handling } 秒）＋ 出动（平均 { $turnout }）＋ 行车；先派的消防站无车时由下一站出车，都无车时等待。地图和村庄时间是预计值：车辆均在站，各阶段取均值；表中的数字是仿真结果，含车辆外出的影响。
page-method-intervals = 比例以全部警情为分母，时间取有车到场的警情。区间为 95% 置信区间，只反映仿真的随机性，不反映数据误差；“样本过少”表示警情太少、不给区间。
page-standards = 标准及其起算点
page-towns = 附录一　各乡镇
page-points = 附录二　各村（社区）
page-points-remark = 预计到场时间（分，接警起算），车辆均在站。
page-points-late = 加底色者超出：
page-offline = 本文件不联网，可离线打开、打印。地图程序 Leaflet 1.9.4（BSD-2-Clause）：

# 交互地图上的说法；花括号里的由页面填入

map-point = { $town }{ $point }
map-point-title = { $point }（{ $town }）
map-engines = 消防车 { $engines }
map-residents = 居民 { $residents }
map-unlisted = 路网缺小路：行车时间按直线估算
map-first-due = { $alternative }：{ $station } { $minutes } 分钟
map-town-mean = 平均到场 { $minutes } 分钟（仿真）
map-town-lost = 无车可派 { $share }%
map-town-p90 = 第 90 百分位 { $minutes } 分钟
map-answer-today = { $point }：现状首到 { $today }，{ $today_minutes } 分钟。
map-answer = { $point }：现状首到 { $today }，{ $today_minutes } 分钟；采用“{ $alternative }”后首到 { $station }，{ $minutes } 分钟。
map-no-such-point = 没有这个村（社区）
map-band = { $limits } 分钟
map-band-beyond = > { $limit } 分钟或不可达
