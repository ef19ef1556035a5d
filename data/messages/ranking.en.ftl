# The ranked table in the terminal

column-behind-seconds-short = behind
    best, s
column-behind-points-short = from best,
    per cent
ranking-legend = Times run from the call to the first engine; "disp." from the dispatch order.
    Ranked by { $ranked }. ±: paired 95 % interval.
ranking-alike = "≈" cannot be told apart from the best: { $count } alternatives.
ranking-hidden = Some { $count } further alternatives are in alternatives.csv.
ranking-best = Best: { $best }, mean response { $mean } min (today { $today } min).
ranking-next-seconds = { $next } is { $value } s behind (at most { $most })
ranking-next-points = { $next } is { $value } percentage points behind (at most { $most })
ranking-sure = The best is the best with a probability of { $sure } %, as far as luck goes and not errors of the data.
sentence = { $words }.
ranking-chosen = Chosen with { $confidence } % confidence (up to { $indifference } does not matter) after { $spent } replications in all,
    at most { $most } of one alternative.
ranking-not-chosen = { $most } replications are not enough to choose with { $confidence } % confidence; allow more with --replications.
ranking-run = { $runs }, seed { $seed }.
    Some inputs are modelled or assumed: see data_basis in comparison.json.
ranking-costs-remark = "All in": running costs, and each investment spread over its life. Residents are covered
    when every engine is at home. Prices are mostly assumed (price_basis in comparison.json):
    put the county's own into prices.csv before a decision.
