# Words that stand everywhere

existing-stations = existing stations
county = county
today = today
change = change
step = step { $step }
not-reached = not reached
no-road = no road
no-road-note-lanes = No road: farther than { $metres } m from every road that an engine can use, or { $farther } m where the network lacks lanes.
no-road-note = No road: farther than { $metres } m from every road that an engine can use.
map-roads-left-out = For lack of room { $left } of { $all } roads, minor ones first, are not drawn.
between-items = ,{" "}
between-clauses = ,{" "}
between-sentences = ;{" "}
town = town
town-short = town
station = station
residents = residents
engines = engines
kilometres = km
mean-minutes =
    mean
    min
summary = Summary
data-basis = Data basis
costs = Costs
square-kilometres = km²

runs-replications =
    { $replications ->
        [one] 1 replication
       *[other] { $replications } replications
    } of { $years ->
        [one] 1 year
       *[other] { $years } years
    }
runs-batches =
    one run of { $years ->
        [one] 1 year
       *[other] { $years } years
    } in { $batches ->
        [one] 1 batch
       *[other] { $batches } batches
    }
span-seconds = { $seconds } s
span-minutes = { $minutes } min
clock-response = from the call
clock-dispatch = from dispatch
clock-travel = travel alone
road-motorway = motorway
road-motorway-link = motorway link
road-trunk = trunk
road-trunk-link = trunk link
road-primary = primary
road-primary-link = primary link
road-secondary = secondary
road-secondary-link = secondary link
road-tertiary = tertiary
road-tertiary-link = tertiary link
road-unclassified = unclassified
road-residential = residential
road-living-street = living street
road-service = service
road-road = road
road-track = track
amount-seconds = { $value } s
amount-points = { $value } percentage points
ranked-by-lost = Calls are lost: who loses fewer ranks first, and the figure decides among those whose lost shares differ by no more than { $indifference }.
better-by-more = better by more than { $figure }
better-or-loses-fewer = better by more than { $figure }, or loses fewer calls by more than { $lost }
no-worse-than = worse by no more than { $figure }
no-worse-nor-loses-more = worse by no more than { $figure }, and loses more calls by no more than { $lost }
today-ties = The existing stations are as good as the best alternative ({ $tie }): building makes no difference that matters by the scenario's limit.
today-indistinct = The existing stations may be as good as the best alternative: the difference cannot be told from luck.
today-too-few = Whether the existing stations are as good as the best alternative cannot be said: too few calls or replications for an interval of the difference.
mark-too-few = {" "}?: too few calls or replications to say.
of-answered = { $how }; of answered calls (calls lost: { $before } today, { $after } with the best alternative)
orders-as-good =
    { $how }; { $count ->
        [one] 1 other order is
       *[other] { $count } other orders are
    } as good at every step (slower by no more than { $indifference })
short-handed = With the best, { $share }% of calls need more engines than the county has: they are answered by those there are, and are never complete; times to full assignment are of the others.
