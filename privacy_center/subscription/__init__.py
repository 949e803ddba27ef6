"""Orders and subscriptions: what a person pays, for what, until when."""
