"""A call written as in the Node README raises an error that shows the Python call, before anything is sent."""

# ruff: noqa: E501  # A wrong call and its error are on one line.

from __future__ import annotations

import inspect
import re
import sys
from functools import partial
from typing import Any

import pytest

from generator.__main__ import ROOT
from generator.node import PAGE, README, Argument, NodeCall, calls, node_page, python_form, signatures
from orbitconnect import AsyncOrbitServer, OrbitServer, UnprocessableEntityError
from orbitconnect_api.models import AppUser, Conversation, Participant
from tests.arguments.recorder import KEY, Recorder, clients, run
from tests.for_each import for_each

CALLS = list(calls((ROOT / README).read_text(encoding="utf-8")))
SIGNATURES = signatures(ROOT)
VALUES: dict[str, Any] = {
    **dict.fromkeys(("limit", "offset", "ttl", "size", "bitrate", "packet_loss", "jitter", "rtt"), 5),
    **dict.fromkeys(("quantity", "threshold", "amount"), 5),
    "metadata": {"a": 1},
    "payload": {"a": 1},
    **dict.fromkeys(("is_active", "active_only", "activeOnly"), True),
    **dict.fromkeys(("since", "scheduled_at", "sinceDate"), "2030-01-05T09:30:00Z"),
    "participant_ids": ["usr_2"],
    "type": "other",
}


def value_of(argument: Argument, *, optional: bool) -> Any:
    """The Python value that a reader of the Node README would pass for a Node argument."""
    if argument.text == "data":
        return {"metadata": {"a": 1}}
    if not argument.fields:
        return VALUES.get(argument.text.rstrip("?"), "x_1")
    kept = [name.rstrip("?") for name in argument.fields if optional or not name.endswith("?")]
    return {name: VALUES.get(name, "x_1") for name in kept}


def arguments_of(call: NodeCall, *, optional: bool) -> list[Any]:
    return [value_of(one, optional=optional) for one in call.arguments if optional or not one.is_optional]


def form_of(call: NodeCall, *, optional: bool = True) -> str:
    return python_form(call, SIGNATURES[call.namespace, call.python_method], optional=optional)


def is_python(call: NodeCall, *, optional: bool) -> bool:
    """Whether Python takes the same arguments as Node."""
    return "=" not in form_of(call, optional=optional) and {} not in arguments_of(call, optional=optional)


def call_method(method: Any, arguments: list[Any], keywords: dict[str, Any], _: Any) -> Any:
    return method(*arguments, **keywords)


def camel_case(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def evaluate(form: str, orbit: Any, values: Any) -> Any:
    """Evaluate a call exactly as it is written, with a value for each name and each `...`."""
    names = re.findall(r"(\w+)=\.\.\.", form)
    text = re.sub(r"(\w+)=\.\.\.", r"\1=values('\1')", form)
    positional = re.search(r"\((.*)\)$", re.sub(r", \w+=.*(?=\)$)|(?<=\()\w+=.*(?=\)$)", "", form))
    scope = {"orbit": orbit, "values": values}
    for name in re.findall(r"\w+", positional[1] if positional else ""):
        scope[name] = values(name)
    assert names or "=" not in form
    return eval(text, scope)


@pytest.mark.parametrize("optional", [True, False])
@for_each("call", CALLS)
def test_a_node_form_raises_an_error_with_the_python_form(call: NodeCall, optional: bool) -> None:
    recorder = Recorder()
    form = form_of(call, optional=optional)
    arguments = arguments_of(call, optional=optional)
    for orbit in clients(recorder):
        shown = form if isinstance(orbit, OrbitServer) else f"await {form}"
        namespace = getattr(orbit, call.namespace)
        if call.method != call.python_method:
            with pytest.raises(AttributeError, match=re.escape(f"orbit.{call.namespace}.{call.python_method}(")) as no:
                getattr(namespace, call.method)
            assert f"has no {call.method!r}. In Python: " in str(no.value)
        method = getattr(namespace, call.python_method)
        if is_python(call, optional=optional):
            run(partial(call_method, method, arguments, {}), orbit)
            assert recorder.requests.pop()
            continue
        with pytest.raises(TypeError) as caught:
            run(partial(call_method, method, arguments, {}), orbit)
        assert str(caught.value).endswith(f"In Python: {shown}")
        assert recorder.requests == []


@for_each("call", CALLS)
def test_camel_case_keywords_raise_an_error_with_the_python_form(call: NodeCall) -> None:
    form = form_of(call)
    keywords = re.findall(r"(\w+)=", form)
    odd = [name for name in keywords if camel_case(name) != name]
    recorder = Recorder()
    for orbit in clients(recorder) if odd else ():
        method = getattr(getattr(orbit, call.namespace), call.python_method)
        positional = SIGNATURES[call.namespace, call.python_method].positional
        given = ["x_1" for name in positional if re.search(rf"[(, ]{name}[,)]", form)]
        with pytest.raises(TypeError) as caught:
            run(
                partial(call_method, method, given, {camel_case(name): VALUES.get(name, "x") for name in keywords}),
                orbit,
            )
        assert all(f"has no argument {camel_case(name)!r} (did you mean {name}?)" in str(caught.value) for name in odd)
        assert form in str(caught.value)
    assert recorder.requests == []


@for_each("call", CALLS)
def test_the_python_form_sends_one_request(call: NodeCall) -> None:
    recorder = Recorder()

    def value(name: str) -> Any:
        if call.namespace == "conversations" and name == "type":
            return "direct" if "participant_id=" in form_of(call) else "group"
        return VALUES.get(name, "x_1")

    for orbit in clients(recorder):
        run(lambda orbit: evaluate(form_of(call), orbit, value), orbit)
        assert len(recorder.requests) == 1
        recorder.requests.clear()


def test_the_page_matches_the_readme_and_the_facade() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert page == node_page(ROOT)
    for call in CALLS:
        assert f"| `{call.text}` | `{form_of(call)}` |" in page
    methods = set(re.findall(r"orbit\.(\w+\.\w+)\(", (ROOT / README).read_text(encoding="utf-8")))
    assert {f"{call.namespace}.{call.method}" for call in CALLS} == methods


def test_the_examples_of_the_page_show_the_actual_errors() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    orbit = OrbitServer("sk_test_1")
    examples = re.findall(r"^>>> (orbit\..+)\nTraceback .*\n(\w+): (.+)$", page, flags=re.MULTILINE)
    assert len(examples) == 2
    for code, kind, message in examples:
        with pytest.raises((TypeError, AttributeError)) as caught:
            eval(code, {"orbit": orbit})
        assert (type(caught.value).__name__, str(caught.value)) == (kind, message)


# Other wrong arguments

IDS = {"id": "x_1", "app_user_id": "usr_1"}
USER: Any = AppUser.from_dict(IDS)
PARTICIPANT: Any = Participant.from_dict(IDS)
CHAT: Any = Conversation.from_dict(IDS)
WRONG: list[tuple[Any, str]] = [
    (lambda o: o.conversations.update("c", data={"metadata": {}}, acting_user_id="a"), r"no argument 'data' .* extra\)\. In Python: .*update\(conversation_id, metadata=\.\.\., acting_user_id=\.\.\.\)$"),
    (lambda o: o.as_user("a").conversations.update("c", actingUserId="b", metdata={}), r"'actingUserId' \(did you mean acting_user_id\?\); .*'metdata' \(did you mean metadata\?\)"),
    (lambda o: o.as_user("a").media.start_recording(actingUserId="b", foo=1), r"'actingUserId' \(did you mean acting_user_id\?\); .*'foo' \(pass fields that this version does not know in extra\)"),
    (lambda o: o.as_user("a").media.start_recording(sessionId="b"), r"'sessionId' \(did you mean session_id\?\)\. In Python: .*start_recording\(session_id=\.\.\.\)$"),
    (lambda o: o.conversations.create(type="direct", participant_id=USER, acting_user_id="a"), r"participant_id must be a string, not AppUser: pass user\.id\. In Python: .*participant_id=user\.id, acting"),
    (lambda o: o.conversations.create(type="group", participant_ids=[USER], acting_user_id="a"), r"participant_ids must be a list of strings, not of AppUser: pass \[user\.id, \.\.\.\]"),
    (lambda o: o.conversations.create(type="group", participant_ids=USER, acting_user_id="a"), r"participant_ids must be a list, not AppUser"),
    (lambda o: o.users.get(USER), r"user_id must be a string, not AppUser: pass user\.id\. In Python: .*get\(user\.id\)$"),
    (lambda o: o.conversations.list(acting_user_id=USER), r"acting_user_id must be a string, not AppUser: pass user\.id\. In Python: .*list\(acting_user_id=user\.id\)$"),
    (lambda o: o.as_user(USER), r"user_id must be a string, not AppUser: pass user\.id"),
    (lambda o: o.media.grant_access("m", user_id=USER, access_type="view", acting_user_id="a"), r"^user_id must be a string, not AppUser: pass user\.id\. In Python: .*user_id=user\.id"),
    (lambda o: o.conversations.add_participant("c", PARTICIPANT, acting_user_id="a"), r"^user_id must be a string, not Participant: pass participant\.app_user_id"),
    (lambda o: o.messages.forward("m", [CHAT], acting_user_id="a"), r"not of Conversation: pass \[conversation\.id, \.\.\.\]"),
    (lambda o: o.messages.send(conversation_id=CHAT, content="x", acting_user_id="a"), r"conversation_id must be a string, not Conversation: pass conversation\.id"),
    (lambda o: o.messages.send(conversation_id="c", content={"content": "x"}, acting_user_id="a"), r"content must be a string, not dict\. In Python: .*content=\.\.\."),
    (lambda o: o.calls.add_ice_candidate("c", {"candidate": "x"}, acting_user_id="a"), r"candidate must be a string, not dict\. In Python: .*add_ice_candidate\(call_id, candidate, acting_user_id=\.\.\.\)$"),
    (lambda o: o.users.create_token("u", 60), r"create_token\(\) takes only user_id by position\. In Python: .*create_token\(user_id, ttl=\.\.\.\)$"),
    (lambda o: o.users.create("e", "d"), r"In Python: .*create\(external_id=\.\.\., display_name=\.\.\., metadata=\.\.\.\)$"),
    (lambda o: o.users.get("u", user_id="u"), r"got user_id twice"),
    (lambda o: o.messages.send(acting_user_id="a"), r"needs conversation_id and content\. In Python: "),
    (lambda o: o.messages.search_global(query=USER, acting_user_id="a"), r"^query must be a string"),
    (lambda o: o.users.list(active_only="false"), r"^active_only must be True or False, not str"),
    (lambda o: o.users.list(active_only={"activeOnly": True}), r"^active_only must be True or False, not dict"),
    (lambda o: o.messages.iterate("c", {"limit": 5}, "u"), r"takes only conversation_id by position"),
    (lambda o: o.media.upload("f.png", "image/png", "u"), r"takes only file by position\. In Python: .*upload\(file, "),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_a_wrong_argument_raises_an_error_with_the_correct_call(number: int) -> None:
    wrong, words = WRONG[number]
    recorder = Recorder()
    for orbit in clients(recorder):
        with pytest.raises(TypeError, match=words):
            run(wrong, orbit)
    assert recorder.requests == []


@pytest.mark.parametrize("name", ["metadata", "metaData", "metdata", "acting_user_id", "actingUserId"])
def test_extra_rejects_fields_that_have_an_argument(name: str) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        with pytest.raises(ValueError, match=rf"^extra contains '{name}': pass it as the argument \w+\.$"):
            run(lambda orbit: orbit.conversations.update("c", extra={name: {}}, acting_user_id="a"), orbit)
    assert recorder.requests == []


def test_no_method_accepts_any_keyword() -> None:
    orbit = OrbitServer(KEY)
    for namespace, name in SIGNATURES:
        method = getattr(getattr(orbit, namespace, None), name, None)
        if method is not None:
            kinds = {known.kind for known in inspect.signature(method).parameters.values()}
            assert not kinds & {inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}, (namespace, name)


def test_an_api_error_also_names_the_argument() -> None:
    answer = {"message": "app_user_id names no user", "errors": {"app_user_id": "names no user"}}
    recorder = Recorder(422, answer)
    for orbit in clients(recorder):
        with pytest.raises(UnprocessableEntityError) as caught:
            run(lambda orbit: orbit.conversations.add_participant("c", "u", acting_user_id="a"), orbit)
        assert caught.value.message == "app_user_id names no user (app_user_id is the argument user_id)"
        assert str(caught.value).startswith(caught.value.message)
        with pytest.raises(UnprocessableEntityError) as other:
            run(lambda orbit: orbit.users.get("u"), orbit)
        assert "user_id)" in other.value.message


def test_wrapped_methods_keep_their_signature_and_docstring() -> None:
    sync, asynchronous = clients(Recorder())
    for namespace, name in SIGNATURES:
        for orbit in (sync, asynchronous):
            method = getattr(getattr(orbit, namespace, None), name, None)
            if method is None:
                continue
            inner = method.__wrapped__
            if sys.version_info >= (3, 12) or not hasattr(method, "__deprecated__"):
                assert inspect.iscoroutinefunction(method) == inspect.iscoroutinefunction(inspect.unwrap(inner))
            assert inspect.signature(method).parameters.keys() == inspect.signature(inner).parameters.keys() - {"self"}
            assert method.__doc__ == inner.__doc__


SECRET = "sk_test_never_shown"
CLIENTS: list[tuple[Any, str]] = [
    (lambda client: client({"secretKey": SECRET}), r"^secret_key must be a string, not dict: write OrbitServer\(secret_key=\.\.\., "),
    (lambda client: client(secretKey=SECRET), r"^(Async)?OrbitServer\(\) has no argument 'secretKey' \(did you mean secret_key\?\)\. In Python: (Async)?OrbitServer\(secret_key\)$"),
    (lambda client: client(SECRET, "whsec_1"), r"takes only secret_key by position\. In Python: .*OrbitServer\(secret_key, signing_secret=\.\.\.\)$"),
    (lambda client: client(SECRET, maxRetries=1), r"'maxRetries' \(did you mean max_retries\?\)"),
    (lambda client: client(SECRET).asUser("u"), r"^orbit has no 'asUser'\. In Python: orbit\.as_user\(user_id\)$"),
    (lambda client: client(SECRET).as_user(userId="u"), r"'userId' \(did you mean user_id\?\)\. In Python: orbit\.as_user\(user_id\)$"),
    (lambda client: client(SECRET).with_options(maxRetries=1), r"In Python: orbit\.with_options\(max_retries=\.\.\.\)$"),
    (lambda client: client(SECRET).message, r"^orbit has no 'message'\. In Python: orbit\.messages$"),
    (lambda client: client(SECRET).nothing, r"^orbit has no 'nothing'\.$"),
]  # fmt: skip


@for_each("client", [OrbitServer, AsyncOrbitServer])
@for_each("number", range(len(CLIENTS)))
def test_a_wrong_constructor_call_shows_the_correct_call_and_no_key(client: Any, number: int) -> None:
    wrong, words = CLIENTS[number]
    with pytest.raises((TypeError, AttributeError), match=words) as caught:
        wrong(client)
    assert SECRET not in str(caught.value)
    traceback = caught.value.__traceback__
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_globals["__name__"].startswith("orbitconnect"):
            assert SECRET not in repr(frame.f_locals)
        traceback = traceback.tb_next


def test_an_attribute_error_of_a_property_is_raised_unchanged() -> None:
    class Mine(OrbitServer):
        @property
        def broken(self) -> Any:
            raise AttributeError("from inside")

    with pytest.raises(AttributeError, match=r"^from inside$"):
        _ = Mine(KEY).broken
