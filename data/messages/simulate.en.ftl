# One alternative simulated

simulate-calls-a-year =
    calls
    a year
simulate-first-due-out =
    first due
    out, %
simulate-if-ready =
    if
    ready
simulate-if-out =
    if
    out
simulate-relief = who comes first instead
simulate-type = type
simulate-full-mean =
    full, mean
    min
simulate-full-p90 =
    full, p90
    min
simulate-water-mean =
    water, mean
    min
simulate-waited =
    waited
    %
simulate-busy =
    busy
    %
simulate-first-arrivals =
    first at
    scene, %
simulate-legend =
    Times run from the call to the first engine; "full" to the last engine required. "First due" is the station that is there first when all engines are at home; "if ready", "if out": mean response when it has an engine to send, and when it has none.
simulate-moved =
    A year { $back } engines are diverted on their way back, { $on } on their way to a less serious incident; { $by } times one stands by at another station.
simulate-run =
    Alternative { $alternative }: { $runs }, { $incidents ->
        [one] 1 incident
       *[other] { $incidents } incidents
    }, seed { $seed }. Some inputs are modelled or assumed: see data_basis in simulation.json.
simulate-at-once =
    Other incidents with engines out when the order is given: none { $alone }%, one { $one }%, two or more { $more }%. The second due is there first in { $second }%, neighbours help in { $aided }%.
simulate-worst = Longest response { $minutes } min: incident { $id }; see { $command }.
simulate-worst-lost = Lost: incident { $id } among others.
