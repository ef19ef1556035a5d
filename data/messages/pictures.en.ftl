# The charts of a comparison

chart-basis-items = { $basis }: { $items }
chart-basis-observed = Data: all observed.
chart-basis = Data — { $parts }.
chart-arrival = Expected response time: { $alternative }
chart-gain = Minutes gained against today: { $alternative }
chart-clock-gain = gained, min
chart-distribution = Cumulative distribution of response time
chart-distribution-how = Share of simulated incidents whose first engine had arrived; one line an alternative
chart-clock-response = response time from the call, min
chart-threshold = { $minutes } min from the call
chart-town-p90 = 90th percentile of response time by town: today and the best alternative
chart-town-p90-how = Best alternative: { $best }; bars are 95% intervals
chart-run = { $scenario }. { $runs } from { $start }, seed { $seed }; brigade { $version }.
chart-small-map = { $rank }. { $alternative }: mean { $mean } min
chart-small-map-lost = { $rank }. { $alternative }: mean { $mean } min, { $lost } lost
chart-best-six = Expected response time: the best six alternatives
chart-clock-small-maps = response time from the call, min; schematic maps, north up, all of one scale
chart-districts = First-due districts: { $alternative }
chart-districts-measure = each area is reached first by the station named in it; % of residents
chart-beyond = Demand points still beyond the standard with { $alternative }
chart-beyond-how =
    Standard: { $standard }; { $count ->
        [one] 1 demand point is
       *[other] { $count } demand points are
    } beyond it ({ $residents ->
        [one] 1 resident
       *[other] { $residents } residents
    }); every engine at home, every stage at its mean
chart-beyond-measure = beyond the standard, min; the area of a mark grows with its residents
chart-cost = Cost and effect
chart-cost-how = Pareto frontier of all subsets of the compared sites: none as cheap is better; every engine at home
chart-cost-yuan = 10,000 yuan a year (assumed prices)
chart-cost-brigades = new brigades
chart-cost-mean = mean response, min
chart-cost-within = residents within, %: { $standard }
chart-sequence-how = Mean response after each step of the best alternative; the solid order is fastest along the way; every engine at home
chart-tornado = Sensitivity to the assumptions
chart-tornado-measure-share = incidents within the standard gained by the best, percentage points
chart-tornado-measure-mean = mean response time gained by the best alternative, min
chart-tornado-holds = One at a time; in all { $changes } changes no other is better than the best by more than { $indifference }
chart-tornado-overturned-points =
    One at a time; *: another would be better by more than { $indifference } ({ $count ->
        [one] once
       *[other] { $count } times
    }), by at most { $worst } percentage points
chart-tornado-overturned-minutes =
    One at a time; *: another would be better by more than { $indifference } ({ $count ->
        [one] once
       *[other] { $count } times
    }), by at most { $worst } min
chart-forest = Difference to the best alternative
chart-forest-how = { $ranked }; paired differences over the same calls with 95% intervals; hollow: tie (=) or indistinct (≈)
chart-forest-too-few = { $how }, or too few calls to say (?)
chart-forest-measure-points = behind the best, percentage points
chart-forest-measure-minutes = behind the best, min
chart-town-spread = Spread of response times in each town
chart-town-spread-how = Box: 25th to 75th percentile with the median; whiskers: 10th to 90th, over all replications
chart-water-with-hydrants = { $alternative }, with hydrants
chart-water-without-hydrants = { $alternative }, without hydrants
chart-water = Cumulative distribution of first-water time
chart-water-how = Share of simulated fires that were answered with water by then; { $at_hydrant }% of them have a hydrant within reach of hoses, the others a relay or tenders
chart-clock-water = first-water time from the call, min
chart-water-share = share of answered fires with water
chart-coverage = Residents reached by response time
chart-clock-expected = expected response from the call, min
chart-coverage-share = share of residents reached
chart-calls = Calls by hour and month
chart-calls-how = Calls a year of all types, from their rates and weights by hour and month; special days excluded
chart-workload-station = { $station } ({ $engines })
chart-workload = Engine workload
chart-workload-how = Share of simulated time from turnout to return, on average over a station's engines; short lines are 95% intervals
chart-workload-measure = share of time out, %
