"""Servers of other engines, started for the tests."""
