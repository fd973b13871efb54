"""The FastAPI example's receiver in an async Django view, behind middlewares that could interfere."""

from __future__ import annotations

from typing import Any

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="x",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        *(["django.contrib.auth.middleware.LoginRequiredMiddleware"] if django.VERSION >= (5, 1) else []),
    ],
)

from django.core.asgi import get_asgi_application  # noqa: E402 - it takes the settings
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402

from examples.webhooks_fastapi.app import orders, receiver  # noqa: E402
from examples.webhooks_fastapi.app import overview as what_came  # noqa: E402
from orbitconnect.webhooks.django import webhook_view  # noqa: E402


async def take_order(_: Any, order: int) -> Any:
    orders[order] = False
    return JsonResponse({})


async def overview(_: Any) -> Any:
    return JsonResponse(await what_came())


for view in (take_order, overview):
    view.csrf_exempt, view.login_required = True, False  # type: ignore[attr-defined]

app = get_asgi_application()
urlpatterns = [
    path("webhooks/orbit", webhook_view(receiver)),
    path("orders/<int:order>", take_order),
    path("", overview),
]
