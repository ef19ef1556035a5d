# 一起警情的经过

story-call = 接警：{ $type }，{ $town }{ $point }，需消防车 { $engines } 辆
story-call-with-apparatus = 接警：{ $type }，{ $town }{ $point }，需消防车 { $engines } 辆，其中{ $apparatus }
story-ordered = 下达出动指令（受理 { $handling }）
story-station = { $station }：预计行车 { $travel }，在队 { $ready } 辆，共 { $engines } 辆
story-engine-out = { $number } 号车在 { $point }（警情 { $incident }），{ $ready } 归队
story-engine-posted = { $number } 号车移防 { $to } 备勤
story-engine = { $station } { $number } 号车
story-engine-of-apparatus = { $station } { $number } 号车（{ $apparatus }）
story-arrives = { $engine }到场
story-sent-on = { $engine }未到场，改派更重的警情
story-travel = 行车 { $time }
story-on-scene = 处置 { $time }
story-waited = 等车 { $time }
story-turnout = 出动 { $time }
story-from-lesser-incident = 赴较轻警情途中改派
story-from-way-back = 归队途中改派
story-way-back = 归队 { $time }
story-restocking = 整备 { $time }
story-redirected = 归队途中 { $time } 改派
story-lost = 无车可派：本县没有消防车前往。
story-short-handed = 首车到场 { $first }，最后一车到场 { $last }（均自接警起算）：应派 { $engines } 辆，只到 { $sent } 辆，此后再无车辆到场。
story-response = 首车到场 { $first }，力量到齐 { $full }（均自接警起算）。
story-water-by-hydrant = 出水 { $time }（自接警起算），到场后 { $setup }：水带能接到消火栓。
story-water-by-relay = 出水 { $time }（自接警起算），到场后 { $setup }：无消火栓可用，接力或运水。
story-water-by-tender = 出水 { $time }（自接警起算），到场后 { $setup }：无消火栓可用，水罐车供水。
