# Expected response times

expected-clock-nearest = From the call: { $before } s of call handling and turnout, then travel from the nearest station, all engines at home
expected-clock-first = From the call: { $handling } s of call handling, turnout ({ $turnout }) and travel of the first to arrive, all engines at home
expected-turnout-of-crew = { $seconds } s for { $crew }
