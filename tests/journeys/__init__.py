"""Journeys: what people come here for, walked in a real browser, with script and without."""
