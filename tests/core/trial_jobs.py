"""A kind of job for the tests: it takes steps, and each writes an audit entry, which can't be written twice unseen."""

from __future__ import annotations

import os
import time
from datetime import timedelta

from privacy_center.core import audit, jobs

STEPS = 4
PAUSE = 0.05


@jobs.job("trial of steps")
def take_steps(work: jobs.Work) -> None:
    """Take every step that was not taken before."""
    for number in range(STEPS):
        if work.has_done(f"step {number}"):
            continue
        with work.step(f"step {number}"):
            audit.write("trial.step", actor="system", subject=f"{work.subject}:{number}")
        time.sleep(PAUSE)


def main() -> None:
    """Work as the real worker does, but take over from the dead within a second."""
    from privacy_center import worker
    from privacy_center.factory import create_app

    jobs.LEASE = timedelta(seconds=1)
    jobs.WAKE_AGAIN_AFTER = timedelta(seconds=0.5)
    worker.SWEEP_EVERY = 0.2
    worker.run(create_app(os.environ), threads=2)


if __name__ == "__main__":
    main()
