"""Webhooks: endpoints, their subscriptions, and the deliveries to them.

`outbox` records events and schedules deliveries; `deliverer` sends them. Imports no other domain package.
"""

from . import deliveries, endpoints, platform_events, subscriptions

__all__ = ["deliveries", "endpoints", "platform_events", "subscriptions"]
