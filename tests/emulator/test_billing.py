from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from orbitconnect import ConflictError, NotFoundError, OrbitServer, OrbitServerError, UnprocessableEntityError
from orbitconnect.emulator import Emulator, Garbage, ManualClock, Reset, Stall, Status, Truncate
from orbitconnect.emulator.faults import Fault
from orbitconnect_api.models.invoice import Invoice
from orbitconnect_api.models.transaction import Transaction
from orbitconnect_api.models.usage_event import UsageEvent
from orbitconnect_api.models.wallet import Wallet
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import Wire

JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
FEBRUARY = datetime(2026, 2, 1, tzinfo=UTC)


def recorded_events(emulator: CheckedEmulator, *types: str) -> list[tuple[str, dict[str, Any]]]:
    """The recorded events of some types, or all events, with their payloads."""
    return [event for event in emulator.recorded() if not types or event[0] in types]


def use(orbit: OrbitServer, quantity: float, event_type: str = "call_minutes") -> UsageEvent:
    return orbit.billing.record_usage_event(event_type=event_type, quantity=quantity)


def top_up(orbit: OrbitServer, amount: float) -> Wallet:
    result = orbit.billing.top_up(amount)
    assert isinstance(result, Wallet)
    return result


def balance(orbit: OrbitServer) -> float:
    return orbit.billing.get_wallet().balance


class TestWallet:
    def test_starts_empty(self, orbit: OrbitServer, clock: ManualClock) -> None:
        began = clock.now()
        wallet = orbit.billing.get_wallet()
        assert (wallet.balance, wallet.currency, wallet.created_at, wallet.updated_at) == (0, "USD", began, began)
        assert orbit.billing.get_transactions() == []
        clock.advance(5)
        assert orbit.billing.get_wallet() == wallet

    def test_top_up(self, orbit: OrbitServer, emulator: CheckedEmulator, clock: ManualClock) -> None:
        began = clock.now()
        orbit.billing.get_wallet()
        now = clock.advance(5)
        wallet = top_up(orbit, 25)
        assert (wallet.balance, wallet.created_at, wallet.updated_at) == (25, began, now)
        assert top_up(orbit, 0.1).balance == 25.1
        assert top_up(orbit, 0.2) == orbit.billing.get_wallet()
        assert balance(orbit) == 25.3
        newest, second, first = orbit.billing.get_transactions()
        assert [one.balance_after for one in (first, second, newest)] == [25, 25.1, 25.3]
        assert (first.type, first.amount, first.currency, first.created_at) == ("top_up", 25, "USD", now)
        assert (first.description, first.usage_event_id) == ("Top-up", None)
        (_, data), *_ = recorded_events(emulator, "wallet.topped_up")
        assert data["wallet"]["balance"] == 25
        assert data["transaction"] == first.to_dict()
        assert len(recorded_events(emulator)) == 3

    @pytest.mark.parametrize("amount", [0, -1, 0.001, 1.005, 0.1 + 0.2, 1e-300, 1_000_000.01, 1e308, True, "5", None])
    def test_amounts_that_are_refused(self, wire: Wire, orbit: OrbitServer, amount: Any) -> None:
        answer = wire("POST", "/wallet/top-up", json={"amount": amount})
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["amount"])
        assert balance(orbit) == 0

    def test_amounts_at_the_limits(self, orbit: OrbitServer, wire: Wire) -> None:
        assert top_up(orbit, 0.01).balance == 0.01
        assert top_up(orbit, 1_000_000).balance == 1_000_000.01
        assert wire("POST", "/wallet/top-up", content=b'{"amount": 1.10e0}').status_code == 200
        assert wire("POST", "/wallet/top-up", content=b'{"amount": 1' + b"0" * 400 + b"}").status_code == 422
        assert balance(orbit) == 1_000_001.11

    def test_the_balance_stays_exact(self, orbit: OrbitServer, emulator: CheckedEmulator) -> None:
        orbit.billing.get_wallet()
        emulator._store.run("UPDATE wallet SET balance = ?", (2**53 - 20_000,))
        assert top_up(orbit, 0.02).balance == 2**53 / 1_000_000
        with pytest.raises(ConflictError, match="would exceed its limit"):
            top_up(orbit, 0.01)
        assert len(orbit.billing.get_transactions()) == 1

    def test_every_field_is_there(self, wire: Wire, orbit: OrbitServer) -> None:
        top_up(orbit, 5)
        assert set(wire("GET", "/wallet").json()["data"]) == {known.name for known in Wallet.FIELDS}
        assert set(wire("GET", "/transactions").json()["data"][0]) == {known.name for known in Transaction.FIELDS}

    def test_is_kept_in_the_file(self, tmp_path: Any) -> None:
        for expected in (5, 10):
            with Emulator(tmp_path / "state.db") as emulator:
                assert top_up(emulator.client(), 5).balance == expected


class TestUsage:
    def test_is_charged(self, orbit: OrbitServer, emulator: CheckedEmulator, clock: ManualClock) -> None:
        top_up(orbit, 5)
        used = orbit.billing.record_usage_event(event_type="call_minutes", quantity=12, metadata={"call_id": "x"})
        assert (used.event_type, used.quantity, used.metadata) == ("call_minutes", 12, {"call_id": "x"})
        assert (used.unit_price, used.amount, used.currency, used.created_at) == (0.01, 0.12, "USD", clock.now())
        charge = orbit.billing.get_transactions()[0]
        assert (charge.id, charge.usage_event_id) == (used.transaction_id, used.id)
        assert (charge.type, charge.amount, charge.balance_after) == ("usage", -0.12, 4.88)
        assert charge.description == "Call minutes"
        assert balance(orbit) == 4.88
        assert recorded_events(emulator, "usage.recorded") == [("usage.recorded", {"usage_event": used.to_dict()})]

    def test_prices(self, orbit: OrbitServer) -> None:
        assert use(orbit, 1, "messages").amount == 0.0001
        assert use(orbit, 3, "teleportations").amount == 0.003
        assert use(orbit, 1 / 3, "call_minutes").amount == 0.003333
        assert use(orbit, 0.00005, "call_minutes").amount == 0.000001
        assert balance(orbit) == -0.006434

    def test_free_usage_makes_no_transaction(self, orbit: OrbitServer, emulator: CheckedEmulator) -> None:
        for quantity in (0, 0.0, 1e-300):
            used = use(orbit, quantity)
            assert (used.quantity, used.amount, used.transaction_id) == (quantity, 0, None)
        assert orbit.billing.get_transactions() == []
        assert len(recorded_events(emulator, "usage.recorded")) == 3

    def test_the_balance_can_fall_below_zero(self, orbit: OrbitServer) -> None:
        top_up(orbit, 1)
        assert use(orbit, 150).transaction_id is not None
        assert balance(orbit) == -0.5
        assert top_up(orbit, 1).balance == 0.5

    @pytest.mark.parametrize(
        ("field", "value"),
        [("quantity", -1), ("quantity", 1_000_000_000.5), ("quantity", "1"), ("event_type", ""), ("event_type", 5)],
    )
    def test_invalid_bodies_are_refused(self, wire: Wire, orbit: OrbitServer, field: str, value: Any) -> None:
        answer = wire("POST", "/usage/events", json={"event_type": "messages", "quantity": 1, field: value})
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
        assert orbit.billing.get_usage().totals == []

    def test_every_field_is_there(self, wire: Wire) -> None:
        answer = wire("POST", "/usage/events", json={"event_type": "x", "quantity": 0}).json()["data"]
        assert set(answer) == {known.name for known in UsageEvent.FIELDS}
        assert answer["metadata"] == {}


class TestSums:
    def test_by_month(self, orbit: OrbitServer, clock: ManualClock) -> None:
        use(orbit, 10, "messages")
        clock.advance(timedelta(days=26))  # 31 January.
        for quantity in (0.1, 0.2, 5):
            use(orbit, quantity)
        use(orbit, 0, "messages")
        summary = orbit.billing.get_usage()
        assert (summary.period_start, summary.period_end, summary.currency) == (JANUARY, FEBRUARY, "USD")
        sums = [(total.event_type, total.quantity, total.event_count, total.amount) for total in summary.totals or ()]
        assert sums == [("call_minutes", 5.3, 3, 0.053), ("messages", 10, 2, 0.001)]
        assert summary.total_amount == 0.054
        clock.advance(timedelta(days=1))
        summary = orbit.billing.get_usage()
        assert (summary.period_start, summary.totals, summary.total_amount) == (FEBRUARY, [], 0)

    def test_december(self, emulator: CheckedEmulator) -> None:
        with CheckedEmulator(clock=ManualClock(datetime(2026, 12, 31, 23, 59, tzinfo=UTC))) as december:
            summary = december.client().billing.get_usage()
        assert summary.period_start == datetime(2026, 12, 1, tzinfo=UTC)
        assert summary.period_end == datetime(2027, 1, 1, tzinfo=UTC)

    def test_by_day(self, orbit: OrbitServer, clock: ManualClock) -> None:
        assert orbit.billing.get_aggregates() == []
        use(orbit, 1, "messages")
        clock.advance(timedelta(hours=14, minutes=30) - timedelta(microseconds=1))  # Just before midnight.
        use(orbit, 2)
        use(orbit, 3, "messages")
        clock.advance(timedelta(microseconds=1))
        use(orbit, 4, "messages")
        fifth = datetime(2026, 1, 5, tzinfo=UTC)
        day = timedelta(days=1)
        found = orbit.billing.get_aggregates()
        assert [(one.period_start, one.event_type, one.quantity, one.event_count, one.amount) for one in found] == [
            (fifth, "call_minutes", 2, 1, 0.02),
            (fifth, "messages", 4, 2, 0.0004),
            (fifth + day, "messages", 4, 1, 0.0004),
        ]
        assert {(one.granularity, one.currency) for one in found} == {("day", "USD")}
        assert [one.period_end for one in found] == [fifth + day, fifth + day, fifth + 2 * day]

    def test_days_before_1970(self) -> None:
        with CheckedEmulator(clock=ManualClock(datetime(1969, 7, 20, 20, 17, tzinfo=UTC))) as early:
            orbit = early.client()
            use(orbit, 1)
            assert [one.period_start for one in orbit.billing.get_aggregates()] == [datetime(1969, 7, 20, tzinfo=UTC)]


class TestInvoices:
    @pytest.fixture
    def invoice(self, orbit: OrbitServer) -> Invoice:
        top_up(orbit, 10)
        for quantity, event_type in ((340, "call_minutes"), (1, "messages"), (2, "messages")):
            use(orbit, quantity, event_type)
        return orbit.billing.generate_invoice()

    def test_the_month_so_far(
        self, orbit: OrbitServer, invoice: Invoice, emulator: CheckedEmulator, clock: ManualClock
    ) -> None:
        now = clock.now()
        assert (invoice.period_start, invoice.period_end) == (JANUARY, now + timedelta(microseconds=1))
        lines = [(one.description, one.event_type, one.quantity, one.unit_price, one.amount) for one in invoice.lines]  # type: ignore[union-attr]
        assert lines == [
            ("Call minutes", "call_minutes", 340, 0.01, 3.4),
            ("Messages", "messages", 3, 0.0001, 0.0003),
        ]
        assert (invoice.subtotal_amount, invoice.tax_amount, invoice.total_amount) == (3.4003, 0, 3.4003)
        assert (invoice.number, invoice.status, invoice.currency) == ("OC-2026-0001", "paid", "USD")
        assert (invoice.issued_at, invoice.paid_at, invoice.due_at) == (now, now, now + timedelta(days=14))
        assert invoice.pdf_url is None
        assert orbit.billing.get_invoice(invoice.id) == invoice
        assert recorded_events(emulator, "invoice.generated") == [("invoice.generated", {"invoice": invoice.to_dict()})]

    def test_charges_nothing(self, orbit: OrbitServer, invoice: Invoice) -> None:
        assert balance(orbit) == 6.5997
        assert len(orbit.billing.get_transactions()) == 4

    def test_usage_is_billed_once(self, orbit: OrbitServer, invoice: Invoice, emulator: CheckedEmulator) -> None:
        assert orbit.billing.generate_invoice() == invoice
        assert len(recorded_events(emulator, "invoice.generated")) == 1
        use(orbit, 7)
        second = orbit.billing.generate_invoice()
        assert (second.number, second.total_amount) == ("OC-2026-0002", 0.07)
        assert orbit.billing.get_invoices() == [second, invoice]
        assert len(recorded_events(emulator, "invoice.generated")) == 2

    def test_a_period_without_usage(self, orbit: OrbitServer) -> None:
        empty = orbit.billing.generate_invoice(from_=JANUARY, to=JANUARY + timedelta(days=1))
        assert (empty.lines, empty.total_amount, empty.status) == ([], 0, "paid")
        assert orbit.billing.generate_invoice(from_=JANUARY, to=JANUARY + timedelta(days=1)) == empty
        assert orbit.billing.get_invoices() == [empty]

    def test_the_end_of_the_period_is_exclusive(self, orbit: OrbitServer, clock: ManualClock) -> None:
        use(orbit, 1)
        clock.advance(60)
        use(orbit, 2)
        first = orbit.billing.generate_invoice(to=clock.now())
        assert first.total_amount == 0.01
        assert first.period_end == clock.now()
        assert orbit.billing.generate_invoice(from_=clock.now()).total_amount == 0.02

    def test_a_draft_is_issued_when_its_period_is_over(self, orbit: OrbitServer, clock: ManualClock) -> None:
        top_up(orbit, 10)
        use(orbit, 1)
        draft = orbit.billing.generate_invoice(from_=JANUARY, to=FEBRUARY)
        assert (draft.status, draft.total_amount) == ("draft", 0.01)
        assert (draft.number, draft.issued_at, draft.due_at, draft.paid_at) == (None,) * 4
        use(orbit, 2)
        now = clock.advance(5)
        grown = orbit.billing.generate_invoice(from_=JANUARY, to=FEBRUARY)
        assert (grown.id, grown.status, grown.total_amount, grown.updated_at) == (draft.id, "draft", 0.03, now)
        clock.advance(5)
        assert orbit.billing.generate_invoice(from_=JANUARY, to=FEBRUARY) == grown
        use(orbit, 3)
        clock.advance(timedelta(days=60))
        use(orbit, 4)
        issued = orbit.billing.get_invoice(draft.id)
        assert (issued.number, issued.status, issued.total_amount) == ("OC-2026-0001", "paid", 0.06)
        assert (issued.issued_at, issued.paid_at) == (FEBRUARY, FEBRUARY)
        assert orbit.billing.get_invoices() == [issued]

    def test_is_paid_by_the_top_up_that_covers_it(self, orbit: OrbitServer, clock: ManualClock) -> None:
        use(orbit, 100)
        invoice = orbit.billing.generate_invoice()
        assert (invoice.status, invoice.paid_at) == ("issued", None)
        top_up(orbit, 0.5)
        assert orbit.billing.get_invoice(invoice.id) == invoice
        now = clock.advance(5)
        top_up(orbit, 0.5)
        paid = orbit.billing.get_invoice(invoice.id)
        assert (paid.status, paid.paid_at, paid.updated_at) == ("paid", now, now)
        clock.advance(timedelta(days=15))
        assert orbit.billing.get_invoice(invoice.id) == paid

    def test_is_overdue_if_not_paid_in_time(self, orbit: OrbitServer, clock: ManualClock) -> None:
        use(orbit, 100)
        invoice = orbit.billing.generate_invoice()
        clock.advance(timedelta(days=14) - timedelta(microseconds=1))
        assert orbit.billing.get_invoice(invoice.id) == invoice
        clock.advance(timedelta(microseconds=1))
        late = orbit.billing.get_invoice(invoice.id)
        assert (late.status, late.updated_at) == ("overdue", invoice.due_at)
        top_up(orbit, 1)
        assert orbit.billing.get_invoice(invoice.id).status == "paid"

    def test_numbers_restart_each_year(self, orbit: OrbitServer, invoice: Invoice, clock: ManualClock) -> None:
        clock.advance(timedelta(days=365))
        assert orbit.billing.generate_invoice().number == "OC-2027-0001"

    @pytest.mark.parametrize(
        ("period", "field"),
        [
            ({"from": "2026-01-05T09:30:00Z", "to": "2026-01-05T09:30:00Z"}, "to"),
            ({"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}, "to"),
            ({"to": "2025-12-31T00:00:00Z"}, "to"),
            ({"from": "2026-01-05T09:30:01Z"}, "from"),
            ({"from": "0001-01-01T00:00:00+10:00"}, "from"),
            ({"to": "9999-12-31T23:59:59-10:00"}, "to"),
            ({"from": "2026-01-01"}, "from"),
        ],
    )
    def test_invalid_periods(self, wire: Wire, orbit: OrbitServer, period: dict[str, str], field: str) -> None:
        answer = wire("POST", "/invoices/generate", json=period)
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
        assert orbit.billing.get_invoices() == []

    def test_unusual_periods(self, wire: Wire) -> None:
        for period in (
            {"from": "0001-01-01t00:00:00z", "to": "9999-12-31 23:59:59.999999+00:00"},
            {"from": "2026-01-01T02:00:00+02:00"},
        ):
            assert wire("POST", "/invoices/generate", json=period).status_code == 200
        assert wire("POST", "/invoices/generate", content=b"[]").status_code == 200

    def test_unknown_invoice(self, orbit: OrbitServer, wire: Wire, invoice: Invoice) -> None:
        with pytest.raises(NotFoundError):
            orbit.billing.get_invoice("inv_none")
        answer = wire("GET", f"/invoices/{invoice.id}").json()["data"]
        assert set(answer) == {known.name for known in Invoice.FIELDS}


class TestAlerts:
    def test_create(self, orbit: OrbitServer, emulator: CheckedEmulator, clock: ManualClock) -> None:
        alert = orbit.billing.create_alert(type="low_balance", threshold=5.00)
        assert (alert.type, alert.threshold, alert.currency, alert.is_active) == ("low_balance", 5, "USD", True)
        assert (alert.last_triggered_at, alert.created_at) == (None, clock.now())
        second = orbit.billing.create_alert(type="low_balance", threshold=0)
        assert orbit.billing.get_alerts() == [alert, second]
        assert [data["alert"]["id"] for _, data in recorded_events(emulator, "alert.created")] == [alert.id, second.id]

    @pytest.mark.parametrize(("field", "value"), [("threshold", -1), ("threshold", 0.001), ("type", "high_balance")])
    def test_invalid_bodies_are_refused(self, wire: Wire, field: str, value: Any) -> None:
        answer = wire("POST", "/alerts", json={"type": "low_balance", "threshold": 5, field: value})
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])

    def test_is_triggered_once_until_a_top_up(
        self, orbit: OrbitServer, emulator: CheckedEmulator, clock: ManualClock
    ) -> None:
        def raised() -> list[float]:
            return [data["wallet"]["balance"] for _, data in recorded_events(emulator, "wallet.low_balance")]

        orbit.billing.create_alert(type="low_balance", threshold=5)
        top_up(orbit, 6)
        use(orbit, 100)
        assert raised() == []  # A balance at the threshold is not below it.
        now = clock.advance(5)
        use(orbit, 1)
        assert raised() == [4.99]
        assert orbit.billing.get_alerts()[0].last_triggered_at == now
        clock.advance(5)
        use(orbit, 1)
        top_up(orbit, 0.01)
        use(orbit, 1)
        assert raised() == [4.99]  # After the top-up the balance is still below the threshold.
        assert orbit.billing.get_alerts()[0].last_triggered_at == now
        top_up(orbit, 1)
        use(orbit, 200)
        assert raised() == [4.99, 3.98]
        assert orbit.billing.get_alerts()[0].last_triggered_at == clock.now()

    def test_several_alerts(self, orbit: OrbitServer, emulator: CheckedEmulator) -> None:
        top_up(orbit, 10)
        alerts = [orbit.billing.create_alert(type="low_balance", threshold=amount) for amount in (2, 8, 0, 20, 8)]
        use(orbit, 900)
        events = recorded_events(emulator, "usage.recorded", "wallet.low_balance")
        assert [name for name, _ in events] == ["usage.recorded", *["wallet.low_balance"] * 3]
        raised = [data["alert"] for _, data in events[1:]]
        assert [alert["id"] for alert in raised] == [alerts[1].id, alerts[4].id, alerts[0].id]
        assert all(alert["last_triggered_at"] for alert in raised)
        use(orbit, 101)
        assert recorded_events(emulator)[-1][1]["alert"]["id"] == alerts[2].id


def test_a_refusal_names_its_rule(wire: Wire) -> None:
    answer = wire("POST", "/wallet/top-up", json={"amount": 0.001})
    assert answer.headers["x-orbit-emulator-rule"] == "amounts; inferred"
    assert answer.json()["message"] == "amount must have at most two decimals."


def test_no_acting_user_is_needed(wire: Wire) -> None:
    assert wire("GET", "/usage", actor="usr_none").status_code == 200


def test_errors_of_the_facade(orbit: OrbitServer) -> None:
    with pytest.raises(UnprocessableEntityError) as caught:
        orbit.billing.top_up(0.001)
    assert caught.value.status == 422


class TestLostResponses:
    """The response to a charge gets lost. A test can find out whether the charge was made, and how many times."""

    @pytest.mark.parametrize(
        ("fault", "is_made"),
        [
            (Reset(when="after"), True),
            (Stall(when="after"), True),
            (Truncate(1), True),
            (Garbage(), True),
            (Reset(when="before"), False),
            (Stall(when="before"), False),
            (Status(503), False),
        ],
        ids=str,
    )
    def test_the_charge_can_be_found(
        self, emulator: CheckedEmulator, orbit: OrbitServer, fault: Fault, *, is_made: bool
    ) -> None:
        orbit.billing.record_usage_event(event_type="call_minutes", quantity=3, metadata={"order": "6"})
        seen = {transaction.id for transaction in orbit.billing.get_transactions()}
        emulator.faults.add(fault, operation="recordUsageEvent")
        with pytest.raises(OrbitServerError) as caught:
            orbit.with_options(timeout=1).billing.record_usage_event(
                event_type="call_minutes", quantity=3, metadata={"order": "7"}
            )
        assert caught.value.sent
        # With the API, list the new transactions.
        new = [transaction for transaction in orbit.billing.get_transactions() if transaction.id not in seen]
        assert len(new) == is_made
        # With the emulator, read the charges and their metadata.
        own = [usage for usage in emulator.usage_events() if usage.metadata == {"order": "7"}]
        assert [usage.id for usage in own] == [transaction.usage_event_id for transaction in new]
        assert [usage.transaction_id for usage in own] == [transaction.id for transaction in new]
        (entry,) = emulator.journal.find(operation="recordUsageEvent")[1:]
        assert entry.fault == fault
        assert '"order":"7"' in entry.request_body

    def test_a_double_charge_can_be_found(self, emulator: CheckedEmulator, orbit: OrbitServer) -> None:
        emulator.faults.add(Reset(when="after"), operation="recordUsageEvent")
        for _ in range(2):  # The same call is made again, as when a job queue reruns a job.
            with suppress(OrbitServerError):
                orbit.billing.record_usage_event(event_type="call_minutes", quantity=3, metadata={"order": "7"})
        assert [usage.metadata for usage in emulator.usage_events()] == [{"order": "7"}] * 2

    def test_over_http(self, emulator: CheckedEmulator, orbit: OrbitServer) -> None:
        made = orbit.billing.record_usage_event(event_type="call_minutes", quantity=3, metadata={"order": "7"})
        with emulator.serve() as server:
            answer = httpx.get(f"{server.url}/_emulator/billing/usage-events", trust_env=False)
        assert answer.json() == {"usage_events": [made.to_dict()]}
