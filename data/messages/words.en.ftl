# Words that stand everywhere

existing-stations = existing stations
