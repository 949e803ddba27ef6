"""Rights: requests, deadlines, answers, authorities, numbers."""
