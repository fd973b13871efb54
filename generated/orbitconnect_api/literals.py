"""The known values of fields such as a message's type. The API can add values, so a field accepts any other string."""

from __future__ import annotations

from typing import Literal, TypeAlias

ConversationType: TypeAlias = Literal["direct", "group"]
"""The type of a conversation. `direct`: between two users. `group`: between any number of users, who can be added and
removed. In a request, other values are refused (inferred)."""

ConversationContextType: TypeAlias = Literal["booking", "service", "purchase", "support"]
"""The kind of subject that a conversation is about. `booking`: an appointment or reservation. `service`: a service on
offer. `purchase`: an order. `support`: a request for help."""

ParticipantRole: TypeAlias = Literal["owner", "admin", "member"]
"""A user's role in a conversation. `owner`: can do everything; the user who created a group is an owner. `admin`: can
add and remove participants and update the group. `member`: can read and send messages."""

MessageType: TypeAlias = Literal["text", "image", "video", "audio", "file", "location", "system"]
"""The type of a message. `text`: written text. `image`: a picture. `video`: a video. `audio`: sound, such as a voice
message. `file`: any other file. `location`: a place. `system`: a notice from the application. The vendor's PHP SDK
sends `text` and `system`; the other values are inferred."""

MessageStatus: TypeAlias = Literal["sent", "delivered", "read"]
"""A message's delivery status. `sent`: the server has the message. `delivered`: it was delivered to the recipient.
`read`: the recipient has read it."""

CallType: TypeAlias = Literal["voice", "video"]
"""The type of a call. `voice`: audio only. `video`: audio and video. In a request, other values are refused (inferred)."""

CallStatus: TypeAlias = Literal["ringing", "accepted", "rejected", "missed", "ended", "failed"]
"""The status of a call. `ringing`: not answered yet. `accepted`: the callee accepted, and the call is running.
`rejected`: the callee rejected the call. `missed`: nobody answered in time. `ended`: one user hung up. `failed`: the
connection could not be established or broke."""

MeetingStatus: TypeAlias = Literal["scheduled", "live", "ended"]
"""The status of a meeting. `scheduled`: created but not started. `live`: started, and users can join. `ended`: over for
all participants."""

MeetingRole: TypeAlias = Literal["host", "co_host", "participant"]
"""A participant's role in a meeting. `host`: can do everything, including ending the meeting. `co_host`: can help the
host manage participants and recordings. `participant`: can take part. In a request, other values are refused
(inferred)."""

MeetingParticipantStatus: TypeAlias = Literal["invited", "joined", "left", "removed"]
"""The status of a meeting participant. `invited`: on the list but not in the meeting yet. `joined`: in the meeting.
`left`: left the meeting, or the meeting ended. `removed`: removed from the list or kicked."""

MediaState: TypeAlias = Literal["pending", "uploaded", "processing", "ready", "failed", "deleted"]
"""The status of a media file. `pending`: an upload session is open, but the bytes have not been uploaded. `uploaded`:
the bytes have been uploaded. `processing`: the file is being processed. `ready`: the file can be downloaded and
streamed. `failed`: processing failed. `deleted`: the file was deleted. This value only appears in events."""

MediaAccessType: TypeAlias = Literal["download", "view", "stream"]
"""The type of access to a file. `download`: can download the file. `view`: can see the file and its metadata. `stream`:
can play the file. `download` was observed; the other values are inferred. In a request, other values are refused
(inferred)."""

RecordingStatus: TypeAlias = Literal["recording", "processing", "ready", "failed"]
"""The status of a recording. `recording`: in progress. `processing`: stopped, and being processed into a media file.
`ready`: the media file is available. `failed`: the recording failed."""

RecordingSessionType: TypeAlias = Literal["call", "meeting"]
"""What is recorded. `call`: a voice or video call. `meeting`: a meeting. In a request, other values are refused
(inferred)."""

SessionType: TypeAlias = Literal["chat_session", "call_session", "meeting_session"]
"""The type that a session was created with. `chat_session`: a conversation. `call_session`: a call. `meeting_session`:
a meeting. The vendor documents `chat_session`; the other values are inferred. In a request, other values are refused
(inferred)."""

SessionStatus: TypeAlias = Literal["active", "ended"]
"""The status of a session. `active`: in progress. `ended`: ended."""

SessionState: TypeAlias = Literal["chat", "call", "meeting"]
"""The state of a session. `chat`: in a conversation. `call`: in a call. `meeting`: in a meeting."""

TransitionType: TypeAlias = Literal["chat_to_call", "call_to_meeting", "meeting_to_chat"]
"""The type of a transition. `chat_to_call`: from a conversation to a call. `call_to_meeting`: from a call to a meeting.
`meeting_to_chat`: from a meeting to a conversation. The values are inferred from the names of the vendor's convenience
methods. In a request, other values are refused (inferred)."""

WebhookDeliveryStatus: TypeAlias = Literal["pending", "succeeded", "failed"]
"""The status of a delivery. `pending`: waiting for the first or next attempt. `succeeded`: the receiver responded with
a 2xx status. `failed`: the last attempt failed, and no further attempt follows."""

PlatformEventSource: TypeAlias = Literal["platform", "published"]
"""The source of an event. `platform`: caused by OrbitConnect. `published`: published by your backend."""

TransactionType: TypeAlias = Literal["top_up", "usage", "adjustment", "refund"]
"""The reason for a change to the balance. `top_up`: money was added. `usage`: usage was charged. `adjustment`:
OrbitConnect corrected the balance. `refund`: a charge was refunded."""

UsageGranularity: TypeAlias = Literal["hour", "day", "month"]
"""The length of an aggregate's period: `hour`, `day` or `month`, in UTC."""

InvoiceStatus: TypeAlias = Literal["draft", "issued", "paid", "overdue", "void"]
"""The status of an invoice. `draft`: can still change. `issued`: final and due for payment. `paid`: paid. `overdue`:
not paid by the due date. `void`: cancelled."""

BillingAlertType: TypeAlias = Literal["low_balance"]
"""What an alert monitors. `low_balance`: whether the wallet's balance falls below the threshold. In a request, other
values are refused (inferred)."""
