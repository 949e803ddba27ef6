"""The tests of copies."""
