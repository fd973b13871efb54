"""What the stories share: where the servers are, and how a story reports what it did."""

import json
import os
from typing import Any

URL = os.environ["ORBIT_URL"]
ODD_URL = os.environ["ORBIT_ODD_URL"]
KEY = os.environ["ORBIT_KEY"]
UNKNOWN_EVENT: dict[str, Any] = json.loads(os.environ["ORBIT_UNKNOWN_EVENT"])
KNOWN_EVENT: dict[str, Any] = json.loads(os.environ["ORBIT_KNOWN_EVENT"])


def check(is_true: bool, what: str) -> None:
    """Fail the story if something is not true."""
    if not is_true:
        raise SystemExit(f"not true: {what}")


def passed(part: str) -> None:
    """Report that a part of the story succeeded."""
    print(f"passed: {part}", flush=True)
