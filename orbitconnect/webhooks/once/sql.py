"""The SQL of all stores in tables: the table, the statements, and the steps of a claim, a commit and a release.

Statements have named placeholders, `:name`. A `Session` runs them with its driver. Each statement is its own short
transaction and takes effect only if the row has not changed since it was read. Therefore, no lock is held while an
event is handled. Times are measured by the database's clock, because the clocks of several machines differ.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, Protocol, TypeAlias

from .durations import DEFAULT_KEEP, DEFAULT_LEASE, checked_seconds
from .failures import store_error
from .protocol import BUSY, HANDLED, Claim, new_claim

Database: TypeAlias = Literal["postgresql", "mysql", "sqlite"]
Values: TypeAlias = Mapping[str, str | float]
Row: TypeAlias = Sequence[object]

DEFAULT_TABLE: Final = "orbitconnect_handled_events"

_IDENTIFIER: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]{0,62}\.)?[A-Za-z_][A-Za-z0-9_]{0,49}")
_SECONDS_NOW: Final[dict[Database, str]] = {
    "postgresql": "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)",
    # Whole seconds: for fractions, MySQL needs a local time, and an hour in autumn occurs twice.
    "mysql": "UNIX_TIMESTAMP()",
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
}
# Only the table's name and the expression for the time are formatted into a statement. Values go into placeholders.
_STATEMENTS: Final = {
    "read": (
        "SELECT token, handled, CASE WHEN expires_at > {now} THEN 1 ELSE 0 END FROM {table} WHERE event_key = :key"
    ),
    "insert": "INSERT INTO {table} (event_key, token, handled, expires_at) VALUES (:key, :token, 0, {now} + :lease)",
    "take over": (
        "UPDATE {table} SET token = :token, handled = 0, expires_at = {now} + :lease "
        "WHERE event_key = :key AND token = :seen AND expires_at <= {now}"
    ),
    "commit": "UPDATE {table} SET handled = 1, expires_at = {now} + :keep WHERE event_key = :key AND token = :token",
    # For a claim that the database has lost. A collision must not raise an error, because an error would abort the
    # application's transaction.
    "record": (
        "{insert} INTO {table} (event_key, token, handled, expires_at) VALUES (:key, :token, 1, {now} + :keep){unless}"
    ),
    "is committed": "SELECT token FROM {table} WHERE event_key = :key AND token = :token AND handled = 1",
    "release": "DELETE FROM {table} WHERE event_key = :key AND token = :token AND handled = 0",
    # Expired claims are kept for a second lease, so that a slow worker can still commit a claim that nobody has taken
    # over.
    "expired": "SELECT event_key FROM {table} WHERE expires_at < {now} - :lease ORDER BY expires_at LIMIT :limit",
    "forget": "DELETE FROM {table} WHERE event_key = :key AND expires_at < {now} - :lease",
}
_COLUMNS: Final = (
    "event_key VARCHAR(64) NOT NULL PRIMARY KEY, token VARCHAR(32) NOT NULL, handled SMALLINT NOT NULL, "
    "expires_at DOUBLE PRECISION NOT NULL"
)
DATABASES: Final = tuple(_SECONDS_NOW)
_ATTEMPTS: Final = 5
_CLAIMS_PER_PRUNING: Final = 16
_MAX_PRUNED: Final = 64
_PRUNING_SECONDS: Final = 1.0
"""The limit on the pruning within one claim, if the connection to the database is slow."""

_log = logging.getLogger("orbitconnect.webhooks")


class Session(Protocol):
    """Runs statements on a connection that is borrowed for one step."""

    def row(self, statement: str, values: Values, /) -> Row | None:
        """Return the first row."""
        ...

    def rows(self, statement: str, values: Values, /) -> Sequence[Row]:
        """Return all rows."""
        ...

    def change(self, statement: str, values: Values, /) -> int:
        """Run a statement that changes rows, and return their number."""
        ...


class SQLClaims:
    """Claims in a table. The stores provide the sessions, and run each call on a session in its own transaction."""

    def __init__(
        self,
        database: Database,
        *,
        table: str = DEFAULT_TABLE,
        lease: float = DEFAULT_LEASE,
        keep: float = DEFAULT_KEEP,
        clock: Callable[[], float] | None = None,
    ) -> None:
        if database not in _SECONDS_NOW:
            raise ValueError(f"database must be one of {', '.join(_SECONDS_NOW)}, not {database!r}.")
        if not _IDENTIFIER.fullmatch(table):
            raise ValueError(
                f"table must be a name of ASCII letters, digits and underscores, optionally with a schema and a dot "
                f"before it, not {table!r}."
            )
        self._database: Database = database
        self._table = table
        self._lease = checked_seconds("lease", lease)
        self._keep = checked_seconds("keep", keep)
        self._clock = clock
        self._claims = 0
        now = ":now" if clock else _SECONDS_NOW[database]
        self.statements: dict[str, str] = {
            name: text.format(
                table=table,
                now=now,
                insert="INSERT IGNORE" if database == "mysql" else "INSERT",
                unless="" if database == "mysql" else " ON CONFLICT (event_key) DO NOTHING",
            )
            for name, text in _STATEMENTS.items()
        }

    def definition(self) -> list[str]:
        """Return the statements that create the table."""
        schema, dot, name = self._table.rpartition(".")
        index = f"{name}_expires"
        if self._database == "mysql":  # MySQL has no CREATE INDEX IF NOT EXISTS.
            return [f"CREATE TABLE IF NOT EXISTS {self._table} ({_COLUMNS}, INDEX {index} (expires_at))"]
        # SQLite expects the schema before the index name, and PostgreSQL before the table name.
        indexed = f"{schema}{dot}{index} ON {name}" if self._database == "sqlite" else f"{index} ON {self._table}"
        return [
            f"CREATE TABLE IF NOT EXISTS {self._table} ({_COLUMNS})",
            f"CREATE INDEX IF NOT EXISTS {indexed} (expires_at)",
        ]

    def create_table(self, session: Session) -> None:
        """Create the table unless it exists."""
        for statement in self.definition():
            try:
                session.change(statement, {})
            except Exception:  # noqa: BLE001  # Drivers raise different errors if two processes create it at once.
                session.change(statement, {})

    def claim(self, session: Session, stored: str) -> Claim:
        """Claim an event; see `ClaimStore.claim`. Every 16th claim also removes a few expired keys.

        Args:
            session: The connection.
            stored: The `stored_key` of the event's key.
        """
        claim = self._claim(session, stored)
        if claim:
            self._claims += 1  # Threads may lose an increment here, but that does no harm.
            if self._claims % _CLAIMS_PER_PRUNING == 1:
                try:
                    self.prune(session, _MAX_PRUNED, seconds=_PRUNING_SECONDS)
                except Exception as error:  # noqa: BLE001  # The claim stands, even if pruning fails.
                    _log.warning("Old handled events could not be removed: %s", store_error("prune", error))
        return claim

    def _claim(self, session: Session, stored: str) -> Claim:
        claim = new_claim()
        collision: Exception | None = None
        for _ in range(_ATTEMPTS):
            row = session.row(self.statements["read"], self._values(key=stored))
            values = self._values(key=stored, token=claim.token, lease=self._lease)
            if row is None:
                try:
                    session.change(self.statements["insert"], values)
                except Exception as error:
                    if not _is_integrity_error(error):
                        raise
                    collision = error  # Another worker was faster, so the row exists now.
                    continue
                return claim
            seen, handled, is_valid = row
            if is_valid:
                return HANDLED if handled else BUSY
            if session.change(self.statements["take over"], {**values, "seen": str(seen)}):
                return claim
        if collision:
            raise collision
        return BUSY

    def commit(self, session: Session, stored: str, token: str) -> bool:
        """Record that an event was handled; see `ClaimStore.commit`.

        Returns:
            Whether the event is recorded as handled. If not, another worker has the claim.
        """
        if not token:  # A claim with the status "busy" or "handled" has no token.
            return False
        values = self._values(key=stored, token=token, keep=self._keep)
        # MySQL does not count a row whose values do not change.
        return (
            session.change(self.statements["commit"], values) > 0
            or session.row(self.statements["is committed"], values) is not None
            or session.change(self.statements["record"], values) > 0
            or session.row(self.statements["is committed"], values) is not None
        )

    def release(self, session: Session, stored: str, token: str) -> None:
        """Release a claim; see `ClaimStore.release`."""
        session.change(self.statements["release"], self._values(key=stored, token=token))

    def prune(self, session: Session, limit: int, *, seconds: float = float("inf")) -> int:
        """Remove up to `limit` expired keys, the oldest first, for at most `seconds`. Returns their number."""
        began = time.perf_counter()
        expired = session.rows(self.statements["expired"], self._values(lease=self._lease, limit=limit))
        removed = 0
        # Delete one row at a time, so that two workers pruning at the same time cannot deadlock.
        for row in expired:
            removed += session.change(self.statements["forget"], self._values(key=str(row[0]), lease=self._lease))
            if time.perf_counter() - began > seconds:
                break
        return removed

    def _values(self, **values: str | float) -> Values:
        return {**values, "now": self._clock()} if self._clock else values


def _is_integrity_error(error: Exception) -> bool:
    """Return whether a driver reports a duplicate key.

    Every DB-API driver, and SQLAlchemy, has a class with this name.
    """
    return any(kind.__name__ == "IntegrityError" for kind in type(error).__mro__)
