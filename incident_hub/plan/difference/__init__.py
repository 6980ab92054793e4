"""What changes from one plan to another, in words a duty leader reads before signing. Pure."""
