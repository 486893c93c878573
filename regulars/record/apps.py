"""The one Django app that holds every table of ours."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "regulars.record"
    label = "record"
