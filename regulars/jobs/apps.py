"""The app that holds the jobs."""

from collections.abc import Callable

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "regulars.jobs"
    label = "jobs"

    def run(self, goes_on: Callable[[], bool]) -> None:
        """For `regulars work`, which knows the app by Django's registry: the rooms do not know each other."""
        from regulars.jobs import runner

        runner.run(goes_on)
