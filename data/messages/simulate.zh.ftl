# 仿真一个方案

simulate-calls-a-year =
    每年
    警情
simulate-first-due-out =
    首到队
    车在外%
simulate-if-ready =
    车在队
    平均
simulate-if-out =
    车在外
    平均
simulate-relief = 车在外时由谁先到
simulate-type = 警情类型
simulate-full-mean =
    到齐平均
    分钟
simulate-full-p90 =
    到齐90%
    分钟
simulate-water-mean =
    出水平均
    分钟
simulate-waited =
    等车
    %
simulate-busy =
    在外时间
    %
simulate-first-arrivals =
    首先到场
    %
simulate-legend =
    时间自接警起算至首车到场；“到齐”至最后一辆所需消防车到场。“首到队”是该处车辆均在站时最先到场的消防站（队）；“车在队”“车在外”指其有车、无车可派时的平均到场分钟。
simulate-moved = 每年改派：归队途中 { $back } 辆次，赴较轻警情途中 { $on } 辆次；移防备勤 { $by } 辆次。
simulate-run =
    方案 { $alternative }，{ $runs }，共 { $incidents } 起警情，种子 { $seed }。输入含模拟生成和假定数据，见 simulation.json 的 data_basis。
simulate-at-once =
    下达出动指令时，另有车辆在外的警情：0 起 { $alone }%，1 起 { $one }%，2 起及以上 { $more }%。第二顺位的队先到 { $second }%，有邻县增援 { $aided }%。
simulate-worst = 到场最慢的警情 { $id }：{ $minutes } 分钟；用 { $command } 看经过。
simulate-worst-lost = 无车可派的警情，例如 { $id }。
