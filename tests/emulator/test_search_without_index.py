"""Search returns the same results even if Python's SQLite has no full-text search."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sqlite3, sys

class Without(sqlite3.Connection):
    def execute(self, sql, *values):
        if "fts5" in sql:
            raise sqlite3.OperationalError("no such module: fts5")
        return super().execute(sql, *values)

    def executescript(self, script):
        assert "fts5" not in script
        return super().executescript(script)

if sys.argv[1] == "without":
    connect = sqlite3.connect
    sqlite3.connect = lambda *arguments, **named: connect(*arguments, **{"factory": Without, **named})

from orbitconnect.emulator import Emulator

with Emulator(seed=1) as emulator, emulator.client() as orbit:
    ann, bob = (orbit.users.create(external_id=name, display_name=name).id for name in ("ann", "bob"))
    orbit = orbit.as_user(ann)
    chat = orbit.conversations.create(type="direct", participant_id=bob)
    for text in ("The quick brown fox", "QUICKSILVER", "slow", "100% qu_ck", "qu%ck"):
        orbit.messages.send(conversation_id=chat.id, content=text)
    orbit.messages.edit(orbit.messages.send(conversation_id=chat.id, content="quick at first").id, content="slow now")
    for query in ("quick", "qu", "slow", "%", "_", "nothing"):
        print(query, sorted(found.content for found in orbit.messages.search(chat.id, query=query)))
"""


def found(which: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, which], capture_output=True, text=True, check=False, timeout=120
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_finds_the_same() -> None:
    without = found("without")
    assert without.splitlines()[0] == "quick ['QUICKSILVER', 'The quick brown fox']"
    assert without.splitlines()[3] == "% ['100% qu_ck', 'qu%ck']"
    assert without.splitlines()[-1] == "nothing []"
    assert without == found("with")
