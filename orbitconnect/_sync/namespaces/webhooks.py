# Derived from orbitconnect/_async/namespaces/webhooks.py by `make generate`: edit that file.
"""`orbit.webhooks`: register endpoints, subscribe to events, replay deliveries.

What your endpoint does with a delivery, such as verifying its signature, is in `orbitconnect.webhooks`.
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

from ..._facade.arguments import with_hints
from ..executor import Executor


@with_hints("orbit.webhooks")
class Webhooks:
    """Register endpoints, subscribe to events, replay deliveries.

    Methods: `create`, `list`, `get`, `update`, `delete`, `rotate_secret`, `subscribe`, `list_subscriptions`,
    `unsubscribe`, `list_deliveries`, `get_delivery`, `get_attempts`, `test`, `publish`, `list_events`, `replay`.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def create(self, url: str) -> Webhook:
        """Registers an endpoint of yours. It receives no events until you subscribe it to event types.

        Store the secret: later answers leave it out (inferred).

        The SDK never repeats this call after a byte was sent: it registers a webhook each time. If `error.sent` is
        True, `list` shows whether a webhook with this URL exists. Its secret is lost with the answer: get a new one
        with `rotate_secret`.

        Args:
            url: Where events are to be delivered to, at most 2048 characters (the limit is inferred).

        Returns:
            The webhook, with the `secret` that `orbitconnect.webhooks.verify` takes. It does not show in its `repr`.

        Raises:
            UnprocessableEntityError: If nothing can be delivered to such a URL.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            webhook = orbit.webhooks.create("https://yourapp.com/webhooks/orbit")
            orbit.webhooks.subscribe(webhook.id, "message.sent")
            ```
        """
        body = CreateWebhookBody(url=url)
        return self._executor.execute(create_webhook.build(body=body))

    def list(self) -> builtins.list[Webhook]:
        """Lists the webhooks of the application.

        Returns:
            The webhooks, without their secrets (inferred).

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for webhook in orbit.webhooks.list():
                print(webhook.id, webhook.url, webhook.is_active)
            ```
        """
        return self._executor.execute(list_webhooks.build())

    def get(self, webhook_id: str) -> Webhook:
        """Gets a webhook.

        Args:
            webhook_id: The webhook's id, as returned by `create`.

        Returns:
            The webhook, without its secret (inferred).

        Raises:
            NotFoundError: If there is no such webhook.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            webhook = orbit.webhooks.get("whk_3a90")
            ```
        """
        return self._executor.execute(get_webhook.build(webhook_id))

    def update(self, webhook_id: str, *, url: str | Unset = UNSET, is_active: bool | Unset = UNSET) -> Webhook:
        """Sets the given fields of a webhook and leaves the others as they are.

        Args:
            webhook_id: The webhook's id.
            url: Where events are to be delivered to, at most 2048 characters (the limit is inferred).
            is_active: False stops deliveries to the webhook, True resumes them.

        Returns:
            The webhook after the change.

        Raises:
            NotFoundError: If there is no such webhook.
            UnprocessableEntityError: If nothing can be delivered to such a URL.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.webhooks.update("whk_3a90", is_active=False)
            ```
        """
        body = UpdateWebhookBody(url=url, is_active=is_active)
        return self._executor.execute(update_webhook.build(webhook_id, body=body))

    def delete(self, webhook_id: str) -> None:
        """Deletes a webhook and its subscriptions. Doing it again changes nothing.

        Args:
            webhook_id: The webhook's id.

        Raises:
            NotFoundError: If there is no such webhook.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.webhooks.delete("whk_3a90")
            ```
        """
        return self._executor.execute(delete_webhook.build(webhook_id))

    def rotate_secret(self, webhook_id: str) -> Webhook:
        """Gives a webhook a new secret.

        Deliveries are signed with it from then on, retries of earlier ones included (inferred). Let
        `orbitconnect.webhooks.verify` accept the old and the new one until all your servers know the new one.

        The SDK never repeats this call after a byte was sent: a repetition would replace the new secret. If
        `error.sent` is True, the webhook may sign with a secret that nobody knows. `get` shows in `secret_rotated_at`
        when it was last rotated. Call `rotate_secret` again to get a secret that you know.

        Args:
            webhook_id: The webhook's id.

        Returns:
            The webhook with its new `secret`, which does not show in its `repr`.

        Raises:
            NotFoundError: If there is no such webhook.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            webhook = orbit.webhooks.rotate_secret("whk_3a90")
            store(webhook.secret)
            ```
        """
        return self._executor.execute(rotate_webhook_secret.build(webhook_id))

    def subscribe(self, webhook_id: str, event_type: str) -> WebhookSubscription:
        """Has every event of a type delivered to a webhook from then on. Call it once for each type.

        The SDK never repeats this call after a byte was sent: whether a repetition would make a second subscription is
        not known. If `error.sent` is True, `list_subscriptions` shows whether the webhook is subscribed.

        Args:
            webhook_id: The webhook's id.
            event_type: The type of the events, at most 255 characters (the limit is inferred). The set is open.

        Returns:
            The subscription, with the `id` that `unsubscribe` takes.

        Raises:
            NotFoundError: If there is no such webhook.
            ConflictError: If the webhook is subscribed to the type already.
            UnprocessableEntityError: If this can be no type of events.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.webhooks.subscribe("whk_3a90", "call.ended")
            ```
        """
        body = SubscribeWebhookBody(event_type=event_type)
        return self._executor.execute(subscribe_webhook.build(webhook_id, body=body))

    def list_subscriptions(self, webhook_id: str) -> builtins.list[WebhookSubscription]:
        """Lists what a webhook is subscribed to.

        Args:
            webhook_id: The webhook's id.

        Returns:
            The subscriptions.

        Raises:
            NotFoundError: If there is no such webhook.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            for subscription in orbit.webhooks.list_subscriptions("whk_3a90"):
                print(subscription.id, subscription.event_type)
            ```
        """
        return self._executor.execute(list_webhook_subscriptions.build(webhook_id))

    def unsubscribe(self, webhook_id: str, subscription_id: str) -> None:
        """Deletes one subscription of a webhook. Doing it again changes nothing.

        Args:
            webhook_id: The webhook's id.
            subscription_id: The subscription's id, as returned by `subscribe`.

        Raises:
            NotFoundError: If there is no such webhook or subscription.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.webhooks.unsubscribe("whk_3a90", "sub_5e12")
            ```
        """
        return self._executor.execute(unsubscribe_webhook.build(webhook_id, subscription_id))

    def list_deliveries(self, webhook_id: str) -> builtins.list[Delivery]:
        """Lists the deliveries to a webhook, whatever became of them.

        Args:
            webhook_id: The webhook's id.

        Returns:
            The deliveries.

        Raises:
            NotFoundError: If there is no such webhook.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            deliveries = orbit.webhooks.list_deliveries("whk_3a90")
            failed = [delivery for delivery in deliveries if delivery.status == "failed"]
            ```
        """
        return self._executor.execute(list_webhook_deliveries.build(webhook_id))

    def get_delivery(self, delivery_id: str) -> Delivery:
        """Gets a delivery.

        Args:
            delivery_id: The delivery's id, as found by `list_deliveries`.

        Returns:
            The delivery.

        Raises:
            NotFoundError: If there is no such delivery.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            delivery = orbit.webhooks.get_delivery("dlv_c4d8")
            ```
        """
        return self._executor.execute(get_webhook_delivery.build(delivery_id))

    def get_attempts(self, delivery_id: str) -> builtins.list[DeliveryAttempt]:
        """Gets every attempt of a delivery. This is where to look when an event did not arrive.

        Args:
            delivery_id: The delivery's id, as found by `list_deliveries`.

        Returns:
            The attempts, with what your endpoint answered.

        Raises:
            NotFoundError: If there is no such delivery.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            for attempt in orbit.webhooks.get_attempts("dlv_c4d8"):
                print(attempt.number, attempt.response_status, attempt.error)
            ```
        """
        return self._executor.execute(get_webhook_delivery_attempts.build(delivery_id))

    def test(self, webhook_id: str) -> Delivery:
        """Delivers an event of type `webhook.test` to a webhook, subscribed or not (inferred).

        The SDK never repeats this call after a byte was sent: it delivers an event each time. If `error.sent` is True,
        `list_deliveries` shows whether an event of type `webhook.test` was delivered. You can also test again.

        Args:
            webhook_id: The webhook's id.

        Returns:
            The delivery.

        Raises:
            NotFoundError: If there is no such webhook.
            ConflictError: If the webhook is not active.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            delivery = orbit.webhooks.test("whk_3a90")
            ```
        """
        return self._executor.execute(test_webhook.build(webhook_id))

    def publish(self, type: str, payload: Mapping[str, Any]) -> PlatformEvent:
        """Publishes an event; it is delivered to every active webhook that is subscribed to its type.

        The SDK never repeats this call after a byte was sent: it publishes an event each time, and receivers cannot
        tell that it is the same. If `error.sent` is True, `list_events` shows whether the event was published, and
        `list_deliveries` whether it was delivered. A key of your own in the payload lets you and your receivers
        recognise it.

        Args:
            type: What happened, at most 255 characters (the limit is inferred). Types of your own are allowed
                (inferred).
            payload: What receivers get as the event's `data`.

        Returns:
            The event.

        Raises:
            UnprocessableEntityError: If this can be no type of events.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.webhooks.publish("message.sent", {"message_id": "msg_9d2e", "conversation_id": "cnv_81b0"})
            ```
        """
        body = PublishEventBody(type=type, payload=payload)
        return self._executor.execute(publish_event.build(body=body))

    def list_events(self) -> builtins.list[PlatformEvent]:
        """Lists the events of the application, both those that OrbitConnect raised and those that were published.

        Returns:
            The events.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for event in orbit.webhooks.list_events():
                print(event.id, event.type)
            ```
        """
        return self._executor.execute(list_events.build())

    def replay(self, event_id: str) -> PlatformEvent | builtins.list[Delivery]:
        """Delivers an event once more to every active webhook that is subscribed to its type.

        The event keeps its id, by which a receiver recognises the repetition (inferred).

        The SDK never repeats this call after a byte was sent: it delivers the event each time. If `error.sent` is True,
        `list_deliveries` shows whether there is a new delivery of this `event_id` with `is_replay`.

        Args:
            event_id: The event's id, as delivered to webhooks and found by `list_events`.

        Returns:
            The event or the new deliveries, as the server chooses; `isinstance(result, list)` tells them apart.

        Raises:
            NotFoundError: If there is no such event.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            result = orbit.webhooks.replay("evt_77ab")
            deliveries = result if isinstance(result, list) else []
            ```
        """
        return self._executor.execute(replay_event.build(event_id))
