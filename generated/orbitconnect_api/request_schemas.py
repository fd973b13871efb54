"""The requests of the API, as JSON Schema. Treat all values as read-only."""

from __future__ import annotations

from typing import Any, Final

REQUESTS: Final[dict[str, Any]] = {
    "createAppUser": {"query": {}, "body": {"$ref": "#/components/schemas/CreateAppUserBody"}, "secrets": []},
    "listAppUsers": {
        "query": {"active": {"required": False, "schema": {"type": "boolean"}}},
        "body": None,
        "secrets": [],
    },
    "getAppUserByExternalId": {"query": {}, "body": None, "secrets": []},
    "getAppUser": {"query": {}, "body": None, "secrets": []},
    "updateAppUser": {"query": {}, "body": {"$ref": "#/components/schemas/UpdateAppUserBody"}, "secrets": []},
    "deactivateAppUser": {"query": {}, "body": None, "secrets": []},
    "createUserToken": {
        "query": {},
        "body": {"$ref": "#/components/schemas/CreateUserTokenBody"},
        "secrets": ["token"],
    },
    "createConversation": {"query": {}, "body": {"$ref": "#/components/schemas/CreateConversationBody"}, "secrets": []},
    "listConversations": {"query": {}, "body": None, "secrets": []},
    "findConversationsByReference": {
        "query": {"reference_id": {"required": True, "schema": {"type": "string", "minLength": 1}}},
        "body": None,
        "secrets": [],
    },
    "getConversation": {"query": {}, "body": None, "secrets": []},
    "updateConversation": {"query": {}, "body": {"$ref": "#/components/schemas/UpdateConversationBody"}, "secrets": []},
    "updateConversationContext": {
        "query": {},
        "body": {"$ref": "#/components/schemas/UpdateConversationContextBody"},
        "secrets": [],
    },
    "listConversationParticipants": {"query": {}, "body": None, "secrets": []},
    "addConversationParticipant": {
        "query": {},
        "body": {"$ref": "#/components/schemas/AddConversationParticipantBody"},
        "secrets": [],
    },
    "removeConversationParticipant": {"query": {}, "body": None, "secrets": []},
    "sendMessage": {"query": {}, "body": {"$ref": "#/components/schemas/SendMessageBody"}, "secrets": []},
    "listMessages": {
        "query": {
            "limit": {"required": False, "schema": {"type": "integer", "minimum": 0}},
            "offset": {"required": False, "schema": {"type": "integer", "minimum": 0}},
            "after_sequence": {"required": False, "schema": {"type": "integer", "minimum": 0}},
        },
        "body": None,
        "secrets": [],
    },
    "replyToMessage": {"query": {}, "body": {"$ref": "#/components/schemas/ReplyToMessageBody"}, "secrets": []},
    "getPinnedMessages": {"query": {}, "body": None, "secrets": []},
    "getMessage": {"query": {}, "body": None, "secrets": []},
    "editMessage": {"query": {}, "body": {"$ref": "#/components/schemas/EditMessageBody"}, "secrets": []},
    "deleteMessage": {"query": {}, "body": None, "secrets": []},
    "recallMessage": {"query": {}, "body": None, "secrets": []},
    "ackMessage": {"query": {}, "body": None, "secrets": []},
    "markMessageRead": {"query": {}, "body": None, "secrets": []},
    "reactToMessage": {"query": {}, "body": {"$ref": "#/components/schemas/ReactToMessageBody"}, "secrets": []},
    "forwardMessage": {"query": {}, "body": {"$ref": "#/components/schemas/ForwardMessageBody"}, "secrets": []},
    "pinMessage": {"query": {}, "body": None, "secrets": []},
    "unpinMessage": {"query": {}, "body": None, "secrets": []},
    "getMessageInfo": {"query": {}, "body": None, "secrets": []},
    "searchMessages": {
        "query": {
            "conversation_id": {"required": True, "schema": {"type": "string", "minLength": 1}},
            "q": {"required": True, "schema": {"type": "string", "minLength": 1}},
            "limit": {"required": False, "schema": {"type": "integer", "minimum": 0}},
        },
        "body": None,
        "secrets": [],
    },
    "searchMessagesGlobally": {
        "query": {
            "q": {"required": True, "schema": {"type": "string", "minLength": 1}},
            "limit": {"required": False, "schema": {"type": "integer", "minimum": 0}},
        },
        "body": None,
        "secrets": [],
    },
    "syncMessages": {
        "query": {
            "conversation_id": {"required": True, "schema": {"type": "string", "minLength": 1}},
            "since": {"required": True, "schema": {"type": "string", "format": "date-time"}},
            "limit": {"required": False, "schema": {"type": "integer", "minimum": 0}},
        },
        "body": None,
        "secrets": [],
    },
    "listCalls": {"query": {}, "body": None, "secrets": []},
    "initiateCall": {"query": {}, "body": {"$ref": "#/components/schemas/InitiateCallBody"}, "secrets": []},
    "getCall": {"query": {}, "body": None, "secrets": []},
    "acceptCall": {"query": {}, "body": None, "secrets": []},
    "rejectCall": {"query": {}, "body": None, "secrets": []},
    "endCall": {"query": {}, "body": None, "secrets": []},
    "submitCallOffer": {"query": {}, "body": {"$ref": "#/components/schemas/SubmitCallOfferBody"}, "secrets": ["sdp"]},
    "submitCallAnswer": {
        "query": {},
        "body": {"$ref": "#/components/schemas/SubmitCallAnswerBody"},
        "secrets": ["sdp"],
    },
    "addCallIceCandidate": {
        "query": {},
        "body": {"$ref": "#/components/schemas/AddCallIceCandidateBody"},
        "secrets": [],
    },
    "submitCallMetrics": {"query": {}, "body": {"$ref": "#/components/schemas/SubmitCallMetricsBody"}, "secrets": []},
    "getCallMetrics": {"query": {}, "body": None, "secrets": []},
    "toggleCallRecording": {"query": {}, "body": None, "secrets": []},
    "listCallRecordings": {"query": {}, "body": None, "secrets": []},
    "getWebrtcToken": {"query": {}, "body": None, "secrets": ["token"]},
    "getTurnCredentials": {"query": {}, "body": None, "secrets": ["credential"]},
    "createMeeting": {"query": {}, "body": {"$ref": "#/components/schemas/CreateMeetingBody"}, "secrets": []},
    "listMeetings": {"query": {}, "body": None, "secrets": []},
    "getMeeting": {"query": {}, "body": None, "secrets": []},
    "updateMeeting": {"query": {}, "body": {"$ref": "#/components/schemas/UpdateMeetingBody"}, "secrets": []},
    "startMeeting": {"query": {}, "body": None, "secrets": []},
    "joinMeeting": {
        "query": {},
        "body": {"$ref": "#/components/schemas/JoinMeetingBody"},
        "secrets": ["credential", "token"],
    },
    "leaveMeeting": {"query": {}, "body": None, "secrets": []},
    "endMeeting": {"query": {}, "body": None, "secrets": []},
    "addMeetingParticipant": {
        "query": {},
        "body": {"$ref": "#/components/schemas/AddMeetingParticipantBody"},
        "secrets": [],
    },
    "removeMeetingParticipant": {"query": {}, "body": None, "secrets": []},
    "updateMeetingParticipantRole": {
        "query": {},
        "body": {"$ref": "#/components/schemas/UpdateMeetingParticipantRoleBody"},
        "secrets": [],
    },
    "kickMeetingParticipant": {
        "query": {},
        "body": {"$ref": "#/components/schemas/KickMeetingParticipantBody"},
        "secrets": [],
    },
    "muteMeetingParticipant": {
        "query": {},
        "body": {"$ref": "#/components/schemas/MuteMeetingParticipantBody"},
        "secrets": [],
    },
    "unmuteMeetingParticipant": {
        "query": {},
        "body": {"$ref": "#/components/schemas/UnmuteMeetingParticipantBody"},
        "secrets": [],
    },
    "startMeetingScreenShare": {"query": {}, "body": None, "secrets": []},
    "stopMeetingScreenShare": {"query": {}, "body": None, "secrets": []},
    "generateMeetingToken": {
        "query": {},
        "body": {"$ref": "#/components/schemas/GenerateMeetingTokenBody"},
        "secrets": ["token"],
    },
    "listMeetingRecordings": {"query": {}, "body": None, "secrets": []},
    "startMeetingRecording": {"query": {}, "body": None, "secrets": []},
    "stopMeetingRecording": {"query": {}, "body": None, "secrets": []},
    "getMeetingRecording": {"query": {}, "body": None, "secrets": []},
    "submitMeetingMetrics": {
        "query": {},
        "body": {"$ref": "#/components/schemas/SubmitMeetingMetricsBody"},
        "secrets": [],
    },
    "getMeetingMetrics": {"query": {}, "body": None, "secrets": []},
    "generateUploadUrl": {
        "query": {},
        "body": {"$ref": "#/components/schemas/GenerateUploadUrlBody"},
        "secrets": ["headers", "upload_path"],
    },
    "initMultipartUpload": {
        "query": {},
        "body": {"$ref": "#/components/schemas/InitMultipartUploadBody"},
        "secrets": ["headers", "upload_path"],
    },
    "completeMultipartUpload": {
        "query": {},
        "body": {"$ref": "#/components/schemas/CompleteMultipartUploadBody"},
        "secrets": [],
    },
    "searchMedia": {
        "query": {"q": {"required": True, "schema": {"type": "string", "minLength": 1}}},
        "body": None,
        "secrets": [],
    },
    "getMedia": {"query": {}, "body": None, "secrets": []},
    "deleteMedia": {"query": {}, "body": None, "secrets": []},
    "getMediaDownloadUrl": {"query": {}, "body": None, "secrets": ["url"]},
    "getMediaStreamUrl": {"query": {}, "body": None, "secrets": ["url"]},
    "getMediaMetadata": {"query": {}, "body": None, "secrets": []},
    "getMediaStatus": {"query": {}, "body": None, "secrets": []},
    "processMedia": {"query": {}, "body": None, "secrets": []},
    "grantMediaAccess": {"query": {}, "body": {"$ref": "#/components/schemas/GrantMediaAccessBody"}, "secrets": []},
    "listMediaAccess": {"query": {}, "body": None, "secrets": []},
    "listRecordings": {"query": {}, "body": None, "secrets": []},
    "startRecording": {"query": {}, "body": {"$ref": "#/components/schemas/StartRecordingBody"}, "secrets": []},
    "getRecording": {"query": {}, "body": None, "secrets": []},
    "stopRecording": {"query": {}, "body": None, "secrets": []},
    "createSession": {"query": {}, "body": {"$ref": "#/components/schemas/CreateSessionBody"}, "secrets": []},
    "listSessions": {"query": {}, "body": None, "secrets": []},
    "getSession": {"query": {}, "body": None, "secrets": []},
    "updateSession": {"query": {}, "body": {"$ref": "#/components/schemas/UpdateSessionBody"}, "secrets": []},
    "endSession": {"query": {}, "body": None, "secrets": []},
    "transitionSession": {"query": {}, "body": {"$ref": "#/components/schemas/TransitionSessionBody"}, "secrets": []},
    "listSessionTransitions": {"query": {}, "body": None, "secrets": []},
    "emitSessionEvent": {"query": {}, "body": {"$ref": "#/components/schemas/EmitSessionEventBody"}, "secrets": []},
    "listSessionEvents": {"query": {}, "body": None, "secrets": []},
    "getSessionEvent": {"query": {}, "body": None, "secrets": []},
    "getSessionContext": {"query": {}, "body": None, "secrets": []},
    "updateSessionContext": {
        "query": {},
        "body": {"$ref": "#/components/schemas/UpdateSessionContextBody"},
        "secrets": [],
    },
    "createWebhook": {"query": {}, "body": {"$ref": "#/components/schemas/CreateWebhookBody"}, "secrets": ["secret"]},
    "listWebhooks": {"query": {}, "body": None, "secrets": ["secret"]},
    "getWebhook": {"query": {}, "body": None, "secrets": ["secret"]},
    "updateWebhook": {"query": {}, "body": {"$ref": "#/components/schemas/UpdateWebhookBody"}, "secrets": ["secret"]},
    "deleteWebhook": {"query": {}, "body": None, "secrets": []},
    "rotateWebhookSecret": {"query": {}, "body": None, "secrets": ["secret"]},
    "subscribeWebhook": {"query": {}, "body": {"$ref": "#/components/schemas/SubscribeWebhookBody"}, "secrets": []},
    "listWebhookSubscriptions": {"query": {}, "body": None, "secrets": []},
    "unsubscribeWebhook": {"query": {}, "body": None, "secrets": []},
    "listWebhookDeliveries": {"query": {}, "body": None, "secrets": []},
    "testWebhook": {"query": {}, "body": None, "secrets": []},
    "getWebhookDelivery": {"query": {}, "body": None, "secrets": []},
    "getWebhookDeliveryAttempts": {"query": {}, "body": None, "secrets": []},
    "publishEvent": {"query": {}, "body": {"$ref": "#/components/schemas/PublishEventBody"}, "secrets": []},
    "listEvents": {"query": {}, "body": None, "secrets": []},
    "replayEvent": {"query": {}, "body": None, "secrets": []},
    "getWallet": {"query": {}, "body": None, "secrets": []},
    "topUpWallet": {"query": {}, "body": {"$ref": "#/components/schemas/TopUpWalletBody"}, "secrets": []},
    "getTransactions": {"query": {}, "body": None, "secrets": []},
    "recordUsageEvent": {"query": {}, "body": {"$ref": "#/components/schemas/RecordUsageEventBody"}, "secrets": []},
    "getUsage": {"query": {}, "body": None, "secrets": []},
    "getUsageAggregates": {"query": {}, "body": None, "secrets": []},
    "getInvoices": {"query": {}, "body": None, "secrets": ["pdf_url"]},
    "getInvoice": {"query": {}, "body": None, "secrets": ["pdf_url"]},
    "generateInvoice": {
        "query": {},
        "body": {"$ref": "#/components/schemas/GenerateInvoiceBody"},
        "secrets": ["pdf_url"],
    },
    "createBillingAlert": {"query": {}, "body": {"$ref": "#/components/schemas/CreateBillingAlertBody"}, "secrets": []},
    "getBillingAlerts": {"query": {}, "body": None, "secrets": []},
}
"""Each operation's query parameters, body, and the names of secret properties.

An entry has more keys if an operation has them: `headers`, `form` (how a body that is not a JSON object is encoded),
`optional_body`, `status` (of the first success, if not 200), and `envelope` (if the result is the whole envelope).
A parameter has a `style`, if it is a list or an object, and an `argument`, if its name in Python differs.
"""

SCHEMAS: Final[dict[str, Any]] = {
    "AddCallIceCandidateBody": {
        "type": "object",
        "required": ["candidate"],
        "properties": {"candidate": {"type": "string", "minLength": 1}},
    },
    "AddConversationParticipantBody": {
        "type": "object",
        "required": ["app_user_id"],
        "properties": {"app_user_id": {"type": "string", "minLength": 1}},
    },
    "AddMeetingParticipantBody": {
        "type": "object",
        "required": ["app_user_id"],
        "properties": {"app_user_id": {"type": "string", "minLength": 1}},
    },
    "BillingAlertType": {"anyOf": [{"type": "string", "enum": ["low_balance"]}, {"type": "string", "minLength": 1}]},
    "CallType": {"anyOf": [{"type": "string", "enum": ["voice", "video"]}, {"type": "string", "minLength": 1}]},
    "CompleteMultipartUploadBody": {
        "type": "object",
        "required": ["session_id", "mime_type", "size"],
        "properties": {
            "session_id": {"type": "string", "minLength": 1},
            "mime_type": {"type": "string", "minLength": 1, "maxLength": 255},
            "size": {"type": "integer", "minimum": 0},
        },
    },
    "ConversationContext": {
        "type": "object",
        "properties": {
            "type": {"$ref": "#/components/schemas/ConversationContextType"},
            "referenceId": {"type": ["string", "null"]},
            "title": {"type": ["string", "null"]},
            "status": {"type": ["string", "null"]},
            "actor": {"$ref": "#/components/schemas/ConversationContextActor"},
        },
    },
    "ConversationContextActor": {
        "type": "object",
        "properties": {"id": {"type": "string"}, "type": {"type": "string"}, "name": {"type": "string"}},
    },
    "ConversationContextType": {
        "anyOf": [
            {"type": "string", "enum": ["booking", "service", "purchase", "support"]},
            {"type": "string", "minLength": 1},
        ]
    },
    "ConversationType": {
        "anyOf": [{"type": "string", "enum": ["direct", "group"]}, {"type": "string", "minLength": 1}]
    },
    "CreateAppUserBody": {
        "type": "object",
        "required": ["external_id", "display_name"],
        "properties": {
            "external_id": {"type": "string", "minLength": 1, "maxLength": 255},
            "display_name": {"type": "string", "minLength": 1, "maxLength": 255},
            "metadata": {"$ref": "#/components/schemas/Metadata"},
        },
    },
    "CreateBillingAlertBody": {
        "type": "object",
        "required": ["type", "threshold"],
        "properties": {
            "type": {"$ref": "#/components/schemas/BillingAlertType"},
            "threshold": {"type": "number", "minimum": 0, "maximum": 1000000},
        },
    },
    "CreateConversationBody": {
        "type": "object",
        "required": ["type"],
        "properties": {
            "type": {"$ref": "#/components/schemas/ConversationType"},
            "participant_id": {"type": "string", "minLength": 1},
            "participant_ids": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
            "metadata": {"$ref": "#/components/schemas/Metadata"},
            "context": {"$ref": "#/components/schemas/ConversationContext"},
        },
    },
    "CreateMeetingBody": {
        "type": "object",
        "required": ["title"],
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": 255},
            "description": {"type": "string", "maxLength": 2000},
            "scheduled_at": {"type": "string", "format": "date-time"},
        },
    },
    "CreateSessionBody": {
        "type": "object",
        "required": ["type"],
        "properties": {
            "type": {"$ref": "#/components/schemas/SessionType"},
            "context_id": {"type": "string", "minLength": 1},
        },
    },
    "CreateUserTokenBody": {
        "type": "object",
        "properties": {"ttl": {"type": "integer", "minimum": 1, "maximum": 86400}},
    },
    "CreateWebhookBody": {
        "type": "object",
        "required": ["url"],
        "properties": {"url": {"type": "string", "format": "uri", "minLength": 1, "maxLength": 2048}},
    },
    "EditMessageBody": {
        "type": "object",
        "required": ["content"],
        "properties": {"content": {"type": "string", "minLength": 1}},
    },
    "EmitSessionEventBody": {
        "type": "object",
        "required": ["event_type"],
        "properties": {
            "event_type": {"type": "string", "minLength": 1, "maxLength": 255},
            "payload": {"$ref": "#/components/schemas/Metadata"},
        },
    },
    "ForwardMessageBody": {
        "type": "object",
        "required": ["target_conversation_ids"],
        "properties": {
            "target_conversation_ids": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
        },
    },
    "GenerateInvoiceBody": {
        "type": "object",
        "properties": {
            "from": {"type": "string", "format": "date-time"},
            "to": {"type": "string", "format": "date-time"},
        },
    },
    "GenerateMeetingTokenBody": {
        "type": "object",
        "properties": {
            "app_user_id": {"type": "string", "minLength": 1},
            "role": {"$ref": "#/components/schemas/MeetingRole"},
        },
    },
    "GenerateUploadUrlBody": {
        "type": "object",
        "required": ["mime_type"],
        "properties": {
            "mime_type": {
                "type": "string",
                "minLength": 1,
                "maxLength": 255,
                "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+( *; *[!#$%&'*+.^_`|~0-9A-Za-z-]+=([!#$%&'*+.^_`|~0-9A-Za-z-]+|\"[ !#-\\[\\]-~]*\"))*$",
            }
        },
    },
    "GrantMediaAccessBody": {
        "type": "object",
        "required": ["app_user_id", "access_type"],
        "properties": {
            "app_user_id": {"type": "string", "minLength": 1},
            "access_type": {"$ref": "#/components/schemas/MediaAccessType"},
        },
    },
    "InitMultipartUploadBody": {
        "type": "object",
        "required": ["mime_type", "filename"],
        "properties": {
            "mime_type": {
                "type": "string",
                "minLength": 1,
                "maxLength": 255,
                "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+( *; *[!#$%&'*+.^_`|~0-9A-Za-z-]+=([!#$%&'*+.^_`|~0-9A-Za-z-]+|\"[ !#-\\[\\]-~]*\"))*$",
            },
            "filename": {
                "type": "string",
                "minLength": 1,
                "maxLength": 255,
                "pattern": "^[^/\\\\\\u0000-\\u001f\\u007f]+$",
            },
        },
    },
    "InitiateCallBody": {
        "type": "object",
        "required": ["callee_id", "type"],
        "properties": {
            "callee_id": {"type": "string", "minLength": 1},
            "type": {"$ref": "#/components/schemas/CallType"},
        },
    },
    "JoinMeetingBody": {
        "type": "object",
        "properties": {"token": {"type": "string", "format": "password", "minLength": 1}},
    },
    "KickMeetingParticipantBody": {
        "type": "object",
        "required": ["app_user_id"],
        "properties": {"app_user_id": {"type": "string", "minLength": 1}},
    },
    "MediaAccessType": {
        "anyOf": [{"type": "string", "enum": ["download", "view", "stream"]}, {"type": "string", "minLength": 1}]
    },
    "MeetingRole": {
        "anyOf": [{"type": "string", "enum": ["host", "co_host", "participant"]}, {"type": "string", "minLength": 1}]
    },
    "MessageType": {
        "anyOf": [
            {"type": "string", "enum": ["text", "image", "video", "audio", "file", "location", "system"]},
            {"type": "string", "minLength": 1},
        ]
    },
    "Metadata": {"type": "object", "additionalProperties": True},
    "MuteMeetingParticipantBody": {
        "type": "object",
        "required": ["app_user_id"],
        "properties": {"app_user_id": {"type": "string", "minLength": 1}},
    },
    "PublishEventBody": {
        "type": "object",
        "required": ["type", "payload"],
        "properties": {
            "type": {
                "type": "string",
                "minLength": 1,
                "maxLength": 255,
                "pattern": "^[^\\s.*\\u0000-\\u001f\\u007f]+(\\.[^\\s.*\\u0000-\\u001f\\u007f]+)*$",
            },
            "payload": {"type": "object", "additionalProperties": True},
        },
    },
    "ReactToMessageBody": {
        "type": "object",
        "required": ["reaction_type"],
        "properties": {"reaction_type": {"type": "string", "minLength": 1, "maxLength": 64}},
    },
    "RecordUsageEventBody": {
        "type": "object",
        "required": ["event_type", "quantity"],
        "properties": {
            "event_type": {"type": "string", "minLength": 1, "maxLength": 255},
            "quantity": {"type": "number", "minimum": 0, "maximum": 1000000000},
            "metadata": {"$ref": "#/components/schemas/Metadata"},
        },
    },
    "RecordingSessionType": {
        "anyOf": [{"type": "string", "enum": ["call", "meeting"]}, {"type": "string", "minLength": 1}]
    },
    "ReplyToMessageBody": {
        "type": "object",
        "required": ["content", "reply_to_message_id"],
        "properties": {
            "content": {"type": "string", "minLength": 1},
            "reply_to_message_id": {"type": "string", "minLength": 1},
            "type": {"$ref": "#/components/schemas/MessageType"},
            "metadata": {"$ref": "#/components/schemas/Metadata"},
        },
    },
    "SendMessageBody": {
        "type": "object",
        "required": ["content"],
        "properties": {
            "content": {"type": "string", "minLength": 1},
            "type": {"$ref": "#/components/schemas/MessageType"},
            "metadata": {"anyOf": [{"$ref": "#/components/schemas/Metadata"}, {"type": "null"}]},
            "idempotency_key": {"type": ["string", "null"], "minLength": 1, "maxLength": 255},
        },
    },
    "SessionType": {
        "anyOf": [
            {"type": "string", "enum": ["chat_session", "call_session", "meeting_session"]},
            {"type": "string", "minLength": 1},
        ]
    },
    "StartRecordingBody": {
        "type": "object",
        "properties": {
            "session_id": {"type": "string", "minLength": 1},
            "session_type": {"$ref": "#/components/schemas/RecordingSessionType"},
        },
        "additionalProperties": True,
    },
    "SubmitCallAnswerBody": {
        "type": "object",
        "required": ["sdp"],
        "properties": {"sdp": {"type": "string", "format": "password", "minLength": 1}},
    },
    "SubmitCallMetricsBody": {
        "type": "object",
        "properties": {
            "bitrate": {"type": "number", "minimum": 0},
            "packet_loss": {"type": "number", "minimum": 0, "maximum": 100},
            "jitter": {"type": "number", "minimum": 0},
            "rtt": {"type": "number", "minimum": 0},
        },
    },
    "SubmitCallOfferBody": {
        "type": "object",
        "required": ["sdp"],
        "properties": {"sdp": {"type": "string", "format": "password", "minLength": 1}},
    },
    "SubmitMeetingMetricsBody": {
        "type": "object",
        "properties": {
            "bitrate": {"type": "number", "minimum": 0},
            "packet_loss": {"type": "number", "minimum": 0, "maximum": 100},
            "jitter": {"type": "number", "minimum": 0},
            "rtt": {"type": "number", "minimum": 0},
        },
    },
    "SubscribeWebhookBody": {
        "type": "object",
        "required": ["event_type"],
        "properties": {
            "event_type": {
                "type": "string",
                "minLength": 1,
                "maxLength": 255,
                "pattern": "^(\\*|[^\\s.*\\u0000-\\u001f\\u007f]+(\\.[^\\s.*\\u0000-\\u001f\\u007f]+)*(\\.\\*)?)$",
            }
        },
    },
    "TopUpWalletBody": {
        "type": "object",
        "required": ["amount"],
        "properties": {"amount": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000000}},
    },
    "TransitionSessionBody": {
        "type": "object",
        "required": ["transition_type"],
        "properties": {
            "transition_type": {"$ref": "#/components/schemas/TransitionType"},
            "context_id": {"type": ["string", "null"], "minLength": 1},
        },
    },
    "TransitionType": {
        "anyOf": [
            {"type": "string", "enum": ["chat_to_call", "call_to_meeting", "meeting_to_chat"]},
            {"type": "string", "minLength": 1},
        ]
    },
    "UnmuteMeetingParticipantBody": {
        "type": "object",
        "required": ["app_user_id"],
        "properties": {"app_user_id": {"type": "string", "minLength": 1}},
    },
    "UpdateAppUserBody": {
        "type": "object",
        "properties": {
            "display_name": {"type": "string", "minLength": 1, "maxLength": 255},
            "metadata": {"anyOf": [{"$ref": "#/components/schemas/Metadata"}, {"type": "null"}]},
        },
    },
    "UpdateConversationBody": {
        "type": "object",
        "properties": {"metadata": {"anyOf": [{"$ref": "#/components/schemas/Metadata"}, {"type": "null"}]}},
        "additionalProperties": True,
    },
    "UpdateConversationContextBody": {
        "type": "object",
        "required": ["context"],
        "properties": {"context": {"$ref": "#/components/schemas/ConversationContext"}},
    },
    "UpdateMeetingBody": {
        "type": "object",
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": 255},
            "description": {"type": ["string", "null"], "maxLength": 2000},
        },
    },
    "UpdateMeetingParticipantRoleBody": {
        "type": "object",
        "required": ["role"],
        "properties": {"role": {"$ref": "#/components/schemas/MeetingRole"}},
    },
    "UpdateSessionBody": {"type": "object", "properties": {"context_id": {"type": ["string", "null"], "minLength": 1}}},
    "UpdateSessionContextBody": {
        "type": "object",
        "properties": {
            "conversation_id": {"type": ["string", "null"], "minLength": 1},
            "call_id": {"type": ["string", "null"], "minLength": 1},
            "meeting_id": {"type": ["string", "null"], "minLength": 1},
        },
    },
    "UpdateWebhookBody": {
        "type": "object",
        "properties": {
            "url": {"type": "string", "format": "uri", "minLength": 1, "maxLength": 2048},
            "is_active": {"type": "boolean"},
        },
    },
}
"""The schemas that the bodies refer to."""
