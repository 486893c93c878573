"""The app that holds templates and static files."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "regulars.pages"
    label = "pages"
