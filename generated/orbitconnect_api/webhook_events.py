"""The webhook events, one class per type. `orbitconnect.webhooks` creates them from deliveries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, Union

from attrs import field, frozen

from . import models
from .events import EVENTS
from .types import JsonObject

_LONGEST_SHOWN: Final = 200


def _short(text: str | None) -> str:
    return repr(text if text is None or len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")


@frozen(eq=False, repr=False, kw_only=True)
class WebhookEvent(JsonObject):
    """The base class of all webhook events.

    Events are immutable. They can be compared, hashed, copied and pickled. The `repr` does not show the payload. Newer
    and older versions of this package can read pickled events: an event of a type that the version does not know
    becomes an `UnknownEvent`.
    """

    id: str | None = field(repr=_short)
    """The event's id, the same in every delivery of the event. None if it is missing or invalid."""
    type: str = field(repr=_short)
    """The event's type, such as `message.sent`."""
    created_at: datetime | None
    """When the event occurred. None if it is missing or invalid."""
    data: Any = field(repr=False)
    """The payload: the model for this type, or a dict if the type is unknown."""
    dedupe_key: str = field(repr=False)
    """A key that is the same for all deliveries of the event to an endpoint, for handling the event only once.

    At most 200 printable characters. The key consists of the endpoint's scope, unless `parse_event` created the event
    without one, and the event's id. Without an id, the key contains the hash of the raw body.
    """
    _content: Mapping[str, Any] = field(repr=False, alias="_content")
    alternate_keys: tuple[str, ...] = field(repr=False, default=())
    """The dedupe keys for the endpoint's other secrets, during a rotation of secrets."""

    def to_dict(self) -> dict[str, Any]:
        """Convert the event to a JSON object: a copy of the delivered body, including unknown fields."""
        return deepcopy(dict(self._content))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WebhookEvent):
            return NotImplemented
        return self._content == other._content

    def __hash__(self) -> int:
        return hash((self.id, self.type))

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return read_event, (self._content, self.dedupe_key, *self.alternate_keys)


class UnknownEvent(WebhookEvent):
    """An event of a type that this version does not know, such as your own published events."""

    type: Literal["(unknown)"]
    """The delivered type. Only type checkers see the literal `(unknown)`.

    This lets them exclude `UnknownEvent` after `event.type == "message.sent"`. To compare the type, use `name`.
    """
    data: dict[str, Any]
    """The payload as delivered. Empty if it was not an object."""

    @property
    def name(self) -> str:
        """The delivered type."""
        return self.type


class UserCreatedEvent(WebhookEvent):
    """Sent when a user is registered for the first time."""

    type: Literal["user.created"]
    data: models.UserEventData


class ConversationCreatedEvent(WebhookEvent):
    """Sent when a conversation is created."""

    type: Literal["conversation.created"]
    data: models.ConversationEventData


class ConversationUpdatedEvent(WebhookEvent):
    """Sent when a conversation's fields or context are updated."""

    type: Literal["conversation.updated"]
    data: models.ConversationEventData


class ConversationParticipantAddedEvent(WebhookEvent):
    """Sent when a user is added to a group."""

    type: Literal["conversation.participant_added"]
    data: models.ConversationParticipantEventData


class ConversationParticipantRemovedEvent(WebhookEvent):
    """Sent when a user is removed from a group or leaves it."""

    type: Literal["conversation.participant_removed"]
    data: models.ConversationParticipantEventData


class MessageSentEvent(WebhookEvent):
    """Sent when a message is sent, including replies and forwarded copies.

    The vendor documents the event, its `message_id` and its `conversation_id`. The rest is inferred.
    """

    type: Literal["message.sent"]
    data: models.MessageSentEventData


class MessageEditedEvent(WebhookEvent):
    """Sent when the content of a message is edited."""

    type: Literal["message.edited"]
    data: models.MessageEventData


class MessageDeletedEvent(WebhookEvent):
    """Sent when a user deletes a message.

    Only that user (`app_user_id`) no longer sees it. When a message's content is removed for everyone,
    `message.recalled` is sent.
    """

    type: Literal["message.deleted"]
    data: models.MessageEventData


class MessageRecalledEvent(WebhookEvent):
    """Sent when the sender recalls a message."""

    type: Literal["message.recalled"]
    data: models.MessageEventData


class MessageDeliveredEvent(WebhookEvent):
    """Sent when a message is delivered to a recipient, once per recipient."""

    type: Literal["message.delivered"]
    data: models.MessageReceiptEventData


class MessageReadEvent(WebhookEvent):
    """Sent when a recipient reads a message, once per recipient."""

    type: Literal["message.read"]
    data: models.MessageReceiptEventData


class MessageReactionAddedEvent(WebhookEvent):
    """Sent when a user reacts to a message."""

    type: Literal["message.reaction_added"]
    data: models.MessageReactionEventData


class MessageReactionRemovedEvent(WebhookEvent):
    """Sent when a user removes a reaction."""

    type: Literal["message.reaction_removed"]
    data: models.MessageReactionEventData


class MessagePinnedEvent(WebhookEvent):
    """Sent when a message is pinned in its conversation."""

    type: Literal["message.pinned"]
    data: models.MessageEventData


class MessageUnpinnedEvent(WebhookEvent):
    """Sent when a message is unpinned."""

    type: Literal["message.unpinned"]
    data: models.MessageEventData


class CallInitiatedEvent(WebhookEvent):
    """Sent when a user calls another user, before the call is answered."""

    type: Literal["call.initiated"]
    data: models.CallEventData


class CallAcceptedEvent(WebhookEvent):
    """Sent when the callee accepts the call."""

    type: Literal["call.accepted"]
    data: models.CallEventData


class CallRejectedEvent(WebhookEvent):
    """Sent when the callee rejects the call."""

    type: Literal["call.rejected"]
    data: models.CallEventData


class CallEndedEvent(WebhookEvent):
    """Sent when a call ends because one user hung up or nobody answered in time.

    The call's `status` says which. A call that the callee rejects is reported as `call.rejected` instead. The vendor
    documents the event; the rest is inferred.
    """

    type: Literal["call.ended"]
    data: models.CallEventData


class CallRecordingStartedEvent(WebhookEvent):
    """Sent when a recording of the call starts."""

    type: Literal["call.recording_started"]
    data: models.CallRecordingEventData


class CallRecordingStoppedEvent(WebhookEvent):
    """Sent when a recording of the call stops. The file may still be processing."""

    type: Literal["call.recording_stopped"]
    data: models.CallRecordingEventData


class MeetingCreatedEvent(WebhookEvent):
    """Sent when a user creates a meeting."""

    type: Literal["meeting.created"]
    data: models.MeetingEventData


class MeetingStartedEvent(WebhookEvent):
    """Sent when a meeting starts and users can join."""

    type: Literal["meeting.started"]
    data: models.MeetingEventData


class MeetingEndedEvent(WebhookEvent):
    """Sent when a meeting ends for all participants."""

    type: Literal["meeting.ended"]
    data: models.MeetingEventData


class MeetingParticipantJoinedEvent(WebhookEvent):
    """Sent when a user joins the meeting."""

    type: Literal["meeting.participant_joined"]
    data: models.MeetingParticipantEventData


class MeetingParticipantLeftEvent(WebhookEvent):
    """Sent when a user leaves the meeting voluntarily."""

    type: Literal["meeting.participant_left"]
    data: models.MeetingParticipantEventData


class MeetingParticipantRemovedEvent(WebhookEvent):
    """Sent when a user is removed from the list of participants or kicked from the meeting."""

    type: Literal["meeting.participant_removed"]
    data: models.MeetingParticipantEventData


class MeetingRecordingStartedEvent(WebhookEvent):
    """Sent when a recording of the meeting starts."""

    type: Literal["meeting.recording_started"]
    data: models.MeetingRecordingEventData


class MeetingRecordingStoppedEvent(WebhookEvent):
    """Sent when a recording of the meeting stops. The file may still be processing."""

    type: Literal["meeting.recording_stopped"]
    data: models.MeetingRecordingEventData


class MediaUploadedEvent(WebhookEvent):
    """Sent when a file has been uploaded completely. Processing then starts."""

    type: Literal["media.uploaded"]
    data: models.MediaEventData


class MediaReadyEvent(WebhookEvent):
    """Sent when a file has been processed and can be downloaded and streamed."""

    type: Literal["media.ready"]
    data: models.MediaEventData


class MediaFailedEvent(WebhookEvent):
    """Sent when the processing of a file fails. The media file's `error` says why."""

    type: Literal["media.failed"]
    data: models.MediaEventData


class MediaDeletedEvent(WebhookEvent):
    """Sent when a file is deleted."""

    type: Literal["media.deleted"]
    data: models.MediaEventData


class MediaAccessGrantedEvent(WebhookEvent):
    """Sent when a user is granted access to a file."""

    type: Literal["media.access_granted"]
    data: models.MediaAccessEventData


class RecordingStartedEvent(WebhookEvent):
    """Sent when the recording of a call, a meeting or something else starts."""

    type: Literal["recording.started"]
    data: models.RecordingEventData


class RecordingStoppedEvent(WebhookEvent):
    """Sent when a recording stops. Processing then starts."""

    type: Literal["recording.stopped"]
    data: models.RecordingEventData


class RecordingReadyEvent(WebhookEvent):
    """Sent when a recording has been processed. `media_id` is the id of its media file."""

    type: Literal["recording.ready"]
    data: models.RecordingEventData


class SessionCreatedEvent(WebhookEvent):
    """Sent when a session is created."""

    type: Literal["session.created"]
    data: models.SessionLifecycleEventData


class SessionTransitionedEvent(WebhookEvent):
    """Sent when a session moves to another state, for example from a chat to a call."""

    type: Literal["session.transitioned"]
    data: models.SessionTransitionedEventData


class SessionContextUpdatedEvent(WebhookEvent):
    """Sent when the conversation, call or meeting of a session is set."""

    type: Literal["session.context_updated"]
    data: models.SessionContextUpdatedEventData


class SessionEventEmittedEvent(WebhookEvent):
    """Sent when an event is emitted in a session."""

    type: Literal["session.event_emitted"]
    data: models.SessionEventEmittedEventData


class SessionEndedEvent(WebhookEvent):
    """Sent when a session ends."""

    type: Literal["session.ended"]
    data: models.SessionLifecycleEventData


class UserUpdatedEvent(WebhookEvent):
    """Sent when a user's fields are updated, either by an update or by creating the user again."""

    type: Literal["user.updated"]
    data: models.UserEventData


class UserDeactivatedEvent(WebhookEvent):
    """Sent when a user is deactivated. The user's history is preserved."""

    type: Literal["user.deactivated"]
    data: models.UserEventData


class WebhookTestEvent(WebhookEvent):
    """Sent when a test event is requested for a webhook. Only that webhook receives it."""

    type: Literal["webhook.test"]
    data: models.WebhookTestEventData


class WalletToppedUpEvent(WebhookEvent):
    """Sent when money is added to the wallet."""

    type: Literal["wallet.topped_up"]
    data: models.WalletToppedUpEventData


class WalletLowBalanceEvent(WebhookEvent):
    """Sent when the balance falls below the threshold of an active alert."""

    type: Literal["wallet.low_balance"]
    data: models.WalletLowBalanceEventData


class UsageRecordedEvent(WebhookEvent):
    """Sent when usage is recorded."""

    type: Literal["usage.recorded"]
    data: models.UsageRecordedEventData


class InvoiceGeneratedEvent(WebhookEvent):
    """Sent when an invoice is generated."""

    type: Literal["invoice.generated"]
    data: models.InvoiceEventData


class AlertCreatedEvent(WebhookEvent):
    """Sent when a billing alert is created."""

    type: Literal["alert.created"]
    data: models.BillingAlertEventData


AnyEvent: TypeAlias = Union[
    UserCreatedEvent,
    ConversationCreatedEvent,
    ConversationUpdatedEvent,
    ConversationParticipantAddedEvent,
    ConversationParticipantRemovedEvent,
    MessageSentEvent,
    MessageEditedEvent,
    MessageDeletedEvent,
    MessageRecalledEvent,
    MessageDeliveredEvent,
    MessageReadEvent,
    MessageReactionAddedEvent,
    MessageReactionRemovedEvent,
    MessagePinnedEvent,
    MessageUnpinnedEvent,
    CallInitiatedEvent,
    CallAcceptedEvent,
    CallRejectedEvent,
    CallEndedEvent,
    CallRecordingStartedEvent,
    CallRecordingStoppedEvent,
    MeetingCreatedEvent,
    MeetingStartedEvent,
    MeetingEndedEvent,
    MeetingParticipantJoinedEvent,
    MeetingParticipantLeftEvent,
    MeetingParticipantRemovedEvent,
    MeetingRecordingStartedEvent,
    MeetingRecordingStoppedEvent,
    MediaUploadedEvent,
    MediaReadyEvent,
    MediaFailedEvent,
    MediaDeletedEvent,
    MediaAccessGrantedEvent,
    RecordingStartedEvent,
    RecordingStoppedEvent,
    RecordingReadyEvent,
    SessionCreatedEvent,
    SessionTransitionedEvent,
    SessionContextUpdatedEvent,
    SessionEventEmittedEvent,
    SessionEndedEvent,
    UserUpdatedEvent,
    UserDeactivatedEvent,
    WebhookTestEvent,
    WalletToppedUpEvent,
    WalletLowBalanceEvent,
    UsageRecordedEvent,
    InvoiceGeneratedEvent,
    AlertCreatedEvent,
    UnknownEvent,
]
"""Any event that a webhook can deliver."""

_CLASSES: Final[Mapping[str, type[AnyEvent]]] = {
    "user.created": UserCreatedEvent,
    "conversation.created": ConversationCreatedEvent,
    "conversation.updated": ConversationUpdatedEvent,
    "conversation.participant_added": ConversationParticipantAddedEvent,
    "conversation.participant_removed": ConversationParticipantRemovedEvent,
    "message.sent": MessageSentEvent,
    "message.edited": MessageEditedEvent,
    "message.deleted": MessageDeletedEvent,
    "message.recalled": MessageRecalledEvent,
    "message.delivered": MessageDeliveredEvent,
    "message.read": MessageReadEvent,
    "message.reaction_added": MessageReactionAddedEvent,
    "message.reaction_removed": MessageReactionRemovedEvent,
    "message.pinned": MessagePinnedEvent,
    "message.unpinned": MessageUnpinnedEvent,
    "call.initiated": CallInitiatedEvent,
    "call.accepted": CallAcceptedEvent,
    "call.rejected": CallRejectedEvent,
    "call.ended": CallEndedEvent,
    "call.recording_started": CallRecordingStartedEvent,
    "call.recording_stopped": CallRecordingStoppedEvent,
    "meeting.created": MeetingCreatedEvent,
    "meeting.started": MeetingStartedEvent,
    "meeting.ended": MeetingEndedEvent,
    "meeting.participant_joined": MeetingParticipantJoinedEvent,
    "meeting.participant_left": MeetingParticipantLeftEvent,
    "meeting.participant_removed": MeetingParticipantRemovedEvent,
    "meeting.recording_started": MeetingRecordingStartedEvent,
    "meeting.recording_stopped": MeetingRecordingStoppedEvent,
    "media.uploaded": MediaUploadedEvent,
    "media.ready": MediaReadyEvent,
    "media.failed": MediaFailedEvent,
    "media.deleted": MediaDeletedEvent,
    "media.access_granted": MediaAccessGrantedEvent,
    "recording.started": RecordingStartedEvent,
    "recording.stopped": RecordingStoppedEvent,
    "recording.ready": RecordingReadyEvent,
    "session.created": SessionCreatedEvent,
    "session.transitioned": SessionTransitionedEvent,
    "session.context_updated": SessionContextUpdatedEvent,
    "session.event_emitted": SessionEventEmittedEvent,
    "session.ended": SessionEndedEvent,
    "user.updated": UserUpdatedEvent,
    "user.deactivated": UserDeactivatedEvent,
    "webhook.test": WebhookTestEvent,
    "wallet.topped_up": WalletToppedUpEvent,
    "wallet.low_balance": WalletLowBalanceEvent,
    "usage.recorded": UsageRecordedEvent,
    "invoice.generated": InvoiceGeneratedEvent,
    "alert.created": AlertCreatedEvent,
}


def read_event(content: Mapping[str, Any], dedupe_key: str, *alternate_keys: str) -> AnyEvent:
    """Create an event from the body of a delivery.

    Args:
        content: The decoded body. Its `type` must be a string.
        dedupe_key: The event's dedupe key.
        alternate_keys: The dedupe keys for the endpoint's other secrets.

    Returns:
        The event. Fields that are missing or invalid are None, as in all models.
    """
    envelope = models.Event.from_dict(content)
    event_id = _read_id(content.get("id"))  # The raw value: the model has a string or None.
    data: Any = envelope.data or {}
    known = EVENTS.get(envelope.type)
    if known is not None:
        data = getattr(models, known.data_model).from_dict(data)
    make: type[AnyEvent] = _CLASSES.get(envelope.type, UnknownEvent)
    # Setting the attributes one by one takes less time than `make(...)`.
    event = object.__new__(make)
    put = object.__setattr__  # Events are immutable.
    put(event, "id", event_id)
    put(event, "type", envelope.type)
    put(event, "created_at", envelope.created_at)
    put(event, "data", data)
    put(event, "dedupe_key", dedupe_key)
    put(event, "_content", content)
    put(event, "alternate_keys", alternate_keys)
    return event


def _read_id(value: Any) -> str | None:
    """Read an id. Numbers are accepted, although the contract declares a string."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value else None
