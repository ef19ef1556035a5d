# Words that stand everywhere

existing-stations = existing stations
county = county
not-reached = not reached
between-items = ,{" "}
between-clauses = ,{" "}
between-sentences = ;{" "}
town = town
town-short = town
station = station
residents = residents
square-kilometres = km²

runs-replications = { $replications } replications of { $years } years
runs-batches = one run of { $years } years in { $batches } batches
clock-response = from the call
clock-dispatch = from dispatch
clock-travel = travel alone
road-motorway = motorway
road-motorway-link = motorway_link
road-trunk = trunk
road-trunk-link = trunk_link
road-primary = primary
road-primary-link = primary_link
road-secondary = secondary
road-secondary-link = secondary_link
road-tertiary = tertiary
road-tertiary-link = tertiary_link
road-unclassified = unclassified
road-residential = residential
road-living-street = living_street
road-service = service
road-road = road
road-track = track
