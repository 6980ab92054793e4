"""How long what is kept outlives the response, what is held back from destruction, and the destruction itself."""
