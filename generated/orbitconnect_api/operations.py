"""The operations of the API, and the header and field names that they share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .types import Operation

BASE_URL: Final = "https://orbitxyz.muvle.org/api/v1"
LIVE_HOST: Final = "orbitxyz.muvle.org"
SECRET_KEY_HEADER: Final = "x-api-key"
ACTING_USER_HEADER: Final = "x-app-user-id"
SIGNATURE_HEADER: Final = "x-request-signature"
TIMESTAMP_HEADER: Final = "x-request-timestamp"
REQUEST_ID_HEADER: Final = "x-request-id"
RETRY_AFTER_HEADER: Final = "retry-after"
WEBHOOK_SIGNATURE_HEADER: Final = "x-orbit-signature"
RESULT_FIELD: Final = "data"
ERROR_MESSAGE_FIELD: Final = "message"
ERROR_CODE_FIELD: Final = "code"
ERROR_FIELDS_FIELD: Final = "errors"
OTHER_URLS: Final[tuple[str, ...]] = ("https://api.orbitconnect.cloud/api/v1",)
"""The other base URLs that the vendor names. The SDK never sends anything to them."""

CREATE_APP_USER: Final = Operation(
    "createAppUser", "users", "POST", "/app-users", "safe", False, True, None, "observed"
)
LIST_APP_USERS: Final = Operation("listAppUsers", "users", "GET", "/app-users", "safe", False, False, None, "observed")
GET_APP_USER_BY_EXTERNAL_ID: Final = Operation(
    "getAppUserByExternalId",
    "users",
    "GET",
    "/app-users/external/{external_id}",
    "safe",
    False,
    False,
    None,
    "observed",
)
GET_APP_USER: Final = Operation(
    "getAppUser", "users", "GET", "/app-users/{user_id}", "safe", False, False, None, "observed"
)
UPDATE_APP_USER: Final = Operation(
    "updateAppUser", "users", "PATCH", "/app-users/{user_id}", "safe", False, True, None, "observed"
)
DEACTIVATE_APP_USER: Final = Operation(
    "deactivateAppUser", "users", "DELETE", "/app-users/{user_id}", "safe", False, False, None, "observed"
)
CREATE_USER_TOKEN: Final = Operation(
    "createUserToken", "users", "POST", "/app-users/{user_id}/token", "safe", False, True, None, "observed"
)
CREATE_CONVERSATION: Final = Operation(
    "createConversation", "conversations", "POST", "/conversations", "never", True, True, None, "observed"
)
LIST_CONVERSATIONS: Final = Operation(
    "listConversations", "conversations", "GET", "/conversations", "safe", True, False, None, "observed"
)
FIND_CONVERSATIONS_BY_REFERENCE: Final = Operation(
    "findConversationsByReference",
    "conversations",
    "GET",
    "/conversations/by-reference",
    "safe",
    True,
    False,
    None,
    "observed",
)
GET_CONVERSATION: Final = Operation(
    "getConversation", "conversations", "GET", "/conversations/{conversation_id}", "safe", True, False, None, "observed"
)
UPDATE_CONVERSATION: Final = Operation(
    "updateConversation",
    "conversations",
    "PATCH",
    "/conversations/{conversation_id}",
    "safe",
    True,
    True,
    None,
    "observed",
)
UPDATE_CONVERSATION_CONTEXT: Final = Operation(
    "updateConversationContext",
    "conversations",
    "PATCH",
    "/conversations/{conversation_id}/context",
    "safe",
    True,
    True,
    None,
    "observed",
)
LIST_CONVERSATION_PARTICIPANTS: Final = Operation(
    "listConversationParticipants",
    "conversations",
    "GET",
    "/conversations/{conversation_id}/users",
    "safe",
    True,
    False,
    None,
    "observed",
)
ADD_CONVERSATION_PARTICIPANT: Final = Operation(
    "addConversationParticipant",
    "conversations",
    "POST",
    "/conversations/{conversation_id}/users",
    "never",
    True,
    True,
    None,
    "observed",
)
REMOVE_CONVERSATION_PARTICIPANT: Final = Operation(
    "removeConversationParticipant",
    "conversations",
    "DELETE",
    "/conversations/{conversation_id}/users/{user_id}",
    "safe",
    True,
    False,
    None,
    "observed",
)
SEND_MESSAGE: Final = Operation(
    "sendMessage",
    "messages",
    "POST",
    "/conversations/{conversation_id}/messages",
    "idempotency-key",
    True,
    True,
    "idempotency_key",
    "observed",
)
LIST_MESSAGES: Final = Operation(
    "listMessages",
    "messages",
    "GET",
    "/conversations/{conversation_id}/messages",
    "safe",
    True,
    False,
    None,
    "observed",
)
REPLY_TO_MESSAGE: Final = Operation(
    "replyToMessage",
    "messages",
    "POST",
    "/conversations/{conversation_id}/messages/reply",
    "never",
    True,
    True,
    None,
    "observed",
)
GET_PINNED_MESSAGES: Final = Operation(
    "getPinnedMessages",
    "messages",
    "GET",
    "/conversations/{conversation_id}/messages/pinned",
    "safe",
    True,
    False,
    None,
    "observed",
)
GET_MESSAGE: Final = Operation(
    "getMessage", "messages", "GET", "/messages/{message_id}", "safe", True, False, None, "observed"
)
EDIT_MESSAGE: Final = Operation(
    "editMessage", "messages", "PATCH", "/messages/{message_id}", "safe", True, True, None, "observed"
)
DELETE_MESSAGE: Final = Operation(
    "deleteMessage", "messages", "DELETE", "/messages/{message_id}", "safe", True, False, None, "observed"
)
RECALL_MESSAGE: Final = Operation(
    "recallMessage", "messages", "PATCH", "/messages/{message_id}/recall", "safe", True, True, None, "observed"
)
ACK_MESSAGE: Final = Operation(
    "ackMessage", "messages", "POST", "/messages/{message_id}/ack", "safe", True, True, None, "observed"
)
MARK_MESSAGE_READ: Final = Operation(
    "markMessageRead", "messages", "POST", "/messages/{message_id}/read", "safe", True, True, None, "observed"
)
REACT_TO_MESSAGE: Final = Operation(
    "reactToMessage", "messages", "POST", "/messages/{message_id}/reactions", "never", True, True, None, "observed"
)
FORWARD_MESSAGE: Final = Operation(
    "forwardMessage", "messages", "POST", "/messages/{message_id}/forward", "never", True, True, None, "observed"
)
PIN_MESSAGE: Final = Operation(
    "pinMessage", "messages", "POST", "/messages/{message_id}/pin", "safe", True, True, None, "observed"
)
UNPIN_MESSAGE: Final = Operation(
    "unpinMessage", "messages", "DELETE", "/messages/{message_id}/pin", "safe", True, False, None, "observed"
)
GET_MESSAGE_INFO: Final = Operation(
    "getMessageInfo", "messages", "GET", "/messages/{message_id}/info", "safe", True, False, None, "observed"
)
SEARCH_MESSAGES: Final = Operation(
    "searchMessages", "messages", "GET", "/search/messages", "safe", True, False, None, "observed"
)
SEARCH_MESSAGES_GLOBALLY: Final = Operation(
    "searchMessagesGlobally", "messages", "GET", "/search/messages/global", "safe", True, False, None, "observed"
)
SYNC_MESSAGES: Final = Operation(
    "syncMessages", "messages", "GET", "/sync/messages", "safe", True, False, None, "observed"
)
LIST_CALLS: Final = Operation("listCalls", "calls", "GET", "/calls", "safe", True, False, None, "observed")
INITIATE_CALL: Final = Operation(
    "initiateCall", "calls", "POST", "/calls/initiate", "never", True, True, None, "observed"
)
GET_CALL: Final = Operation("getCall", "calls", "GET", "/calls/{call_id}", "safe", True, False, None, "observed")
ACCEPT_CALL: Final = Operation(
    "acceptCall", "calls", "POST", "/calls/{call_id}/accept", "never", True, True, None, "observed"
)
REJECT_CALL: Final = Operation(
    "rejectCall", "calls", "POST", "/calls/{call_id}/reject", "never", True, True, None, "observed"
)
END_CALL: Final = Operation("endCall", "calls", "POST", "/calls/{call_id}/end", "never", True, True, None, "observed")
SUBMIT_CALL_OFFER: Final = Operation(
    "submitCallOffer", "calls", "POST", "/calls/{call_id}/offer", "never", True, True, None, "inferred"
)
SUBMIT_CALL_ANSWER: Final = Operation(
    "submitCallAnswer", "calls", "POST", "/calls/{call_id}/answer", "never", True, True, None, "inferred"
)
ADD_CALL_ICE_CANDIDATE: Final = Operation(
    "addCallIceCandidate", "calls", "POST", "/calls/{call_id}/ice-candidates", "never", True, True, None, "inferred"
)
SUBMIT_CALL_METRICS: Final = Operation(
    "submitCallMetrics", "calls", "POST", "/calls/{call_id}/metrics", "never", True, True, None, "observed"
)
GET_CALL_METRICS: Final = Operation(
    "getCallMetrics", "calls", "GET", "/calls/{call_id}/metrics", "safe", True, False, None, "observed"
)
TOGGLE_CALL_RECORDING: Final = Operation(
    "toggleCallRecording", "calls", "POST", "/calls/{call_id}/recordings", "never", True, True, None, "observed"
)
LIST_CALL_RECORDINGS: Final = Operation(
    "listCallRecordings", "calls", "GET", "/calls/{call_id}/recordings", "safe", True, False, None, "observed"
)
GET_WEBRTC_TOKEN: Final = Operation(
    "getWebrtcToken", "calls", "POST", "/webrtc/token", "safe", True, True, None, "inferred"
)
GET_TURN_CREDENTIALS: Final = Operation(
    "getTurnCredentials", "calls", "GET", "/webrtc/turn-credentials", "safe", True, False, None, "inferred"
)
CREATE_MEETING: Final = Operation(
    "createMeeting", "meetings", "POST", "/meetings", "never", True, True, None, "observed"
)
LIST_MEETINGS: Final = Operation("listMeetings", "meetings", "GET", "/meetings", "safe", True, False, None, "observed")
GET_MEETING: Final = Operation(
    "getMeeting", "meetings", "GET", "/meetings/{meeting_id}", "safe", True, False, None, "observed"
)
UPDATE_MEETING: Final = Operation(
    "updateMeeting", "meetings", "PATCH", "/meetings/{meeting_id}", "safe", True, True, None, "observed"
)
START_MEETING: Final = Operation(
    "startMeeting", "meetings", "POST", "/meetings/{meeting_id}/start", "never", True, True, None, "observed"
)
JOIN_MEETING: Final = Operation(
    "joinMeeting", "meetings", "POST", "/meetings/{meeting_id}/join", "never", True, True, None, "observed"
)
LEAVE_MEETING: Final = Operation(
    "leaveMeeting", "meetings", "POST", "/meetings/{meeting_id}/leave", "never", True, True, None, "observed"
)
END_MEETING: Final = Operation(
    "endMeeting", "meetings", "POST", "/meetings/{meeting_id}/end", "never", True, True, None, "observed"
)
ADD_MEETING_PARTICIPANT: Final = Operation(
    "addMeetingParticipant", "meetings", "POST", "/meetings/{meeting_id}/users", "never", True, True, None, "observed"
)
REMOVE_MEETING_PARTICIPANT: Final = Operation(
    "removeMeetingParticipant",
    "meetings",
    "DELETE",
    "/meetings/{meeting_id}/users/{user_id}",
    "safe",
    True,
    False,
    None,
    "observed",
)
UPDATE_MEETING_PARTICIPANT_ROLE: Final = Operation(
    "updateMeetingParticipantRole",
    "meetings",
    "PATCH",
    "/meetings/{meeting_id}/users/{user_id}/role",
    "safe",
    True,
    True,
    None,
    "observed",
)
KICK_MEETING_PARTICIPANT: Final = Operation(
    "kickMeetingParticipant", "meetings", "POST", "/meetings/{meeting_id}/remove", "never", True, True, None, "observed"
)
MUTE_MEETING_PARTICIPANT: Final = Operation(
    "muteMeetingParticipant", "meetings", "POST", "/meetings/{meeting_id}/mute", "safe", True, True, None, "observed"
)
UNMUTE_MEETING_PARTICIPANT: Final = Operation(
    "unmuteMeetingParticipant",
    "meetings",
    "POST",
    "/meetings/{meeting_id}/unmute",
    "safe",
    True,
    True,
    None,
    "observed",
)
START_MEETING_SCREEN_SHARE: Final = Operation(
    "startMeetingScreenShare",
    "meetings",
    "POST",
    "/meetings/{meeting_id}/screen-share/start",
    "never",
    True,
    True,
    None,
    "observed",
)
STOP_MEETING_SCREEN_SHARE: Final = Operation(
    "stopMeetingScreenShare",
    "meetings",
    "POST",
    "/meetings/{meeting_id}/screen-share/stop",
    "never",
    True,
    True,
    None,
    "observed",
)
GENERATE_MEETING_TOKEN: Final = Operation(
    "generateMeetingToken", "meetings", "POST", "/meetings/{meeting_id}/token", "safe", True, True, None, "observed"
)
LIST_MEETING_RECORDINGS: Final = Operation(
    "listMeetingRecordings", "meetings", "GET", "/meetings/{meeting_id}/record", "safe", True, False, None, "observed"
)
START_MEETING_RECORDING: Final = Operation(
    "startMeetingRecording",
    "meetings",
    "POST",
    "/meetings/{meeting_id}/record/start",
    "never",
    True,
    True,
    None,
    "observed",
)
STOP_MEETING_RECORDING: Final = Operation(
    "stopMeetingRecording",
    "meetings",
    "POST",
    "/meetings/{meeting_id}/record/stop",
    "never",
    True,
    True,
    None,
    "observed",
)
GET_MEETING_RECORDING: Final = Operation(
    "getMeetingRecording",
    "meetings",
    "GET",
    "/meetings/{meeting_id}/record/{recording_id}",
    "safe",
    True,
    False,
    None,
    "observed",
)
SUBMIT_MEETING_METRICS: Final = Operation(
    "submitMeetingMetrics", "meetings", "POST", "/meetings/{meeting_id}/metrics", "never", True, True, None, "observed"
)
GET_MEETING_METRICS: Final = Operation(
    "getMeetingMetrics", "meetings", "GET", "/meetings/{meeting_id}/metrics", "safe", True, False, None, "observed"
)
GENERATE_UPLOAD_URL: Final = Operation(
    "generateUploadUrl", "media", "POST", "/media/upload-url", "safe", True, True, None, "observed"
)
INIT_MULTIPART_UPLOAD: Final = Operation(
    "initMultipartUpload", "media", "POST", "/media/multipart/init", "safe", True, True, None, "observed"
)
COMPLETE_MULTIPART_UPLOAD: Final = Operation(
    "completeMultipartUpload", "media", "POST", "/media/multipart/complete", "never", True, True, None, "observed"
)
SEARCH_MEDIA: Final = Operation("searchMedia", "media", "GET", "/media/search", "safe", True, False, None, "observed")
GET_MEDIA: Final = Operation("getMedia", "media", "GET", "/media/{media_id}", "safe", True, False, None, "observed")
DELETE_MEDIA: Final = Operation(
    "deleteMedia", "media", "DELETE", "/media/{media_id}", "safe", True, False, None, "observed"
)
GET_MEDIA_DOWNLOAD_URL: Final = Operation(
    "getMediaDownloadUrl", "media", "GET", "/media/{media_id}/download-url", "safe", True, False, None, "observed"
)
GET_MEDIA_STREAM_URL: Final = Operation(
    "getMediaStreamUrl", "media", "GET", "/media/{media_id}/stream", "safe", True, False, None, "observed"
)
GET_MEDIA_METADATA: Final = Operation(
    "getMediaMetadata", "media", "GET", "/media/{media_id}/metadata", "safe", True, False, None, "observed"
)
GET_MEDIA_STATUS: Final = Operation(
    "getMediaStatus", "media", "GET", "/media/{media_id}/status", "safe", True, False, None, "observed"
)
PROCESS_MEDIA: Final = Operation(
    "processMedia", "media", "POST", "/media/{media_id}/process", "never", True, True, None, "observed"
)
GRANT_MEDIA_ACCESS: Final = Operation(
    "grantMediaAccess", "media", "POST", "/media/{media_id}/access", "safe", True, True, None, "observed"
)
LIST_MEDIA_ACCESS: Final = Operation(
    "listMediaAccess", "media", "GET", "/media/{media_id}/access", "safe", True, False, None, "observed"
)
LIST_RECORDINGS: Final = Operation(
    "listRecordings", "media", "GET", "/recordings", "safe", True, False, None, "observed"
)
START_RECORDING: Final = Operation(
    "startRecording", "media", "POST", "/recordings/start", "never", True, True, None, "observed"
)
GET_RECORDING: Final = Operation(
    "getRecording", "media", "GET", "/recordings/{recording_id}", "safe", True, False, None, "observed"
)
STOP_RECORDING: Final = Operation(
    "stopRecording", "media", "POST", "/recordings/{recording_id}/stop", "never", True, True, None, "observed"
)
CREATE_SESSION: Final = Operation(
    "createSession", "realtime", "POST", "/sessions", "never", True, True, None, "observed"
)
LIST_SESSIONS: Final = Operation("listSessions", "realtime", "GET", "/sessions", "safe", True, False, None, "observed")
GET_SESSION: Final = Operation(
    "getSession", "realtime", "GET", "/sessions/{session_id}", "safe", True, False, None, "observed"
)
UPDATE_SESSION: Final = Operation(
    "updateSession", "realtime", "PATCH", "/sessions/{session_id}", "safe", True, True, None, "observed"
)
END_SESSION: Final = Operation(
    "endSession", "realtime", "POST", "/sessions/{session_id}/end", "never", True, True, None, "observed"
)
TRANSITION_SESSION: Final = Operation(
    "transitionSession", "realtime", "POST", "/sessions/{session_id}/transition", "never", True, True, None, "observed"
)
LIST_SESSION_TRANSITIONS: Final = Operation(
    "listSessionTransitions",
    "realtime",
    "GET",
    "/sessions/{session_id}/transitions",
    "safe",
    True,
    False,
    None,
    "observed",
)
EMIT_SESSION_EVENT: Final = Operation(
    "emitSessionEvent", "realtime", "POST", "/sessions/{session_id}/events", "never", True, True, None, "observed"
)
LIST_SESSION_EVENTS: Final = Operation(
    "listSessionEvents", "realtime", "GET", "/sessions/{session_id}/events", "safe", True, False, None, "observed"
)
GET_SESSION_EVENT: Final = Operation(
    "getSessionEvent",
    "realtime",
    "GET",
    "/sessions/{session_id}/events/{event_id}",
    "safe",
    True,
    False,
    None,
    "observed",
)
GET_SESSION_CONTEXT: Final = Operation(
    "getSessionContext", "realtime", "GET", "/sessions/{session_id}/context", "safe", True, False, None, "observed"
)
UPDATE_SESSION_CONTEXT: Final = Operation(
    "updateSessionContext", "realtime", "PATCH", "/sessions/{session_id}/context", "safe", True, True, None, "observed"
)
CREATE_WEBHOOK: Final = Operation(
    "createWebhook", "webhooks", "POST", "/webhooks", "never", False, True, None, "observed"
)
LIST_WEBHOOKS: Final = Operation("listWebhooks", "webhooks", "GET", "/webhooks", "safe", False, False, None, "observed")
GET_WEBHOOK: Final = Operation(
    "getWebhook", "webhooks", "GET", "/webhooks/{webhook_id}", "safe", False, False, None, "observed"
)
UPDATE_WEBHOOK: Final = Operation(
    "updateWebhook", "webhooks", "PATCH", "/webhooks/{webhook_id}", "safe", False, True, None, "observed"
)
DELETE_WEBHOOK: Final = Operation(
    "deleteWebhook", "webhooks", "DELETE", "/webhooks/{webhook_id}", "safe", False, False, None, "observed"
)
ROTATE_WEBHOOK_SECRET: Final = Operation(
    "rotateWebhookSecret",
    "webhooks",
    "POST",
    "/webhooks/{webhook_id}/rotate-secret",
    "never",
    False,
    True,
    None,
    "observed",
)
SUBSCRIBE_WEBHOOK: Final = Operation(
    "subscribeWebhook",
    "webhooks",
    "POST",
    "/webhooks/{webhook_id}/subscriptions",
    "never",
    False,
    True,
    None,
    "observed",
)
LIST_WEBHOOK_SUBSCRIPTIONS: Final = Operation(
    "listWebhookSubscriptions",
    "webhooks",
    "GET",
    "/webhooks/{webhook_id}/subscriptions",
    "safe",
    False,
    False,
    None,
    "observed",
)
UNSUBSCRIBE_WEBHOOK: Final = Operation(
    "unsubscribeWebhook",
    "webhooks",
    "DELETE",
    "/webhooks/{webhook_id}/subscriptions/{subscription_id}",
    "safe",
    False,
    False,
    None,
    "observed",
)
LIST_WEBHOOK_DELIVERIES: Final = Operation(
    "listWebhookDeliveries",
    "webhooks",
    "GET",
    "/webhooks/{webhook_id}/deliveries",
    "safe",
    False,
    False,
    None,
    "observed",
)
TEST_WEBHOOK: Final = Operation(
    "testWebhook", "webhooks", "POST", "/webhooks/{webhook_id}/test", "never", False, True, None, "observed"
)
GET_WEBHOOK_DELIVERY: Final = Operation(
    "getWebhookDelivery", "webhooks", "GET", "/deliveries/{delivery_id}", "safe", False, False, None, "observed"
)
GET_WEBHOOK_DELIVERY_ATTEMPTS: Final = Operation(
    "getWebhookDeliveryAttempts",
    "webhooks",
    "GET",
    "/deliveries/{delivery_id}/attempts",
    "safe",
    False,
    False,
    None,
    "observed",
)
PUBLISH_EVENT: Final = Operation(
    "publishEvent", "webhooks", "POST", "/events/publish", "never", False, True, None, "observed"
)
LIST_EVENTS: Final = Operation("listEvents", "webhooks", "GET", "/events", "safe", False, False, None, "observed")
REPLAY_EVENT: Final = Operation(
    "replayEvent", "webhooks", "POST", "/events/{event_id}/replay", "never", False, True, None, "observed"
)
GET_WALLET: Final = Operation("getWallet", "billing", "GET", "/wallet", "safe", False, False, None, "observed")
TOP_UP_WALLET: Final = Operation(
    "topUpWallet", "billing", "POST", "/wallet/top-up", "never", False, True, None, "observed"
)
GET_TRANSACTIONS: Final = Operation(
    "getTransactions", "billing", "GET", "/transactions", "safe", False, False, None, "observed"
)
RECORD_USAGE_EVENT: Final = Operation(
    "recordUsageEvent", "billing", "POST", "/usage/events", "never", False, True, None, "inferred"
)
GET_USAGE: Final = Operation("getUsage", "billing", "GET", "/usage", "safe", False, False, None, "observed")
GET_USAGE_AGGREGATES: Final = Operation(
    "getUsageAggregates", "billing", "GET", "/usage/aggregates", "safe", False, False, None, "inferred"
)
GET_INVOICES: Final = Operation("getInvoices", "billing", "GET", "/invoices", "safe", False, False, None, "observed")
GET_INVOICE: Final = Operation(
    "getInvoice", "billing", "GET", "/invoices/{invoice_id}", "safe", False, False, None, "observed"
)
GENERATE_INVOICE: Final = Operation(
    "generateInvoice", "billing", "POST", "/invoices/generate", "never", False, True, None, "observed"
)
CREATE_BILLING_ALERT: Final = Operation(
    "createBillingAlert", "billing", "POST", "/alerts", "never", False, True, None, "inferred"
)
GET_BILLING_ALERTS: Final = Operation(
    "getBillingAlerts", "billing", "GET", "/alerts", "safe", False, False, None, "inferred"
)

OPERATIONS: Final[Mapping[str, Operation]] = {
    known.id: known
    for known in (
        CREATE_APP_USER,
        LIST_APP_USERS,
        GET_APP_USER_BY_EXTERNAL_ID,
        GET_APP_USER,
        UPDATE_APP_USER,
        DEACTIVATE_APP_USER,
        CREATE_USER_TOKEN,
        CREATE_CONVERSATION,
        LIST_CONVERSATIONS,
        FIND_CONVERSATIONS_BY_REFERENCE,
        GET_CONVERSATION,
        UPDATE_CONVERSATION,
        UPDATE_CONVERSATION_CONTEXT,
        LIST_CONVERSATION_PARTICIPANTS,
        ADD_CONVERSATION_PARTICIPANT,
        REMOVE_CONVERSATION_PARTICIPANT,
        SEND_MESSAGE,
        LIST_MESSAGES,
        REPLY_TO_MESSAGE,
        GET_PINNED_MESSAGES,
        GET_MESSAGE,
        EDIT_MESSAGE,
        DELETE_MESSAGE,
        RECALL_MESSAGE,
        ACK_MESSAGE,
        MARK_MESSAGE_READ,
        REACT_TO_MESSAGE,
        FORWARD_MESSAGE,
        PIN_MESSAGE,
        UNPIN_MESSAGE,
        GET_MESSAGE_INFO,
        SEARCH_MESSAGES,
        SEARCH_MESSAGES_GLOBALLY,
        SYNC_MESSAGES,
        LIST_CALLS,
        INITIATE_CALL,
        GET_CALL,
        ACCEPT_CALL,
        REJECT_CALL,
        END_CALL,
        SUBMIT_CALL_OFFER,
        SUBMIT_CALL_ANSWER,
        ADD_CALL_ICE_CANDIDATE,
        SUBMIT_CALL_METRICS,
        GET_CALL_METRICS,
        TOGGLE_CALL_RECORDING,
        LIST_CALL_RECORDINGS,
        GET_WEBRTC_TOKEN,
        GET_TURN_CREDENTIALS,
        CREATE_MEETING,
        LIST_MEETINGS,
        GET_MEETING,
        UPDATE_MEETING,
        START_MEETING,
        JOIN_MEETING,
        LEAVE_MEETING,
        END_MEETING,
        ADD_MEETING_PARTICIPANT,
        REMOVE_MEETING_PARTICIPANT,
        UPDATE_MEETING_PARTICIPANT_ROLE,
        KICK_MEETING_PARTICIPANT,
        MUTE_MEETING_PARTICIPANT,
        UNMUTE_MEETING_PARTICIPANT,
        START_MEETING_SCREEN_SHARE,
        STOP_MEETING_SCREEN_SHARE,
        GENERATE_MEETING_TOKEN,
        LIST_MEETING_RECORDINGS,
        START_MEETING_RECORDING,
        STOP_MEETING_RECORDING,
        GET_MEETING_RECORDING,
        SUBMIT_MEETING_METRICS,
        GET_MEETING_METRICS,
        GENERATE_UPLOAD_URL,
        INIT_MULTIPART_UPLOAD,
        COMPLETE_MULTIPART_UPLOAD,
        SEARCH_MEDIA,
        GET_MEDIA,
        DELETE_MEDIA,
        GET_MEDIA_DOWNLOAD_URL,
        GET_MEDIA_STREAM_URL,
        GET_MEDIA_METADATA,
        GET_MEDIA_STATUS,
        PROCESS_MEDIA,
        GRANT_MEDIA_ACCESS,
        LIST_MEDIA_ACCESS,
        LIST_RECORDINGS,
        START_RECORDING,
        GET_RECORDING,
        STOP_RECORDING,
        CREATE_SESSION,
        LIST_SESSIONS,
        GET_SESSION,
        UPDATE_SESSION,
        END_SESSION,
        TRANSITION_SESSION,
        LIST_SESSION_TRANSITIONS,
        EMIT_SESSION_EVENT,
        LIST_SESSION_EVENTS,
        GET_SESSION_EVENT,
        GET_SESSION_CONTEXT,
        UPDATE_SESSION_CONTEXT,
        CREATE_WEBHOOK,
        LIST_WEBHOOKS,
        GET_WEBHOOK,
        UPDATE_WEBHOOK,
        DELETE_WEBHOOK,
        ROTATE_WEBHOOK_SECRET,
        SUBSCRIBE_WEBHOOK,
        LIST_WEBHOOK_SUBSCRIPTIONS,
        UNSUBSCRIBE_WEBHOOK,
        LIST_WEBHOOK_DELIVERIES,
        TEST_WEBHOOK,
        GET_WEBHOOK_DELIVERY,
        GET_WEBHOOK_DELIVERY_ATTEMPTS,
        PUBLISH_EVENT,
        LIST_EVENTS,
        REPLAY_EVENT,
        GET_WALLET,
        TOP_UP_WALLET,
        GET_TRANSACTIONS,
        RECORD_USAGE_EVENT,
        GET_USAGE,
        GET_USAGE_AGGREGATES,
        GET_INVOICES,
        GET_INVOICE,
        GENERATE_INVOICE,
        CREATE_BILLING_ALERT,
        GET_BILLING_ALERTS,
    )
}
"""All operations by their `operationId`."""
