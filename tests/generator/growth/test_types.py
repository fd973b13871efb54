"""A client with every supported type, called over a connection."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitconnect import OrbitServer, OrbitServerError, UnreadableResponseError
from orbitconnect.emulator import Emulator
from orbitconnect.emulator.registry import HANDLERS
from tests.for_each import for_each
from tests.generator.growth.emulation import emulator_of
from tests.generator.growth.package import Package
from tests.pipeline.harness import Sdk, answer, loopback

ID = "4f9d3c1e-8a5b-4c2d-9e0f-1a2b3c4d5e6f"
CARD = {"kind": "card", "number": "4242", "id": ID, "expires_on": "2030-01-31", "new": 1}
BANK = {"kind": "bank_account", "iban": "DE00"}
VOUCHER = {"kind": "Voucher", "code": "x"}
UNKNOWN = {"kind": "crypto", "wallet": {"coins": None}}
ORDER: dict[str, Any] = {
    "id": ID,
    "placed_on": "2030-01-05",
    "date": "2030-01-06",
    "pickup_at": "09:30:00+02:00",
    "views": 2**62,
    "total": "12.50",
    "seal": "AAEC",
    "method": {**CARD, "fallback": BANK},
    "shape": {"side": 2, "color": "red"},
    "methods": [CARD, VOUCHER, UNKNOWN],
    "methods_by_name": {"first": BANK, "second": UNKNOWN},
    "parts": {"a": {"size": 1, "made_at": "2030-01-05T09:30:00Z"}, "b": {"weight": 2}},
    "tags": ["x"],
    "states": ["open", "lost"],
    "grid": [["1.10", "2"], []],
    "days": ["2030-01-05", None],
    "changed_at": ["2030-01-05T09:30:00.000Z"],
    "limits": {"a": 1, "b": None},
    "labels": {"a": "b"},
    "note": "call first",
    "account": {"id": "a1", "email": "a@b.test"},
    "priority": "high",
    "raw": "r",
    "get": "g",
    "copy": 2,
    "self": "s",
    "class": "c",
    "property": "p",
    "from": "2030-01-07",
}


@pytest.fixture(scope="session")
def package(grown: Callable[[str], Package]) -> Package:
    return grown("types")


@pytest.fixture(scope="session")
def models(package: Package) -> Any:
    return package.module("models")


def received(package: Package, sdk: Sdk, order: dict[str, Any]) -> Any:
    """The order that a call returns when the server sends this one."""
    with loopback(answer(json.dumps({"data": [order]}).encode())):
        (result,) = sdk.execute(sdk.client(), package.module("api.orders.list_orders").build())
    return result


def sent(package: Package, sdk: Sdk, **fields: Any) -> Any:
    """The body that a call sends."""
    body = package.module("models").CreateOrderBody(total="1", **fields)
    with loopback(answer(json.dumps({"data": ORDER}).encode())) as server:
        sdk.execute(sdk.client(), package.module("api.orders.create_order").build(body=body))
    return json.loads(server.seen[0].body)


def test_a_result_has_python_types(package: Package, models: Any, sdk: Sdk) -> None:
    order = received(package, sdk, ORDER)
    assert order.id == UUID(ID)
    assert (order.placed_on, order.date) == (date(2030, 1, 5), date(2030, 1, 6))
    assert order.pickup_at == time.fromisoformat("09:30:00+02:00")
    assert order.views == 2**62
    assert str(order.total) == "12.50"
    assert order.seal == bytes((0, 1, 2))
    assert type(order.method) is models.Card
    assert order.method.expires_on == date(2030, 1, 31)
    assert type(order.method.fallback) is models.Bank
    assert type(order.shape) is models.Square
    assert [type(method) for method in order.methods] == [models.Card, models.Voucher, models.UnknownVariant]
    assert order.methods[2].additional_properties == UNKNOWN
    assert type(order.methods_by_name["first"]) is models.Bank
    assert order.parts["a"].made_at == datetime(2030, 1, 5, 9, 30, tzinfo=UTC)
    assert order.grid == [[Decimal("1.10"), Decimal(2)], []]
    assert order.days == [date(2030, 1, 5), None]
    assert order.changed_at == [datetime(2030, 1, 5, 9, 30, tzinfo=UTC)]
    assert order.limits == {"a": 1, "b": None}
    assert (order.labels, order.note, order.states) == ({"a": "b"}, "call first", ["open", "lost"])
    names = (order.raw_text, order.get_, order.copies, order.self_, order.class_, order.property_, order.start)
    assert names == ("r", "g", 2, "s", "c", "p", date(2030, 1, 7))


def test_what_was_received_is_returned_unchanged(package: Package, sdk: Sdk) -> None:
    order = received(package, sdk, {**ORDER, "added": [1]})
    assert order.to_dict() == {**ORDER, "added": [1]}


UNREADABLE: dict[str, list[Any]] = {
    "id": ["x", 5, None],
    "placed_on": ["2030-13-01", "20300105", "today", 5, None],
    "pickup_at": ["25:00", "soon", None],
    "total": ["a lot", "NaN", "Infinity", "1" * 5_000, True, [], None],
    "seal": ["é", 5, None],
    "method": ["card", [], None, {"kind": None}, {}, {"kind": ["card"]}],
    "shape": [5, None, {"corners": 3}, {}],
    "methods": ["x", [None, 5, CARD], None],
    "methods_by_name": ["x", {"a": None, "b": 5}, [], None],
    "parts": [{"a": None}, [], None],
    "grid": [[None, ["x", "1"], "y"], None],
    "days": [[None, "x"], None],
    "limits": [{"a": "x"}, None],
    "labels": [{"a": 5}, None],
    "note": [{}, 1.5, None],
    "tags": [[None, 5, "x"], "x", None],
    "states": [[None, "lost"], None],
    "account": [5, None],
}
# Objects that can be read, with a property that cannot.
BAD_CARD = {**CARD, "expires_on": "never", "id": 5}
UNREADABLE |= {
    "id": [*UNREADABLE["id"], ID[1:]],
    "method": [*UNREADABLE["method"], BAD_CARD, {**CARD, "expires_on": 5}, {**CARD, "fallback": BAD_CARD}],
    "methods": [*UNREADABLE["methods"], [CARD, BAD_CARD]],
    "methods_by_name": [*UNREADABLE["methods_by_name"], {"a": BAD_CARD, "b": CARD}],
    "parts": [*UNREADABLE["parts"], {"a": {"size": "big", "made_at": "never"}}, {"a": {"made_at": 5}}],
    "shape": [*UNREADABLE["shape"], {"radius": float("inf")}],
}


@for_each(("name", "value"), [(name, value) for name, values in UNREADABLE.items() for value in values])
def test_unreadable_values_and_nulls_survive(models: Any, name: str, value: Any) -> None:
    order = models.Order.from_dict({**ORDER, name: value})
    assert json.dumps(order.to_dict(), sort_keys=True) == json.dumps({**ORDER, name: value}, sort_keys=True)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(["card", ID, "1.0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "side", "a"]), inner),
    max_leaves=8,
)


@given(data=st.data())
def test_any_object_survives(package: Package, data: st.DataObject) -> None:
    order = package.module("models").Order
    received = data.draw(
        st.fixed_dictionaries({}, optional=dict.fromkeys([known.name for known in order.FIELDS], JSON))
    )
    read = order.from_dict(received)
    repr(read)
    assert read.to_dict() == received


# Forms that a writer would write in another way, and another value.
FORMS: list[tuple[str, Any, Any]] = [
    ("id", ID.upper(), UUID(int=1)),
    ("pickup_at", "09:30", time(9, 31)),
    ("total", "1.250E+1", Decimal("12.51")),
    ("seal", "AAE", b"1"),
    ("changed_at", ["2030-01-05t09:30:00z"], []),
    ("grid", [["+1"]], [[Decimal(2)]]),
]


@for_each(("name", "value", "other"), FORMS)
def test_the_form_of_a_value_is_kept_until_it_changes(models: Any, name: str, value: Any, other: Any) -> None:
    order = models.Order.from_dict({**ORDER, name: value})
    assert getattr(order, name) is not None
    assert order.to_dict()[name] == value
    setattr(order, name, other)
    assert order.to_dict()[name] == models.CreateOrderBody(**{"total": 1, name: other}).to_dict()[name]


def test_a_changed_value_is_written(models: Any) -> None:
    order = models.Order.from_dict(ORDER)
    order.total = Decimal("0.10")
    order.placed_on = date(2031, 2, 3)
    order.methods[0].number = "1"
    order.limits["c"] = 3
    written = order.to_dict()
    assert (written["total"], written["placed_on"]) == ("0.10", "2031-02-03")
    assert written["methods"] == [{**CARD, "number": "1"}, VOUCHER, UNKNOWN]
    assert written["limits"] == {"a": 1, "b": None, "c": 3}


def test_a_changed_value_is_written_beside_one_that_cannot_be_read(models: Any) -> None:
    order = models.Order.from_dict({**ORDER, "method": BAD_CARD})
    order.total = Decimal("0.10")
    assert order.to_dict() == {**ORDER, "method": BAD_CARD, "total": "0.10"}
    assert order == order
    assert order != models.Order.from_dict({**ORDER, "method": BAD_CARD})
    order.method = None
    assert order.to_dict()["method"] is None
    order.method = models.Bank(kind="bank_account", iban="DE00")
    assert order.to_dict()["method"] == {"iban": "DE00", "kind": "bank_account"}
    order.placed_on = "soon"
    with pytest.raises(ValueError, match="placed_on must be a date"):
        order.to_dict()


def test_a_number_for_a_decimal_is_read_exactly(models: Any) -> None:
    assert str(models.Order.from_dict({"total": 0.1}).total) == "0.1"
    assert models.Order.from_dict({"total": 10**20 + 1}).total == 10**20 + 1
    assert models.Order.from_dict({"total": 7}).to_dict() == {"total": 7}


def test_a_choice_of_models_has_an_alias(package: Package, models: Any) -> None:
    variants = (models.Card, models.Bank, models.Voucher, models.UnknownVariant)
    assert get_args(package.module("unions").PaymentMethod) == variants


def test_variants_can_be_matched(models: Any) -> None:
    def described(method: Any) -> str:
        match method:
            case models.Card(number=number):
                return f"card {number}"
            case models.UnknownVariant():
                return str(method.to_dict()["kind"])
        return "another"

    order = models.Order.from_dict(ORDER)
    assert [described(method) for method in order.methods] == ["card 4242", "another", "crypto"]


CHOICES: list[tuple[str, dict[str, Any], str]] = [
    ("shape", {"radius": 1, "color": "red"}, "Circle"),
    ("shape", {"side": 1}, "Square"),
    # Both fit, and can read equally many properties: the first one in the contract.
    ("shape", {"side": 1, "radius": 1}, "Circle"),
    # Both fit, but only one can read the value.
    ("shape", {"side": 1, "radius": "wide"}, "Square"),
    # Neither has its required property.
    ("shape", {"color": "red"}, "UnknownVariant"),
    ("shape", {}, "UnknownVariant"),
    # Nothing is required, so the properties that can be read decide.
    ("gift", {"code": "x"}, "Voucher"),
    ("gift", {"size": 1}, "Part"),
    ("gift", {"code": "x", "size": 1}, "Voucher"),
    ("gift", {"code": 5, "size": 1}, "Part"),
    ("gift", {"size": "x"}, "UnknownVariant"),
    ("gift", {"weight": 1}, "UnknownVariant"),
    ("gift", {}, "UnknownVariant"),
]


@for_each(("attribute", "value", "name"), CHOICES)
def test_without_discriminator_the_model_that_fits_best_is_chosen(
    models: Any, attribute: str, value: Any, name: str
) -> None:
    chosen = getattr(models.Order.from_dict({attribute: value}), attribute)
    assert type(chosen).__name__ == name
    assert chosen.to_dict() == value


def test_a_request_is_written(package: Package, models: Any, sdk: Sdk) -> None:
    body = sent(
        package,
        sdk,
        id=UUID(ID),
        placed_on=date(2030, 1, 5),
        pickup_at=time(9, 30),
        seal=b"\x00\x01",
        method=models.CardInput(kind="card", number="4242", cvc="123", fallback={"kind": "bank_account", "iban": "x"}),
        shape=models.Circle(radius=1.5),
        methods=[models.Voucher(code="x"), {"kind": "card", "expires_on": "2030-01-31"}, UNKNOWN],
        methods_by_name={"a": models.UnknownVariant.from_dict(UNKNOWN)},
        parts={"a": {"size": 1}},
        grid=[[Decimal("1.10"), 2], ["3.0"]],
        days=[date(2030, 1, 5), None],
        limits={"a": None},
        note=None,
        account=models.AccountInput(email="a@b.test", password="secret"),
        raw_text="r",
        class_="c",
        start=date(2030, 1, 7),
    )
    assert body == {
        "total": "1",
        "id": ID,
        "placed_on": "2030-01-05",
        "pickup_at": "09:30:00",
        "seal": "AAE=",
        "method": {
            "kind": "card",
            "number": "4242",
            "cvc": "123",
            "fallback": {"kind": "bank_account", "iban": "x"},
        },
        "shape": {"radius": 1.5},
        "methods": [{"kind": "Voucher", "code": "x"}, {"kind": "card", "expires_on": "2030-01-31"}, UNKNOWN],
        "methods_by_name": {"a": UNKNOWN},
        "parts": {"a": {"size": 1}},
        "grid": [["1.10", "2"], ["3.0"]],
        "days": ["2030-01-05", None],
        "limits": {"a": None},
        "note": None,
        "account": {"email": "a@b.test", "password": "secret"},
        "raw": "r",
        "class": "c",
        "from": "2030-01-07",
    }


REFUSED: list[tuple[str, Any, str]] = [
    ("id", "x", "id must be a UUID or its canonical string, not 'x'."),
    ("id", 5, "id must be a UUID or its canonical string, not int."),
    ("placed_on", datetime.now(UTC), "placed_on must be a date or a string such as '2030-01-05', not datetime: pass"),
    ("placed_on", "5.1.2030", "placed_on must be a date or a string such as '2030-01-05', not '5.1.2030'."),
    ("pickup_at", "half past nine", "pickup_at must be a time or a string such as '09:30:00', not 'half past nine'."),
    ("total", 0.1, "total must be a Decimal, an int, or a string such as '12.50', not float, which is inexact: pass"),
    ("total", True, "total must be a Decimal, an int, or a string such as '12.50', not bool"),
    ("total", Decimal("NaN"), "total must be a finite number, not NaN."),
    ("seal", "ü", "seal must be bytes, not 'ü'."),
    ("method", 5, "method must be one of CardInput, BankInput, Voucher, or a mapping such as a dict, not int."),
    ("method", {"kind": "card", "nummber": "1"}, "method has no field 'nummber'. Did you mean 'number'?"),
    ("method", {"kind": "card", "expires_on": "x"}, "method.expires_on must be a date"),
    ("shape", "round", "shape must be one of Circle, Square, or a mapping such as a dict, not str."),
    ("methods", "card", "methods must be a list, not str."),
    ("methods", [5], "methods.0 must be one of CardInput"),
    ("parts", {"a": 5}, "parts.a must be a Part or a mapping such as a dict, not int."),
    ("parts", [], "parts must be a mapping such as a dict, not list."),
    ("days", [None, 5], "days.1 must be a date"),
    ("limits", {"a": "x"}, "limits.a must be an integer, not str."),
    ("note", 1.5, "note must be an integer, not 1.5."),
    ("note", [], "note must be an integer, not list."),
]


@for_each(("name", "value", "message"), REFUSED)
def test_a_value_that_cannot_be_sent_is_rejected_by_name(models: Any, name: str, value: Any, message: str) -> None:
    fields = {"total": "1", name: value}
    with pytest.raises((TypeError, ValueError)) as raised:
        models.CreateOrderBody(**fields).to_dict()
    assert str(raised.value).startswith(message)


def test_a_schema_with_two_directions_becomes_two_models(models: Any) -> None:
    def names(model: Any) -> list[str]:
        return [known.name for known in model.FIELDS]

    assert names(models.Account) == ["id", "email"]
    assert names(models.AccountInput) == ["email", "password"]
    assert "cvc" in names(models.CardInput)
    assert "cvc" not in names(models.Card)
    assert not hasattr(models, "VoucherInput")
    # The API should not return the password. If it does, it is kept, but not shown.
    account = models.Account.from_dict({"id": "a1", "password": "secret"})
    assert account.to_dict() == {"id": "a1", "password": "secret"}
    assert "secret" not in repr(account)


def test_a_default_is_documented_and_not_sent(models: Any) -> None:
    assert 'How urgent it is. The server\'s default is "normal".' in models.CreateOrderBody.__doc__
    assert models.CreateOrderBody(total=1).to_dict() == {"total": "1"}


def test_an_event_has_the_types(package: Package, models: Any) -> None:
    data = {"amount": "1.50", "method": UNKNOWN, "paid_on": "2030-01-05"}
    content = {"id": "e1", "type": "order.paid", "data": data}
    event = package.module("webhook_events").read_event(content, "key")
    assert (str(event.data.amount), event.data.paid_on) == ("1.50", date(2030, 1, 5))
    assert type(event.data.method) is models.UnknownVariant
    assert event.data.to_dict() == data


RESULTS: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("get_payment_method", {}, BANK, BANK),
    ("get_payment_method", {}, UNKNOWN, UNKNOWN),
    ("list_payment_methods", {}, [CARD, UNKNOWN], [CARD, UNKNOWN]),
    ("list_payment_methods", {}, [], []),
    ("get_totals", {"on": date(2030, 1, 5)}, {"a": "1.50"}, {"a": Decimal("1.50")}),
    ("get_balance", {}, "0.10", Decimal("0.10")),
    ("get_balance", {}, None, None),
]


@for_each(("operation", "arguments", "data", "expected"), RESULTS)
def test_a_result_can_be_of_any_type(
    package: Package, sdk: Sdk, operation: str, arguments: dict[str, Any], data: Any, expected: Any
) -> None:
    request = package.module(f"api.orders.{operation}").build(**arguments)
    with loopback(answer(json.dumps({"data": data}).encode())):
        result = sdk.execute(sdk.client(), request)
    plain = [item.to_dict() for item in result] if isinstance(result, list) else result
    assert (plain.to_dict() if hasattr(plain, "to_dict") else plain) == expected


@for_each(
    ("operation", "arguments", "data"),
    [
        ("get_payment_method", {}, [CARD]),
        ("get_payment_method", {}, None),
        ("list_payment_methods", {}, CARD),
        ("get_totals", {"on": "2030-01-05"}, "x"),
        ("get_balance", {}, "a lot"),
    ],
)
def test_a_result_of_another_type_is_an_error(
    package: Package, sdk: Sdk, operation: str, arguments: dict[str, Any], data: Any
) -> None:
    request = package.module(f"api.orders.{operation}").build(**arguments)
    with loopback(answer(json.dumps({"data": data}).encode())), pytest.raises(UnreadableResponseError):
        sdk.execute(sdk.client(), request)


def test_parameters_have_the_types(package: Package, sdk: Sdk) -> None:
    build = package.module("api.orders.get_totals").build
    request = build(on=date(2030, 1, 5), ids=[UUID(ID)], least=Decimal("1.50"), x_trace=UUID(ID))
    with loopback(answer(b'{"data": {}}')) as server:
        sdk.execute(sdk.client(), request)
    assert server.seen[0].target.endswith(f"/totals?on=2030-01-05&ids={ID}&least=1.50")
    assert server.seen[0].headers["x-trace"] == ID
    with pytest.raises(ValueError, match=r"ids\[0\] must be a UUID or its canonical string, not 'x'\."):
        build(on="2030-01-05", ids=["x"])


WRONG: list[tuple[str, Any, str, str]] = [
    ("id", "x", "id", "must be a UUID"),
    ("placed_on", "today", "placed_on", "must be a date such as 2026-01-05"),
    ("pickup_at", "noon", "pickup_at", "must be a time such as 09:30:00"),
    ("views", 2**63, "views", "must fit int64"),
    ("total", "a lot", "total", "must be a decimal number such as 12.50"),
    ("seal", "é", "seal", "must be base64"),
    ("method", UNKNOWN, "method.kind", "must be one of card, bank_account, Voucher"),
    ("method", {"kind": "card"}, "method.number", "is required"),
    ("methods", [BANK, {"code": "x"}], "methods.1.kind", "is required"),
    ("methods_by_name", {"a": {"kind": "card"}}, "methods_by_name.a.number", "is required"),
    ("shape", {"color": "red"}, "shape.radius", "is required"),
    ("parts", {"a": {"size": "x"}}, "parts.a.size", "must be an integer"),
    ("grid", [["1", "x"]], "grid.0.1", "must be a decimal number such as 12.50"),
    ("days", [None, "x"], "days.1", "must be a date such as 2026-01-05"),
    ("labels", {"a": 1}, "labels.a", "must be a string"),
    ("note", [], "note", "must be an integer or a string or null"),
    ("account", {"password": "secret"}, "account.email", "is required"),
]


@pytest.fixture
def emulator(package: Package, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.setitem(HANDLERS, "createOrder", lambda context: package.module("models").Order.from_dict(context.body))
    with emulator_of(package, monkeypatch) as emulator:
        yield emulator


def test_the_emulator_reads_what_the_client_sends_and_answers(
    package: Package, models: Any, emulator: Emulator
) -> None:
    order = models.Order.from_dict(ORDER)
    unknown = {"methods", "methods_by_name"}  # They have a variant that the contract does not list.
    fields = {
        known.attribute: getattr(order, known.attribute)
        for known in order.FIELDS
        if known.name in ORDER.keys() - unknown
    }
    fields |= {"method": {"kind": "card", "number": "1"}, "account": {"email": "a@b.test", "password": "secret"}}
    body = models.CreateOrderBody(**fields, methods=[BANK], methods_by_name={"a": VOUCHER})
    with OrbitServer("sk_test_1", transport=emulator.transport) as orbit:
        created = package.module("api.orders.create_order").sync(client=orbit.raw, body=body)
    assert created.to_dict() == body.to_dict()


@for_each(("name", "value", "field", "message"), WRONG)
def test_the_emulator_refuses_other_types(
    package: Package, models: Any, emulator: Emulator, name: str, value: Any, field: str, message: str
) -> None:
    request = package.module("api.orders.create_order").build(body=models.CreateOrderBody(total="1"))
    request.body = {"total": "1", name: value}  # The model would refuse some of the values itself.
    with OrbitServer("sk_test_1", transport=emulator.transport) as orbit, pytest.raises(OrbitServerError) as raised:
        orbit.raw.execute(request)
    assert getattr(raised.value, "errors", raised.value) == {field: [message]}


def test_a_body_can_be_a_choice(package: Package, models: Any, sdk: Sdk) -> None:
    operation = package.module("api.orders.set_payment_method")
    with loopback(answer(json.dumps({"data": CARD}).encode())) as server:
        card = sdk.execute(sdk.client(), operation.build(body=models.CardInput(kind="card", number="1", cvc="2")))
        sdk.execute(sdk.client(), operation.build(body=UNKNOWN))
    assert json.loads(server.seen[0].body) == {"kind": "card", "number": "1", "cvc": "2"}
    assert json.loads(server.seen[1].body) == UNKNOWN
    assert type(card) is models.Card


def test_a_composed_body_can_have_the_idempotency_key(package: Package, models: Any, sdk: Sdk) -> None:
    body = models.CreateRefundBody(amount=Decimal("1.50"))
    with loopback(answer(b'{"data": {}}')) as server:
        sdk.execute(sdk.client(), package.module("api.orders.create_refund").build(body=body))
    sent = json.loads(server.seen[0].body)
    assert sent.pop("key")
    assert sent == {"amount": "1.50"}


def test_the_emulator_knows_the_secrets(package: Package) -> None:
    requests = package.module("request_schemas").REQUESTS
    assert requests["createOrder"]["secrets"] == ["cvc", "password"]
