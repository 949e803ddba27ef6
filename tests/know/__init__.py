"""What we hold and why: the data map read aloud, the records, the overview."""
