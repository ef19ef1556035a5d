# The best sites for a ready table of travel times

siting-objective = objective
siting-p-median = p-median
siting-p-center = p-center
siting-mclp = maximum coverage
siting-lscp = set cover
siting-mexclp = maximum expected coverage
siting-status = status
siting-reason = reason
siting-value = value
siting-bound = bound
siting-gap = gap
siting-sites = sites
siting-served = served
siting-elapsed = elapsed
siting-optimal = optimal
siting-feasible = feasible
siting-infeasible = infeasible
siting-unknown = unknown
siting-reason-unreached =
    { $points ->
        [one] no site that may be chosen reaches 1 demand point; the first is { $first }
       *[other] no site that may be chosen reaches { $points } demand points; the first is { $first }
    }
siting-reason-too-few-sites = so few sites do not reach all points that some site reaches
siting-reason-no-room = no choice that keeps the constraints has room for all points that some site reaches
siting-reason-constraints = no choice keeps all the constraints
siting-reason-time = the time ran out before a choice was found
