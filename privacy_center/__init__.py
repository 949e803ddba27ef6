"""The ZCode privacy centre: people see, copy, limit and delete what ZCode holds about them."""
