"""Deleting."""
