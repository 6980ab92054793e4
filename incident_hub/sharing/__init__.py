"""What a desk will be able to read once it is let in, told before it is."""
