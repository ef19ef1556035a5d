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
per-cent = {"%"}
number = #
kilometres = km
square-kilometres = km²
