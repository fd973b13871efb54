"""Mistakes in the facade."""

from __future__ import annotations

from typing import Final

from tests.drill.edits import CONTRACT, Drill, Edit, facade, in_contract, in_method, in_schema

_METHODS: Final = "tests/contract/test_methods.py"
_ARGUMENTS: Final = "tests/contract/test_arguments.py"
_DOCSTRINGS: Final = "tests/contract/test_docstrings.py"
_LITERALS: Final = "tests/contract/test_literals.py"
_DEPRECATIONS: Final = "tests/contract/test_deprecations.py"
_DEPRECATED: Final = "deprecated: true\n{0}x-orbit-deprecated: {{since: 1.0.0, reason: Too old.}}\n{0}"

DRILLS: Final = (
    Drill(
        "an argument is documented but never sent",
        (in_method("messages", "list", "            offset=offset,\n", ""),),
        _ARGUMENTS,
        (r"namespaces/messages.py:\d+: messages.list: the argument offset must be sent as query offset",),
    ),
    Drill(
        "two arguments are sent under each other's name",
        (
            in_method("messages", "list", "            limit=limit,", "            limit=offset,"),
            in_method("messages", "list", "            offset=offset,", "            offset=limit,"),
        ),
        _ARGUMENTS,
        (r"namespaces/messages.py:\d+: messages.list: the argument limit must be sent as query limit",),
    ),
    Drill(
        "a field is sent with a fixed value instead of the argument",
        (in_method("users", "update", "metadata=metadata)", "metadata=UNSET)"),),
        _ARGUMENTS,
        (r"namespaces/users.py:\d+: users.update: the argument metadata must be sent as body metadata",),
    ),
    Drill(
        "the acting user is not sent",
        (in_method("messages", "get", "(message_id, acting_user_id=acting_user_id)", "(message_id)"),),
        _ARGUMENTS,
        (r"namespaces/messages.py:\d+: messages.get: the argument acting_user_id must be sent as header",),
    ),
    Drill(
        "an argument has a name that the API does not know",
        (
            in_method("users", "create_token", "ttl: int | None", "lifetime: int | None"),
            in_method("users", "create_token", "omit_none(ttl)", "omit_none(lifetime)"),
        ),
        _ARGUMENTS,
        (r"namespaces/users.py:\d+: users.create_token: the argument lifetime is not a field of",),
    ),
    Drill(
        "an optional argument becomes required",
        (in_method("users", "create_token", "ttl: int | None = None", "ttl: int | None"),),
        _ARGUMENTS,
        (r"namespaces/users.py:\d+: users.create_token: ttl is required, but body ttl",),
    ),
    Drill(
        "a method that combines calls ignores an argument",
        (in_method("media", "wait_until_ready", "schedule(timeout, longest_pause)", "schedule(timeout, 10.0)"),),
        _ARGUMENTS,
        (r"namespaces/media.py:\d+: media.wait_until_ready: nothing uses the arguments \['longest_pause'\]",),
    ),
    Drill(
        "a method is missing",
        (in_method("users", "deactivate", "deactivate(", "_deactivate("),),
        _METHODS,
        (rf"{CONTRACT}:\d+: deactivateAppUser: there is no method users.deactivate. Add it to {facade('users')}",),
    ),
    Drill(
        "a method calls another operation",
        (in_method("messages", "unpin", "unpin_message.build", "pin_message.build"),),
        _METHODS,
        (r"namespaces/messages.py:\d+: messages.unpin calls pinMessage, but .*unpinMessage names it",),
    ),
    Drill(
        "a method has no operation",
        (
            Edit(
                facade("users"),
                "",
                "    async def deactivate(",
                "    async def ban(self, user_id: str) -> None:\n"
                "        return await self._executor.execute(deactivate_app_user.build(user_id))\n\n"
                "    async def deactivate(",
            ),
        ),
        _METHODS,
        (r"namespaces/users.py:\d+: users.ban is named by 0 operations",),
    ),
    Drill(
        "a method is missing in the description of its class",
        (Edit(facade("users"), "", "`deactivate`, ", ""),),
        _DOCSTRINGS,
        (r"namespaces/users.py: .*deactivate",),
    ),
    Drill(
        "a docstring has a wrong limit",
        (in_method("users", "create", "At most 255 characters", "At most 250 characters"),),
        _DOCSTRINGS,
        (r"namespaces/users.py:\d+: users.create: the docstring of external_id has the limits `at most 250",),
    ),
    Drill(
        "a docstring has a wrong default",
        (in_method("users", "create_token", "defaults to 3600", "defaults to 60"),),
        _DOCSTRINGS,
        (r"namespaces/users.py:\d+: users.create_token: the docstring of ttl says \['60'\]",),
    ),
    Drill(
        "a docstring lacks an argument",
        (in_method("users", "create", "            metadata: Your own data about the user.\n", ""),),
        _DOCSTRINGS,
        (r"namespaces/users.py:\d+: users.create: .*metadata",),
    ),
    Drill(
        "a docstring does not mark a guess about an argument",
        (
            in_method(
                "messages", "send", "type: The type of the message (values inferred).", "type: The type of the message."
            ),
        ),
        _DOCSTRINGS,
        (r"namespaces/messages.py:\d+: messages.send: the docstring of type must be marked",),
    ),
    Drill(
        "a docstring does not mark a guess about an operation",
        (in_method("billing", "create_alert", "The request and response formats are inferred.", ""),),
        _DOCSTRINGS,
        (r"namespaces/billing.py:\d+: billing.create_alert: the docstring must contain this sentence",),
    ),
    Drill(
        "a docstring describes an error that the operation does not have",
        (
            in_method(
                "users",
                "get",
                "            NotFoundError: ",
                "            ConflictError: Never.\n            NotFoundError: ",
            ),
        ),
        "tests/contract/test_errors.py",
        (r"namespaces/users.py:\d+: users.get: the docstring describes \['ConflictError'\]",),
    ),
    Drill(
        "a docstring lacks an error of the operation",
        (in_method("users", "get", "            NotFoundError: If the user does not exist.\n", ""),),
        "tests/contract/test_errors.py",
        (r"namespaces/users.py:\d+: users.get: describe \['NotFoundError'\] below Raises",),
    ),
    Drill(
        "a docstring promises a retry that does not happen",
        (
            in_method(
                "billing",
                "top_up",
                "The SDK never retries this call once a byte has been sent",
                "The SDK retries this call",
            ),
        ),
        _DOCSTRINGS,
        (r"namespaces/billing.py:\d+: billing.top_up: the docstring must say 'The SDK never retries",),
    ),
    Drill(
        "a docstring does not say how to find out whether a lost call took effect",
        (in_method("billing", "top_up", "`error.sent`", "it"),),
        "tests/wire/test_unknown_outcomes.py",
        (r"namespaces/billing.py:\d+: billing.top_up: name an operation",),
    ),
    Drill(
        "a method spells out values that are not the contract's any more",
        (
            in_method("messages", "send", "type: MessageType | str", 'type: Literal["text", "image"] | str'),
            Edit(facade("messages"), "", "from typing import Any", "from typing import Any, Literal"),
        ),
        _LITERALS,
        (r"namespaces/messages.py:\d+: instead of listing \['text', 'image'\], import MessageType",),
    ),
    Drill(
        "a method accepts the values of another field",
        (
            in_method("meetings", "update_role", "role: MeetingRole | str", "role: ParticipantRole | str"),
            Edit(facade("meetings"), "", "import MeetingRole", "import MeetingRole, ParticipantRole"),
        ),
        _LITERALS,
        (r"namespaces/meetings.py:\d+: meetings.update_role: annotate role with the alias",),
    ),
    Drill(
        "a method returns another model",
        (in_method("users", "create_token", "-> UserToken", "-> AppUser"),),
        "tests/contract/test_table.py",
        (r"namespaces/users.py:\d+: users.create_token returns AppUser, but",),
    ),
    Drill(
        "a method was changed, and its sync form was not written anew",
        (in_method("users", "deactivate", "Deactivate a user.", "Block a user."),),
        "generator check",
        (r"~ orbitconnect/_sync/namespaces/users.py", "Run `make generate`"),
    ),
    Drill(
        "generated code was edited by hand",
        (Edit("generated/orbitconnect_api/operations.py", "", "BASE_URL: Final", "BASE_ADDRESS: Final"),),
        "generator check",
        (r"~ generated/orbitconnect_api/operations.py", "Run `make generate`"),
    ),
    Drill(
        "an operation is deprecated, but its method is not",
        (in_contract("deactivateAppUser", "tags:", f"{_DEPRECATED.format(' ' * 6)}tags:"),),
        _DEPRECATIONS,
        (r"namespaces/users.py:\d+: users.deactivate: decorate it with @deprecated",),
    ),
    Drill(
        "the docstring does not say that an argument is deprecated",
        (in_schema("CreateUserTokenBody", "type: integer", f"{_DEPRECATED.format(' ' * 10)}type: integer"),),
        _DEPRECATIONS,
        (r"namespaces/users.py:\d+: users.create_token: add to the docstring of ttl: Deprecated since 1.0.0",),
    ),
    Drill(
        "a method with an open body takes no unknown fields",
        (in_method("conversations", "update", "extra: Mapping[str, Any] | None = None", "more: Any = None"),),
        "tests/contract/test_extra.py",
        (r"namespaces/conversations.py:\d+: conversations.update takes the argument `extra` if",),
    ),
)
