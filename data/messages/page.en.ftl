# report.html

page-language = en
page-what = Report on sites for fire brigades.{" "}
page-tile-mean = mean response, min
page-tile-p90 = 90th percentile, min
page-tile-mean-of-answered = mean response of answered calls, min
page-tile-p90-of-answered = 90th percentile of answered calls, min
page-map = Map
page-map-remark = Expected response time from the call: every engine at home, call handling and turnout at their means. Choose an alternative, point at a town or demand point, or search for one. Schematic map.
page-map-alternative = Alternative
page-map-search = Search for a demand point
page-alternatives = Alternatives
page-alternatives-remark = In brackets the 95% interval; =: a tie with the best; ≈: cannot be distinguished from it.
page-alternatives-hidden = Further alternatives in { $file }: { $count }
page-costs-remark = Annual cost is running costs plus the investment spread over its life. Prices and staffing are mostly assumed (see the data basis) and have to be replaced by approved ones. Residents by expected times, every engine at home.
page-charts = Charts
page-method = Method and assumptions
page-method-simulation = On the county's roads the travel time from each station to each demand point is worked out at the speeds of a fire engine; then incidents are simulated year by year: when and where they arise, how many engines they need, who is sent by the rules of dispatch, when they arrive and return. Every alternative faces the same incidents, so that differences are not due to chance.
page-method-response = Response time = call handling ({ $handling } s on average) + turnout (on average { $turnout }) + travel; where the station due first has no engine ready the next one sends, and where none has, the call waits. Maps and times of demand points are expected values with every engine at home; the figures of the tables are simulated, with engines out.
page-method-intervals = Shares are of all calls, times of those that were answered. Intervals are 95% intervals over replications: they cover chance, not errors of the data; "too few" stands where calls are too few for one.
page-standards = Standards and their clocks
page-towns = Appendix A. Towns
page-points = Appendix B. Demand points
page-points-remark = Expected response time (min from the call), every engine at home.
page-points-late = Shaded: beyond{" "}
page-offline = This file needs no network connection. Map program Leaflet 1.9.4 (BSD-2-Clause):

# What the map says; the page fills in what stands in braces

map-point = { $town } { $point }
map-point-title = { $point } ({ $town })
map-engines = engines: { $engines }
map-residents = residents: { $residents }
map-unlisted = the network lacks lanes here: times are estimated by the straight line
map-first-due = { $alternative }: { $station } { $minutes } min
map-town-mean = mean response { $minutes } min (simulated)
map-town-lost = calls lost { $share }%
map-town-p90 = 90th percentile { $minutes } min
map-answer-today = { $point }: first due today { $today }, { $today_minutes } min.
map-answer = { $point }: first due today { $today }, { $today_minutes } min; with "{ $alternative }" { $station }, { $minutes } min.
map-no-such-point = no demand point of this name
map-band = { $limits } min
map-band-beyond = > { $limit } min or not reached
