"""Choices, cookies and the records of both."""
