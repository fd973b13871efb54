from .dispatcher import AsyncEventDispatcher as AsyncEventDispatcher, EventDispatcher as EventDispatcher
from .parsing import AnyEvent as AnyEvent, UnknownEvent as UnknownEvent, WebhookEvent as WebhookEvent, construct_event as construct_event, parse_event as parse_event
from .signature import SIGNATURE_HEADER as SIGNATURE_HEADER, WebhookVerificationError as WebhookVerificationError, sign as sign, verify as verify
