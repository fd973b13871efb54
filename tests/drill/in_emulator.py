"""Mistakes in the emulator."""

from __future__ import annotations

from typing import Final

from tests.drill.edits import CONTRACT, Drill, Edit

_HANDLERS: Final = "tests/contract/test_handlers.py"
_EVENTS: Final = "tests/contract/test_events.py"

DRILLS: Final = (
    Drill(
        "a handler is missing",
        (Edit("orbitconnect/emulator/billing/invoices.py", "", "@handles(operations.GENERATE_INVOICE)\n", ""),),
        _HANDLERS,
        (rf"{CONTRACT}:\d+: generateInvoice has no handler: decorate a function in orbitconnect/emulator/billing",),
    ),
    Drill(
        "a handler takes another parameter",
        (
            Edit(
                "orbitconnect/emulator/chat/messages.py",
                "@handles(operations.LIST_MESSAGES)\n",
                "after_sequence: int",
                "after: int",
            ),
        ),
        _HANDLERS,
        (r"emulator/chat/messages.py:\d+: list_messages takes",),
    ),
    Drill(
        "an event is never emitted",
        (
            Edit(
                "orbitconnect/emulator/billing/wallet.py",
                "",
                "    emit(context, events.WALLET_TOPPED_UP",
                "    (context, events.WALLET_TOPPED_UP",
            ),
        ),
        _EVENTS,
        (r"causes \['wallet.topped_up'\]. Emit the event in orbitconnect/emulator",),
    ),
    Drill(
        "another event is emitted",
        (Edit("orbitconnect/emulator/chat/message_marks.py", "", "events.MESSAGE_UNPINNED", "events.MESSAGE_PINNED"),),
        _EVENTS,
        (r"message.unpinned: nothing in orbitconnect/emulator emits events.MESSAGE_UNPINNED",),
    ),
    Drill(
        "the emulator spells out values that the contract lists",
        (
            Edit(
                "orbitconnect/emulator/billing/ledger.py",
                "",
                "kind: TransactionType",
                'kind: Literal["top_up", "usage"]',
            ),
            Edit(
                "orbitconnect/emulator/billing/ledger.py",
                "",
                "from typing import Final",
                "from typing import Final, Literal",
            ),
        ),
        "tests/contract/test_literals.py",
        (r"emulator/billing/ledger.py:\d+: instead of listing \['top_up', 'usage'\], import TransactionType",),
    ),
)
