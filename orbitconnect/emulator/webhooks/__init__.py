"""Webhooks: endpoints, what they are subscribed to, and the deliveries to them."""

from . import deliveries, endpoints, platform_events, subscriptions

__all__ = ["deliveries", "endpoints", "platform_events", "subscriptions"]
