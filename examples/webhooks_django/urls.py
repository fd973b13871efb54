"""The shop's views."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse  # type: ignore[import-untyped]  # Django has no types.
from django.urls import path  # type: ignore[import-untyped]  # Django has no types.
from django.views.decorators.csrf import csrf_exempt  # type: ignore[import-untyped]  # Django has no types.

from orbitconnect.webhooks.django import webhook_view

from .webhooks import messages, orders, receiver


@csrf_exempt  # type: ignore[untyped-decorator]  # Django has no types.
def take_order(_: HttpRequest, order: int) -> Any:
    orders[order] = False
    return JsonResponse({})


def overview(_: HttpRequest) -> Any:
    return JsonResponse(
        {"messages": messages, "shipped": [order for order, is_shipped in orders.items() if is_shipped]}
    )


urlpatterns = [
    path("webhooks/orbit", webhook_view(receiver)),
    path("orders/<int:order>", take_order),
    path("", overview),
]
