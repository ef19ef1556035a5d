# Where to build: best junctions, cost against what it buys, order and years of building, other states

optimize-choices-of-town = { $count } of { $junctions } in { $name }
optimize-choices-anywhere = { $count } of { $junctions } anywhere in the county
optimize-none-found = No choice was found within the time limit
optimize-proven = Proven: no other choice is faster
optimize-gap = Time limit reached; the gap is at most { $gap }%
optimize-mean = { $proven }. Mean response { $mean } min, bound { $bound }, gap { $gap }%
optimize-existing = Existing stations { $minutes } min: { $faster }
optimize-none-existing = No station stands today
optimize-listed = Best of the listed candidates, { $id }, { $minutes } min: { $faster }
optimize-another = One more brigade, at the best of all { $junctions } main-road junctions: { $minutes } min, { $faster } s faster still
optimize-another-simulated-few = Simulated: { $faster } s faster (too few calls for an interval)
optimize-another-simulated = Simulated: { $faster } s faster (95% interval { $low } to { $high })
optimize-no-another = One more brigade, at whichever main-road junction, does not shorten the mean.
optimize-expected =
    Expected: every engine at home, the first to arrive counting, every stage at its mean. A junction belongs to the town of the nearest demand point.
optimize-site = site
optimize-village = nearest village
optimize-village-km = km away
optimize-town-mean =
    town mean
    min
robust-as-requested = best as requested
robust-least-average = best on average
robust-least-regret = minimax regret
robust-title = Robustness: mean response in each state, min (in brackets: s behind the best of the state; "=": a tie with it, up to { $indifference } does not matter)
robust-state = state
robust-its-own-best = best of the state
robust-choice = { $words }: { $sites }; worst regret { $worst } s, average { $average } min
robust-states-alike = Every choice was evaluated in every state, each counting the same; every engine at home.
robust-states-by-share = Every choice was evaluated in every state, each counting by its share; every engine at home.
frontier-title = Further brigades: cost and effect, anywhere on main roads (residents within "{ $standard }")
frontier-some-unproven = * Not proven{ $within }: the search ended early (--time-limit says how long it may go on). All others are proven: no choice of as many brigades does better.
frontier-within-gap = { ", but within " }{ $gap }% of the best possible
frontier-all-proven = Every figure is proven: no choice of as many brigades does better.
frontier-prices = Prices are mostly assumed: see price_basis in optimization.json.
frontier-brigades = brigades
frontier-least-mean =
    least mean
    min
frontier-towns = towns
frontier-most-within =
    most
    within, %
frontier-requested = requested
sequence-title = Order of building: each step at the best junction given those before; mean response, min
sequence-at-once = Chosen at once: { $at_once } min; the best order comes within { $lost } s of it.
frontier-chart-how = Expected: every engine at home, the first to arrive counting, every stage at its mean; each point is the best of as many brigades.
frontier-chart-title = Further brigades: cost and effect
frontier-chart-subtitle = Anywhere on main roads, 0 to { $most } more; red: the requested choice
frontier-chart-cost = annual cost, 10,000 yuan
frontier-chart-brigades = further brigades
frontier-chart-within = residents within "{ $standard }", %
sequence-chart-subtitle = Each step at the best junction given those before; the solid order is fastest along the way; the last step is one more brigade
sequence-chart-how = Expected: every engine at home, the first to arrive counting, every stage at its mean.
phases-title = Phasing: each phase the best given what stands (residents within "{ $standard }")
phases-by-end-of = by end of
phases-new = new
phases-investment =
    investment
    10k yuan
phases-yearly =
    then a year
    10k yuan
phases-present-value =
    present value
    10k yuan
mean-response-minutes =
    mean
    response, min
phases-within =
    within
    %
phases-fewer =
    By the end of { $year } only { $built } of { $wanted } new brigades { $built ->
        [one] has
       *[other] have
    } a junction: no other is left.
phases-unproven = * Not proven{ $within }: the search ended early (--time-limit says how long it may go on).
phases-note = Then a year: crews and upkeep of all that stand. Present value: so far, as at the end of the first phase.
optimize-simulated = Simulated
optimize-choices = Main-road junctions: { $asked }; combinations: { $choices }
optimize-slower-by = { $seconds } s slower
optimize-faster-by = { $seconds } s faster
optimize-together-proven = Chosen together with one more: { $mean } min (proven)
optimize-together-unproven = Chosen together with one more: { $mean } min (time limit reached, not proven)
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
junction-near = junction { $id } near { $village }
junction-reason = chosen by brigade optimize among the junctions of main roads, its town being that of the nearest village; the land is to be checked on site
robust-as-good-on-average =
    On average { $count ->
        [one] 1 other choice is
       *[other] { $count } other choices are
    } as good as the best (worse by no more than { $indifference }).
robust-as-good-on-average-requested =
    On average { $count ->
        [one] 1 other choice is
       *[other] { $count } other choices are
    } as good as the best (worse by no more than { $indifference }), the best as requested among them.
robust-as-good-by-regret =
    By the worst regret { $count ->
        [one] 1 other choice is
       *[other] { $count } other choices are
    } as good as the best (worse by no more than { $indifference }).
robust-as-good-by-regret-requested =
    By the worst regret { $count ->
        [one] 1 other choice is
       *[other] { $count } other choices are
    } as good as the best (worse by no more than { $indifference }), the best as requested among them.
sequence-ties = "=": a tie with the fastest at that step, slower by no more than { $indifference }.
optimize-no-matter = { $difference } (up to { $indifference } does not matter)
optimize-another-no-matter = That is no more than what does not matter ({ $indifference }): one more brigade is not worth building for the mean.
