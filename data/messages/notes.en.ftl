# What an answer rests on, item by item

note-roads = roads: { $km } km
note-speeds = speeds and delays: { $profile }: { $count } figures
note-towns = towns: seats and residents: { $count }
note-demand = demand points: positions and residents: { $count }
note-rates = incident rates: { $kind }, { $rate } a year for every 10,000 residents
note-station =
    existing stations: { $name }, { $engines ->
        [one] 1 engine
       *[other] { $engines } engines
    }
note-aid =
    mutual aid: { $name }, { $engines ->
        [one] 1 engine
       *[other] { $engines } engines
    } after { $delay }
note-clearances = places kept clear of stations: { $count }
note-sites = candidate sites: { $count }
note-call-handling = call handling: { $spread }
note-turnout = turnout: { $spread }
note-turnout-part-time = turnout, part-time crews: { $spread }
note-turnout-volunteer = turnout, volunteer crews: { $spread }
note-restocking = restocking: { $spread }
note-shift = turnout from hour { $from } to hour { $to }: times { $factor }
note-band = roads from hour { $from } to hour { $to }: time band { $band }
note-hoses = reach of hoses: { $reach } m
note-at-hydrant = arrival to first water, hydrant in reach: { $spread }
note-no-hydrant = arrival to first water, no hydrant in reach: { $spread }
note-tender = arrival to first water, by a tender: { $spread }
note-hydrants = hydrants: positions: { $count }
note-traffic = spread of travel time from trip to trip: { $sd }%
note-return = way back: { $factor } times the way out
note-multiplier = multiplier of { $town }: incident rate times { $factor }
note-special-day = { $day }: incident rate times { $factor }
note-price = price: { $item } { $value } { $unit }
note-class = brigades: { $name }, { $people } people, { $land } m² of land, { $building } m² of building
note-junctions = sites at main-road junctions
note-without-neighbours = siting counts no neighbours
note-town-areas = no outlines of towns are known: a grid point belongs to the town of its nearest demand point

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
price-unit-yuan = yuan
price-unit-yuan-per-m2 = yuan/m²
price-unit-yuan-per-person = yuan a person
price-unit-yuan-per-person-year = yuan a person and year
price-unit-yuan-per-year = yuan a year

# Names in answers
crew-full-time = full-time crews
crew-part-time = part-time crews
crew-volunteer = volunteer crews
changed-travel = travel time
changed-turnout = turnout of the new brigades
changed-incidents = incidents in { $town }
numbered-hour = hour { $number }
numbered-month = month { $number }
junction-near = junction { $id } near { $village }
usual-state = as asked
