"""The rules by which the emulator refuses a request, and whether each is known or a guess."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

RULE_HEADER: Final = "x-orbit-emulator-rule"
"""Says in an answer which rule refused the request, and whether the rule is documented or inferred."""

Basis = Literal["documented", "inferred"]


class Rule(NamedTuple):
    """One rule. `documented`: the vendor's material says so. `inferred`: a well-founded guess of this project."""

    name: str
    basis: Basis
    says: str

    def __str__(self) -> str:
        return f"{self.name}; {self.basis}"


ROUTE: Final = Rule("route", "documented", "The API has the paths of the contract and no others.")
METHOD: Final = Rule("method", "inferred", "A path takes the contract's methods only.")
EMULATED: Final = Rule("emulated", "inferred", "What the emulator cannot do yet is refused, not made up.")
SECRET_KEY: Final = Rule("secret-key", "documented", "Every request carries a secret key.")
TEST_KEYS_ONLY: Final = Rule("test-keys-only", "inferred", "The emulator takes no live key.")
SIGNATURE: Final = Rule("signature", "documented", "Where there is a signing secret, every request is signed with it.")
SIGNATURE_AGE: Final = Rule(
    "signature-age",
    "inferred",
    "A signature's timestamp is at most five minutes from the emulator's time or the machine's.",
)
ACTING_USER: Final = Rule("acting-user", "documented", "An operation on behalf of a user names one that exists.")
ACTING_USER_ACTIVE: Final = Rule("acting-user-active", "inferred", "A deactivated user does nothing any more.")
PATH_ENCODING: Final = Rule("path-encoding", "inferred", "A path is UTF-8, percent-encoded.")
QUERY_ENCODING: Final = Rule("query-encoding", "inferred", "A query is UTF-8, percent-encoded, and not endless.")
JSON_OBJECT: Final = Rule("json-object", "documented", "A body is a JSON object.")
FIELDS: Final = Rule("fields", "documented", "Fields that are required are there, and all have their type.")
LIMITS: Final = Rule("limits", "inferred", "Values lie within the contract's limits.")
REFERENCES: Final = Rule("references", "inferred", "Ids in a body name things that exist, and fields fit together.")
EXISTS: Final = Rule("exists", "inferred", "An id in a path or a query names a thing that exists.")
PARTICIPANTS_ONLY: Final = Rule("participants-only", "inferred", "What a user takes no part in does not exist for it.")
ROLES: Final = Rule("roles", "inferred", "A group is changed by its owner and its admins only.")
SENDER_ONLY: Final = Rule("sender-only", "inferred", "A message is changed by its sender only.")
RECALLED_IS_FINAL: Final = Rule("recalled-is-final", "inferred", "A message that was recalled stays as it is.")
DIRECT_HAS_TWO: Final = Rule("direct-has-two", "inferred", "A direct conversation keeps its two participants.")
USER_ACTIVE: Final = Rule("user-active", "inferred", "A deactivated user gets no token.")
IDEMPOTENCY_KEY: Final = Rule("idempotency-key", "inferred", "An idempotency key stands for one message.")
SESSION_ACTIVE: Final = Rule("session-active", "inferred", "A session that has ended stays as it is.")
SESSION_CREATOR: Final = Rule("session-creator", "inferred", "A session is changed and ended by its creator only.")
SESSION_MOVES: Final = Rule("session-moves", "inferred", "A session moves from chat to call, to meeting, to chat.")
SESSION_TARGET: Final = Rule("session-target", "inferred", "A session moves to no call or meeting that is over.")
AMOUNTS: Final = Rule("amounts", "inferred", "Given amounts are whole cents; nothing is beyond all measure.")
INVOICE_PERIOD: Final = Rule("invoice-period", "inferred", "An invoice covers a period that begins before it ends.")
ONE_CALL: Final = Rule("one-call", "inferred", "A user is in one call at a time, while it rings too.")
CALL_STATE: Final = Rule("call-state", "inferred", "A call rings, is answered or not, and ends once.")
CALLEE_ANSWERS: Final = Rule("callee-answers", "inferred", "A call is accepted or rejected by its callee only.")
OFFER_THEN_ANSWER: Final = Rule("offer-then-answer", "inferred", "An offer is answered once, by the other side.")
MEETING_STATE: Final = Rule("meeting-state", "inferred", "A meeting is scheduled, then live, then over.")
MEETING_ROLES: Final = Rule("meeting-roles", "inferred", "A meeting is run by its host, who has co-hosts to help.")
MEETING_HOST: Final = Rule("meeting-host", "inferred", "A meeting has one host, until another gets the role.")
MEETING_PRESENCE: Final = Rule("meeting-presence", "inferred", "Some things take a user who is in the meeting.")
MEETING_LIST: Final = Rule("meeting-list", "inferred", "A user is on a meeting's list once.")
MEETING_TOKEN: Final = Rule(
    "meeting-token", "inferred", "A meeting's token admits one user to one meeting, for a time."
)
ONE_SCREEN: Final = Rule("one-screen", "inferred", "One user at a time shares a screen.")
WEBHOOK_URL: Final = Rule("webhook-url", "inferred", "Events are delivered by HTTP or HTTPS, without a password.")
WEBHOOK_ACTIVE: Final = Rule("webhook-active", "inferred", "A webhook that is not active is not tested.")
EVENT_TYPES: Final = Rule(
    "event-types", "inferred", "A type of events is words with dots; only subscriptions take a *."
)
SUBSCRIBED_ONCE: Final = Rule("subscribed-once", "inferred", "A webhook is subscribed to a type of events once.")
SIGNED_URL: Final = Rule("signed-url", "inferred", "Files are sent to and fetched from signed URLs.")
SIGNED_URL_AGE: Final = Rule("signed-url-age", "inferred", "A signed URL works until it expires.")
UPLOAD_ONCE: Final = Rule("upload-once", "inferred", "An upload session makes one file, and is closed then.")
UPLOAD_SIZE: Final = Rule("upload-size", "inferred", "A file and each of its parts have a largest size.")
UPLOAD_TYPE: Final = Rule("upload-type", "inferred", "A file is of the type that was announced for it.")
UPLOAD_NAMES: Final = Rule("upload-names", "inferred", "A file has a type and a name as headers can carry them.")
UPLOAD_PARTS: Final = Rule("upload-parts", "inferred", "The parts of a file follow each other without a gap.")
UPLOAD_COMPLETE: Final = Rule("upload-complete", "inferred", "As many bytes arrive as the request said.")
BODY_SIZE: Final = Rule("body-size", "inferred", "The body of an operation has a largest size.")
MEDIA_ACCESS: Final = Rule("media-access", "inferred", "A file is its owner's and of those who were given access.")
MEDIA_OWNER: Final = Rule("media-owner", "inferred", "A file is deleted, processed and shared by its owner only.")
MEDIA_READY: Final = Rule("media-ready", "inferred", "What is not there yet is neither fetched nor processed.")
RANGES: Final = Rule("ranges", "inferred", "A range lies within the file (RFC 9110).")
RECORDING_ONCE: Final = Rule("recording-once", "inferred", "A call or meeting has one recording at a time.")
RECORDING_RUNS: Final = Rule("recording-runs", "inferred", "A recording that has ended stays as it is.")
RECORDING_ACCESS: Final = Rule(
    "recording-access", "inferred", "A recording is for those who take part in what it records."
)

RATE_LIMIT: Final = Rule("rate-limit", "inferred", "A key makes so many requests in so much time, where that is set.")
SCRIPTED_FAULT: Final = Rule("scripted-fault", "inferred", "A test wanted this request to fail.")
