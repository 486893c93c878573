"""What `regulars start` serves: the application, with the jobs in a thread beside it."""

import os

from regulars.jobs import runner
from regulars.site.wsgi import application

__all__ = ["application"]

if os.environ.get("REGULARS_JOBS") == "1":
    runner.start_thread()
