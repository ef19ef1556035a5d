# 报告：表格各列的单位

head-with-unit = { $head }，{ $unit }
unit-minutes = 分
unit-seconds = 秒
unit-yuan = 元
unit-wan-yuan = 万元
