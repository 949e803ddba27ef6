"""Messages between the person and us."""
