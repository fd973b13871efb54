"""How a database of an older version gets the tables of this one."""

from typing import Final, NamedTuple

from . import billing, chat, webhooks

ADDED: Final = chat.ADDED + webhooks.ADDED + billing.ADDED
"""The tables and indexes that version 3 of the schema did not have."""


class Upgrade(NamedTuple):
    """The statements that turn one version of the schema into the next one."""

    tables: str
    """Changes the tables and indexes. Reads no rows, because the database has not been checked yet."""
    rows: str
    """Fills the new tables."""


_DAY: Final = 86_400_000_000

UPGRADES: Final = {
    3: Upgrade(
        tables=f"DROP INDEX usage_by_time; DROP INDEX usage_by_invoice; {ADDED}",
        rows=f"""
INSERT INTO usage_days
    SELECT created_at - ((created_at % {_DAY}) + {_DAY}) % {_DAY} AS began_at, event_type, sum(quantity), count(*),
        sum(amount)
    FROM usage_events GROUP BY began_at, event_type;
INSERT INTO invoice_lines
    SELECT invoice_id, event_type, unit_price, sum(quantity), sum(amount)
    FROM usage_events WHERE invoice_id IS NOT NULL GROUP BY invoice_id, event_type, unit_price;
INSERT INTO invoice_years
    SELECT CAST(substr(number, 4, 4) AS INTEGER) AS year, count(*)
    FROM invoices WHERE number IS NOT NULL GROUP BY year;
""",
    )
}
"""The upgrade of each older version of the schema that can still be opened."""
