"""The settings of the shop, which has no database."""

from __future__ import annotations

import os

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
ORBIT_WEBHOOK_SECRET = os.environ["ORBIT_WEBHOOK_SECRET"]
HANDLED_EVENTS = os.environ.get("HANDLED_EVENTS", "handled-events.db")

TIME_ZONE = "UTC"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "examples.webhooks_django.urls"
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
