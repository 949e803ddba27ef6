"""What the product learns by being used: devices, usage events, log entries, feedback."""
