"""A support case, from the first question to the invoice, that uses every part of the API."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from orbitconnect import ConflictError, OrbitServer, OrbitServerError, PermissionDeniedError

if TYPE_CHECKING or __package__:
    from .narration import Stage, open_stage, say, show, show_failure
else:
    from narration import Stage, open_stage, say, show, show_failure

CASE = "case_4711"


def main() -> None:
    with open_stage("A support case, from the first question to the invoice") as stage:
        try:
            run(stage)
        except OrbitServerError as error:
            # Every call can raise this exception. The vendor's support team asks for the request id.
            print(f"The example failed: status={error.status} code={error.code!r} request={error.request_id}")
            raise SystemExit(str(error)) from error


def run(stage: Stage) -> None:
    orbit = stage.orbit
    customer = show(
        "Mia signs in. Your backend registers or updates her as a user.",
        lambda: orbit.users.create(external_id="example-mia", display_name="Mia", metadata={"plan": "pro"}),
    )
    agent = orbit.users.create(external_id="example-noah", display_name="Noah", metadata={"team": "support"})
    show("It creates a token for her browser.", lambda: orbit.users.create_token(customer.id, ttl=900))
    as_customer, as_agent = orbit.as_user(customer.id), orbit.as_user(agent.id)

    chat = show(
        "She asks for help. The context of the conversation refers to the support case.",
        lambda: as_customer.conversations.create(
            type="direct",
            participant_id=agent.id,
            context={"type": "support", "referenceId": CASE, "title": "The door does not open"},
        ),
        *("id", "type", "context"),
    )
    show(
        "She sends her first question.",
        lambda: as_customer.messages.send(conversation_id=chat.id, content="The door does not open. What can I do?"),
        *("sequence", "content"),
    )
    session = as_agent.realtime.create_session(type="chat_session", context_id=chat.id)
    log_id = send_log(stage, customer.id, agent.id, chat.id)
    minutes = talk(stage, customer.id, agent.id, chat.id, session.id)
    messages = show(
        "List the messages of the case, newest first. The newest is the solution.",
        lambda: as_customer.messages.list(chat.id),
        *("content", "type"),
    )
    show("Mia reads it.", lambda: as_customer.messages.mark_read(messages[0].id))
    show("Close the case.", lambda: as_agent.realtime.end_session(session.id), "status", "state")
    show("Delete the log, which is no longer needed.", lambda: as_customer.media.delete(log_id))
    bill(orbit, minutes)
    happened = Counter(event.type for event in orbit.webhooks.list_events())
    say(
        "Every step caused an event. Webhooks deliver to your backend the events that it subscribes to:",
        *(f"{count} x {event_type}" for event_type, count in sorted(happened.items(), key=str)),
    )


def send_log(stage: Stage, customer_id: str, agent_id: str, chat_id: str) -> str:
    """Upload a file, send a message that refers to it, and return the file's id."""
    as_customer, as_agent = stage.orbit.as_user(customer_id), stage.orbit.as_user(agent_id)
    upload = show("She uploads the door's log.", lambda: as_customer.media.generate_upload_url("text/plain"), "method")
    put = stage.http.put(stage.url(upload.upload_path), content=b"pushed\npushed\n", headers=upload.headers)
    media_id = upload.media_id or ""
    put.raise_for_status()
    while as_customer.media.get_status(media_id).status not in ("ready", "failed"):
        stage.wait(2)
    show(
        "A message refers to the file.",
        lambda: as_customer.messages.send(
            conversation_id=chat_id, content="This is its log.", type="file", metadata={"media_id": media_id}
        ),
        *("content", "type", "metadata"),
    )
    show_failure(
        "Members of the conversation do not automatically have access to a file.",
        lambda: as_agent.media.get_download_url(media_id),
        OrbitServerError,
    )
    as_customer.media.grant_access(media_id, user_id=agent_id, access_type="download")
    show(
        "After she has granted Noah access, he can download it.",
        lambda: as_agent.media.get_download_url(media_id),
        *("media_id", "url", "expires_at"),
    )
    return media_id


def talk(stage: Stage, customer_id: str, agent_id: str, chat_id: str, session_id: str) -> float:
    """Let Noah call Mia and then meet her in a meeting, and return the call's duration in minutes."""
    as_customer, as_agent = stage.orbit.as_user(customer_id), stage.orbit.as_user(agent_id)
    try:
        call = show("Noah calls Mia.", lambda: as_agent.calls.initiate(callee_id=customer_id, type="voice"), "status")
    except ConflictError:  # She is in another call.
        as_agent.messages.send(conversation_id=chat_id, content="I tried to call you. When does it suit you?")
        return 0
    as_customer.calls.accept(call.id)
    show(
        "Move the session to the call.",
        lambda: as_customer.realtime.chat_to_call(session_id, call.id),
        *("from_state", "to_state"),
    )
    stage.wait(240 if stage.emulator else 2)

    meeting = as_agent.meetings.create(title=f"{CASE}: the door")
    as_agent.meetings.start(meeting.id)
    as_agent.meetings.add_participant(meeting.id, customer_id)
    as_customer.realtime.call_to_meeting(session_id, meeting.id)
    ended = show("They switch from the call to a meeting.", lambda: as_agent.calls.end(call.id), "duration_seconds")
    for participant in (as_agent, as_customer):
        participant.meetings.join(meeting.id)
    show("Noah shares his screen.", lambda: as_agent.meetings.start_screen_share(meeting.id))
    show_failure(
        "Only the host can end a meeting.", lambda: as_customer.meetings.end(meeting.id), PermissionDeniedError
    )
    as_agent.meetings.end(meeting.id)
    as_agent.messages.send(conversation_id=chat_id, content="As shown: pull, do not push.")
    show(
        "Move the session back to the chat, where Noah has written the solution.",
        lambda: as_agent.realtime.meeting_to_chat(session_id, chat_id),
        *("from_state", "to_state"),
    )
    return (ended.duration_seconds or 0) / 60


def bill(orbit: OrbitServer, minutes: float) -> None:
    if os.environ.get("ORBIT_SECRET_KEY", "").startswith("sk_live_"):
        say("Billing is left out, because with this key it would move real money.")
        return
    show("Top up the wallet.", lambda: orbit.billing.top_up(5.0))
    show("Add a low-balance alert.", lambda: orbit.billing.create_alert(type="low_balance", threshold=4.99))
    show(
        "Charge the minutes of the case.",
        lambda: orbit.billing.record_usage_event(event_type="call_minutes", quantity=minutes, metadata={"case": CASE}),
        *("event_type", "quantity", "unit_price", "amount", "currency"),
    )
    show(
        "The balance fell below the threshold, so the alert was triggered.",
        lambda: orbit.billing.get_alerts(),
        *("threshold", "last_triggered_at"),
    )
    show(
        "List the changes to the balance.", lambda: orbit.billing.get_transactions(), "type", "amount", "balance_after"
    )
    show(
        "Generate the invoice.",
        lambda: orbit.billing.generate_invoice(),
        *("number", "status", "lines", "total_amount", "currency"),
    )


if __name__ == "__main__":
    main()
