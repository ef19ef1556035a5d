# 行车路线

route-street = 道路
route-class = 等级
route-turns =
    转弯
    秒
route-drive =
    行驶
    秒
route-so-far =
    累计
    分:秒
route-whole = { $from } → { $to }：行车 { $time }（分:秒），道路 { $km } 公里
route-unlisted = 未列小路（直线）
route-straight = 进出道路（直线）
route-no-name = （无名道路）
route-against-one-way = { $street }，逆单行道
