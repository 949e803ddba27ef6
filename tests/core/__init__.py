"""The ground that all rooms stand on."""
