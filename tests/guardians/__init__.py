"""Reports about children."""
