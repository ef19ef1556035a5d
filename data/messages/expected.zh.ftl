# 预计到场时间

expected-clock-nearest = 接警起算：受理调度和出动 { $before } 秒 + 最近消防站行车；车辆均在站
expected-clock-first = 接警起算：受理调度 { $handling } 秒 + 出动（{ $turnout }）+ 行车，取最先到场的队；车辆均在站
expected-turnout = { $seconds } 秒
expected-turnout-of-crew = { $crew } { $seconds } 秒
