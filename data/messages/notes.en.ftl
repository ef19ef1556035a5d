# What an answer rests on, item by item

input = { $name }: { $figures }
input-roads = roads
input-speeds = speeds and delays
input-towns = towns
input-demand-points = demand points
input-listed-calls = listed calls
input-incident-rate = incident rates
input-station = existing stations
input-mutual-aid = mutual aid
input-clearances = places kept clear of stations
input-sites = candidate sites
input-turnout-shift = turnout from hour { $from } to hour { $to }
input-time-band = roads from hour { $from } to hour { $to }
input-hose-reach = reach of hoses
input-on-foot = on foot where there is no road
input-lanes = lanes that the network does not list
input-hydrants = hydrants
input-travel-spread = spread of travel time from trip to trip
input-return = way back
input-rate-multiplier = multiplier of { $town }
input-price = price
input-brigade-class = brigades
input-junctions = sites at main-road junctions
input-no-neighbours = siting counts no neighbours
reason-junctions = found on the road network, the town being that of the nearest village; the land is not checked
reason-no-neighbours = neighbours are called only where the county's engines do not suffice; sites are chosen by expected times of the county's engines
reason-row-by-row = row by row in { $table }
reason-lanes = the program's own: with so few streets within 2 km lanes are taken to be missing; detour and speed bring times on the main roads alone of two countries nearer to those on all of their roads; replace by measured times or the record of calls
reason-on-foot = the program's own: lanes lead some way from a road, and past them crews carry their gear; replace by your own

stage-call-handling = call handling
stage-turnout = turnout
stage-turnout-part-time = turnout, part-time crews
stage-turnout-volunteer = turnout, volunteer crews
stage-restocking = restocking
stage-with-hydrant = arrival to first water, hydrant in reach
stage-without-hydrant = arrival to first water, no hydrant in reach
stage-with-tender = arrival to first water, by a tender

figures-roads = { $km } km
figures-speeds = { $profile }: { $count } figures
figures-towns = seats and residents: { $count }
figures-demand-points = positions and residents: { $count }
figures-positions = { $count }
figures-hydrants = positions: { $count }
figures-listed-calls =
    { $file }, { $calls ->
        [one] 1 call at a demand point
       *[other] { $calls } calls at demand points
    }
figures-listed-calls-at-positions =
    { $file }, { $calls ->
        [one] 1 call
       *[other] { $calls } calls
    }, { $positions } of them at positions of their own, { $mean } m from the road on average and { $most } m at most
figures-incident-rate = { $incident_type }, { $rate } a year for every 10,000 residents
figures-station =
    { $name }, { $engines ->
        [one] 1 engine
       *[other] { $engines } engines
    }
figures-mutual-aid =
    { $name }, { $engines ->
        [one] 1 engine
       *[other] { $engines } engines
    } after { $delay }
figures-times = times { $factor }
figures-time-band = time band { $band }
figures-hose-reach = { $metres } m
figures-lanes = straight line × { $detour } at { $speed } km/h; missing around { $points } of { $of } demand points
figures-on-foot = { $speed } km/h beyond { $beyond } m from a road
figures-travel-spread = { $percent }%
figures-return = { $factor } times the way out
figures-rate-multiplier = incident rate times { $factor }
figures-special-day = incident rate times { $factor }
figures-price-range = { $value } ({ $low } to { $high })
figures-price = { $item } { $value } { $unit }
figures-brigade-class = { $name }, { $people } people, { $land } m² of land, { $building } m² of building

# Distributions of times
spread-mean = { $shape }, mean { $mean }
spread-mean-sd = { $shape }, mean { $mean }, standard deviation { $sd }
shape-constant = constant
shape-exponential = exponential
shape-lognormal = lognormal
shape-gamma = gamma
shape-uniform = uniform
shape-triangular = triangular
shape-empirical = empirical

# The table of prices
price-land = land
price-building = building
price-engine = engine
price-equipment = equipment
price-crew-full-time = full-time crew
price-crew-part-time = part-time crew
price-crew-volunteer = volunteers
price-upkeep-station = upkeep of a station
price-upkeep-engine = upkeep of an engine
price-discount-rate = discount rate
price-period = period
price-unit-yuan-per-m2 = yuan/m²
price-unit-yuan-per-person = yuan a person
price-unit-yuan-per-person-year = yuan a person and year
price-unit-yuan-per-year = yuan a year
price-unit-per-year = a year
price-unit-years = years

# Names in answers
crew-full-time = full-time crews
crew-part-time = part-time crews
crew-volunteer = volunteer crews
changed-travel = travel time
changed-turnout = turnout of the new brigades
changed-incidents = incidents in { $town }
usual-state = as requested

# What a planner should look at, though it does not stop the run

warning-columns-unused =
    { $file }: { $number ->
        [one] the column { $columns } is
       *[other] the columns { $columns } are
    } neither known here nor of GMNS, and not used
warning-demand-outside = { $outside } of { $all } demand points lie outside the boundary, the first is `{ $first }`; they are counted all the same
warning-list-at-midnight = { $file }: { $midnight } of { $calls } calls are at midnight, so the list seems to have days alone; engines are then asked for all at once: put in the hours, or leave the list out and let calls be drawn by hours.csv
warning-network-backwards =
    { $links ->
        [one] 1 link of the network is
       *[other] { $links } links of the network are
    } drawn from last node to first; the line is turned round
warning-network-class =
    { $links ->
        [one] 1 link of the network has
       *[other] { $links } links of the network have
    } no class of road that is known ({ $words }): taken as mapping.toml in the folder of the network says, or else as `road`
warning-network-control =
    { $nodes ->
        [one] 1 node of the network has
       *[other] { $nodes } nodes of the network have
    } a control that is not known ({ $words }): passed without delay
warning-network-length =
    { $links ->
        [one] 1 link of the network has
       *[other] { $links } links of the network have
    } no length: measured along the line
warning-network-no-word = none
warning-network-not-driven =
    { $links ->
        [one] 1 link of the network is
       *[other] { $links } links of the network are
    } no road for engines ({ $words }) and left out
warning-network-one-way =
    { $links ->
        [one] 1 link of the network has
       *[other] { $links } links of the network have
    } nothing that says whether it is directed: taken as one way
warning-network-restrictions =
    { $restrictions ->
        [one] 1 turn restriction leads
       *[other] { $restrictions } turn restrictions lead
    } over a link that is no road for engines and is left out
warning-network-word = { $word }: { $count }
warning-list-sorted =
    { $file }:{ $line }: { $rows ->
        [one] the row is earlier than the row above it; the list
       *[other] this row and { $rows } in all are earlier than the row above them; the list
    } was sorted by time
warning-not-read = { $file } is not read: a table of this kind is called `{ $meant }`; rename the file, or name it in [tables] of the scenario
warning-never-chosen = { $candidates ->
    [one] one candidate of the group `{ $group }` stands
   *[other] { $candidates } candidates of the group `{ $group }` stand
} in no alternative: [[alternatives.choose]] does not choose from it
warning-group-meant = {"; "}did you mean the group `{ $group }`?
warning-no-station-today = no station stands today: the baseline is the county without any, and what an alternative gains over it is not said
warning-never-complete = incidents of type `{ $id }` ({ $name }) can need the engines { $needs }, and { $alternatives } of { $all } alternatives have fewer (`{ $first }` has { $has }): there such incidents are answered by what there is and counted as calls with too few engines; full-assignment times are of the others
warning-sent-on-unrestocked = [dispatch] redirect sends engines on from their way back before they are restocked; they are restocked once, after their last incident
warning-station-outside = `{ $id }` ({ $name }) lies outside the boundary
warning-too-near = `{ $id }` ({ $name }) is { $distance } m from { $of } (`{ $of_id }`); { $source } asks for { $asked } m
