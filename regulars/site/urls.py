"""The root of all addresses."""

from regulars.pages.urls import urlpatterns

__all__ = ["urlpatterns"]
