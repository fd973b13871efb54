"""A program that uses the client generated from types.yaml. Mypy reports the marked lines and nothing else."""

from datetime import date
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from orbitconnect_api.api.orders import get_payment_method, get_totals
from orbitconnect_api.unions import PaymentMethod

from orbitconnect_api.models import (
    AccountInput,
    Bank,
    BankInput,
    Card,
    CardInput,
    Circle,
    CreateOrderBody,
    Order,
    Square,
    UnknownVariant,
    Voucher,
)
from orbitconnect_api.types import Client


def name_of(method: PaymentMethod) -> str:
    match method:
        case Card(number=number):
            return number
        case Bank():
            return method.iban
        case Voucher():
            return method.code or ""
        case UnknownVariant():
            return str(method.to_dict())
        case _:
            assert_never(method)


def size_of(order: Order) -> float:
    match order.shape:
        case Circle():
            return order.shape.radius
        case Square():
            return order.shape.side
        case None:
            pass
        case UnknownVariant():
            return order.shape.side  # E: "UnknownVariant" has no attribute "side"
    return 0


def facts(order: Order) -> tuple[UUID, Decimal, date | None, list[date | None] | None, dict[str, int | None] | None]:
    number: float = order.total  # E: "Decimal", variable has type "float"
    account = order.account
    secret = account.password if account else number  # E: "Account" has no attribute "password"
    return order.id, order.total, order.start, order.days, order.limits if secret else None


def call(client: Client) -> dict[str, Decimal]:
    name_of(get_payment_method.sync(client=client))
    return get_totals.sync(client=client, on=date(2030, 1, 5), ids=[UUID(int=0), "x"])


body = CreateOrderBody(
    total=Decimal("1.5"),
    id=UUID(int=0),
    placed_on="2030-01-05",
    shape=Circle(radius=1),
    method=CardInput(kind="card", number="1", fallback=None),
    methods=[BankInput(kind="bank_account", iban="x"), {"kind": "card"}],
    account=AccountInput(email="x"),
    days=[None, date(2030, 1, 5)],
    grid=[["1", 2], []],
    note=5,
)
CreateOrderBody(total=1.5)  # E: "float"; expected "Decimal | int | str"
CreateOrderBody(total=1, method=Card(kind="card", number="1"))  # E: incompatible type "Card"
CardInput(kind="card", number="1", id=UUID(int=0))  # E: Unexpected keyword argument "id"
