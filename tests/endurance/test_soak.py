"""A short soak, and tests of its audit. The long soak is `python -m tests.endurance.soak`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from orbitconnect import ConflictError, ConnectionFailedError, OrbitServerError, RateLimitError, ServerError
from orbitconnect.emulator import Emulator
from tests.endurance.soak.audit import EFFECTS, Findings, audit
from tests.endurance.soak.ledger import CANCELLED, WRONG_RESULT, Entry, Fate, fate_of
from tests.endurance.soak.run import installed, run

CALLS = 2000

NOT_SENT = ConnectionFailedError("No route. The request was not sent.", operation="topUpWallet")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_short_soak_finds_no_flaw() -> None:
    soak = run(CALLS)
    assert soak.flaws == []
    assert soak.findings.calls == CALLS
    assert soak.findings.outcomes["result"] > CALLS / 2
    assert soak.findings.effects.keys() == EFFECTS.keys()
    assert min(soak.findings.effects.values()) > 0
    assert soak.server["outages"] > 0
    assert sum(soak.server["faults"].values()) > CALLS * 0.03
    assert soak.client["retries"] > 0
    assert "unreadable" in soak.client["attempts"]
    assert soak.stacks == installed()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_client_that_retries_unsafe_calls_is_detected() -> None:
    soak = run(CALLS // 2, client="careless", stacks=["sync-httpx", "async-httpx"])
    assert soak.findings.doubled
    assert soak.flaws


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (NOT_SENT, "not done"),
        (
            ConnectionFailedError("It broke. The API may have carried out the request.", operation="topUpWallet"),
            "unknown",
        ),
        (ConflictError("No.", status=409, operation="topUpWallet"), "not done"),
        (RateLimitError("Later.", status=429, operation="topUpWallet", attempts=3), "not done"),
        (RateLimitError("Later.", status=429, operation="sendMessage", attempts=3), "unknown"),
        (OrbitServerError("Late.", status=408, operation="topUpWallet"), "unknown"),
        (ServerError("Down.", status=503, operation="topUpWallet"), "unknown"),
    ],
    ids=lambda value: str(value),
)
def test_an_error_says_whether_the_call_was_carried_out(error: OrbitServerError, fate: str) -> None:
    assert fate_of(error) == fate


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The state after two top-ups, of 3 and 5 dollars, and an event that was published twice."""
    path = tmp_path / "state.db"
    with Emulator(path) as emulator, emulator.client() as orbit:
        orbit.billing.top_up(3)
        orbit.billing.top_up(5)
        for _ in range(2):
            orbit.webhooks.publish("order.paid", {"soak": "event 2"})
    return path


def entries(*fates: Fate) -> list[Entry]:
    keys = ["300", "500", "event 2", "700"]
    kinds = ["top up", "top up", "publish event", "top up"]
    return [
        Entry(number, "sync-httpx", kind, key, fate, "" if fate == "done" else "ServerError", 500, 1)
        for number, (kind, key, fate) in enumerate(zip(kinds, keys, fates, strict=False))
    ]


def found(findings: Findings) -> dict[str, int]:
    names = ("lost", "doubled", "unasked", "wrong", "money")
    return {name: len(getattr(findings, name)) for name in names if getattr(findings, name)}


@pytest.mark.parametrize(
    ("fates", "planned", "expected"),
    [
        (["done", "done", "done"], 3, {"doubled": 1}),
        (["done", "unknown", "done"], 3, {"doubled": 1}),
        (["done", "done", "done", "unknown"], 4, {"doubled": 1}),
        (["done", "done", "done", "done"], 4, {"doubled": 1, "lost": 1, "money": 1}),
        (["done", "not done", "done"], 3, {"doubled": 1, "unasked": 1, "money": 1}),
        (["done", "done", "done"], 5, {"doubled": 1, "lost": 2}),
        (["done"], 1, {"unasked": 2, "money": 1}),
    ],
    ids=["twice", "unknown, done", "unknown, not done", "no effect", "done after all", "no outcome", "by nobody"],
)
def test_the_audit_finds_lost_doubled_and_unasked_effects(
    database: Path, fates: list[Fate], planned: int, expected: dict[str, int]
) -> None:
    assert found(audit(database, entries(*fates), planned)) == expected


@pytest.mark.parametrize(
    ("error", "status", "wrong"),
    [
        (WRONG_RESULT, 200, 1),
        ("KeyError", 0, 1),
        ("ConflictError", 409, 1),
        ("RateLimitError", 429, 0),
        ("DeadlineExceededError", 0, 0),
        (CANCELLED, 0, 0),
    ],
)
def test_the_audit_finds_wrong_errors(tmp_path: Path, error: str, status: int, wrong: int) -> None:
    Emulator(tmp_path / "state.db").close()
    entry = Entry(0, "sync-httpx", "get user", "", "unknown", error, status, 1)
    findings = audit(tmp_path / "state.db", [entry], 1)
    assert len(findings.wrong) == len(findings.flaws) == wrong


def test_the_audit_finds_a_balance_that_does_not_add_up(database: Path) -> None:
    with Emulator(database) as emulator:
        emulator._store.run("UPDATE wallet SET balance = balance + 1")
    assert found(audit(database, entries("done", "done", "done"), 3)) == {"doubled": 1, "money": 1}
