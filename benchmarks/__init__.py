"""Measures the centre against a floor of its own, in one run, and says how near it comes: `python -m benchmarks`."""
