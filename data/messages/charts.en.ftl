# Charts

chart-later-or-never = > { $minutes } or not reached
chart-within = within
chart-slower = slower ≥ { $minutes }
chart-no-gain = < { $minutes } (none)
chart-cuts-off = cuts people off
chart-way-round = a longer way round
chart-building-sequence = Which to build first
chart-mean-response = mean response time from the call, min
chart-interval = { " " }(bar: 95% interval)
chart-as-assumed = as assumed { $value }
chart-others =
    { $count ->
        [one] 1 other alternative
       *[other] { $count } other alternatives
    }
chart-share-reached = share of incidents reached
chart-month = { $month }
chart-by-hour = by hour of the call, calls a year
chart-by-month = by month, calls
chart-character-missing = 〓: a character that the font lacks

# Legend and corner of maps
chart-schematic = Schematic map
chart-review = Map review no. { $number }
chart-north = N
symbol-existing = existing station
symbol-planned = planned station
symbol-site = candidate site
symbol-town = town
symbol-expressway = expressway
symbol-main-road = main road
symbol-minor-road = rural road
symbol-boundary = county boundary
