# 期望到场时间

expected-clock-nearest = 接警起算：受理调度和出动 { $before } s + 最近消防站行车；假定车辆均在站
expected-clock-first = 接警起算：受理调度 { $handling } s + 出动（{ $turnout }）+ 行车，取最先到场的队；假定车辆均在站
expected-turnout-of-crew = { $crew } { $seconds } s
