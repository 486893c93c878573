"""What `regulars start` serves: the application, with the jobs in a thread beside it."""

import os

from django.conf import settings

from regulars.site.wsgi import application

__all__ = ["application"]

from regulars.jobs import alone, runner

alone.be_the_only_one(settings.DATA)
if os.environ.get("REGULARS_JOBS") == "1":
    runner.start_thread()
