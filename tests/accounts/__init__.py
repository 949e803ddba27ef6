"""The way in and out, and what nobody gets past."""
