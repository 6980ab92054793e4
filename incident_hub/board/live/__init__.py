"""The live board: sockets that carry hints, while the feed stays the truth."""
