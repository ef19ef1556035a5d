# The story of one incident

story-call = call: { $type } at { $point }, { $town }; engines needed: { $engines }
story-call-with-apparatus = call: { $type } at { $point }, { $town }; engines needed: { $engines }, of them { $apparatus }
story-ordered = dispatch order (call handling { $handling })
story-station =
    { $station }: expected travel { $travel }, { $ready } of { $engines ->
        [one] 1 engine
       *[other] { $engines } engines
    } ready
story-engine-out = engine { $number } is at { $point } (incident { $incident }) and back at { $ready }
story-engine-posted = engine { $number } stands by at { $to } or is on its way there
story-engine = engine { $number } of { $station }
story-engine-of-apparatus = engine { $number } ({ $apparatus }) of { $station }
story-arrives = { $engine } arrives
story-sent-on = { $engine } is diverted to a more serious incident
story-travel = travel { $time }
story-on-scene = at the scene { $time }
story-waited = waited { $time }
story-turnout = turnout { $time }
story-from-lesser-incident = diverted from a less serious incident
story-from-way-back = diverted on its way back
story-way-back = return { $time }
story-restocking = restocking { $time }
story-redirected = diverted on its way back at { $time }
story-lost = Lost: no engine of the county came.
story-short-handed = First engine after { $first }, the last that came after { $last } from the call: { $sent } of { $engines } engines; no more came.
story-response = First engine after { $first }, full assignment after { $full } from the call.
story-water-by-hydrant = First water after { $time } from the call, { $setup } after arrival: a hydrant is within reach.
story-water-by-relay = First water after { $time } from the call, { $setup } after arrival: no hydrant is within reach, water comes by relay or tenders.
story-water-by-tender = First water after { $time } from the call, { $setup } after arrival: no hydrant is within reach, water comes from a tender.
