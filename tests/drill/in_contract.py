"""Mistakes in the contract, and changes of it that nothing else follows."""

from __future__ import annotations

import re
from typing import Final

from tests.drill.edits import CONTRACT, ROOT, TABLE, Drill, Edit, facade, in_contract, in_schema

_METHODS: Final = "tests/contract/test_methods.py"
_ARGUMENTS: Final = "tests/contract/test_arguments.py"
_TABLE: Final = "tests/contract/test_table.py"
_DOCSTRINGS: Final = "tests/contract/test_docstrings.py"
_LITERALS: Final = "tests/contract/test_literals.py"
_EVENTS: Final = "tests/contract/test_events.py"

_NEW_OPERATION: Final = """  /app-users/count:
    get:
      operationId: countAppUsers
      tags: [users]
      summary: Count users
      description: Returns the number of users.
      x-orbit-facade: [users.count]
      x-orbit-provenance: inferred
      x-orbit-retry: safe
      x-orbit-actor: false
      responses:
        '200': {$ref: '#/components/responses/AppUserResponse'}
        '401': {$ref: '#/components/responses/Unauthorized'}

"""
_WITH_OPERATION: Final = Edit(CONTRACT, "", "  /app-users/external/", _NEW_OPERATION + "  /app-users/external/")

_NEW_EVENT: Final = """  user.renamed:
    post:
      operationId: onUserRenamed
      tags: [users]
      summary: A user was renamed
      description: Sent when a user's name changes.
      x-orbit-provenance: inferred
      parameters:
        - $ref: '#/components/parameters/WebhookSignature'
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/UserCreatedEvent'}
      responses:
        '2XX': {$ref: '#/components/responses/DeliveryAccepted'}
        '4XX': {$ref: '#/components/responses/DeliveryRefused'}

"""


def _without(pattern: str) -> Edit:
    """An edit that removes the text that a pattern matches."""
    found = re.search(pattern, (ROOT / CONTRACT).read_text(encoding="utf-8"))
    return Edit(CONTRACT, "", found[0] if found else f"(the text that matches {pattern!r})", "")


DRILLS: Final = (
    Drill(
        "an operation is removed, and everything else refers to it",
        (_without(r"    get:\n      operationId: getBillingAlerts\n(?:      .*\n)+"),),
        "generator check",
        (
            r"orbitconnect/_async/namespaces/billing.py:\d+: ",
            r"orbitconnect/emulator/billing/alerts.py:\d+: ",
            rf"{TABLE}:\d+: .*billing.get_alerts",
            r"tests/emulator/test_every_method.py:\d+: ",
        ),
        rebuilds=True,
    ),
    Drill(
        "an event is removed, and the emulator emits it",
        (_without(r"  alert\.created:\n(?:    .*\n)+"),),
        "generator check",
        (r"orbitconnect/emulator/billing/alerts.py:\d+: .*ALERT_CREATED",),
        rebuilds=True,
    ),
    Drill(
        "x-orbit-facade names a method that does not exist",
        (in_contract("listAppUsers", "[users.list]", "[users.nonsense]"),),
        _METHODS,
        (rf"{CONTRACT}:\d+: listAppUsers: there is no method users.nonsense. Add it to {facade('users')}",),
    ),
    Drill(
        "x-orbit-facade is forgotten",
        (in_contract("listAppUsers", "      x-orbit-facade: [users.list]\n", ""),),
        _METHODS,
        (
            rf"{CONTRACT}:\d+: listAppUsers: name the method",
            r"namespaces/users.py:\d+: users.list is named by 0 operations",
        ),
    ),
    Drill(
        "two operations name one method",
        (in_contract("listAppUsers", "[users.list]", "[users.list, users.get]"),),
        _METHODS,
        (r"namespaces/users.py:\d+: users.get is named by 2 operations",),
    ),
    Drill(
        "a new operation has no method",
        (_WITH_OPERATION,),
        _METHODS,
        (rf"{CONTRACT}:\d+: countAppUsers: there is no method users.count. Add it to {facade('users')}",),
    ),
    Drill(
        "a new operation has no handler",
        (_WITH_OPERATION,),
        "tests/contract/test_handlers.py",
        (rf"{CONTRACT}:\d+: countAppUsers has no handler: decorate a function in orbitconnect/emulator/chat",),
    ),
    Drill(
        "a new operation is not generated",
        (_WITH_OPERATION,),
        "generator check",
        (r"\+ generated/orbitconnect_api/api/users/count_app_users.py", "Run `make generate`"),
    ),
    Drill(
        "x-orbit-actor contradicts the parameters",
        (in_contract("sendMessage", "x-orbit-actor: true", "x-orbit-actor: false"),),
        "generator check",
        (rf"{CONTRACT}:\d+: .*`x-orbit-actor` is false, but ActingUser is a parameter",),
    ),
    Drill(
        "an acting user is added to an operation without one",
        (
            in_contract("generateInvoice", "x-orbit-actor: false", "x-orbit-actor: true"),
            in_contract(
                "generateInvoice",
                "      requestBody:",
                "      parameters:\n        - $ref: '#/components/parameters/ActingUser'\n      requestBody:",
            ),
        ),
        _METHODS,
        (rf"namespaces/billing.py:\d+: billing.generate_invoice lacks acting_user_id, but {CONTRACT}",),
    ),
    Drill(
        "a guess is declared to be observed",
        (in_contract("createBillingAlert", "x-orbit-provenance: inferred", "x-orbit-provenance: observed"),),
        _TABLE,
        (rf"{CONTRACT}:\d+: createBillingAlert has x-orbit-provenance: observed, but {TABLE} has wire: inferred",),
    ),
    Drill(
        "a path changes",
        (Edit(CONTRACT, "", "  /invoices/generate:", "  /invoices/create:"),),
        _TABLE,
        (rf"{CONTRACT}:\d+: generateInvoice has path: /invoices/create, but {TABLE} has path: /invoices/generate",),
    ),
    Drill(
        "an HTTP method changes",
        (Edit(CONTRACT, "  /invoices/generate:\n", "    post:", "    put:"),),
        _TABLE,
        (rf"{CONTRACT}:\d+: generateInvoice has method: PUT, but {TABLE} has method: POST",),
    ),
    Drill(
        "a required field becomes optional",
        (in_schema("SendMessageBody", "      required: [content]\n", ""),),
        _TABLE,
        (rf"{CONTRACT}:\d+: sendMessage and {TABLE} differ in the body of messages.send",),
    ),
    Drill(
        "a field is renamed",
        (in_schema("GenerateInvoiceBody", "        to:\n", "        until:\n"),),
        _TABLE,
        (rf"{CONTRACT}:\d+: generateInvoice and {TABLE} differ in the body of billing.generate_invoice",),
    ),
    Drill(
        "a field is renamed, and the facade sends the old name",
        (in_schema("GenerateInvoiceBody", "        to:\n", "        until:\n"),),
        _ARGUMENTS,
        (r"namespaces/billing.py:\d+: billing.generate_invoice: the argument to is not a field of",),
    ),
    Drill(
        "a new field has no argument",
        (
            in_schema(
                "GenerateInvoiceBody",
                "        to:\n",
                "        note:\n          type: string\n          description: A note for the customer.\n        to:\n",
            ),
        ),
        _ARGUMENTS,
        (r"namespaces/billing.py:\d+: billing.generate_invoice: no argument is sent as body note of",),
    ),
    Drill(
        "a new field is not read by the emulator",
        (
            in_schema(
                "GenerateInvoiceBody",
                "        to:\n",
                "        remark:\n          type: string\n          description: A note.\n        to:\n",
            ),
        ),
        "tests/contract/test_handlers.py",
        (r"emulator/billing/invoices.py:\d+: generate_invoice: nothing in this folder reads \['remark'\]",),
    ),
    Drill(
        "a new query parameter has no argument",
        (
            in_contract(
                "listAppUsers",
                "      parameters:\n",
                "      parameters:\n        - name: page_size\n          in: query\n"
                "          description: How many users to return.\n          schema: {type: integer}\n"
                "          example: 10\n",
            ),
        ),
        _ARGUMENTS,
        (r"namespaces/users.py:\d+: users.list: no argument is sent as query page_size of",),
    ),
    Drill(
        "a default changes",
        (Edit(CONTRACT, "", "The server defaults to 3600.", "The server defaults to 7200."),),
        _TABLE,
        (rf"{CONTRACT}:\d+: createUserToken: the description of ttl has the default 7200, but {TABLE} has 3600",),
    ),
    Drill(
        "a default changes, and the docstring states the old one",
        (Edit(CONTRACT, "", "The server defaults to 3600.", "The server defaults to 7200."),),
        _DOCSTRINGS,
        (r"namespaces/users.py:\d+: users.create_token: the docstring of ttl says \['3600'\]",),
    ),
    Drill(
        "a limit changes, and the docstring states the old one",
        (
            in_schema("CreateUserTokenBody", "maximum: 86400", "maximum: 43200"),
            in_schema("CreateUserTokenBody", "1 to 86400", "1 to 43200"),
        ),
        _DOCSTRINGS,
        (r"namespaces/users.py:\d+: users.create_token: the docstring of ttl has the limits `1 to 86400`",),
    ),
    Drill(
        "a limit is added, and the docstring lacks it",
        (in_schema("EditMessageBody", "minLength: 1\n", "minLength: 1\n          maxLength: 4000\n"),),
        _DOCSTRINGS,
        (r"namespaces/messages.py:\d+: messages.edit: the docstring of content has the limits",),
    ),
    Drill(
        "the sort order of a list changes",
        (Edit(CONTRACT, "operationId: listMessages\n", "newest first", "oldest first"),),
        _DOCSTRINGS,
        (r"namespaces/messages.py:\d+: messages.list: the docstring states the sort orders",),
    ),
    Drill(
        "a namespace is described in other words",
        (Edit(CONTRACT, "  - name: billing\n", "Wallet, usage events", "The wallet, usage events"),),
        _DOCSTRINGS,
        (r"orbitconnect/_async/namespaces/billing.py",),
    ),
    Drill(
        "an event is added, and nothing emits it",
        (Edit(CONTRACT, "", "  user.created:\n    post:", _NEW_EVENT + "  user.created:\n    post:"),),
        _EVENTS,
        (rf"{CONTRACT}: webhooks: user.renamed: nothing in orbitconnect/emulator emits events.USER_RENAMED",),
    ),
    Drill(
        "the payload of an event changes",
        (in_schema("UserEventData", "required: [user]", "required: [user, reason]"),),
        _EVENTS,
        (rf"orbitconnect/emulator emits user.\w+ with a payload that {CONTRACT} does not describe",),
    ),
    Drill(
        "a status is declared no more, and the docstring describes it",
        (in_contract("getAppUser", "        '404': {$ref: '#/components/responses/NotFound'}\n", ""),),
        "tests/contract/test_errors.py",
        (r"namespaces/users.py:\d+: users.get: the docstring describes \['NotFoundError'\]",),
        rebuilds=True,
    ),
    Drill(
        "the emulator responds with a status that is not declared",
        (in_contract("getAppUser", "        '404': {$ref: '#/components/responses/NotFound'}\n", ""),),
        "tests/emulator/test_users.py",
        (rf"getAppUser responded with 404 \w+, a status that {CONTRACT} does not list",),
        rebuilds=True,
    ),
    Drill(
        "an operation is deprecated, and its method is not",
        (
            in_contract(
                "getAppUser",
                "      x-orbit-facade: [users.get]\n",
                "      x-orbit-facade: [users.get]\n      deprecated: true\n"
                "      x-orbit-deprecated: {since: 1.0.0, use: listAppUsers}\n",
            ),
        ),
        "tests/contract/test_deprecations.py",
        (r"namespaces/users.py:\d+: users.get: ",),
    ),
    Drill(
        "the result of an operation changes",
        (in_contract("generateInvoice", "responses/Invoice", "responses/Wallet"),),
        _TABLE,
        (rf"{CONTRACT}:\d+: generateInvoice has the result of responses: Wallet, but {TABLE} has returns: Invoice",),
        rebuilds=True,
    ),
    Drill(
        "a value is renamed, and an overload has the old one",
        (in_schema("ConversationType", "enum: [direct, group]", "enum: [direct, crowd]"),),
        _LITERALS,
        (r"namespaces/conversations.py:\d+: conversations.create: the overloads distinguish type by",),
        rebuilds=True,
    ),
    Drill(
        "a value is added, and the generated code is not written anew",
        (in_schema("CallType", "[voice, video]", "[voice, video, hologram]"),),
        "generator check",
        (r"~ generated/orbitconnect_api/literals.py", "Run `make generate`"),
    ),
    Drill(
        "something is deprecated without saying since when and what to use",
        (in_contract("deactivateAppUser", "tags:", "deprecated: true\n      tags:"),),
        "generator check",
        (rf"{CONTRACT}:\d+: .*`deprecated: true` and `x-orbit-deprecated` belong together",),
    ),
)
