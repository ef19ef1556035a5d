doubt-access-speed = `roads.access_speed` 为 { $speed } 公里/小时，合理范围为 { $least } 至 { $most }；请核对单位
doubt-boundary-elsewhere = { $of } 个需求点中有 { $outside } 个在此县界外；可能是别县的界线，或坐标系不同
doubt-calls-per-residents = 每万人每年 { $rate } 起警情，合理范围为 { $least } 至 { $most }；可能把月率或人均率填作年万人率，或缺少警情率一列
doubt-elsewhere = `{ $id }` 距县域中心 { $distance } 公里，过远（此表共 { $rows } 处）；可能经纬度颠倒，或属别县
doubt-far-from-town = `{ $id }`（{ $name }）距{ $town }中心 { $distance } 公里，而该镇半数需求点在 { $usual } 公里以内（此类需求点共 { $rows } 个）；可能坐标有一位数字错误，或所属乡镇填错
doubt-known-time-speed = 从 `{ $station }` 到 `{ $point }` 按直线计车速已达 { $speed } 公里/小时，最高 { $most } 方为合理（此类共 { $rows } 行）；时间应以秒计，可能误填为分钟
doubt-long-links = 路段 `{ $id }` 长 { $length } 米，其线形长 { $line } 米（{ $of } 条有线形的路段中此类共 { $rows } 条）；长度应以米计，英尺数是米数的 3.28 倍
doubt-long-on-scene = `{ $id }` 类警情平均处置 { $hours } 小时，不超过 { $most } 小时方为合理；请核对时间单位
doubt-long-stage = `{ $key }` 平均 { $minutes } 分钟，不超过 { $most } 分钟方为合理；可能应以秒或分钟计
doubt-posted-speed = 高速公路至二级道路中，半数里程的 free_speed 不高于 { $median } 公里/小时，{ $least } 以上方为合理；车速应以公里/小时计，可能误填为米/秒
doubt-price =
    `{ $item }` 为 { $value }（单位 { $unit }），合理范围为 { $least } 至 { $most }{ $cause ->
        [wan] ；可能误以万元为单位
       *[none] ；请核对单位
    }
doubt-profile-speed = `{ $key }` 的车速为 { $speed } 公里/小时，合理范围为 { $least } 至 { $most }；请核对单位
doubt-residents-per-area = 按此县界，每平方公里 { $density } 人，合理范围为 { $least } 至 { $most }；可能是别处的界线，或人口以万人为单位
doubt-residents-per-town = 平均每个乡镇 { $each } 人，{ $least } 人以上方为合理；可能人口以万人为单位
doubt-spreadsheet-id = 编号 `{ $id }` 是电子表格把长编码改写成的数（此表共 { $rows } 个），末位数字已丢失；请将该列设为文本格式，从原始资料重新填写
doubt-town-residents = { $town }在此表为 { $stated } 人，其需求点合计 { $points } 人（此类乡镇共 { $rows } 个）；可能两者年份或口径不同，或缺少村庄
