"""Checks that the emulator's state matches the ledger: no effect is missing or doubled, and the balance is correct."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from attrs import Factory, define

from orbitconnect.emulator import Emulator
from orbitconnect.emulator.billing.money import ONE
from tests.endurance.soak.ledger import CANCELLED, DOCUMENTED, WRONG_RESULT, Entry

EFFECTS: Final = {
    "send": "SELECT content FROM messages WHERE reply_to IS NULL",
    "reply": "SELECT content FROM messages WHERE reply_to IS NOT NULL",
    "react": "SELECT message_id FROM reactions",
    "create conversation": "SELECT json_extract(metadata, '$.soak') FROM conversations",
    "upsert user": "SELECT external_id FROM users WHERE external_id LIKE 'customer-%'",
    "initiate call": "SELECT caller_id FROM calls",
    "accept call": "SELECT id FROM calls WHERE accepted_at IS NOT NULL",
    "end call": "SELECT id FROM calls WHERE ended_by IS NOT NULL",
    "create meeting": "SELECT title FROM meetings",
    "start meeting": "SELECT id FROM meetings WHERE started_at IS NOT NULL",
    "end meeting": "SELECT id FROM meetings WHERE ended_at IS NOT NULL",
    "create session": "SELECT conversation_id FROM sessions",
    "emit session event": "SELECT session_id FROM session_events",
    "top up": f"SELECT CAST(amount / {ONE // 100} AS TEXT) FROM transactions WHERE type = 'top_up'",
    "record usage": "SELECT json_extract(metadata, '$.soak') FROM usage_events",
    "publish event": "SELECT json_extract(data, '$.soak') FROM events WHERE source = 'published'",
    "create webhook": "SELECT url FROM webhooks",
    "delete webhook": "SELECT id FROM webhooks WHERE deleted_at IS NOT NULL",
}
"""Maps each kind of call that changes the state to a query. The query returns one key for each change."""

_DOCUMENTED: Final = {kind.__name__ for kind in DOCUMENTED}


@define
class Findings:
    """What the audit found."""

    calls: int = 0
    outcomes: Counter[str] = Factory(Counter[str])
    """The number of failed calls, by error class."""
    fates: Counter[str] = Factory(Counter[str])
    effects: Counter[str] = Factory(Counter[str])
    """The number of effects, by kind."""
    unknown_done: int = 0
    """The number of calls with an unknown outcome that were carried out."""
    lost: list[str] = Factory(list[str])
    """Calls that returned a result but have no effect, and calls without an entry."""
    doubled: list[str] = Factory(list[str])
    unasked: list[str] = Factory(list[str])
    """Effects of calls that were reported as not carried out, or that were never made."""
    wrong: list[str] = Factory(list[str])
    """Calls that returned another call's result or raised an undocumented error, and valid calls that were refused."""
    money: list[str] = Factory(list[str])

    @property
    def flaws(self) -> list[str]:
        """Everything that must be empty."""
        named = {"lost": self.lost, "doubled": self.doubled, "unasked": self.unasked, "wrong": self.wrong}
        named["money"] = self.money
        return [f"{name}: {what}" for name, found in named.items() for what in found]


def audit(database: Path, entries: Iterable[Entry], planned: int) -> Findings:
    """Compare the ledger with the state.

    Args:
        database: The emulator's database. Nobody uses it any more.
        entries: The outcomes of the calls.
        planned: The number of planned calls.
    """
    findings = Findings()
    by_kind: dict[str, dict[str, Entry]] = {kind: {} for kind in EFFECTS}
    numbers: Counter[int] = Counter()
    for entry in entries:
        numbers[entry.number] += 1
        _look_at(entry, findings)
        if entry.kind in EFFECTS:
            if entry.key in by_kind[entry.kind]:
                raise ValueError(f"Two calls have the same key: {entry}")
            by_kind[entry.kind][entry.key] = entry
    findings.calls = numbers.total()
    findings.lost += [f"call {number} has no outcome" for number in range(planned) if number not in numbers]
    findings.wrong += [f"call {number} has {count} outcomes" for number, count in numbers.items() if count > 1]
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        for kind, query in EFFECTS.items():
            present = Counter(row[0] for row in store.execute(query) if row[0] is not None)
            findings.effects[kind] = present.total()
            _compare(kind, by_kind[kind], present, findings)
        _check_pairs(store, findings)
    _check_money(database, by_kind, findings)
    return findings


def _look_at(entry: Entry, findings: Findings) -> None:
    findings.outcomes[entry.error or "result"] += 1
    findings.fates[entry.fate] += 1
    if entry.error == WRONG_RESULT:
        findings.wrong.append(f"the result is another call's: {entry}")
    elif entry.error and entry.error != CANCELLED and entry.error not in _DOCUMENTED:
        findings.wrong.append(f"undocumented error: {entry}")
    elif 400 <= entry.status < 500 and entry.status != 429:
        # Every call in the mix is valid unless it is made twice.
        findings.wrong.append(f"refused: {entry}")


def _compare(kind: str, entries: dict[str, Entry], present: Counter[str], findings: Findings) -> None:
    for key, entry in entries.items():
        there = present.pop(key, 0)
        if there > 1:
            findings.doubled.append(f"{there} times: {entry}")
        elif entry.fate == "done" and not there:
            findings.lost.append(f"no effect: {entry}")
        elif entry.fate == "not done" and there:
            findings.unasked.append(f"carried out all the same: {entry}")
        findings.unknown_done += entry.fate == "unknown" and there > 0
    findings.unasked += [f"{kind} {key!r}, by no call" for key in present]


def _check_pairs(store: sqlite3.Connection, findings: Findings) -> None:
    """Check that the effects that come in pairs occur the same number of times."""
    per_usage = "SELECT usage_event_id, count(*) FROM transactions WHERE type = 'usage' GROUP BY 1 HAVING count(*) > 1"
    findings.doubled += [f"{count} transactions for the usage {usage}" for usage, count in store.execute(per_usage)]
    keys = "SELECT message_id, count(*) FROM sendings GROUP BY 1 HAVING count(*) > 1"
    findings.doubled += [f"{count} sendings of the message {message}" for message, count in store.execute(keys)]


def _check_money(database: Path, entries: dict[str, dict[str, Entry]], findings: Findings) -> None:
    """Add up the wallet's transactions."""
    with Emulator(database) as emulator, emulator.client() as orbit:
        balance = orbit.billing.get_wallet().balance
        transactions = orbit.billing.get_transactions()
    booked = {"top_up": 0, "usage": 0}
    for transaction in transactions:
        assert transaction.type is not None
        assert transaction.amount is not None
        booked[transaction.type] += round(transaction.amount * ONE)
    if round(balance * ONE) != sum(booked.values()):
        findings.money.append(f"the balance is {balance}, the transactions come to {sum(booked.values()) / ONE}")
    top_ups = entries["top up"].values()
    least = sum(int(entry.key) for entry in top_ups if entry.fate == "done") * ONE // 100
    most = sum(int(entry.key) for entry in top_ups if entry.fate != "not done") * ONE // 100
    if not least <= booked["top_up"] <= most:
        findings.money.append(f"{booked['top_up'] / ONE} were added, which is not from {least / ONE} to {most / ONE}")
