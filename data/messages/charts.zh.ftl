# 图

chart-later-or-never = > { $minutes } 或不可达
chart-within = 未超出
chart-slower = 变慢 ≥ { $minutes }
chart-no-gain = < { $minutes }（无变化）
chart-cuts-off = 封闭后有人不可达
chart-way-round = 封闭后须绕行
chart-building-sequence = 先建哪一处
chart-mean-response = 平均到场时间（接警起算），分钟
chart-interval = （横线：95% 置信区间）
chart-as-assumed = 现有假定 { $value }
chart-others = 其余 { $count } 个方案
chart-share-reached = 已到场警情的累计占比
chart-month = { $month }月
chart-by-hour = 按接警时刻（时），起/年
chart-by-month = 按月份，起
chart-character-missing = 〓：字库中没有的字

# 地图图例与图角
chart-schematic = 示意图
chart-review = 审图号：{ $number }
chart-north = 北
symbol-existing = 现有消防站
symbol-planned = 拟建消防站（队）
symbol-site = 候选站址
symbol-town = 镇驻地
symbol-expressway = 高速公路
symbol-main-road = 干线公路
symbol-minor-road = 乡村道路
symbol-boundary = 县界
