from .receiver import WebhookReceiver
from collections.abc import Callable
from flask import Response

def webhook_view(receiver: WebhookReceiver) -> Callable[[], Response]: ...
