"""The tests: what people can rely on."""
