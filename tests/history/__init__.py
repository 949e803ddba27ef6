"""The history: its list, its search, its conversations."""
