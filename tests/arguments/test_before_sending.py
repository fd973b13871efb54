"""Values of the wrong type raise an error before anything is sent. The error says what to pass instead."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from orbitconnect import UnprocessableEntityError
from orbitconnect_api.models import AppUser, Conversation, Session
from tests.arguments.recorder import Recorder, clients, run
from tests.for_each import for_each

USER = AppUser(id="usr_1", external_id="ada", display_name="Ada")
CHAT = Conversation(id="cnv_1")
SESSION = Session(id="ses_1")
WRONG: dict[str, Any] = {
    "orbit.raw.request('GET', '/things', query=[('a', 1)])": r"query must be a mapping such as a dict, not list\.",
    "orbit.raw.request('GET', '/things', query='a=1')": r"query must be a mapping such as a dict, not str\.",
    "orbit.raw.request('GET', '/things', query={1: 2})": r"a name in query must be a string, not int\.",
    "orbit.raw.request('POST', '/things', body=[1])": r"body must be a mapping such as a dict, not list\.",
    "orbit.raw.request('POST', '/things', body='{}')": r"body must be a mapping such as a dict, not str\.",
    "orbit.raw.request('GET', '/a/{b}', path_parameters=['b'])": r"path_parameters must be a mapping .* not list\.",
    "orbit.raw.request('GET', None)": r"path must be a string, not NoneType\.",
    "orbit.raw.request(None, '/things')": r"method must be a string, not NoneType\.",
    "orbit.with_options(headers=[('x-trace', '1')])": r"headers must be a mapping such as a dict, not list\.",
    "orbit.media.download('med_1', 5)": r"to must be a path or a binary file, not int\.",
    "orbit.media.download('med_1', {'to': 'x'})": r"to must be a path or a binary file, not dict\.",
    "orbit.media.download('med_1', 'x', progress='bar')": r"progress must be a function, not str\.",
    "orbit.media.upload(b'x', mime_type='a/b', progress='bar')": r"progress must be a function, not str\.",
    "orbit.media.upload(b'x', filename=USER)": r"filename must be a string, not AppUser",
    "orbit.media.upload(USER)": r"file must be a path, bytes, .* not AppUser\.",
    "orbit.media.upload({'path': 'x'})": r"file must be a path, bytes, .* not dict\.",
    "orbit.realtime.escalate(conversation_id=CHAT)": r"conversation_id must be a string, .*: pass conversation\.id\. ",
    "orbit.realtime.escalate(session_id=SESSION)": r"session_id must be a string, .*: pass session\.id\. In Python: ",
    "orbit.webhooks.publish('a', USER)": r"payload must be a mapping .*: pass user\.to_dict\(\)\. In Python: ",
    "orbit.webhooks.publish('a', {'user': USER})": r".*'payload' cannot .* AppUser .* Pass its to_dict\(\)\.",
    "orbit.webhooks.publish('a', {'at': [NOW]})": r".*'payload' cannot .* datetime .* Pass its isoformat\(\)\.",
    "orbit.conversations.update_context('c', {'actor': USER})": r"context\.actor must be .*, not AppUser\. In Python: ",
}
NOW = datetime(2026, 2, 3, tzinfo=UTC)


@for_each("code", WRONG)
def test_a_wrong_type_raises_an_error(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    recorder = Recorder()
    for orbit in clients(recorder):
        acting = orbit.as_user("usr_1")
        with pytest.raises(TypeError, match=f"^{WRONG[code]}"):
            run(lambda orbit: eval(code, {**globals(), "orbit": orbit}), acting)
    assert recorder.requests == []


def test_an_object_with_a_similar_name_is_shown_as_that_argument() -> None:
    for orbit in clients(Recorder()):
        with pytest.raises(TypeError, match=r"orbit\.users\.update\(user_id, metadata=\.\.\.\)$"):
            run(lambda orbit: orbit.users.update("u", metaData={"plan": "pro"}), orbit)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("The invoice is made from usage.", "The invoice is made from usage."),
        ("from is after to", "from is after to (from is the argument from_)"),
        ("The field 'from' is after to", "The field 'from' is after to (from is the argument from_)"),
    ],
)
def test_an_ordinary_word_is_not_mistaken_for_an_argument(message: str, shown: str) -> None:
    for orbit in clients(Recorder(422, {"message": message})):
        with pytest.raises(UnprocessableEntityError) as caught:
            run(lambda orbit: orbit.billing.generate_invoice(), orbit)
        assert caught.value.message == shown
