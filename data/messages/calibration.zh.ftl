# 出车记录对未列小路的说明

calibration-model = 行车时间算法
calibration-bias =
    平均误差
    秒
calibration-off =
    平均绝对
    误差，秒
calibration-nearest =
    最近站
    相符，%
calibration-listed = 只走已列道路
calibration-stated = 小路 { $speed } 公里/小时（原设）
calibration-fitted = 小路 { $speed } 公里/小时（率定）
calibration-ruler = 直线 { $speed } 公里/小时（率定）
calibration-trips = 记录 { $trips } 次行车，其中 { $by_lanes } 次用时与未列小路车速有关；{ $unreached } 次无路可通，未计。R² 按全部行车计；率定各行每次取五分之四的记录率定、推算其余五分之一。误差为推算减记录。“最近站相符”：实际出发地即为该算法所得最近出发地（限记录中出现的）的次数占比。
calibration-says = 按此记录，绕行系数取 { $detour } 时小路车速为 { $speed } 公里/小时：重新抽取行车记录再率定，95% 落在 { $low } 至 { $high }。用时只能反映车速与绕行系数之比；绕行系数另取（--lane-detour）时，车速随之而变。
calibration-at-the-end = 已到试算范围（{ $least } 至 { $most } 公里/小时）的尽头，问题不在小路：用时是否含出动时间、坐标是否为其他坐标系、车型参数中的道路车速是否偏低？
calibration-others = 其余 { $others } 次行车与小路无关，平均误差 { $bias } 秒：差错在道路、车型参数或记录本身（如用时含出动时间），小路车速会替它抵数。
calibration-reason = 按 { $by_lanes } 次经未列小路的行车记录率定（{ $file }）；重新抽取再率定，95% 为 { $low } 至 { $high } 公里/小时
