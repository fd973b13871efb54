"""The code of docs/webhooks-once.md runs as a reader pastes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import psycopg

from generator.__main__ import ROOT
from orbitconnect.webhooks import construct_event, sign
from orbitconnect.webhooks.once import DBAPIStore, stored_key
from tests.webhooks.pages import run_page

PAGE = "webhooks-once.md"
BODY = b'{"id": "evt_1", "type": "order.paid", "data": {"order": 4711}}'

AFTER = """
with engine.connect() as connection:
    print(connection.execute(text("SELECT id FROM payments")).scalars().all())
engine.dispose()
"""


def test_every_block_runs(tmp_path: Path) -> None:
    (stored,) = {stored_key(construct_event(BODY, sign(BODY, "whsec_test"), "whsec_test").dedupe_key)}
    first = run_page(PAGE, tmp_path, AFTER)
    again = run_page(PAGE, tmp_path, AFTER)
    assert first == ["handled evt_1", stored, "['evt_1']"]
    assert again == first[1:]  # Both stores remember it.


def test_the_definition_of_the_table_is_that_of_the_store(postgres_address: str) -> None:
    found = re.search(r"^```sql\n(.*?)^```$", (ROOT / "docs" / PAGE).read_text(), flags=re.MULTILINE | re.DOTALL)
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
