"""The rules by which the emulator refuses requests. Each rule is either documented by the vendor or inferred."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

RULE_HEADER: Final = "x-orbit-emulator-rule"
"""The response header that names the rule that refused the request, and whether the rule is documented or inferred."""

Basis = Literal["documented", "inferred"]


class Rule(NamedTuple):
    """One rule. `documented`: the vendor's documentation states it. `inferred`: this project's informed guess."""

    name: str
    basis: Basis
    statement: str

    def __str__(self) -> str:
        return f"{self.name}; {self.basis}"


def _documented(name: str, statement: str) -> Rule:
    return Rule(name, "documented", statement)


def _inferred(name: str, statement: str) -> Rule:
    return Rule(name, "inferred", statement)


# Every request
ROUTE: Final = _documented("route", "The API has only the paths of the contract.")
METHOD: Final = _inferred("method", "A path accepts only the methods of the contract.")
EMULATED: Final = _inferred("emulated", "An operation that the emulator does not support is refused.")
SECRET_KEY: Final = _documented("secret-key", "Every request must have a secret key.")
TEST_KEYS_ONLY: Final = _inferred("test-keys-only", "The emulator accepts only test keys, never a live key.")
SIGNATURE: Final = _documented("signature", "If there is a signing secret, every request must be signed with it.")
SIGNATURE_AGE: Final = _inferred(
    "signature-age",
    "A signature's timestamp must be within five minutes of the emulator's clock or of the machine's clock.",
)
ACTING_USER: Final = _documented("acting-user", "An operation on behalf of a user must name an existing user.")
ACTING_USER_ACTIVE: Final = _inferred("acting-user-active", "The acting user must not be deactivated.")
RATE_LIMIT: Final = _inferred("rate-limit", "If a rate limit is set, a key must not exceed it.")
PATH_ENCODING: Final = _inferred("path-encoding", "The path must be percent-encoded UTF-8.")
QUERY_ENCODING: Final = _inferred(
    "query-encoding", "The query must be percent-encoded UTF-8 of at most 1000 parameters."
)
BODY_SIZE: Final = _inferred("body-size", "The body of a request must not exceed the size limit.")
MEDIA_TYPE: Final = _inferred("media-type", "A body must be sent as JSON and must not be compressed.")
JSON_OBJECT: Final = _documented("json-object", "The body must be a JSON object.")
FIELDS: Final = _documented("fields", "Required fields must be present, and every field must have its type.")
LIMITS: Final = _inferred("limits", "Values must be within the limits of the contract.")
REFERENCES: Final = _inferred("references", "Ids in a body must exist, and the fields of a body must fit each other.")
EXISTS: Final = _documented("exists", "An id in the path or the query must exist.")
PARTICIPANTS_ONLY: Final = _inferred(
    "participants-only", "A conversation, call, meeting or session is visible only to its participants."
)

# Users, conversations and messages
USER_ACTIVE: Final = _inferred("user-active", "A deactivated user cannot get a token.")
ROLES: Final = _inferred(
    "roles", "Only the owner and the admins can change a group, and only an owner removes an owner."
)
DIRECT_HAS_TWO: Final = _inferred("direct-has-two", "The two participants of a direct conversation cannot change.")
SENDER_ONLY: Final = _inferred("sender-only", "Only the sender can edit or recall a message.")
RECALLED_IS_FINAL: Final = _inferred("recalled-is-final", "A recalled message cannot change any more.")
IDEMPOTENCY_KEY: Final = _inferred(
    "idempotency-key", "An idempotency key can be used for one message of a conversation only."
)

# Calls and meetings
ONE_CALL: Final = _inferred("one-call", "A user can be in one call at a time; a ringing call counts.")
CALL_STATE: Final = _inferred("call-state", "The call must be in a state that allows the operation.")
CALLEE_ANSWERS: Final = _inferred("callee-answers", "Only the callee can accept or reject a call.")
OFFER_THEN_ANSWER: Final = _inferred("offer-then-answer", "Only the other side can answer an offer, and only once.")
MEETING_STATE: Final = _inferred("meeting-state", "The meeting must be in a state that allows the operation.")
MEETING_ROLES: Final = _inferred("meeting-roles", "Only the host can do this; for some operations, a co-host can, too.")
MEETING_HOST: Final = _inferred(
    "meeting-host", "A meeting always has a host. To replace the host, make another user host."
)
MEETING_PRESENCE: Final = _inferred("meeting-presence", "The user must have joined the meeting.")
MEETING_LIST: Final = _inferred("meeting-list", "A user can be added to a meeting once.")
MEETING_TOKEN: Final = _inferred(
    "meeting-token", "A meeting token admits one user, or everyone with an open link, to one meeting, until it expires."
)
ONE_SCREEN: Final = _inferred("one-screen", "Only one user at a time can share a screen in a meeting.")

# Sessions
SESSION_ACTIVE: Final = _inferred("session-active", "A session that has ended cannot change any more.")
SESSION_CREATOR: Final = _inferred("session-creator", "Only the user who created a session can change or end it.")
SESSION_MOVES: Final = _inferred(
    "session-moves", "A session moves from chat to call, from call to meeting, and from meeting to chat."
)
SESSION_TARGET: Final = _inferred("session-target", "A session cannot move to a call or a meeting that is over.")

# Media
SIGNED_URL: Final = _inferred("signed-url", "Uploads and downloads must use a signed URL.")
SIGNED_URL_AGE: Final = _inferred("signed-url-age", "A signed URL and an upload session are valid until they expire.")
UPLOAD_ONCE: Final = _inferred("upload-once", "An upload session is closed once its file is complete.")
UPLOAD_SIZE: Final = _inferred("upload-size", "A file and each of its parts must not exceed their size limits.")
UPLOAD_TYPE: Final = _inferred(
    "upload-type", "A file must have the media type that the upload session was created for."
)
UPLOAD_PARTS: Final = _inferred("upload-parts", "The parts of a file must be complete, without a gap.")
UPLOAD_COMPLETE: Final = _inferred("upload-complete", "The upload must have as many bytes as its Content-Length says.")
MEDIA_ACCESS: Final = _inferred("media-access", "A file can be used only by its owner and by users with access to it.")
MEDIA_OWNER: Final = _inferred("media-owner", "Only the owner of a file can delete, process or share it.")
MEDIA_READY: Final = _inferred("media-ready", "A file must be uploaded, and for some operations processed, to be used.")
RANGES: Final = _inferred("ranges", "A range must be within the file (RFC 9110).")
RECORDING_ONCE: Final = _inferred("recording-once", "A call or a meeting can have one recording at a time.")
RECORDING_RUNS: Final = _inferred("recording-runs", "Only a running recording can be stopped.")
RECORDING_ACCESS: Final = _inferred(
    "recording-access", "A recording can be used by the user who started it and by the participants of what it records."
)

# Webhooks
WEBHOOK_URL: Final = _inferred("webhook-url", "A webhook's URL must be http or https and must not contain a password.")
WEBHOOK_ACTIVE: Final = _inferred("webhook-active", "The webhook must be active.")
SUBSCRIBED_ONCE: Final = _inferred("subscribed-once", "A webhook can be subscribed to an event type once.")

# Billing
AMOUNTS: Final = _inferred(
    "amounts", "Amounts have at most two decimals. Amounts, quantities and balances have an upper limit."
)
INVOICE_PERIOD: Final = _inferred("invoice-period", "The period of an invoice must begin before it ends.")

# The loopback server
LOOPBACK_HOST: Final = _inferred("loopback-host", "The Host header must name a loopback address.")
LOOPBACK_ORIGIN: Final = _inferred(
    "loopback-origin", "Only web pages that are served from a loopback address can use the emulator."
)
HEAD_SIZE: Final = _inferred("head-size", "The path, the query and the headers must not exceed the size limit.")
FRAMING: Final = _inferred("framing", "A body's size must be declared in one way only.")
BODY_TIME: Final = _inferred("body-time", "The body must arrive without long pauses.")

# Faults and failures
SCRIPTED_FAULT: Final = _inferred("scripted-fault", "A test scripted this response.")
EMULATOR_WORKS: Final = _inferred("emulator-works", "A request changes nothing if the emulator itself fails.")
