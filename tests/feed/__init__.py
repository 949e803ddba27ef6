"""Records in: what is taken, what is refused and why, what becomes of it."""
