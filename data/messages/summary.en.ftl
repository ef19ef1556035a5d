# The summary

summary-nothing-compared = This scenario looks at the existing stations alone: nothing is compared.
summary-none-better = No alternative is better than the existing stations.
summary-headline = Recommended: { $best } ({ $engines } more engines).
summary-cost = In 10,000 yuan: investment { $investment }, running costs { $running } a year; with the investment spread over its life { $all_in } a year{ $per_minute }. Prices are mostly assumed and have to be replaced by approved ones.
summary-cost-per-minute = , { $yuan } for each minute of mean response
summary-gain = The mean response time of the county (call to first engine) falls from { $mean_before } to { $mean_after } min, by { $fall } min; nine calls in ten are reached within { $p90_after } min instead of { $p90_before }.
summary-town = { $town } gains most: its mean response time falls from { $before } to { $after } min.
summary-reached = Calls within "{ $standard }" rise from { $before } to { $after }; with every engine at home, { $points } places with some { $residents } residents are still beyond it (appendix B of report.html, report.xlsx).
summary-others-told-apart = All others can be told apart from it.
summary-others-alike = Not to be told apart from it: { $alike }.
summary-sure = As far as the luck of the simulation goes, it is the best with a probability of { $sure }% (errors of the data apart). { $others }
summary-modelled = Some inputs are modelled or assumed (see the data basis). Before a decision, put in surveyed places, the brigade's own records and the real sites.

outlook-expected = These are simulated. Maps, the order of building and sensitivity are expected, with every engine at home and every stage at its mean: { $before } min falls to { $after }. The two differ: in the simulation engines are out, which is slower, and of several engines the first to arrive counts, which is faster.
outlook-order = If built in steps, { $early } first: { $minutes } min of mean response are expected then, and { $instead } with { $late } first.
outlook-holds = Travel times, turnout of the new brigades and the incidents of each town were changed one at a time: in all { $all } changes it stays the best.
outlook-overturned-seconds = Travel times, turnout of the new brigades and the incidents of each town were changed one at a time: in { $count } of { $all } changes another would be best, by at most { $behind } s.
outlook-overturned-points = Travel times, turnout of the new brigades and the incidents of each town were changed one at a time: in { $count } of { $all } changes another would be best, by at most { $behind } points.
outlook-water = First water on fires comes after { $after } min on average instead of { $before } (from the call); { $share } % of fires have a hydrant within reach, and without any hydrant it would be { $dry } min.
