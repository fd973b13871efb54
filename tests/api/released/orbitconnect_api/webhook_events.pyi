from . import models
from .types import JsonObject
from collections.abc import Callable as Callable, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

class WebhookEvent(JsonObject):
    id: str | None
    type: str
    created_at: datetime | None
    data: Any
    dedupe_key: str
    alternate_keys: tuple[str, ...]
    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]: ...

class UnknownEvent(WebhookEvent):
    type: Literal['unknown']
    data: dict[str, Any]
    @property
    def name(self) -> str: ...

class UserCreatedEvent(WebhookEvent):
    type: Literal['user.created']
    data: models.UserEventData

class ConversationCreatedEvent(WebhookEvent):
    type: Literal['conversation.created']
    data: models.ConversationEventData

class ConversationUpdatedEvent(WebhookEvent):
    type: Literal['conversation.updated']
    data: models.ConversationEventData

class ConversationParticipantAddedEvent(WebhookEvent):
    type: Literal['conversation.participant_added']
    data: models.ConversationParticipantEventData

class ConversationParticipantRemovedEvent(WebhookEvent):
    type: Literal['conversation.participant_removed']
    data: models.ConversationParticipantEventData

class MessageSentEvent(WebhookEvent):
    type: Literal['message.sent']
    data: models.MessageSentEventData

class MessageEditedEvent(WebhookEvent):
    type: Literal['message.edited']
    data: models.MessageEventData

class MessageDeletedEvent(WebhookEvent):
    type: Literal['message.deleted']
    data: models.MessageEventData

class MessageRecalledEvent(WebhookEvent):
    type: Literal['message.recalled']
    data: models.MessageEventData

class MessageDeliveredEvent(WebhookEvent):
    type: Literal['message.delivered']
    data: models.MessageReceiptEventData

class MessageReadEvent(WebhookEvent):
    type: Literal['message.read']
    data: models.MessageReceiptEventData

class MessageReactionAddedEvent(WebhookEvent):
    type: Literal['message.reaction_added']
    data: models.MessageReactionEventData

class MessageReactionRemovedEvent(WebhookEvent):
    type: Literal['message.reaction_removed']
    data: models.MessageReactionEventData

class MessagePinnedEvent(WebhookEvent):
    type: Literal['message.pinned']
    data: models.MessageEventData

class MessageUnpinnedEvent(WebhookEvent):
    type: Literal['message.unpinned']
    data: models.MessageEventData

class CallInitiatedEvent(WebhookEvent):
    type: Literal['call.initiated']
    data: models.CallEventData

class CallAcceptedEvent(WebhookEvent):
    type: Literal['call.accepted']
    data: models.CallEventData

class CallRejectedEvent(WebhookEvent):
    type: Literal['call.rejected']
    data: models.CallEventData

class CallEndedEvent(WebhookEvent):
    type: Literal['call.ended']
    data: models.CallEventData

class CallRecordingStartedEvent(WebhookEvent):
    type: Literal['call.recording_started']
    data: models.CallRecordingEventData

class CallRecordingStoppedEvent(WebhookEvent):
    type: Literal['call.recording_stopped']
    data: models.CallRecordingEventData

class MeetingCreatedEvent(WebhookEvent):
    type: Literal['meeting.created']
    data: models.MeetingEventData

class MeetingStartedEvent(WebhookEvent):
    type: Literal['meeting.started']
    data: models.MeetingEventData

class MeetingEndedEvent(WebhookEvent):
    type: Literal['meeting.ended']
    data: models.MeetingEventData

class MeetingParticipantJoinedEvent(WebhookEvent):
    type: Literal['meeting.participant_joined']
    data: models.MeetingParticipantEventData

class MeetingParticipantLeftEvent(WebhookEvent):
    type: Literal['meeting.participant_left']
    data: models.MeetingParticipantEventData

class MeetingParticipantRemovedEvent(WebhookEvent):
    type: Literal['meeting.participant_removed']
    data: models.MeetingParticipantEventData

class MeetingRecordingStartedEvent(WebhookEvent):
    type: Literal['meeting.recording_started']
    data: models.MeetingRecordingEventData

class MeetingRecordingStoppedEvent(WebhookEvent):
    type: Literal['meeting.recording_stopped']
    data: models.MeetingRecordingEventData

class MediaUploadedEvent(WebhookEvent):
    type: Literal['media.uploaded']
    data: models.MediaEventData

class MediaReadyEvent(WebhookEvent):
    type: Literal['media.ready']
    data: models.MediaEventData

class MediaFailedEvent(WebhookEvent):
    type: Literal['media.failed']
    data: models.MediaEventData

class MediaDeletedEvent(WebhookEvent):
    type: Literal['media.deleted']
    data: models.MediaEventData

class MediaAccessGrantedEvent(WebhookEvent):
    type: Literal['media.access_granted']
    data: models.MediaAccessEventData

class RecordingStartedEvent(WebhookEvent):
    type: Literal['recording.started']
    data: models.RecordingEventData

class RecordingStoppedEvent(WebhookEvent):
    type: Literal['recording.stopped']
    data: models.RecordingEventData

class RecordingReadyEvent(WebhookEvent):
    type: Literal['recording.ready']
    data: models.RecordingEventData

class SessionCreatedEvent(WebhookEvent):
    type: Literal['session.created']
    data: models.SessionLifecycleEventData

class SessionTransitionedEvent(WebhookEvent):
    type: Literal['session.transitioned']
    data: models.SessionTransitionedEventData

class SessionContextUpdatedEvent(WebhookEvent):
    type: Literal['session.context_updated']
    data: models.SessionContextUpdatedEventData

class SessionEventEmittedEvent(WebhookEvent):
    type: Literal['session.event_emitted']
    data: models.SessionEventEmittedEventData

class SessionEndedEvent(WebhookEvent):
    type: Literal['session.ended']
    data: models.SessionLifecycleEventData

class UserUpdatedEvent(WebhookEvent):
    type: Literal['user.updated']
    data: models.UserEventData

class UserDeactivatedEvent(WebhookEvent):
    type: Literal['user.deactivated']
    data: models.UserEventData

class WebhookTestEvent(WebhookEvent):
    type: Literal['webhook.test']
    data: models.WebhookTestEventData

class WalletToppedUpEvent(WebhookEvent):
    type: Literal['wallet.topped_up']
    data: models.WalletToppedUpEventData

class WalletLowBalanceEvent(WebhookEvent):
    type: Literal['wallet.low_balance']
    data: models.WalletLowBalanceEventData

class UsageRecordedEvent(WebhookEvent):
    type: Literal['usage.recorded']
    data: models.UsageRecordedEventData

class InvoiceGeneratedEvent(WebhookEvent):
    type: Literal['invoice.generated']
    data: models.InvoiceEventData

class AlertCreatedEvent(WebhookEvent):
    type: Literal['alert.created']
    data: models.BillingAlertEventData
AnyEvent: TypeAlias = UserCreatedEvent | ConversationCreatedEvent | ConversationUpdatedEvent | ConversationParticipantAddedEvent | ConversationParticipantRemovedEvent | MessageSentEvent | MessageEditedEvent | MessageDeletedEvent | MessageRecalledEvent | MessageDeliveredEvent | MessageReadEvent | MessageReactionAddedEvent | MessageReactionRemovedEvent | MessagePinnedEvent | MessageUnpinnedEvent | CallInitiatedEvent | CallAcceptedEvent | CallRejectedEvent | CallEndedEvent | CallRecordingStartedEvent | CallRecordingStoppedEvent | MeetingCreatedEvent | MeetingStartedEvent | MeetingEndedEvent | MeetingParticipantJoinedEvent | MeetingParticipantLeftEvent | MeetingParticipantRemovedEvent | MeetingRecordingStartedEvent | MeetingRecordingStoppedEvent | MediaUploadedEvent | MediaReadyEvent | MediaFailedEvent | MediaDeletedEvent | MediaAccessGrantedEvent | RecordingStartedEvent | RecordingStoppedEvent | RecordingReadyEvent | SessionCreatedEvent | SessionTransitionedEvent | SessionContextUpdatedEvent | SessionEventEmittedEvent | SessionEndedEvent | UserUpdatedEvent | UserDeactivatedEvent | WebhookTestEvent | WalletToppedUpEvent | WalletLowBalanceEvent | UsageRecordedEvent | InvoiceGeneratedEvent | AlertCreatedEvent | UnknownEvent

def read_event(content: Mapping[str, Any], dedupe_key: str, *alternate_keys: str) -> AnyEvent: ...
