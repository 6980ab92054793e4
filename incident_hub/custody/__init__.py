"""Things in custody: what was found and kept, who holds it, and every hand it went through."""
