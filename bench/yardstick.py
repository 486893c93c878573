"""The yardstick: a bare Django list of 50 indexed rows, as HTML and as JSON.

Settings are startproject's, CONN_MAX_AGE=0 included. Nobody has to sign in.

    DATABASE_URL=postgresql://... python bench/yardstick.py fill 10000      # then serve bench.yardstick:application
"""

import os
import sys
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

url = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="nothing here is secret " * 3,
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
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
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)  # fmt: skip
django.setup()

from django.db import connection, models  # noqa: E402 (they want settings)


class Row(models.Model):
    name = models.CharField(max_length=200, db_index=True)
    amount = models.BigIntegerField(db_index=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "yardstick"


PAGE = """<!doctype html><title>Rows</title><table>{% for row in rows %}
<tr><td><a href="{% url "row" row.pk %}">{{ row.name }}</a></td><td>{{ row.amount }}</td><td>{{ row.at }}</td></tr>
{% endfor %}</table>"""
template = engines["django"].from_string(PAGE)


def fifty() -> models.QuerySet[Row]:
    return Row.objects.order_by("-amount")[:50]


def as_html(request: HttpRequest) -> HttpResponse:
    return HttpResponse(template.render({"rows": fifty()}, request))


def as_json(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"rows": list(fifty().values("id", "name", "amount", "at"))})


urlpatterns = [path("html", as_html), path("json", as_json), path("rows/<int:pk>/", as_json, name="row")]


def fill(count: int) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    for begin in range(0, count, 10_000):
        numbers = range(begin, min(begin + 10_000, count))
        Row.objects.bulk_create(Row(name=f"Row {number}", amount=number * 7919 % count) for number in numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    fill(int(sys.argv[2]))
else:
    application = get_wsgi_application()
