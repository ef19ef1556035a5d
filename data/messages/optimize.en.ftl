# Where to build: best junctions, cost against what it buys, order and years of building, other states

optimize-choices-of-town = { $count } of { $junctions } in { $name }
optimize-none-found = No choice was found within the time limit
optimize-proven = Proven: no other choice is faster
optimize-gap = The time ran out; the gap is at most { $gap } %
optimize-mean = { $proven }. Mean response { $mean } min, bound { $bound }, gap { $gap } %
optimize-existing = Existing stations { $minutes } min: { $faster }
optimize-listed = Best of the listed candidates, { $id }, { $minutes } min: { $faster }
optimize-another = One more brigade, at the best of all { $junctions } main-road junctions: { $minutes } min, { $faster } s faster still
optimize-another-simulated = Simulated: { $faster } s faster (95 % interval { $low } to { $high })
optimize-no-another = One more brigade, at whichever main-road junction, makes the mean no shorter.
optimize-expected =
    Expected, every engine at home, the first to arrive counting, every stage at its mean.
    A junction belongs to the town of the nearest demand point.
optimize-site = site
optimize-village = nearest village
optimize-village-km = km away
optimize-lon = lon
optimize-lat = lat
optimize-town-mean =
    town mean
    min
robust-as-asked = best as asked
robust-least-average = best on average
robust-least-regret = least worst regret
robust-title = Does it hold in other states: mean response, min (in brackets: s behind the best of the state)
robust-state = state
robust-its-own-best = its own best
robust-choice = { $words }: { $sites }; worst regret { $worst } s, average { $average } min
robust-states-alike = Every choice was worked out in every state, each counting the same; every engine at home.
robust-states-by-share = Every choice was worked out in every state, each counting by its share; every engine at home.
frontier-title = What further brigades bring, anywhere on main roads (residents within "{ $standard }")
frontier-some-unproven = * Not proven, the time ran out. All others are proven: no choice of as many is better.
frontier-all-proven = Every figure is proven: no choice of as many brigades does better.
frontier-prices = Prices are mostly assumed: see price_basis in optimization.json.
frontier-brigades = brigades
frontier-cost =
    10k yuan
    a year
frontier-least-mean =
    least mean
    min
frontier-towns = towns
frontier-most-within =
    most
    within, %
frontier-asked = asked
sequence-title = Order of building: each step at the best junction beside those before; mean response, min
sequence-at-once = Chosen at once: { $at_once } min; the best order comes within { $apart } s of it.
frontier-chart-asked = asked
frontier-chart-today = today
frontier-chart-how = Expected: every engine at home, the first to arrive counting, stages at their mean; each point is the best of as many brigades.
frontier-chart-title = Further brigades: what they cost and what they bring
frontier-chart-subtitle = Anywhere on main roads, 0 to { $most } more; red: the choice that was asked for
frontier-chart-cost = cost a year, 10,000 yuan
frontier-chart-brigades = further brigades
frontier-chart-within = residents within "{ $standard }", %
frontier-chart-mean = mean response time from the call, min
sequence-chart-subtitle = Each step at the best junction beside those before; the solid order is fastest along the way; the last step is one more brigade
sequence-chart-how = Expected: every engine at home, the first to arrive counting, stages at their mean.
phases-title = Year by year, each phase the best beside what stands (residents within "{ $standard }")
phases-by-end-of = by end of
phases-new = new
phases-investment =
    to pay
    10k yuan
phases-yearly =
    then a year
    10k yuan
phases-present-value =
    worth so far
    10k yuan
phases-mean =
    mean
    min
phases-within =
    within
    %
phases-unproven = * Not proven, the time ran out.
phases-note = Then a year: crews and upkeep of all that stand. Worth so far: as at the end of the first phase.
optimize-simulated = Simulated
optimize-choices = Main-road junctions: { $asked }: { $choices } choices
optimize-slower-by = { $seconds } s slower
optimize-faster-by = { $seconds } s faster
optimize-together-proven = Chosen together with one more: { $mean } min (proven)
optimize-together-unproven = Chosen together with one more: { $mean } min (not proven: the time ran out)
sequence-step = step { $step }
condition = { $key }={ $value }
between-conditions = ,
condition-weather = weather
condition-band = band
condition-close = close
condition-rain = rain
condition-snow = snow
condition-fog = fog
condition-ice = ice
condition-night = night
condition-peak = peak
condition-day = day
