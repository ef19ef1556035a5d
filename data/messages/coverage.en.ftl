# Coverage, first-due districts, critical links, closures

coverage-clock-response = from the call: { $before } s of call handling and turnout, then travel
coverage-clock-dispatch = from the dispatch order: { $before } s of turnout, then travel
coverage-clock-travel = travel alone
coverage-stations = { $more } stations
coverage-title = Coverage: { $stations }
coverage-clock = Clock: { $clock }; every stage at its mean, every engine at home.
coverage-inputs = Inputs may be modelled, assumed or estimated: see data_basis in coverage.json.
coverage-band =
    { $label }
    min
coverage-band-not-reached =
    not
    reached
coverage-band-no-road =
    no
    road
coverage-cells =
    Each cell: % of residents / % of area. Means are over incidents. Areas by grid points every { $step } m; areas of towns are estimated: a grid point belongs to the town of its nearest demand point.
coverage-cells-residents = Each cell: % of residents; areas are in coverage-towns.csv.
coverage-towns-more = The other towns are in coverage-towns.csv.
coverage-standards = Standards, each on its own clock, at expected times:
coverage-standard = {"  "}{ $share } of residents  { $id }: within { $minutes } min ({ $clock })
closure-title = With { $links } closed:
closure-note =
    Only towns that are worse off; by demand point in closure-points.csv. The other tables show the roads before the closure.
critical-name = { $what } ({ $class }, { $town })
critical-none = Closing any single link changes no time to a first engine.
critical-note =
    { $shown } of { $all ->
        [one] 1 stretch that matters
       *[other] { $all } stretches that matter
    } when closed alone. Loss: added minutes × incidents; an incident cut off counts { $counts } min. People on the link itself are not in the loss. { $not_ranked ->
        [0] No station stands on a link that could be closed alone.
        [one] The one link on which a station stands is not ranked.
       *[other] The { $not_ranked } links on which stations stand are not ranked.
    }
closure-later = later
closure-cut-off = cut off
closure-on-link = on the closed link
coverage-map-title = Coverage by the first engine: { $stations }
coverage-map-measure = Time to the first engine ({ $clock_words }), min
coverage-map-share = { $percent }% within { $to } min
districts-map-title = First-due districts: { $stations_named }
districts-map-note = After each name: the share of the county's residents in its district.
districts-map-measure = Each area: where its station is first
critical-map-title = Critical links: { $stations }
critical-map-note = Numbered by the incident-minutes a year lost while the link alone is closed; an incident cut off counts { $counts } min; people on the link itself do not count.
critical-map-measure = Links that hurt most when closed alone
critical-cut-off =
    { $residents ->
        [one] 1 resident
       *[other] { $residents } residents
    } cut off
critical-later =
    { $residents ->
        [one] 1 resident
       *[other] { $residents } residents
    } later by up to { $longest } min
critical-named = { $rank } { $name }: { $figures }
coverage-clock-response-by-crew = from the call: handling, turnout of { $low }–{ $high } s, then travel
coverage-clock-dispatch-by-crew = from the dispatch order: turnout of { $low }–{ $high } s, then travel
coverage-map-shares = Residents ({ $residents }): { $shares }.
coverage-map-run = { $scenario }. Grid points every { $step } m; brigade { $version }.
coverage-map-clock = { $clock }; every stage at its mean, every engine at home
critical-name-more = , first of { $links }
district-station = first-due station
district-incidents = incidents/yr
closure-mean-added =
    mean
    min
closure-longest-added =
    longest
    min
critical-link = critical link
critical-loss =
    loss, incident-
    minutes/yr
closure-residents-cut-off =
    cut
    off
closure-residents-later = later
closure-residents-on-link =
    on the
    link
