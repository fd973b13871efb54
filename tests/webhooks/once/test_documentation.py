"""docs/webhooks-once.md defines the same table as `create_table`."""

from __future__ import annotations

import re
from typing import Any

import psycopg

from orbitconnect.webhooks.once import DBAPIStore
from tests.pages import ROOT

PAGE = ROOT / "docs" / "webhooks-once.md"


def test_the_documented_table_is_the_stores(postgres_address: str) -> None:
    found = re.search(r"^```sql\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
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
