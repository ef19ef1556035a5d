doubt-access-speed = `roads.access_speed` is { $speed } km/h; from { $least } to { $most } is plausible. Check its unit
doubt-boundary-elsewhere = { $outside } of { $of } demand points lie outside this boundary; it is probably that of another county, or in other coordinates
doubt-calls-per-residents = { $rate } incidents a year for every 10,000 residents; from { $least } to { $most } is plausible. Rates are probably by month or by resident, or a column of rates is missing
doubt-elsewhere =
    `{ $id }` is { $distance } km from the middle of the county, and too far away to be of use { $rows ->
        [one] to it
       *[other] to it (as are others, { $rows } in all)
    }. Its degrees are probably exchanged, or of another county
doubt-far-from-town =
    `{ $id }` ({ $name }) is { $distance } km from the middle of { $town }, and half of this town's demand points are within { $usual } km{ $rows ->
        [one] {""}
       *[other] ; { $rows } demand points are as far off
    }. A digit of its degrees is probably wrong, or its town
doubt-long-links =
    the link `{ $id }` is { $length } m long, and its line { $line } m{ $rows ->
        [one] {""}
       *[other] ; so are { $rows } of { $of } links that have a line
    }. Lengths should be metres; feet are 3.28 times as many
doubt-known-time-speed =
    from `{ $station }` to `{ $point }` an engine would drive at { $speed } km/h in a straight line; { $most } is the most that is plausible{ $rows ->
        [one] {""}
       *[other] ; so in { $rows } rows
    }. Times should be seconds; they are probably minutes
doubt-long-on-scene = engines are { $hours } h at a scene of the type `{ $id }` on average; up to { $most } h is plausible. Check the unit of the time
doubt-long-stage = `{ $key }` takes { $minutes } min on average; up to { $most } min is plausible. It is probably meant in seconds or minutes
doubt-posted-speed = half of the motorways to secondary roads have a free_speed of { $median } km/h or less; { $least } and more is plausible. Speeds should be km/h; they are probably metres per second
doubt-price =
    `{ $item }` is { $value } { $unit }; from { $least } to { $most } is plausible{ $cause ->
        [wan] . It is probably given in 10,000 yuan
       *[none] . Check its unit
    }
doubt-profile-speed = engines drive at { $speed } km/h by `{ $key }`; from { $least } to { $most } is plausible. Check the unit
doubt-residents-per-area = the county inside this boundary has { $density } residents per km²; from { $least } to { $most } is plausible. The boundary is probably that of another area, or residents are given in 10,000
doubt-residents-per-town = towns have { $each } residents each on average; { $least } and more is plausible. Residents are probably given in 10,000
doubt-spreadsheet-id =
    the id `{ $id }` is what a spreadsheet makes of a long code{ $rows ->
        [one] {""}
       *[other] ; so are { $rows } of this table
    }. Its digits are lost: take the codes from their source again, with the column formatted as text
doubt-town-residents =
    { $town } has { $stated } residents here and { $points } in its demand points{ $rows ->
        [one] {""}
       *[other] ; { $rows } towns differ by as much
    }. One of the two is probably of another year or another definition, or villages are missing
