"""Import and replay: what another system kept, brought in as it was or played as live traffic."""
