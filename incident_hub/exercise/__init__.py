"""Exercise: an operation that was born as one, and what its control desk plays into it at set instants."""
