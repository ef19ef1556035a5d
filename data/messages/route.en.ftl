# Routes

route-street = street
route-class = class
route-turns =
    turns
    s
route-drive =
    drive
    s
route-so-far =
    so far
    min:s
route-whole = { $from } → { $to }: { $time } (min:s) of travel, { $km } km by road
route-unlisted = unlisted lanes (straight line)
route-straight = between road and end of the trip, straight
route-no-name = (no name)
route-against-one-way = { $street }, against the one-way
