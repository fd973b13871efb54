"""`orbit.webhooks`: register endpoints, subscribe to events and replay deliveries.

To handle deliveries in your endpoint, for example to verify their signatures, use `orbitconnect.webhooks`.
"""

import builtins
from collections.abc import Mapping
from typing import Any

from orbitconnect_api.api.webhooks import (
    create_webhook,
    delete_webhook,
    get_webhook,
    get_webhook_delivery,
    get_webhook_delivery_attempts,
    list_events,
    list_webhook_deliveries,
    list_webhook_subscriptions,
    list_webhooks,
    publish_event,
    replay_event,
    rotate_webhook_secret,
    subscribe_webhook,
    test_webhook,
    unsubscribe_webhook,
    update_webhook,
)
from orbitconnect_api.models.create_webhook_body import CreateWebhookBody
from orbitconnect_api.models.delivery import Delivery
from orbitconnect_api.models.delivery_attempt import DeliveryAttempt
from orbitconnect_api.models.platform_event import PlatformEvent
from orbitconnect_api.models.publish_event_body import PublishEventBody
from orbitconnect_api.models.subscribe_webhook_body import SubscribeWebhookBody
from orbitconnect_api.models.update_webhook_body import UpdateWebhookBody
from orbitconnect_api.models.webhook import Webhook
from orbitconnect_api.models.webhook_subscription import WebhookSubscription
from orbitconnect_api.types import UNSET, Unset

from ..._facade.hints import with_hints
from ..executor import AsyncExecutor


@with_hints("orbit.webhooks")
class AsyncWebhooks:
    """Register endpoints, subscribe to events and replay deliveries.

    Methods: `create`, `list`, `get`, `update`, `delete`, `rotate_secret`, `subscribe`, `list_subscriptions`,
    `unsubscribe`, `list_deliveries`, `get_delivery`, `get_attempts`, `test`, `publish`, `list_events`, `replay`.
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def create(self, url: str) -> Webhook:
        """Register a webhook endpoint.

        A new endpoint receives no events until you subscribe it to event types. Store its secret: later responses do
        not contain it (inferred).

        The SDK never retries this call once a byte has been sent: a retry could register a second webhook. If
        `error.sent` is True, `list` shows whether a webhook with this URL exists. Its secret was lost with the
        response: get a new one with `rotate_secret`.

        Args:
            url: The URL to deliver events to. At most 2048 characters (inferred).

        Returns:
            The webhook, with the `secret` for `orbitconnect.webhooks.verify`. The secret is hidden in its `repr`.

        Raises:
            UnprocessableEntityError: If events cannot be delivered to the URL.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            webhook = await orbit.webhooks.create("https://yourapp.com/webhooks/orbit")
            await orbit.webhooks.subscribe(webhook.id, "message.sent")
            ```
        """
        body = CreateWebhookBody(url=url)
        return await self._executor.execute(create_webhook.build(body=body))

    async def list(self) -> builtins.list[Webhook]:
        """List the application's webhooks.

        Returns:
            The webhooks, without their secrets (inferred).

        Raises:
            OrbitServerError: For any API or network error.

        Example:
            ```python
            for webhook in await orbit.webhooks.list():
                print(webhook.id, webhook.url, webhook.is_active)
            ```
        """
        return await self._executor.execute(list_webhooks.build())

    async def get(self, webhook_id: str) -> Webhook:
        """Get a webhook.

        Args:
            webhook_id: The webhook's id, as returned by `create`.

        Returns:
            The webhook, without its secret (inferred).

        Raises:
            NotFoundError: If the webhook does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            webhook = await orbit.webhooks.get(webhook.id)
            ```
        """
        return await self._executor.execute(get_webhook.build(webhook_id))

    async def update(self, webhook_id: str, *, url: str | Unset = UNSET, is_active: bool | Unset = UNSET) -> Webhook:
        """Update the given fields of a webhook. Omitted fields stay unchanged.

        Args:
            webhook_id: The webhook's id.
            url: The URL to deliver events to. At most 2048 characters (inferred).
            is_active: False stops deliveries to the webhook; True resumes them.

        Returns:
            The updated webhook.

        Raises:
            NotFoundError: If the webhook does not exist.
            UnprocessableEntityError: If events cannot be delivered to the URL.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.webhooks.update(webhook.id, is_active=False)
            ```
        """
        body = UpdateWebhookBody(url=url, is_active=is_active)
        return await self._executor.execute(update_webhook.build(webhook_id, body=body))

    async def delete(self, webhook_id: str) -> None:
        """Delete a webhook and its subscriptions.

        Repeating the call has no effect.

        Args:
            webhook_id: The webhook's id.

        Raises:
            NotFoundError: If the webhook does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.webhooks.delete(webhook.id)
            ```
        """
        return await self._executor.execute(delete_webhook.build(webhook_id))

    async def rotate_secret(self, webhook_id: str) -> Webhook:
        """Replace a webhook's secret.

        All further deliveries are signed with the new secret, including retries of earlier ones (inferred). Let
        `orbitconnect.webhooks.verify` accept both secrets until all your servers have the new one.

        The SDK never retries this call once a byte has been sent: a retry would replace the new secret. If `error.sent`
        is True, the webhook may sign with a secret that you do not know. `get` shows in `secret_rotated_at` when it was
        last replaced. Call `rotate_secret` again to get a secret that you know.

        Args:
            webhook_id: The webhook's id.

        Returns:
            The webhook with its new `secret`. The secret is hidden in its `repr`.

        Raises:
            NotFoundError: If the webhook does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            webhook = await orbit.webhooks.rotate_secret(webhook.id)
            store(webhook.secret)
            ```
        """
        return await self._executor.execute(rotate_webhook_secret.build(webhook_id))

    async def subscribe(self, webhook_id: str, event_type: str) -> WebhookSubscription:
        """Subscribe a webhook to one event type. Call it once for each type.

        The SDK never retries this call once a byte has been sent: it is not known whether a retry could create a second
        subscription. If `error.sent` is True, `list_subscriptions` shows whether the webhook is subscribed.

        Args:
            webhook_id: The webhook's id.
            event_type: The event type. At most 255 characters (inferred). The set of types is open.

        Returns:
            The subscription. Pass its `id` to `unsubscribe`.

        Raises:
            NotFoundError: If the webhook does not exist.
            ConflictError: If the webhook is already subscribed to the type.
            UnprocessableEntityError: If `event_type` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.webhooks.subscribe(webhook.id, "call.ended")
            ```
        """
        body = SubscribeWebhookBody(event_type=event_type)
        return await self._executor.execute(subscribe_webhook.build(webhook_id, body=body))

    async def list_subscriptions(self, webhook_id: str) -> builtins.list[WebhookSubscription]:
        """List a webhook's subscriptions.

        Args:
            webhook_id: The webhook's id.

        Returns:
            The subscriptions.

        Raises:
            NotFoundError: If the webhook does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for subscription in await orbit.webhooks.list_subscriptions(webhook.id):
                print(subscription.id, subscription.event_type)
            ```
        """
        return await self._executor.execute(list_webhook_subscriptions.build(webhook_id))

    async def unsubscribe(self, webhook_id: str, subscription_id: str) -> None:
        """Delete a subscription of a webhook.

        Repeating the call has no effect.

        Args:
            webhook_id: The webhook's id.
            subscription_id: The subscription's id, as returned by `subscribe`.

        Raises:
            NotFoundError: If the webhook or the subscription does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.webhooks.unsubscribe(webhook.id, subscription.id)
            ```
        """
        return await self._executor.execute(unsubscribe_webhook.build(webhook_id, subscription_id))

    async def list_deliveries(self, webhook_id: str) -> builtins.list[Delivery]:
        """List the deliveries to a webhook, regardless of their status.

        Args:
            webhook_id: The webhook's id.

        Returns:
            The deliveries.

        Raises:
            NotFoundError: If the webhook does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            deliveries = await orbit.webhooks.list_deliveries(webhook.id)
            failed = [delivery for delivery in deliveries if delivery.status == "failed"]
            ```
        """
        return await self._executor.execute(list_webhook_deliveries.build(webhook_id))

    async def get_delivery(self, delivery_id: str) -> Delivery:
        """Get a delivery.

        Args:
            delivery_id: The delivery's id, as returned by `list_deliveries`.

        Returns:
            The delivery.

        Raises:
            NotFoundError: If the delivery does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            delivery = await orbit.webhooks.get_delivery(delivery.id)
            ```
        """
        return await self._executor.execute(get_webhook_delivery.build(delivery_id))

    async def get_attempts(self, delivery_id: str) -> builtins.list[DeliveryAttempt]:
        """Get all attempts of a delivery, to find out why an event did not arrive.

        Args:
            delivery_id: The delivery's id, as returned by `list_deliveries`.

        Returns:
            The attempts, with your endpoint's responses.

        Raises:
            NotFoundError: If the delivery does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for attempt in await orbit.webhooks.get_attempts(delivery.id):
                print(attempt.number, attempt.response_status, attempt.error)
            ```
        """
        return await self._executor.execute(get_webhook_delivery_attempts.build(delivery_id))

    async def test(self, webhook_id: str) -> Delivery:
        """Deliver a test event of type `webhook.test` to a webhook.

        The webhook does not need to be subscribed to that type (inferred).

        The SDK never retries this call once a byte has been sent: a retry could deliver a second event. If `error.sent`
        is True, `list_deliveries` shows whether an event of type `webhook.test` was delivered. You can also test again.

        Args:
            webhook_id: The webhook's id.

        Returns:
            The delivery.

        Raises:
            NotFoundError: If the webhook does not exist.
            ConflictError: If the webhook is not active.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            delivery = await orbit.webhooks.test(webhook.id)
            ```
        """
        return await self._executor.execute(test_webhook.build(webhook_id))

    async def publish(self, type: str, payload: Mapping[str, Any]) -> PlatformEvent:
        """Publish an event to all active webhooks that subscribe to its type.

        The SDK never retries this call once a byte has been sent: a retry could publish a second event, and receivers
        could not recognize it as the same. If `error.sent` is True, `list_events` shows whether the event was
        published, and `list_deliveries` whether it was delivered. Put a key of your own in the payload, so that you and
        your receivers can recognize the event.

        Args:
            type: The event type. At most 255 characters (inferred). You can use your own types (inferred).
            payload: The event's data, which receivers get as `data`.

        Returns:
            The event.

        Raises:
            UnprocessableEntityError: If `type` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.webhooks.publish("message.sent", {"message_id": message.id, "conversation_id": chat.id})
            ```
        """
        body = PublishEventBody(type=type, payload=payload)
        return await self._executor.execute(publish_event.build(body=body))

    async def list_events(self) -> builtins.list[PlatformEvent]:
        """List the application's events: OrbitConnect's and those you published.

        Returns:
            The events.

        Raises:
            OrbitServerError: For any API or network error.

        Example:
            ```python
            for event in await orbit.webhooks.list_events():
                print(event.id, event.type)
            ```
        """
        return await self._executor.execute(list_events.build())

    async def replay(self, event_id: str) -> PlatformEvent | builtins.list[Delivery]:
        """Deliver an event again to all active webhooks that subscribe to its type.

        The event keeps its id, so that receivers can recognize the repetition (inferred).

        The SDK never retries this call once a byte has been sent: each call delivers the event again. If `error.sent`
        is True, `list_deliveries` shows whether there is a new delivery of this `event_id` with `is_replay`.

        Args:
            event_id: The event's id, as delivered to webhooks and returned by `list_events`.

        Returns:
            The event or the new deliveries, depending on the server. To tell them apart, use `isinstance(result,
            list)`.

        Raises:
            NotFoundError: If the event does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            result = await orbit.webhooks.replay(event.id)
            deliveries = result if isinstance(result, list) else []
            ```
        """
        return await self._executor.execute(replay_event.build(event_id))
