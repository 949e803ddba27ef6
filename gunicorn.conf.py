"""How gunicorn serves the site, here and in production: `gunicorn 'privacy_center.factory:create_app()'`."""

import os
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
worker_class = "gthread"

# Each worker builds the app itself: database connections must not cross a fork.
preload_app = False

timeout = 60
graceful_timeout = 20
keepalive = 5

# The heartbeat file: in memory where that is to be had, so that a busy disk doesn't look like a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

# No access log: addresses and queries are personal data. No control socket: it would be written outside the instance.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True

# What a proxy says is believed by the app alone, as far as PRIVACY_CENTER_PROXIES tells it to.
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""
