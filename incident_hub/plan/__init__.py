"""The contingency plan: a file the program executes. Pure: nothing here reads a clock or a database."""
