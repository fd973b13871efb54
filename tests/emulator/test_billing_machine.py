"""Run random billing operations, and compare the results with totals kept in millionths.

No operation may be missing or counted twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from orbitconnect.emulator import ManualClock
from orbitconnect_api.models.wallet import Wallet
from tests.emulator.conformance import CheckedEmulator
from tests.properties.strategies import examples

START = datetime(2026, 1, 5, tzinfo=UTC)
PRICES = {"call_minutes": 10_000, "messages": 100, "anything_else": 1_000}


def millionths(amount: float | None) -> int:
    assert amount is not None
    return round(Fraction(repr(amount)) * 1_000_000)


class Money(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.clock = ManualClock(START)
        self.emulator = CheckedEmulator(clock=self.clock, seed=1)
        self.billing = self.emulator.client(max_retries=0).billing
        self.balance = 0
        self.used: list[tuple[str, int]] = []
        self.thresholds: dict[str, int] = {}
        self.raised: list[str] = []
        self.top_ups = 0
        self.made: set[str] = set()
        self.final: dict[str | None, float | None] = {}

    def teardown(self) -> None:
        if hasattr(self, "emulator"):
            self.emulator.close()

    def change(self, amount: int) -> None:
        before, self.balance = self.balance, self.balance + amount
        passed = [alert for alert, at in self.thresholds.items() if self.balance < at <= before]
        self.raised += sorted(passed, key=lambda alert: -self.thresholds[alert])

    @rule(cents=st.integers(1, 3000))
    def top_up(self, cents: int) -> None:
        wallet = self.billing.top_up(cents / 100)
        assert isinstance(wallet, Wallet)
        self.change(cents * 10_000)
        self.top_ups += 1
        assert millionths(wallet.balance) == self.balance

    @rule(uses=st.lists(st.tuples(st.sampled_from(sorted(PRICES)), st.integers(0, 60_000)), min_size=1, max_size=4))
    def record_several_uses(self, uses: list[tuple[str, int]]) -> None:
        for event_type, hundredths in uses:
            self.use(event_type, hundredths)

    @rule(cents=st.integers(0, 2000), steps=st.lists(st.integers(0, 2), min_size=1, max_size=3))
    def use_up_to_a_threshold(self, cents: int, steps: list[int]) -> None:
        """Move the balance to a threshold or just above it, and then in steps of one or two cents."""
        self.watch(cents)
        if self.balance < (cents + 1) * 10_000:
            self.top_up(cents + 2 - self.balance // 10_000)
        for step in ((self.balance // 10_000 - cents - 1), *steps):
            if step >= 0:
                self.use("call_minutes", step * 100)

    def use(self, event_type: str, hundredths: int) -> None:
        used = self.billing.record_usage_event(event_type=event_type, quantity=hundredths / 100)
        amount = hundredths * PRICES[event_type] // 100
        assert millionths(used.amount) == amount
        assert (used.transaction_id is None) == (amount == 0)
        self.used.append((event_type, amount))
        self.change(-amount)

    @rule(cents=st.integers(0, 2000))
    def watch(self, cents: int) -> None:
        alert = self.billing.create_alert(type="low_balance", threshold=cents / 100)
        self.thresholds[alert.id] = cents * 10_000

    @rule(days=st.sampled_from((0.1, 1, 5, 14, 20)))
    def wait(self, days: float) -> None:
        self.clock.advance(timedelta(days=days))

    @rule(back=st.integers(0, 3), ahead=st.integers(-1, 3))
    def bill(self, back: int, ahead: int) -> None:
        """Create invoices for a few weeks, so that periods overlap and repeat."""
        week = timedelta(days=7)
        this_week = START + (self.clock.now() - START) // week * week
        if ahead > -back:
            self.made.add(self.billing.generate_invoice(from_=this_week - back * week, to=this_week + ahead * week).id)
            self.bill_the_month()

    @rule()
    def bill_the_month(self) -> None:
        self.made.add(self.billing.generate_invoice().id)

    @invariant()
    def the_wallet_is_the_sum_of_its_transactions(self) -> None:
        if not hasattr(self, "balance"):
            return
        assert millionths(self.billing.get_wallet().balance) == self.balance
        after = 0
        transactions = self.billing.get_transactions()
        for transaction in reversed(transactions):
            after += millionths(transaction.amount)
            assert millionths(transaction.balance_after) == after
        assert after == self.balance
        assert len(transactions) == self.top_ups + sum(amount > 0 for _, amount in self.used)

    @invariant()
    def usage_adds_up(self) -> None:
        if not hasattr(self, "used"):
            return
        aggregates = self.billing.get_aggregates()
        assert sum(millionths(one.amount) for one in aggregates) == sum(amount for _, amount in self.used)
        assert sum(one.event_count or 0 for one in aggregates) == len(self.used)
        month = self.billing.get_usage()
        assert millionths(month.total_amount) == sum(millionths(total.amount) for total in month.totals or ())

    @invariant()
    def invoices_add_up(self) -> None:
        if not hasattr(self, "used"):
            return
        invoices = self.billing.get_invoices()
        assert len(invoices) == len(self.made)
        assert {invoice.id for invoice in invoices} == self.made
        for invoice in invoices:
            assert millionths(invoice.total_amount) == sum(millionths(line.amount) for line in invoice.lines or ())
            assert (invoice.number is None) == (invoice.status == "draft")
            assert (invoice.paid_at is not None) == (invoice.status == "paid")
            assert invoice.status != "issued" or self.clock.now() < (invoice.due_at or self.clock.now())
            assert self.balance < 0 or invoice.status in ("paid", "draft")
            if invoice.number:
                assert self.final.setdefault(invoice.number, invoice.total_amount) == invoice.total_amount
        assert len(self.final) == sum(invoice.number is not None for invoice in invoices)
        # The remaining operations are not on any invoice.
        billed = sum(millionths(invoice.total_amount) for invoice in invoices)
        unbilled = self.emulator._store.scalar(int, "SELECT sum(amount) FROM usage_events WHERE invoice_id IS NULL")
        assert billed + (unbilled or 0) == sum(amount for _, amount in self.used)

    @invariant()
    def alerts_are_raised_once(self) -> None:
        if not hasattr(self, "raised"):
            return
        events = self.emulator.recorded("wallet.low_balance")
        assert [payload["alert"]["id"] for _, payload in events] == self.raised


TestMoney = Money.TestCase
TestMoney.settings = settings(examples(45), stateful_step_count=25)
