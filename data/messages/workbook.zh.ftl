# report.xlsx 和 report.docx

sheet-alternatives = 方案
sheet-low = 下限
sheet-high = 上限
too-few = 样本过少
sheet-alternatives-remark = 时间自接警起算至首车到场；下限、上限为 95% 置信区间的两端，“样本过少”表示警情太少、不给区间；与现状、与最优之差为同一批警情的配对差。
sheet-costs-remark = 价格和编配多为假定，依据见“数据依据”表；居民按预计到场时间、车辆均在站计。
sheet-towns = 乡镇
sheet-towns-remark = 最优方案：{ $best }。时间自接警起算至首车到场。
sheet-worklist = 超标村清单
sheet-worklist-remark = 采用最优方案后，预计仍超出“{ $standard }”的村（社区），供各镇网格员逐项核实、落实措施。时间为车辆均在站、各阶段取均值时的预计值；数据依据为“模拟生成”的，先核实位置。
sheet-engines = 消防车
sheet-engines-remark = 仿真中每辆消防车平均在外（出动至归队）的时间比例；下限、上限为 95% 置信区间的两端，“样本过少”表示出动太少、不给区间。
sheet-standards = 标准
sheet-standards-remark = 数字以正式文本为准。
sheet-distribution = 到场时间分布
sheet-distribution-remark = 首车在该时间内到场的警情比例（仿真）。
sheet-chart-distribution = 到场时间累计分布
sheet-chart-minutes = 分钟（接警起算）
sheet-chart-town-p90 = 各镇到场时间第 90 百分位（分钟，接警起算）

document-conclusion = 一、结论
document-alternatives = 二、方案比较
document-alternatives-remark = 排序依据：{ $ranked }。括号内为 95% 置信区间，“样本过少”表示警情太少、不给区间；= 表示与最优方案相当（{ $tie }）；≈ 表示与最优方案无法区分。
document-charts = 三、图
document-basis = 四、数据依据
