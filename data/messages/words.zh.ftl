# 术语：各处通用

existing-stations = 现状
county = 全县
not-reached = 不可达
between-items = 、
between-clauses = ，
between-sentences = ；
town = 乡镇
town-short = 镇
station = 消防站（队）
residents = 居民
per-cent = {"%"}
number = #
kilometres = km
square-kilometres = km²
