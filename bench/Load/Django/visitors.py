"""The paths of the comparison, answered by Django with its sessions in a database."""
import os

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.http import HttpResponse
from django.urls import path

directory = os.environ["SITE_DIRECTORY"]
settings.configure(
    SECRET_KEY="comparison",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.sessions"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(directory, "site.db"), "OPTIONS": {"timeout": 30}, "CONN_MAX_AGE": None}},
    SESSION_COOKIE_NAME="visitor",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)


def text(value):
    return HttpResponse(str(value), content_type="text/plain")


def untouched(request):
    return text("ok")


def seed(request):
    session = request.session
    session["number"] = 7
    session["name"] = "Ada"
    session["basket"] = {"owner": "Ada", "lines": ["tea", "milk", "sugar", "bread", "butter"]}
    if int(request.GET["kilobytes"]) > 0:
        session["large"] = "x" * (int(request.GET["kilobytes"]) * 1024)
    return text("seeded")


def read(request):
    session = request.session
    return text(f'{session["number"]} {session["name"]} {len(session["basket"]["lines"])}')


def write(request):
    request.session["number"] = request.session.get("number", 0) + 1
    return text(request.session["number"])


def small(request):
    return text(request.session["number"])


urlpatterns = [
    path("untouched", untouched), path("seed", seed), path("read", read), path("write", write), path("new", write), path("small", small),
]
django.setup()
call_command("migrate", verbosity=0)
connections.close_all()  # each worker opens its own
application = get_wsgi_application()
