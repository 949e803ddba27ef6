"""The rules of the house, as tests: what nobody must be trusted to remember."""
