# The story of one incident

story-call = call: { $kind } at { $point }, { $town }; engines needed: { $engines }{ $needs }
story-needs = {" "}(of them { $words })
story-ordered = dispatch order (call handling { $handling })
story-asked = { $station }: expected travel { $travel }, { $ready } of { $engines } engines ready
story-engine-out = engine { $number } is at { $scene } (incident { $incident }) until { $ready }
story-engine-posted = engine { $number } stands by at { $to } or is on its way there
story-kind = {" "}({ $kind })
story-arrives = engine { $number }{ $kind } of { $station } arrives
story-sent-on = engine { $number }{ $kind } of { $station } is sent on to a graver incident
story-stages = { $waited }{ $turnout }, travel { $travel }; at the scene { $on_scene }, { $back }
story-waited = after waiting { $time },{" "}
story-turnout = turnout { $time }
story-from-lesser-incident = sent on from a lesser incident
story-from-way-back = sent from its way back
story-way-back = way back { $time }{ $restocking }
story-restocking = , restocking { $time }
story-redirected = on its way back sent elsewhere at { $time }
story-lost = Lost: no engine of the county came.
story-response = First engine after { $first }, full assignment after { $full } from the call.
story-first-water = First water after { $time } from the call ({ $by }; { $setup } after arrival).
story-by-hydrant = a hydrant is within reach
story-by-relay = no hydrant is within reach: relay or tenders
story-by-tender = no hydrant is within reach: from a tender
