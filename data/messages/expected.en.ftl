# Expected response times

expected-clock-nearest = From the call: { $before } s of call handling and turnout, then travel from the nearest station, every engine at home
expected-clock-first = From the call: { $handling } s of call handling, turnout ({ $turnout }) and travel of the first to arrive, every engine at home
expected-turnout = { $seconds } s
expected-turnout-of-crew = { $seconds } s for { $crew }
