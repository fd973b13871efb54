"""Invoices for the usage in a period.

The wallet pays for usage when it is recorded. So an invoice is paid as soon as it is issued, unless the balance is
negative: then it is due in two weeks, and is paid by the top-up that brings the balance to zero or above. Until its
period is over, an invoice is a draft. Each usage event is billed once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.generate_invoice_body import GenerateInvoiceBody
from orbitconnect_api.models.invoice import Invoice
from orbitconnect_api.models.invoice_event_data import InvoiceEventData
from orbitconnect_api.models.invoice_line import InvoiceLine
from orbitconnect_api.types import Unset

from ..clock import from_microseconds, time_or_none, to_microseconds
from ..context import Context, RequestContext
from ..formats import read_instant
from ..jobs import cancel, performs, schedule
from ..model_fields import nulls
from ..outbox import emit
from ..refusals import invalid_field, not_found
from ..registry import handles
from ..rules import INVOICE_PERIOD
from ..tables.billing import InvoiceLineRow, InvoiceRow
from . import ledger
from .money import CURRENCY, number, total_quantity
from .periods import DAY, month_of

DRAFT: Final = "draft"
ISSUED: Final = "issued"
PAID: Final = "paid"
OVERDUE: Final = "overdue"

TIME_TO_PAY: Final = 14 * DAY

_ISSUE: Final = "invoice-issue"
_FALL_DUE: Final = "invoice-due"


@handles(operations.GENERATE_INVOICE)
def generate_invoice(context: RequestContext) -> Invoice:
    """Bill the usage in a period that is not on an invoice yet.

    If there is no unbilled usage and the period already has an invoice, that invoice is returned.
    """
    start, end = _period(context, GenerateInvoiceBody.from_dict(context.body))
    known = context.store.one_or_none(
        InvoiceRow,
        "SELECT * FROM invoices WHERE period_start = ? AND period_end = ? ORDER BY n DESC LIMIT 1",
        (start, end),
    )
    if known is not None and known.status == DRAFT:
        if _bill(context, known.id, start, end):
            context.store.run("UPDATE invoices SET updated_at = ? WHERE id = ?", (context.now, known.id))
        return get_invoice(context, known.id)
    invoice_id = context.new_id("inv")
    if not _bill(context, invoice_id, start, end) and known is not None:
        return _model(context, known)
    context.store.run(
        "INSERT INTO invoices (id, status, period_start, period_end, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
        (invoice_id, DRAFT, start, end, context.now, context.now),
    )
    if _is_over(context, end):
        _issue(context, invoice_id)
    else:
        schedule(context, _ISSUE, invoice_id, end)
    invoice = get_invoice(context, invoice_id)
    emit(context, events.INVOICE_GENERATED, InvoiceEventData(invoice=invoice))
    return invoice


@handles(operations.GET_INVOICES)
def get_invoices(context: RequestContext) -> list[Invoice]:
    """List all invoices, newest first."""
    lines: dict[str, list[InvoiceLineRow]] = {}
    for line in context.store.all(InvoiceLineRow, "SELECT * FROM invoice_lines ORDER BY event_type, unit_price"):
        lines.setdefault(line.invoice_id, []).append(line)
    rows = context.store.all(InvoiceRow, "SELECT * FROM invoices ORDER BY n DESC")
    return [_model_with(row, lines.get(row.id, [])) for row in rows]


@handles(operations.GET_INVOICE)
def get_invoice(context: RequestContext, invoice_id: str) -> Invoice:
    """Return one invoice."""
    row = context.store.one_or_none(InvoiceRow, "SELECT * FROM invoices WHERE id = ?", (invoice_id,))
    if row is None:
        raise not_found("invoice")
    return _model(context, row)


def settle(context: Context) -> None:
    """Pay the open invoices if the balance is not negative."""
    if ledger.balance(context) < 0:
        return
    query = "SELECT id FROM invoices WHERE issued_at IS NOT NULL AND paid_at IS NULL ORDER BY n"
    for invoice_id in context.store.scalars(str, query):
        cancel(context, _FALL_DUE, invoice_id)
        context.store.run(
            "UPDATE invoices SET status = ?, paid_at = ?, updated_at = ? WHERE id = ?",
            (PAID, context.now, context.now, invoice_id),
        )


def words_of(event_type: str) -> str:
    """An event type for display: `Call minutes` for `call_minutes`."""
    text = event_type.replace("_", " ")
    return text[:1].upper() + text[1:]


@performs(_ISSUE)
def _period_is_over(context: Context, invoice_id: str) -> None:
    row = context.store.one(InvoiceRow, "SELECT * FROM invoices WHERE id = ?", (invoice_id,))
    _bill(context, invoice_id, row.period_start, row.period_end)
    _issue(context, invoice_id)


@performs(_FALL_DUE)
def _fall_due(context: Context, invoice_id: str) -> None:
    context.store.run(
        "UPDATE invoices SET status = ?, updated_at = ? WHERE id = ? AND status = ?",
        (OVERDUE, context.now, invoice_id, ISSUED),
    )


def _period(context: RequestContext, body: GenerateInvoiceBody) -> tuple[int, int]:
    start = month_of(context.now)[0] if isinstance(body.from_, Unset) else _instant(body, "from_", body.from_)
    # The end is exclusive. Adding a microsecond includes usage recorded right now, even if the clock stands still.
    end = context.now + 1 if isinstance(body.to, Unset) else _instant(body, "to", body.to)
    if start >= end:
        wrong = "from_" if isinstance(body.to, Unset) else "to"
        flaw = "must be before the end of the period" if wrong == "from_" else "must be after the start of the period"
        raise invalid_field(body, wrong, flaw, rule=INVOICE_PERIOD)
    return start, end


def _instant(body: GenerateInvoiceBody, attribute: str, given: datetime | str) -> int:
    # Validation accepts some times that the model cannot parse and leaves as text, such as one with a lower-case t.
    instant = read_instant(given) if isinstance(given, str) else given
    assert instant is not None  # The body has been validated.
    try:
        return to_microseconds(instant.astimezone(UTC))
    except OverflowError:
        raise invalid_field(body, attribute, "must be within the years 1 to 9999", rule=INVOICE_PERIOD) from None


def _is_over(context: Context, end: int) -> bool:
    return end <= context.now + 1


def _bill(context: Context, invoice_id: str, start: int, end: int) -> bool:
    """Add the unbilled usage in a period to an invoice. Returns whether there was any unbilled usage."""
    unbilled = "WHERE invoice_id IS NULL AND created_at >= ? AND created_at < ?"
    context.store.run(
        "INSERT INTO invoice_lines SELECT ?, event_type, unit_price, sum(quantity), sum(amount) FROM usage_events"
        f" {unbilled} GROUP BY event_type, unit_price ON CONFLICT DO UPDATE SET"
        " quantity = quantity + excluded.quantity, amount = amount + excluded.amount",
        (invoice_id, start, end),
    )
    return context.store.run(f"UPDATE usage_events SET invoice_id = ? {unbilled}", (invoice_id, start, end)) > 0


def _issue(context: Context, invoice_id: str) -> None:
    due_at = context.now + TIME_TO_PAY
    year = from_microseconds(context.now).year
    context.store.run("INSERT INTO invoice_years VALUES (?, 1) ON CONFLICT DO UPDATE SET issued = issued + 1", (year,))
    issued = context.store.count("SELECT issued FROM invoice_years WHERE year = ?", (year,))
    context.store.run(
        "UPDATE invoices SET status = ?, number = ?, issued_at = ?, due_at = ?, updated_at = ? WHERE id = ?",
        (ISSUED, f"OC-{year:04}-{issued:04}", context.now, due_at, context.now, invoice_id),
    )
    schedule(context, _FALL_DUE, invoice_id, due_at)
    settle(context)


def _model(context: Context, row: InvoiceRow) -> Invoice:
    query = "SELECT * FROM invoice_lines WHERE invoice_id = ? ORDER BY event_type, unit_price"
    return _model_with(row, context.store.all(InvoiceLineRow, query, (row.id,)))


def _model_with(row: InvoiceRow, lines: list[InvoiceLineRow]) -> Invoice:
    total = number(sum(line.amount for line in lines))
    return Invoice(
        id=row.id,
        number=row.number,
        status=row.status,
        period_start=from_microseconds(row.period_start),
        period_end=from_microseconds(row.period_end),
        lines=[
            InvoiceLine(
                description=words_of(line.event_type),
                event_type=line.event_type,
                quantity=total_quantity(line.quantity),
                unit_price=number(line.unit_price),
                amount=number(line.amount),
                _raw=nulls(InvoiceLine),
            )
            for line in lines
        ],
        subtotal_amount=total,
        tax_amount=0.0,
        total_amount=total,
        currency=CURRENCY,
        issued_at=time_or_none(row.issued_at),
        due_at=time_or_none(row.due_at),
        paid_at=time_or_none(row.paid_at),
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(Invoice),
    )
