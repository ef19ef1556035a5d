# Reports: units of the columns of tables

head-with-unit = { $head }, { $unit }
unit-minutes = min
unit-seconds = s
unit-yuan = yuan
unit-wan-yuan = 10k yuan
