# brigade verify
verify-figure = figure
verify-simulated = simulated
verify-error = ± 1 s.e.
verify-theory = theory
verify-z = z
verify-judged = judged
verify-off = OFF
verify-exact = exact
verify-model = { $theory }: { $model }
verify-erlang-b = Erlang B
verify-erlang-c = Erlang C
verify-insensitivity = insensitivity
verify-infinite-servers = M/G/∞
verify-hypercube = hypercube
verify-priorities = priorities
verify-stages = stages
verify-order-statistics = order statistics
verify-renewal = renewal
verify-thinning = Poisson by the hour
verify-one-station = { $engines ->
    [one] 1 engine
   *[other] { $engines } engines
}, { $erlangs } erlangs, { $service }
verify-queue-by-policies = { $engines } engines, { $erlangs } erlangs, policies that never act
verify-engines-to-spare = { $erlangs } erlangs, { $service }
verify-many-stations-loss = { $engines } engines, { $points } points, { $erlangs } erlangs each, calls lost
verify-many-stations-queue = { $engines } engines, { $points } points, { $erlangs } erlangs each, calls queued
verify-with-priorities = { $engines ->
    [one] 1 engine
   *[other] { $engines } engines
}, { $erlangs } erlangs, 3 priorities, { $dispatching }
verify-every-stage = engines to spare, every stage by chance
verify-hours = two types whose rates follow the hour, night shift
verify-several-engines = { $engines } engines of one station, { $shape } turnout
verify-two-stations = 2 engines of different apparatus, from two stations
verify-one-engine = one engine, every stage by chance, calls lost, { $dispatching }
verify-redirect = one engine, sent again from its way back
verify-reroute = one engine, sent on to grave calls from its way there
verify-move-up = engines stand by at a station that is bare
verify-first-ready = the first that is ready
verify-by-policies = policies that never act
verify-service = { $shape } service
verify-service-spread = { $shape } service, deviation { $spread } × mean
verify-furthest = { $figure } (furthest of { $of })
verify-lost = share of calls lost
verify-lost-of = share of priority { $priority } lost
verify-waits = share of calls that wait
verify-waits-of = share of priority { $priority } that waits
verify-mean-wait = mean wait, in services
verify-waits-over = share that waits over { $services } services
verify-find-out = share of calls that find { $engines } engines out
verify-mean-out = mean number out
verify-mean-at = engines at this stage: { $stage }
verify-workload = workload of engine { $engine }
verify-answered-by = share of point { $point } answered by engine { $engine }
verify-mean = { $span }: mean, min
verify-variance = { $span }: variance, min²
verify-covariance = { $one } and { $other }: covariance, min²
verify-over = { $span }: share over { $minutes } min
verify-calls-a-day = calls a day
verify-answered-a-day = calls answered a day
verify-calls-in-hour = calls of type { $type } a day from { $hour } h on
verify-at-point = share of type 2 at point { $point }
verify-needs = share of type 2 that needs { $engines ->
    [one] 1 engine
   *[other] { $engines } engines
}
verify-diverted = share answered by an engine on its way
verify-move-ups = move-ups for each call
verify-call-handling = call handling
verify-turnout = turnout
verify-turnout-of = turnout, { $crew }
verify-turnout-at-night = turnout at night
verify-travel = travel
verify-on-scene = on scene
verify-way-back = way back
verify-restocking = restocking
verify-wait-of = wait of priority { $priority }
verify-response = response
verify-response-of = response, priority { $priority }
verify-response-at = response at point { $point }
verify-full-assignment = full assignment
verify-history = history
verify-calendar = calls of a small county by the calendar
verify-history-queue = twelve calls, waiting where no engine is ready
verify-history-started-seconds = twelve calls, each reached 0.4 s later
verify-history-loss = twelve calls, lost where no engine is ready
verify-history-batches = twelve calls, counted in batches
verify-calls-on-weekday = calls of type { $type } a day, on { $weekday ->
    [1] Mondays
    [2] Tuesdays
    [3] Wednesdays
    [4] Thursdays
    [5] Fridays
    [6] Saturdays
   *[7] Sundays
}
verify-calls-in-month = calls of type { $type } a day, in month { $month }
verify-calls-of-point = calls of type { $type } a day, at point { $point }
verify-calls-at-festival = calls a day on special days, in the town
verify-counted-calls = calls
verify-counted-in-hour = calls from { $number } h on
verify-counted-in-month = calls in month { $number }
verify-counted-at = calls in town { $number }
verify-counted-of-type = calls of type { $number }
verify-counted-in-batch = calls in batch { $number }
verify-counted-batches = batches
verify-counted-lost = lost
verify-counted-waited = waited
verify-counted-first-due-out = first due out
verify-counted-second-due = second due came first
verify-counted-aided = helped by a neighbour
verify-counted-within = within standard { $number }
verify-counted-first-by = station { $number } came first
verify-counted-relieved = town 1, its station out, by station 2
verify-counted-others = with { $number } others at once
verify-counted-response = response, in all, min
verify-counted-response-out = response, first due out, in all, min
verify-counted-full = full assignment, in all, min
verify-counted-median = response, median, min
verify-counted-p90 = response, 90th percentile, min
verify-counted-full-p90 = full assignment, 90th percentile, min
verify-counted-longest = longest response, min
verify-counted-fires = fires
verify-counted-at-hydrant = fires at a hydrant
verify-counted-water = first water, in all, min
verify-counted-water-dry = first water without hydrants, in all, min
verify-counted-water-p90 = first water, 90th percentile, min
verify-counted-out = engines of station { $number } out, min
verify-summary = { $agree } of { $figures ->
    [one] 1 figure
   *[other] { $figures } figures
} agree with theory ({ $replications ->
    [one] 1 replication
   *[other] { $replications } replications
}, seed { $seed }).
verify-limit = { $looked_at ->
    [one] 1 figure was
   *[other] { $looked_at } figures were
} looked at; each may be { $limit } standard errors off (Student's t, Bonferroni, for 1 false alarm in { $nominal } runs if figures were normal), so that a program without fault is found wrong in fewer than 1 of { $runs } runs, as they nearly are. Exact figures have to be hit.
