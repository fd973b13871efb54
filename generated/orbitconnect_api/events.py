"""The known types of webhook events. The set is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .types import EventType

USER_CREATED: Final = EventType("user.created", "UserEventData", "inferred")
CONVERSATION_CREATED: Final = EventType("conversation.created", "ConversationEventData", "inferred")
CONVERSATION_UPDATED: Final = EventType("conversation.updated", "ConversationEventData", "inferred")
CONVERSATION_PARTICIPANT_ADDED: Final = EventType(
    "conversation.participant_added", "ConversationParticipantEventData", "inferred"
)
CONVERSATION_PARTICIPANT_REMOVED: Final = EventType(
    "conversation.participant_removed", "ConversationParticipantEventData", "inferred"
)
MESSAGE_SENT: Final = EventType("message.sent", "MessageSentEventData", "documented")
MESSAGE_EDITED: Final = EventType("message.edited", "MessageEventData", "inferred")
MESSAGE_DELETED: Final = EventType("message.deleted", "MessageEventData", "inferred")
MESSAGE_RECALLED: Final = EventType("message.recalled", "MessageEventData", "inferred")
MESSAGE_DELIVERED: Final = EventType("message.delivered", "MessageReceiptEventData", "inferred")
MESSAGE_READ: Final = EventType("message.read", "MessageReceiptEventData", "inferred")
MESSAGE_REACTION_ADDED: Final = EventType("message.reaction_added", "MessageReactionEventData", "inferred")
MESSAGE_REACTION_REMOVED: Final = EventType("message.reaction_removed", "MessageReactionEventData", "inferred")
MESSAGE_PINNED: Final = EventType("message.pinned", "MessageEventData", "inferred")
MESSAGE_UNPINNED: Final = EventType("message.unpinned", "MessageEventData", "inferred")
CALL_INITIATED: Final = EventType("call.initiated", "CallEventData", "inferred")
CALL_ACCEPTED: Final = EventType("call.accepted", "CallEventData", "inferred")
CALL_REJECTED: Final = EventType("call.rejected", "CallEventData", "inferred")
CALL_ENDED: Final = EventType("call.ended", "CallEventData", "documented")
CALL_RECORDING_STARTED: Final = EventType("call.recording_started", "CallRecordingEventData", "inferred")
CALL_RECORDING_STOPPED: Final = EventType("call.recording_stopped", "CallRecordingEventData", "inferred")
MEETING_CREATED: Final = EventType("meeting.created", "MeetingEventData", "inferred")
MEETING_STARTED: Final = EventType("meeting.started", "MeetingEventData", "inferred")
MEETING_ENDED: Final = EventType("meeting.ended", "MeetingEventData", "inferred")
MEETING_PARTICIPANT_JOINED: Final = EventType("meeting.participant_joined", "MeetingParticipantEventData", "inferred")
MEETING_PARTICIPANT_LEFT: Final = EventType("meeting.participant_left", "MeetingParticipantEventData", "inferred")
MEETING_PARTICIPANT_REMOVED: Final = EventType("meeting.participant_removed", "MeetingParticipantEventData", "inferred")
MEETING_RECORDING_STARTED: Final = EventType("meeting.recording_started", "MeetingRecordingEventData", "inferred")
MEETING_RECORDING_STOPPED: Final = EventType("meeting.recording_stopped", "MeetingRecordingEventData", "inferred")
MEDIA_UPLOADED: Final = EventType("media.uploaded", "MediaEventData", "inferred")
MEDIA_READY: Final = EventType("media.ready", "MediaEventData", "inferred")
MEDIA_FAILED: Final = EventType("media.failed", "MediaEventData", "inferred")
MEDIA_DELETED: Final = EventType("media.deleted", "MediaEventData", "inferred")
MEDIA_ACCESS_GRANTED: Final = EventType("media.access_granted", "MediaAccessEventData", "inferred")
RECORDING_STARTED: Final = EventType("recording.started", "RecordingEventData", "inferred")
RECORDING_STOPPED: Final = EventType("recording.stopped", "RecordingEventData", "inferred")
RECORDING_READY: Final = EventType("recording.ready", "RecordingEventData", "inferred")
SESSION_CREATED: Final = EventType("session.created", "SessionLifecycleEventData", "inferred")
SESSION_TRANSITIONED: Final = EventType("session.transitioned", "SessionTransitionedEventData", "inferred")
SESSION_CONTEXT_UPDATED: Final = EventType("session.context_updated", "SessionContextUpdatedEventData", "inferred")
SESSION_EVENT_EMITTED: Final = EventType("session.event_emitted", "SessionEventEmittedEventData", "inferred")
SESSION_ENDED: Final = EventType("session.ended", "SessionLifecycleEventData", "inferred")
USER_UPDATED: Final = EventType("user.updated", "UserEventData", "inferred")
USER_DEACTIVATED: Final = EventType("user.deactivated", "UserEventData", "inferred")
WEBHOOK_TEST: Final = EventType("webhook.test", "WebhookTestEventData", "inferred")
WALLET_TOPPED_UP: Final = EventType("wallet.topped_up", "WalletToppedUpEventData", "inferred")
WALLET_LOW_BALANCE: Final = EventType("wallet.low_balance", "WalletLowBalanceEventData", "inferred")
USAGE_RECORDED: Final = EventType("usage.recorded", "UsageRecordedEventData", "inferred")
INVOICE_GENERATED: Final = EventType("invoice.generated", "InvoiceEventData", "inferred")
ALERT_CREATED: Final = EventType("alert.created", "BillingAlertEventData", "inferred")

EVENTS: Final[Mapping[str, EventType]] = {
    known.name: known
    for known in (
        USER_CREATED,
        CONVERSATION_CREATED,
        CONVERSATION_UPDATED,
        CONVERSATION_PARTICIPANT_ADDED,
        CONVERSATION_PARTICIPANT_REMOVED,
        MESSAGE_SENT,
        MESSAGE_EDITED,
        MESSAGE_DELETED,
        MESSAGE_RECALLED,
        MESSAGE_DELIVERED,
        MESSAGE_READ,
        MESSAGE_REACTION_ADDED,
        MESSAGE_REACTION_REMOVED,
        MESSAGE_PINNED,
        MESSAGE_UNPINNED,
        CALL_INITIATED,
        CALL_ACCEPTED,
        CALL_REJECTED,
        CALL_ENDED,
        CALL_RECORDING_STARTED,
        CALL_RECORDING_STOPPED,
        MEETING_CREATED,
        MEETING_STARTED,
        MEETING_ENDED,
        MEETING_PARTICIPANT_JOINED,
        MEETING_PARTICIPANT_LEFT,
        MEETING_PARTICIPANT_REMOVED,
        MEETING_RECORDING_STARTED,
        MEETING_RECORDING_STOPPED,
        MEDIA_UPLOADED,
        MEDIA_READY,
        MEDIA_FAILED,
        MEDIA_DELETED,
        MEDIA_ACCESS_GRANTED,
        RECORDING_STARTED,
        RECORDING_STOPPED,
        RECORDING_READY,
        SESSION_CREATED,
        SESSION_TRANSITIONED,
        SESSION_CONTEXT_UPDATED,
        SESSION_EVENT_EMITTED,
        SESSION_ENDED,
        USER_UPDATED,
        USER_DEACTIVATED,
        WEBHOOK_TEST,
        WALLET_TOPPED_UP,
        WALLET_LOW_BALANCE,
        USAGE_RECORDED,
        INVOICE_GENERATED,
        ALERT_CREATED,
    )
}
"""All known event types, by name."""
