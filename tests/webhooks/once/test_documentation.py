"""The code of docs/webhooks-once.md runs as it stands, one block after the other."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, text

from generator.__main__ import ROOT
from orbitconnect.webhooks.once import DBAPIStore, stored_key

PAGE = (ROOT / "docs" / "webhooks-once.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


@dataclass
class Event:
    id: str

    @property
    def dedupe_key(self) -> str:
        return self.id


def test_every_block_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    handled: list[Any] = []

    async def handle_async(event: Event) -> None:
        handled.append(event)

    engine = create_engine("sqlite:///database.db")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE payments (id TEXT)"))
    first, second = Event("evt_1"), Event("evt_2")
    scope: dict[str, Any] = {
        "event": first,
        "handle": handled.append,
        "handle_async": handle_async,
        "engine": engine,
        "text": text,
    }
    try:
        for _ in range(2):
            for block in BLOCKS:
                exec(compile(block, "webhooks-once.md", "exec"), scope)
            asyncio.run(scope["receive"](first))
            asyncio.run(scope["receive"](second))
            scope["store"].close()
        assert handled == [first, second]
        with engine.connect() as connection:
            assert connection.execute(text("SELECT id FROM payments")).all() == [("evt_1",)]
    finally:
        engine.dispose()
    assert capsys.readouterr().out == f"{stored_key('evt_1')}\n" * 2


def test_the_definition_of_the_table_is_that_of_the_store(postgres_address: str) -> None:
    found = re.search(r"^```sql\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert found is not None
    with psycopg.connect(postgres_address) as connection:
        connection.execute("CREATE SCHEMA documented")
        connection.execute("SET search_path TO documented")
        connection.execute(found[1])  # type: ignore[call-overload]

    def layout(schema: str) -> list[Any]:
        with psycopg.connect(postgres_address) as connection:
            columns = connection.execute(
                "SELECT column_name, data_type, character_maximum_length, is_nullable FROM information_schema.columns "
                "WHERE table_schema = %s AND table_name = 'orbitconnect_handled_events' ORDER BY ordinal_position",
                [schema],
            ).fetchall()
            indexes = connection.execute(
                "SELECT indexname, replace(indexdef, schemaname || '.', '') FROM pg_indexes WHERE schemaname = %s "
                "ORDER BY 1",
                [schema],
            ).fetchall()
        return [columns, [index for index in indexes if index[0].startswith("orbitconnect_handled")]]

    with psycopg.connect(postgres_address) as connection:
        connection.execute("CREATE SCHEMA made")
    store = DBAPIStore(
        lambda: psycopg.connect(postgres_address),
        database="postgresql",
        paramstyle=psycopg.paramstyle,
        table="made.orbitconnect_handled_events",
    )
    store.create_table()
    assert layout("documented") == layout("made")
    assert [len(part) for part in layout("made")] == [4, 2]
