# report.html

page-language = en
page-what = Report on sites for fire brigades.{" "}
page-summary = Summary
page-tile-mean = mean response, min
page-tile-p90 = 90th percentile, min
page-map = Map
page-map-remark = Expected response time from the call: every engine at home, call handling and turnout at their means. Choose an alternative, point at a town or place, search for a place. Schematic map.
page-map-alternative = Alternative
page-map-search = Search for a place
page-alternatives = Alternatives
page-alternatives-remark = In brackets the 95 % interval; ≈ cannot be told apart from the best.
page-alternatives-hidden = Further alternatives in alternatives.csv:{" "}
page-costs = Costs
page-costs-remark = The investment is spread over its life and added to the running costs. Prices and staffing are mostly assumed (see the data basis) and have to be replaced by approved ones. Residents by expected times, every engine at home.
page-charts = Charts
page-method = Method and assumptions
page-method-simulation = On the county's roads the travel time from each station to each place is worked out at the speeds of a fire engine; then incidents are simulated year by year: when and where they arise, how many engines they need, who is sent by the rules of dispatch, when they arrive and return. Every alternative faces the same incidents, so that differences are not luck.
page-method-response = Response time = call handling ({ $handling } s on average) + turnout (on average { $turnout }) + travel; where the station that is asked first has no engine ready the next one sends, and where none has, the call waits. Maps and times of places are expected values with every engine at home; the figures of the tables are simulated, with engines out.
page-method-intervals = Intervals are 95 % intervals over replications: they cover chance, not errors of the data.
page-standards = Standards and their clocks
page-basis = Data basis
page-towns = Appendix A. Towns
page-points = Appendix B. Places
page-points-remark = Expected response time (min from the call), every engine at home.
page-points-late = Shaded: beyond{" "}
page-offline = This file asks no network for anything. Map program Leaflet 1.9.4 (BSD-2-Clause):

# What the map says; the page fills in what stands in braces

map-place = { $town } { $place }
map-place-title = { $place } ({ $town })
map-engines = engines: { $engines }
map-residents = residents: { $residents }
map-first-due = { $alternative }: { $station } { $minutes } min
map-town-mean = mean response { $minutes } min (simulated)
map-town-p90 = 90th percentile { $minutes } min
map-answer-today = { $place }: first due today { $today }, { $today_minutes } min.
map-answer = { $place }: first due today { $today }, { $today_minutes } min; with "{ $alternative }" { $station }, { $minutes } min.
map-no-such-place = no such place
map-band = { $limits } min
map-band-beyond = > { $limit } min or never
map-existing-station = existing station
map-planned-station = planned station
