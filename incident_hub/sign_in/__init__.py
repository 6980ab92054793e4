"""Sign-in beyond the password: second factors, shared desks, proofs, resets, other houses, and what agencies ask."""
