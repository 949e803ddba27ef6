"""People and their way in: users, Z.ai sign-in, sessions, step-up confirmation."""
