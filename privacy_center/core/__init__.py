"""What every room stands on and what knows no room: database, clock, jobs, pages, guards, mail, audit, storage."""
