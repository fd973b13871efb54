"""The known types of webhook events. The set is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .types import EventType

USER_CREATED: Final = EventType("user.created", "users", "UserEventData", "inferred")
CONVERSATION_CREATED: Final = EventType("conversation.created", "conversations", "ConversationEventData", "inferred")
CONVERSATION_UPDATED: Final = EventType("conversation.updated", "conversations", "ConversationEventData", "inferred")
CONVERSATION_PARTICIPANT_ADDED: Final = EventType(
    "conversation.participant_added", "conversations", "ConversationParticipantEventData", "inferred"
)
CONVERSATION_PARTICIPANT_REMOVED: Final = EventType(
    "conversation.participant_removed", "conversations", "ConversationParticipantEventData", "inferred"
)
MESSAGE_SENT: Final = EventType("message.sent", "messages", "MessageSentEventData", "documented")
MESSAGE_EDITED: Final = EventType("message.edited", "messages", "MessageEventData", "inferred")
MESSAGE_DELETED: Final = EventType("message.deleted", "messages", "MessageEventData", "inferred")
MESSAGE_RECALLED: Final = EventType("message.recalled", "messages", "MessageEventData", "inferred")
MESSAGE_DELIVERED: Final = EventType("message.delivered", "messages", "MessageReceiptEventData", "inferred")
MESSAGE_READ: Final = EventType("message.read", "messages", "MessageReceiptEventData", "inferred")
MESSAGE_REACTION_ADDED: Final = EventType("message.reaction_added", "messages", "MessageReactionEventData", "inferred")
MESSAGE_REACTION_REMOVED: Final = EventType(
    "message.reaction_removed", "messages", "MessageReactionEventData", "inferred"
)
MESSAGE_PINNED: Final = EventType("message.pinned", "messages", "MessageEventData", "inferred")
MESSAGE_UNPINNED: Final = EventType("message.unpinned", "messages", "MessageEventData", "inferred")
CALL_INITIATED: Final = EventType("call.initiated", "calls", "CallEventData", "inferred")
CALL_ACCEPTED: Final = EventType("call.accepted", "calls", "CallEventData", "inferred")
CALL_REJECTED: Final = EventType("call.rejected", "calls", "CallEventData", "inferred")
CALL_ENDED: Final = EventType("call.ended", "calls", "CallEventData", "documented")
CALL_RECORDING_STARTED: Final = EventType("call.recording_started", "calls", "CallRecordingEventData", "inferred")
CALL_RECORDING_STOPPED: Final = EventType("call.recording_stopped", "calls", "CallRecordingEventData", "inferred")
MEETING_CREATED: Final = EventType("meeting.created", "meetings", "MeetingEventData", "inferred")
MEETING_STARTED: Final = EventType("meeting.started", "meetings", "MeetingEventData", "inferred")
MEETING_ENDED: Final = EventType("meeting.ended", "meetings", "MeetingEventData", "inferred")
MEETING_PARTICIPANT_JOINED: Final = EventType(
    "meeting.participant_joined", "meetings", "MeetingParticipantEventData", "inferred"
)
MEETING_PARTICIPANT_LEFT: Final = EventType(
    "meeting.participant_left", "meetings", "MeetingParticipantEventData", "inferred"
)
MEETING_PARTICIPANT_REMOVED: Final = EventType(
    "meeting.participant_removed", "meetings", "MeetingParticipantEventData", "inferred"
)
MEETING_RECORDING_STARTED: Final = EventType(
    "meeting.recording_started", "meetings", "MeetingRecordingEventData", "inferred"
)
MEETING_RECORDING_STOPPED: Final = EventType(
    "meeting.recording_stopped", "meetings", "MeetingRecordingEventData", "inferred"
)
MEDIA_UPLOADED: Final = EventType("media.uploaded", "media", "MediaEventData", "inferred")
MEDIA_READY: Final = EventType("media.ready", "media", "MediaEventData", "inferred")
MEDIA_FAILED: Final = EventType("media.failed", "media", "MediaEventData", "inferred")
MEDIA_DELETED: Final = EventType("media.deleted", "media", "MediaEventData", "inferred")
MEDIA_ACCESS_GRANTED: Final = EventType("media.access_granted", "media", "MediaAccessEventData", "inferred")
RECORDING_STARTED: Final = EventType("recording.started", "media", "RecordingEventData", "inferred")
RECORDING_STOPPED: Final = EventType("recording.stopped", "media", "RecordingEventData", "inferred")
RECORDING_READY: Final = EventType("recording.ready", "media", "RecordingEventData", "inferred")
SESSION_CREATED: Final = EventType("session.created", "realtime", "SessionLifecycleEventData", "inferred")
SESSION_TRANSITIONED: Final = EventType("session.transitioned", "realtime", "SessionTransitionedEventData", "inferred")
SESSION_CONTEXT_UPDATED: Final = EventType(
    "session.context_updated", "realtime", "SessionContextUpdatedEventData", "inferred"
)
SESSION_EVENT_EMITTED: Final = EventType(
    "session.event_emitted", "realtime", "SessionEventEmittedEventData", "inferred"
)
SESSION_ENDED: Final = EventType("session.ended", "realtime", "SessionLifecycleEventData", "inferred")
USER_UPDATED: Final = EventType("user.updated", "users", "UserEventData", "inferred")
USER_DEACTIVATED: Final = EventType("user.deactivated", "users", "UserEventData", "inferred")
WEBHOOK_TEST: Final = EventType("webhook.test", "webhooks", "WebhookTestEventData", "inferred")
WALLET_TOPPED_UP: Final = EventType("wallet.topped_up", "billing", "WalletToppedUpEventData", "inferred")
WALLET_LOW_BALANCE: Final = EventType("wallet.low_balance", "billing", "WalletLowBalanceEventData", "inferred")
USAGE_RECORDED: Final = EventType("usage.recorded", "billing", "UsageRecordedEventData", "inferred")
INVOICE_GENERATED: Final = EventType("invoice.generated", "billing", "InvoiceEventData", "inferred")
ALERT_CREATED: Final = EventType("alert.created", "billing", "BillingAlertEventData", "inferred")

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
