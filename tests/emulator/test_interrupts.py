"""An emulator stays usable after an interrupt, such as Ctrl-C or a test's time limit, at any step of a transaction."""

from __future__ import annotations

from typing import Any

import pytest

from orbitconnect.emulator import Emulator


class Interrupting:
    """A database connection that is interrupted right after a statement was executed."""

    def __init__(self, connection: Any, statement: str) -> None:
        self._connection = connection
        self._statement = statement

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: str, values: Any = ()) -> Any:
        result = self._connection.execute(statement, values)
        if statement.startswith(self._statement):
            raise KeyboardInterrupt
        return result


@pytest.mark.parametrize("statement", ["BEGIN", "INSERT", "UPDATE emulator", "COMMIT"])
def test_an_emulator_can_be_used_after_an_interrupt(statement: str) -> None:
    with Emulator() as emulator, emulator.client(max_retries=0) as orbit:
        orbit.users.create(external_id="before", display_name="Ada")
        store: Any = emulator._store
        database = store._db
        store._db = Interrupting(database, statement)
        with pytest.raises(KeyboardInterrupt):
            orbit.users.create(external_id="interrupted", display_name="Ada")
        store._db = database
        for name in ("after", "later"):
            assert orbit.users.create(external_id=name, display_name="Ada").external_id == name
        is_there = statement == "COMMIT"
        assert ["interrupted" in user.external_id for user in orbit.users.list()].count(True) == is_there
        emulator.reset()
        assert orbit.users.list() == []
