from ._async.receiver import AsyncWebhookReceiver as AsyncWebhookReceiver
from ._sync.receiver import WebhookReceiver as WebhookReceiver
from .receipts import BUSY_SECONDS as BUSY_SECONDS, Receipt as Receipt
from .receiver_base import DEFAULT_MAX_BODY as DEFAULT_MAX_BODY, Secret as Secret
