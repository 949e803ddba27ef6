"""The room of what is paid."""
