# 覆盖范围、首到责任区、关键路段、封闭道路

coverage-clock-response = 接警起算：受理调度和出动 { $before } 秒 + 行车
coverage-clock-dispatch = 出动指令起算：出动 { $before } 秒 + 行车
coverage-clock-travel = 仅行车时间
coverage-stations = { $more } 处消防站
coverage-title = 覆盖范围：{ $stations }
coverage-clock = { $clock }；各阶段取均值，车辆均在站。
coverage-inputs = 输入含模拟生成、假定或推算数据，见 coverage.json 的 data_basis。
coverage-band =
    { $label }
    分钟
coverage-band-not-reached =
    不可
    达
coverage-band-no-road =
    无
    道路
coverage-cells = 每格：居民 % / 面积 %。平均按警情加权。面积按格点（间距 { $step } 米），各镇面积为推算：格点归最近需求点所在的镇。
coverage-cells-residents = 每格：居民 %；面积见 coverage-towns.csv。
coverage-towns-more = 其余各镇见 coverage-towns.csv。
coverage-standards = 标准（各按自己的起算点，取预计时间）：
coverage-standard = {"  "}{ $share } 的居民  { $id }：{ $minutes } 分钟内（{ $clock }）
closure-title = 封闭 { $links }：
closure-note = 只列受影响的镇；各需求点见 closure-points.csv。其余各表均为未封闭时的情况。
critical-name = { $what }（{ $class }，{ $town }）
critical-none = 封闭任何单个路段都不影响首车到达。
critical-note =
    单独封闭影响首车的路段共 { $all } 处，列出 { $shown } 处。损失 = 增加的分钟 × 警情，不可达的警情每起计 { $counts } 分钟。路段本身上的居民只另列，不计入损失。{ $not_ranked ->
        [0] 没有消防站位于可单独封闭的路段上。
       *[other] 消防站所在的 { $not_ranked } 条路段不排序。
    }
closure-later = 变慢
closure-cut-off = 不可达
closure-on-link = 位于封闭路段上
coverage-map-title = 首车到达范围：{ $stations }
coverage-map-measure = 首车到达时间（{ $clock_words }），分钟
coverage-map-share = { $to } 分钟内 { $percent }%
districts-map-title = 首到责任区：{ $stations_named }
districts-map-note = 站名后为该区居民占全县的比例。
districts-map-measure = 各色块：该消防站首先到达的范围
critical-map-title = 关键路段：{ $stations }
critical-map-note = 序号按单独封闭该路段每年损失的警情·分钟排序，不可达的警情每起计 { $counts } 分钟；路段本身上的居民不计入。
critical-map-measure = 单独封闭后影响最大的路段
critical-cut-off = { $residents } 人不可达
critical-later = { $residents } 人最多慢 { $longest } 分钟
critical-named = { $rank } { $name }：{ $figures }
coverage-clock-response-by-crew = 接警起算：受理调度、出动（各队平均 { $low }–{ $high } 秒）+ 行车
coverage-clock-dispatch-by-crew = 出动指令起算：出动（各队平均 { $low }–{ $high } 秒）+ 行车
coverage-map-shares = 居民（{ $residents } 人）：{ $shares }。
coverage-map-run = { $scenario }。格点间距 { $step } 米；brigade { $version }。
coverage-map-clock = { $clock }；各阶段取均值，车辆均在站
critical-name-more = {" "}等 { $links } 段
district-station = 首到消防站
district-incidents = 警情/年
closure-mean-added =
    平均慢
    分钟
closure-longest-added =
    最多慢
    分钟
critical-link = 关键路段
critical-loss =
    损失
    警情·分钟/年
closure-residents-cut-off =
    不可达
    居民
closure-residents-later =
    变慢
    居民
closure-residents-on-link =
    路段上
    居民
