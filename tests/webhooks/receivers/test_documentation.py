"""docs/webhooks-receivers.md lists every status that a receiver answers."""

from __future__ import annotations

import re

from orbitconnect.webhooks.receipts import (
    BODY_TAKEN,
    BUSY,
    HANDLED,
    NOT_A_POST,
    REFUSED,
    STORE_FAILED,
    TOO_LARGE,
    TOO_OLD,
    UNREADABLE,
)
from tests.pages import ROOT

PAGE = ROOT / "docs" / "webhooks-receivers.md"


def test_the_table_has_every_status() -> None:
    listed = {
        int(status) for status in re.findall(r"^\| (\d{3})\b", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }
    receipts = (BODY_TAKEN, BUSY, HANDLED, NOT_A_POST, REFUSED, STORE_FAILED, TOO_LARGE, TOO_OLD, UNREADABLE)
    assert listed == {receipt.status for receipt in receipts}
