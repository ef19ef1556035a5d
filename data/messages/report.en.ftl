# Reports: heads, units and figures of tables

head-with-unit = { $head }, { $unit }
head-with-part = { $head }: { $part }
figure-with-interval = { $figure } ({ $low }–{ $high })
figure-with-signed-interval = { $figure } ({ $low } to { $high })
figure-too-few = { $figure } (too few)
unit-minutes = min
unit-seconds = s
unit-yuan = yuan
unit-wan-yuan = 10k yuan

# Tables: alternatives

column-rank = rank
column-alternative = alternative
column-engines-added = engines added
column-probability-best = probability best or as good
column-probability-best-short = P(best)
    %
column-told-apart = distinguishable from best
told-apart-yes = yes
told-apart-tie = tie
told-apart-no = no
column-mean-response = mean response
column-median-response = median response
column-p90-response = 90th percentile of response
column-p90-response-short = p90
    min
column-within-response-short = ≤{ $minutes } min
    call %
column-within-dispatch-short = ≤{ $minutes } min
    disp. %
column-within-travel-short = ≤{ $minutes } min
    travel %
column-mean-full-assignment = mean full assignment
column-mean-full-assignment-short = full
    min
column-less-baseline = mean response, difference from today
column-less-best = mean response, difference from best
column-ranked-less-baseline = { $figure }, difference from today
column-ranked-less-best = { $figure }, difference from best
column-replications = replications
column-waited = calls that waited
column-lost = calls lost
column-lost-short =
    lost
    %
column-short-handed = calls with too few engines
column-aided = calls aided by a neighbour
column-aided-short =
    aided
    %

# Tables: costs

column-investment = investment
column-investment-short = investment
    10k yuan
column-yearly = running costs a year
column-yearly-short =
    running
    10k a year
column-all-in = annual cost
column-all-in-short =
    annual
    10k yuan
column-all-in-low = annual cost, all prices at their lowest
column-all-in-high = annual cost, all prices at their highest
cost-range = An annual cost of { $value } (10,000 yuan) is { $low } with every price at its lowest and { $high } with every price at its highest.
column-present-value = present value
column-per-minute = annual cost per minute of mean response saved
column-per-minute-short =
    per minute
    10k a year
column-newly-covered = residents newly within: { $standard }
column-per-resident = annual cost per resident newly within: { $standard }
column-per-resident-short =
    yuan each
    ≤{ $minutes } min

# Tables: towns, places, engines, standards, data basis, distribution

column-calls = calls a year
part-best = best
column-demand-point = demand point
column-id = id
column-first-today = first due today
column-first-best = first due, best
column-beyond = beyond by
column-lon = lon
column-lat = lat
column-staff = grid staff
column-checked = position checked
column-measures = measures
column-done = completed on
column-existing = existing or planned
station-existing = existing
station-planned = planned, or a neighbour's
column-busy = share of time out
column-standard = standard
column-threshold = threshold
column-clock = clock
column-share-required = required share
column-source = source
column-item = item
column-basis = basis
column-reason = reason or source
column-time-from-call = time from the call

# Words that several formats share

standards-count = Shares within a standard are of the calls that standards count: not of { $types }, which binds engines all the same.
of-all-calls = Of all calls
of-counted-calls = Of the calls that standards count
standard-with-clock = { $name } ({ $clock })
standard-with-minutes = { $name } ({ $minutes } min { $clock })
ranked-figure-minutes = Best by { $ranked }: { $best }, { $figure } min (today { $today } min).
ranked-figure-share = Best by "{ $ranked }": { $best }, { $figure }% of the calls (today { $today }%).
metric-mean = mean response time
metric-median = median response time
metric-p90 = 90th percentile of the response time
metric-full-mean = mean full-assignment time
metric-full-p90 = 90th percentile of the full-assignment time
run = { $runs } from { $start }, seed { $seed }; ranked by { $ranked }; brigade { $version }
basis-observed = observed
basis-estimated = estimated
basis-assumed = assumed
basis-modelled = modelled
best-alternative = best alternative
sources = Sources: { $sources }
