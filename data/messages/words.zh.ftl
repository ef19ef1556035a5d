# 术语：各处通用

existing-stations = 现状
