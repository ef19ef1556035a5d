# The ranked table in the terminal

column-behind-seconds-short = behind
    best, s
column-behind-points-short = from best,
    % points
ranking-legend = Times run from the call to the first engine; "disp." from the dispatch order. Ranked by { $ranked }. ±: paired 95% interval.
ranking-ties =
    "=": a tie with the best ({ $tie }), { $count ->
        [one] 1 alternative
       *[other] { $count } alternatives
    }.
ranking-alike =
    "≈": cannot be distinguished from the best, { $count ->
        [one] 1 alternative
       *[other] { $count } alternatives
    }.
ranking-too-few =
    "?": too few calls or replications to say whether as good as the best, { $count ->
        [one] 1 alternative
       *[other] { $count } alternatives
    }.
ranking-hidden =
    { $count ->
        [one] 1 further alternative is
       *[other] { $count } further alternatives are
    } in { $file }.
ranking-best = Best: { $best }, mean response { $mean } min (today { $today } min).
ranking-best-of-answered = Best: { $best }, mean response of answered calls { $mean } min, { $lost } of calls lost (today { $today } min, { $lost_today } lost).
ranking-next = Next:
ranking-next-besides-ties = Besides those as good, the next is
ranking-next-seconds = { $which } { $next }, { $value } s behind{ $limit }.
ranking-next-points = { $which } { $next }, { $value } percentage points behind{ $limit }.
ranking-limit = {" "}(95% upper limit { $most })
ranking-next-lost = { $which } { $next }, which loses { $value } percentage points more of the calls.
ranking-sure = Probability that no other alternative is { $better }: { $sure }% (chance in the simulation alone, not errors in the data).
ranking-unsure = How sure the choice is cannot be said: that takes at least { $least } replications or batches, and enough calls in them.
ranking-chosen =
    Chosen with { $confidence }% confidence (up to { $indifference } does not matter) after { $spent ->
        [one] 1 replication
       *[other] { $spent } replications
    } in all, at most { $most } of one alternative.
ranking-not-chosen =
    { $most ->
        [one] 1 replication is
       *[other] { $most } replications are
    } not enough to choose with { $confidence }% confidence; allow more with --replications.
ranking-left = Alternatives that could no longer be the best were simulated no further, the first after { $least } replications: they stand behind the others, those that left first last, whatever their figures.
ranking-run = { $runs }, seed { $seed }. Some inputs are modelled or assumed: see data_basis in comparison.json.
ranking-costs-remark = "Annual": running costs, and each investment spread over its life; "each": annual cost for each resident newly within. Residents are counted with every engine at home. Most prices are assumed (price_basis in comparison.json): put the county's own into prices.csv before a decision.
