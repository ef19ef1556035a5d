# What a record of trips says of unlisted lanes

calibration-model = times by
calibration-bias =
    mean
    error, s
calibration-off =
    mean absolute
    error, s
calibration-nearest =
    nearest
    right, %
calibration-listed = listed roads alone
calibration-stated = lanes at { $speed } km/h, as stated
calibration-fitted = lanes at { $speed } km/h, as fitted
calibration-ruler = straight line at { $speed } km/h, as fitted
calibration-trips = { $trips } trips, { $by_lanes } of them depend on the speed on unlisted lanes; { $unreached } are left out, as no way leads. R² is of all trips; what is fitted is shown for each fifth of the trips as the other four foretell it. Mean error: modelled less recorded. Nearest right: share of trips that began at the one of the record's origins that the model has nearest.
calibration-says = The record speaks for { $speed } km/h on lanes at a detour of { $detour }: 95% of fits to trips drawn anew lie from { $low } to { $high }. Times show only speed over detour; with another detour (--lane-detour) the speed follows.
calibration-at-the-end = That is the end of what was tried ({ $least } to { $most } km/h): something else than the lanes is wrong. Do the times include turnout, are coordinates in another system, do roads of the profile take too long?
calibration-others = On the other { $others } trips, which lanes do not touch, the mean error is { $bias } s: what is wrong there is in the roads, the profile or the record (such as turnout in the times), and the speed on lanes makes up for it.
calibration-reason = fitted to { $by_lanes } recorded trips by unlisted lanes ({ $file }); 95% of fits to trips drawn anew from { $low } to { $high } km/h
