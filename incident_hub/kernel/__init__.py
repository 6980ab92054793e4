"""The ground floor: time, the database, the record and who it is shown to. Knows no word of the trade above it."""
