"""The measurements themselves: that they run, and that they say what they found. Nothing is timed here."""
