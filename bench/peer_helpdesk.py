"""django-helpdesk as its own demo project sets it up, with that many tickets; run by a Python that has it.

DATABASE_URL=postgresql://... PYTHON bench/peer_helpdesk.py fill 10000    # prints a session; then serve :application
"""

import os
import random
import sys
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.contrib import admin
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

url = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="nothing here is secret " * 3,
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    STATIC_URL="/static/",
    SITE_ID=1,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    HELPDESK_TEAMS_MODE_ENABLED=False,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path[1:], "USER": url.username, "HOST": url.hostname, "PORT": url.port,
        }
    },
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    INSTALLED_APPS=[
        "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
        "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.sites", "django.contrib.humanize",
        "rest_framework", "helpdesk",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
)  # fmt: skip
django.setup()

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk")), path("admin/", admin.site.urls)]
WORDS = ("broken", "late", "wrong", "lost", "again", "noise", "oil", "brake", "bill", "door", "keys", "seat", "paint")


def fill(count: int) -> str:
    """The key of a signed-in session."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from helpdesk.models import FollowUp, Queue, Ticket

    call_command("migrate", verbosity=0)
    person = User.objects.create_superuser("owner", "owner@example.com", "owner")
    queues = [Queue.objects.create(title=f"Queue {number}", slug=f"q{number}") for number in range(4)]
    chance = random.Random(5)

    def ticket(number: int) -> Any:
        return Ticket(
            title=f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}",
            description=" ".join(chance.choices(WORDS, k=20)) + (" zanzibar" if number % 5000 == 7 else ""),
            queue=queues[number % 4],
            submitter_email=f"customer{number % 5000}@example.com",
            assigned_to=person if number % 3 == 0 else None,
            status=1 + number % 5,
            priority=1 + number % 5,
            secret_key=str(number),
        )

    for begin in range(0, count, 5000):
        made = Ticket.objects.bulk_create(ticket(number) for number in range(begin, min(begin + 5000, count)))
        FollowUp.objects.bulk_create(
            FollowUp(ticket=one, title="Opened", comment="We look at it.", public=True, user=person) for one in made
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return str(client.cookies["sessionid"].value)


if __name__ == "__main__":
    print(fill(int(sys.argv[2])))
else:
    application = get_wsgi_application()
