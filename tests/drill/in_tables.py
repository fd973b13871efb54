"""Mistakes in the tables of the tests and in the documentation."""

from __future__ import annotations

from typing import Final

from tests.drill.edits import TABLE, Drill, Edit

_TABLE: Final = "tests/contract/test_table.py"
_PAGES: Final = "tests/contract/test_documentation.py"
_ROW: Final = "  - name: billing.create_alert\n"

DRILLS: Final = (
    Drill(
        "the table has a column that nothing reads",
        (Edit(TABLE, _ROW, "    method: POST\n", "    method: POST\n    note: new\n"),),
        _TABLE,
        (rf"{TABLE}: billing.create_alert: nothing reads \['note'\]",),
    ),
    Drill(
        "the table has no row for a method",
        (Edit(TABLE, "", _ROW, "  - name: billing.create_alarm\n"),),
        _TABLE,
        (rf"{TABLE}: add a row for \['billing.create_alert'\]",),
    ),
    Drill(
        "the table has another source than the vendor's readme",
        (Edit(TABLE, _ROW, "known_from: [js]", "known_from: []"),),
        _TABLE,
        (rf"{TABLE}: billing.create_alert: known_from lacks js, but openapi/node-readme.txt has",),
    ),
    Drill(
        "the table has another signature",
        (Edit(TABLE, _ROW, "(*, type, threshold)", "(*, type, amount)"),),
        "tests/wire/test_wire.py::test_a_signature_matches_the_table",
        (rf"namespaces/billing.py:\d+: billing.create_alert has the signature .*, but {TABLE} has",),
    ),
    Drill(
        "the table has another result",
        (Edit(TABLE, _ROW, 'returns: "BillingAlert"', 'returns: "Wallet"'),),
        _TABLE,
        (rf"has the result of responses: BillingAlert, but {TABLE} has returns: Wallet",),
    ),
    Drill(
        "a cell of the table was not filled in",
        (Edit(TABLE, _ROW, 'retry: "never"', "retry: FILL"),),
        _TABLE,
        (rf"{TABLE}: billing.create_alert: fill in retry",),
    ),
    Drill(
        "a page names a method that does not exist",
        (Edit("docs/paging.md", "", "`messages.list`", "`messages.list_all`"),),
        _PAGES,
        (r"docs/paging.md:\d+: there is no messages.list_all",),
    ),
    Drill(
        "a page names an event that does not exist",
        (Edit("docs/webhooks.md", "", "message.sent", "message.posted"),),
        _PAGES,
        (r"docs/webhooks.md:\d+: openapi/orbit.yaml has no event message.posted",),
    ),
    Drill(
        "a page names an environment variable that nothing reads",
        (Edit("README.md", "", "`ORBIT_SECRET_KEY`", "`ORBIT_API_KEY`"),),
        _PAGES,
        (r"README.md:\d+: orbitconnect does not read ORBIT_API_KEY",),
    ),
    Drill(
        "a test counts events by hand",
        (
            Edit(
                "tests/raw/test_operations.py",
                "",
                "    for event in events.EVENTS.values():",
                "    assert len(events.EVENTS) == 50\n    for event in events.EVENTS.values():",
            ),
        ),
        "tests/contract/test_counts.py",
        (r"tests/raw/test_operations.py:\d+: len\(events.EVENTS\) == 50 fails after every change",),
    ),
    Drill(
        "a page counts operations",
        (Edit("README.md", "", "lists all methods", "lists the 132 operations"),),
        _PAGES,
        (r"README.md:\d+: '132 operations' will be wrong soon",),
    ),
    Drill(
        "a method was added, and the page of operations was not written anew",
        (Edit("docs/operations.md", "", "| `users.get(user_id)`", "| `users.find(user_id)`"),),
        "generator check",
        (r"~ docs/operations.md", "Run `make generate`"),
    ),
)
