# The summary

summary-nothing-compared = This scenario looks at the existing stations alone: nothing is compared.
summary-nothing-answered = No simulated call is answered in any alternative: which is the best is not known.
summary-none-better = No alternative is better than the existing stations.
summary-headline =
    Recommended: { $best } ({ $engines ->
        [one] 1 more engine
       *[other] { $engines } more engines
    }).
summary-headline-not-needed =
    { $but } Best alternative: { $best } ({ $engines ->
        [one] 1 more engine
       *[other] { $engines } more engines
    }).
summary-cost = In 10,000 yuan: investment { $investment }, running costs { $running } a year; annual cost with the investment spread over its life { $all_in }. Most prices are assumed and have to be replaced by approved ones.
summary-cost-per-minute = In 10,000 yuan: investment { $investment }, running costs { $running } a year; annual cost with the investment spread over its life { $all_in }, that is { $per_minute } for each minute of mean response saved. Most prices are assumed and have to be replaced by approved ones.
summary-gain = The county's mean response time (call to first engine) falls from { $mean_before } to { $mean_after } min, by { $fall } min; nine calls in ten are reached within { $p90_after } min instead of { $p90_before }.
summary-change = The county's mean response time (call to first engine) is { $mean_after } min instead of { $mean_before } (difference { $difference } min); nine calls in ten are reached within { $p90_after } min instead of { $p90_before }.
summary-change-of-answered = Of the calls, { $lost_after } are lost instead of { $lost_before }. Of those answered, the mean response time (call to first engine) is { $mean_after } min instead of { $mean_before } (difference { $difference } min), and nine in ten are reached within { $p90_after } min instead of { $p90_before }.
summary-town-lost = { $town } gains most: { $lost_after } of its calls are lost instead of { $lost_before }; the mean response time of those answered is { $after } min instead of { $before }.
summary-town = { $town } gains most: its mean response time falls from { $before } to { $after } min.
summary-reached =
    { $calls } { $after } are within "{ $standard }" instead of { $before }; with every engine at home, { $points ->
        [one] 1 demand point
       *[other] { $points } demand points
    } with some { $residents } residents remain beyond it (appendix B of report.html, report.xlsx).
summary-others-distinguished = It can be distinguished from all others.
summary-others-alike = It cannot be distinguished from: { $alike }.
summary-others-unknown = Too few calls or replications to say whether these are as good: { $unknown }.
summary-others-tie = It ties with ({ $tie }): { $ties }.
summary-only-more = { $more } alternatives (see alternatives.csv)
summary-names-and-more = { $names } and { $more } more
summary-others-both = { $some } { $more }
summary-sure = The probability that none is { $better } is { $sure }%, counting chance in the simulation alone and not errors in the data. { $others }
summary-unsure = How sure the choice is cannot be said: that takes at least { $least } replications or batches, and enough calls in them. { $others }
summary-modelled = Some inputs are modelled or assumed (see the data basis). Before a decision, put in surveyed positions of villages, the brigade's own records and the real sites.

outlook-expected = These figures are simulated. Maps, the order of building and sensitivity are expected, with every engine at home and every stage at its mean: { $after } min instead of { $before }. The two differ: in the simulation engines are out, which is slower, and of several engines sent the first to arrive counts, which is faster.
outlook-expected-first = These figures are simulated. Maps, the order of building and sensitivity are expected, with every engine at home and every stage at its mean: { $after } min, where nobody comes today. The two differ: in the simulation engines are out, which is slower, and of several engines sent the first to arrive counts, which is faster.
outlook-order = If built in steps, { $early } first: { $minutes } min of mean response are then expected, against { $instead } with { $late } first.
outlook-order-alike = If built in steps, it does not matter whether { $early } or { $late } comes first: { $minutes } or { $instead } min of mean response are then expected.
outlook-holds = Travel times, turnout of the new brigades and each town's incidents were changed one at a time: in all { $all } changes it stays the best, or no other is better by more than { $indifference }.
outlook-overturned-seconds = Travel times, turnout of the new brigades and each town's incidents were changed one at a time: in { $count } of { $all } changes another would be better by more than { $indifference }, by at most { $behind } s.
outlook-overturned-points = Travel times, turnout of the new brigades and each town's incidents were changed one at a time: in { $count } of { $all } changes another would be better by more than { $indifference }, by at most { $behind } percentage points.
outlook-water = First water on the fires that are answered comes after { $after } min on average instead of { $before } (from the call); { $share }% of them have a hydrant within reach, and without any hydrant it would be { $dry } min.
