# Routes

route-street = street
route-class = class
route-km = km
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
route-straight = between place and road, straight
route-no-name = (no name)
route-against-one-way = , against the one-way
