"""The kinds of change between two contracts: whom each one affects, and how.

A change is judged twice. `wire`: a program with an older SDK meets a server that implements the new contract. `code`: a
program is updated to the SDK that is generated from the new contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Impact(StrEnum):
    """What a change does to one of the two programs."""

    BREAKING = "breaking"
    COMPATIBLE = "compatible"
    NONE = "none"


B, C, N = Impact.BREAKING, Impact.COMPATIBLE, Impact.NONE

LAYERS: Final = ("wire", "models", "facade", "events", "emulator", "docs")
"""The parts of the project that a change can touch."""

SECTIONS: Final = ("Added", "Changed", "Deprecated", "Removed")
"""The sections of a version in the changelog. A kind without a section is not worth an entry."""


@dataclass(frozen=True)
class Kind:
    """A kind of change."""

    name: str
    wire: Impact
    code: Impact
    layers: tuple[str, ...]
    section: str | None
    effect: str
    """What users notice, in one sentence. Empty if they notice nothing."""

    @property
    def impact(self) -> Impact:
        """The worse of the two impacts."""
        return next(impact for impact in (B, C, N) if impact in (self.wire, self.code))


_CALL = ("wire", "facade", "emulator", "docs")
_SENT = ("wire", "models", "facade", "emulator")
_RECEIVED = ("wire", "models", "emulator")
_DOCS = ("docs",)

_KINDS = (
    # The document
    Kind("server-changed", B, N, ("wire", "docs"), "Changed", "Older SDKs send their requests to the old host."),
    Kind("header-renamed", B, N, ("wire", "docs"), "Changed", "Older SDKs send or read the old header."),
    Kind("authentication-added", C, N, ("wire", "docs"), "Added", "There is another way to authenticate."),
    Kind("authentication-removed", B, N, ("wire", "docs"), "Removed", "Requests that authenticate this way fail."),
    Kind("namespace-added", N, C, ("facade", "docs"), "Added", "Clients have another attribute."),
    Kind("namespace-removed", N, B, ("facade", "docs"), "Removed", "Clients lose an attribute, with all its methods."),
    Kind("version-changed", N, N, _DOCS, None, ""),
    # Operations
    Kind("operation-added", N, C, _CALL, "Added", "There is another call."),
    Kind("operation-removed", B, B, _CALL, "Removed", "The call fails, and its functions are gone."),
    Kind("operation-renamed", N, B, ("models", "facade", "emulator"), "Changed", "The raw function has another name."),
    Kind("operation-path-changed", B, N, ("wire", "emulator"), "Changed", "Older SDKs call a path that is gone."),
    Kind("operation-method-changed", B, N, ("wire", "emulator"), "Changed", "Older SDKs send the old HTTP method."),
    Kind("operation-namespace-changed", N, B, ("models",), "Changed", "The raw function moves to another module."),
    Kind("operation-deprecated", N, C, ("facade", "docs"), "Deprecated", "Calls emit a `DeprecationWarning`."),
    Kind("operation-undeprecated", N, C, ("facade", "docs"), "Changed", "Calls no longer warn."),
    Kind("facade-method-added", N, C, ("facade", "docs"), "Added", "The facade has another method."),
    Kind("facade-method-removed", N, B, ("facade", "docs"), "Removed", "Calls raise an `AttributeError`."),
    Kind("facade-method-renamed", N, B, ("facade", "docs"), "Changed", "Calls of the old name raise an error."),
    Kind("facade-method-moved", N, B, ("facade", "docs"), "Changed", "The method calls another operation."),
    Kind("retries-enabled", N, C, ("facade", "docs"), "Changed", "The SDK repeats the call after a lost response."),
    Kind("retries-disabled", B, C, ("wire", "facade", "docs"), "Changed", "Older SDKs still repeat the call."),
    Kind("retries-need-key", B, C, ("wire", "facade", "docs"), "Changed", "Older SDKs repeat the call without a key."),
    Kind("retries-changed", N, C, ("facade", "docs"), "Changed", "The SDK retries the call for another reason."),
    Kind("actor-required", B, B, _CALL, "Changed", "The call fails without an acting user."),
    Kind("actor-removed", C, B, _CALL, "Changed", "The argument `acting_user_id` is gone."),
    Kind("provenance-changed", N, N, _DOCS, None, ""),
    Kind("description-changed", N, N, _DOCS, None, ""),
    # Parameters
    Kind("parameter-added", C, C, _CALL, "Added", "There is another optional argument."),
    Kind("required-parameter-added", B, B, _CALL, "Changed", "Calls without the new argument fail."),
    Kind("parameter-removed", B, B, _CALL, "Removed", "The server ignores it. The argument is gone."),
    Kind("parameter-required", B, B, _CALL, "Changed", "Calls without the argument fail."),
    Kind("parameter-optional", C, C, _CALL, "Changed", "The argument can be omitted."),
    Kind("parameter-moved", B, N, ("wire", "emulator"), "Changed", "Older SDKs send the value in the old place."),
    Kind("parameter-style-changed", B, N, ("wire", "emulator"), "Changed", "Older SDKs send it in the old form."),
    Kind("path-parameter-renamed", N, B, ("facade", "emulator"), "Changed", "The argument has another name."),
    Kind("parameter-deprecated", N, C, ("facade", "docs"), "Deprecated", "The argument is marked as deprecated."),
    # What is sent: parameters, and the fields of bodies
    Kind("body-added", C, C, _SENT, "Added", "The request has a body."),
    Kind("body-removed", C, B, _SENT, "Removed", "The server ignores the body. Its arguments are gone."),
    Kind("body-required", B, B, _SENT, "Changed", "Calls without a body fail."),
    Kind("body-optional", C, C, _SENT, "Changed", "The body can be omitted."),
    Kind("body-media-type-added", C, C, _SENT, "Added", "The body can be sent in another format."),
    Kind("body-media-type-removed", B, B, _SENT, "Removed", "The server refuses bodies in this format."),
    Kind("request-field-added", C, C, _SENT, "Added", "There is another optional argument."),
    Kind("required-request-field-added", B, B, _SENT, "Changed", "Calls without the new argument fail."),
    Kind("request-field-removed", C, B, _SENT, "Removed", "The server ignores the field. The argument is gone."),
    Kind("request-field-required", B, B, _SENT, "Changed", "Calls without the argument fail."),
    Kind("request-field-optional", C, C, _SENT, "Changed", "The argument can be omitted."),
    Kind("request-type-changed", B, B, _SENT, "Changed", "The server refuses values of the old type."),
    Kind("request-type-widened", C, C, _SENT, "Changed", "More types of values are allowed."),
    Kind("request-type-narrowed", B, B, _SENT, "Changed", "The server refuses some types of values."),
    Kind("request-null-allowed", C, C, _SENT, "Changed", "The value can be null."),
    Kind("request-null-refused", B, B, _SENT, "Changed", "The server refuses null."),
    Kind("request-enum-value-added", C, C, _SENT, "Added", "Another value is allowed."),
    Kind("request-enum-value-removed", B, B, _SENT, "Removed", "The server refuses the value."),
    Kind("request-enum-opened", C, C, _SENT, "Changed", "Values that are not listed are allowed."),
    Kind("request-enum-closed", B, B, _SENT, "Changed", "Values that are not listed are refused."),
    Kind("request-limit-tightened", B, C, ("wire", "facade", "emulator"), "Changed", "The server refuses some values."),
    Kind("request-limit-loosened", C, C, ("facade", "emulator"), "Changed", "More values are allowed."),
    Kind("request-pattern-changed", B, C, ("wire", "facade", "emulator"), "Changed", "The server refuses some values."),
    Kind("request-format-changed", B, B, _SENT, "Changed", "The value has another type or form."),
    Kind("request-default-changed", C, C, ("facade", "emulator"), "Changed", "Omitting it means something else."),
    Kind("request-extra-fields-allowed", C, C, _SENT, "Changed", "Fields that are not listed are allowed."),
    Kind("request-extra-fields-refused", B, B, _SENT, "Changed", "Fields that are not listed are refused."),
    Kind("request-field-deprecated", N, C, ("models", "facade", "docs"), "Deprecated", "The argument is deprecated."),
    Kind("idempotency-key-moved", B, B, _SENT, "Changed", "Older SDKs send the key in another field."),
    # What is received: results, and the payloads of events
    Kind("result-added", C, C, _RECEIVED, "Added", "The call returns a result instead of None."),
    Kind("result-removed", B, B, _RECEIVED, "Removed", "The call returns None."),
    Kind("result-type-changed", B, B, _RECEIVED, "Changed", "The call returns another type."),
    Kind("result-widened", B, B, _RECEIVED, "Changed", "The call can return another type, too."),
    Kind("result-narrowed", C, C, _RECEIVED, "Changed", "The call returns fewer types."),
    Kind("response-media-type-changed", B, B, _RECEIVED, "Changed", "Older SDKs cannot read the response."),
    Kind("response-field-added", C, C, _RECEIVED, "Added", "Objects have another attribute."),
    Kind("response-field-removed", B, B, _RECEIVED, "Removed", "Objects lose an attribute."),
    Kind("response-field-required", C, C, _RECEIVED, "Changed", "The attribute is always present."),
    Kind("response-field-optional", B, B, _RECEIVED, "Changed", "The attribute can be None."),
    Kind("response-type-changed", B, B, _RECEIVED, "Changed", "The attribute has another type."),
    Kind("response-type-widened", B, B, _RECEIVED, "Changed", "The attribute can have another type, too."),
    Kind("response-type-narrowed", C, C, _RECEIVED, "Changed", "The attribute has fewer types."),
    Kind("response-null-added", B, B, _RECEIVED, "Changed", "The attribute can be None."),
    Kind("response-null-removed", C, C, _RECEIVED, "Changed", "The attribute is never null."),
    Kind("response-enum-value-added", C, C, _RECEIVED, "Added", "Another value can occur."),
    Kind("closed-response-enum-value-added", B, B, _RECEIVED, "Added", "A value occurs that programs do not expect."),
    Kind("response-enum-value-removed", C, C, _RECEIVED, "Removed", "The value no longer occurs."),
    Kind("response-enum-opened", C, B, _RECEIVED, "Changed", "Values that are not listed can occur."),
    Kind("response-enum-closed", C, C, _RECEIVED, "Changed", "Only the listed values occur."),
    Kind("response-limit-changed", C, C, ("emulator",), None, "The value has another range."),
    Kind("response-format-changed", B, B, _RECEIVED, "Changed", "The attribute has another type."),
    Kind("response-field-deprecated", N, C, ("models", "docs"), "Deprecated", "The attribute is deprecated."),
    Kind("python-name-changed", N, B, ("models", "facade"), "Changed", "The argument or attribute has another name."),
    Kind("discriminator-changed", B, B, _RECEIVED, "Changed", "Older SDKs read another alternative, or none."),
    Kind("secret-marked", N, C, ("models",), "Changed", "No `repr` or log shows the value."),
    Kind("secret-unmarked", N, C, ("models",), "Changed", "Each `repr` shows the value."),
    Kind("response-header-added", C, C, ("wire",), None, "Responses have another header."),
    Kind("response-header-removed", B, N, ("wire",), "Removed", "Older SDKs miss the header."),
    Kind("success-status-changed", C, C, ("wire", "emulator"), None, "Captured responses show another status."),
    Kind("error-status-added", C, C, ("facade", "emulator"), "Changed", "The call can fail with another error."),
    Kind("error-status-removed", C, C, ("facade", "emulator"), "Changed", "The call no longer fails with this error."),
    Kind("error-code-added", C, C, ("emulator",), "Added", "Errors can have another `code`."),
    Kind("error-code-removed", C, B, ("emulator",), "Removed", "Code that waits for this `code` never runs."),
    # Models and events
    Kind("model-added", N, C, ("models",), None, "There is another model."),
    Kind("model-removed", N, B, ("models", "docs"), "Removed", "Importing the model fails."),
    Kind("model-renamed", N, B, ("models", "facade", "docs"), "Changed", "Importing the old name fails."),
    Kind("event-added", C, C, ("events", "emulator", "docs"), "Added", "Endpoints can subscribe to another event."),
    Kind("event-removed", B, B, ("events", "emulator", "docs"), "Removed", "Handlers of the event never run."),
    Kind("event-payload-changed", B, B, ("events", "models", "emulator"), "Changed", "`event.data` has another type."),
    Kind("event-deprecated", N, C, ("events", "docs"), "Deprecated", "The event is deprecated."),
)  # fmt: skip

KINDS: Final = {kind.name: kind for kind in _KINDS}
"""All kinds of change by name."""
