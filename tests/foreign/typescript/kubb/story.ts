import { check, key, knownEvent, oddUrl, passed, present, unknownEvent, url } from '../check';
import { setConfig } from './generated/.kubb/fetch';
import { createAppUser } from './generated/clients/createAppUser';
import { createConversation } from './generated/clients/createConversation';
import { createUserToken } from './generated/clients/createUserToken';
import { createWebhook } from './generated/clients/createWebhook';
import { endCall } from './generated/clients/endCall';
import { getCall } from './generated/clients/getCall';
import { getWallet } from './generated/clients/getWallet';
import { initiateCall } from './generated/clients/initiateCall';
import { listMessages } from './generated/clients/listMessages';
import { reactToMessage } from './generated/clients/reactToMessage';
import { sendMessage } from './generated/clients/sendMessage';
import type { Event } from './generated/models/Event';
import type { MessageSentEvent } from './generated/models/MessageSentEvent';
import type { GetCall404 } from './generated/models/GetCall';

const shared = { headers: { 'x-api-key': key, 'content-type': 'application/json' } };
setConfig({ baseURL: url, ...shared });

async function user(external_id: string, display_name: string): Promise<string> {
  const { data } = await createAppUser({ data: { external_id, display_name } });
  return present(data.data, 'user').id;
}

const [alice, bob] = [await user('alice', 'Alice'), await user('bob', 'Bob')];
const headers = { 'x-app-user-id': alice };

const token = await createUserToken({ user_id: alice, data: { ttl: 600 } });
check(present(token.data.data, 'token').token.length > 0, 'the token is not empty');

const conversation = await createConversation({ data: { type: 'direct', participant_id: bob }, headers });
const conversation_id = present(conversation.data.data, 'conversation').id;

const data = { content: 'Hello', type: 'text', idempotency_key: 'once' };
const message = present((await sendMessage({ conversation_id, data, headers })).data.data, 'message');
const again = await sendMessage({ conversation_id, data, headers });
check(again.data.data?.id === message.id, 'the second request sent nothing');

const messages = await listMessages({ conversation_id, headers, params: { limit: 10 } });
check(present(messages.data.data, 'messages').map((each) => each.id).join() === message.id, 'one message');

const reacted = await reactToMessage({ message_id: message.id, data: { reaction_type: '👍' }, headers });
check(reacted.status === 200, 'the reaction was added');

const call = await initiateCall({ data: { callee_id: bob, type: 'video' }, headers });
const ended = await endCall({ call_id: present(call.data.data, 'call').id, data: {}, headers });
check(ended.status === 200 && ended.data.data?.status !== 'ringing', 'the call has ended');

const wallet = await getWallet();
check(wallet.data.data?.currency === 'USD', 'the wallet has a currency');

const webhook = await createWebhook({ data: { url: 'https://example.com/hooks' } });
check(present(webhook.data.data, 'webhook').id.length > 0, 'the webhook has an id');
passed('story');

// kubb's client returns the body of any response as if the call had succeeded, so the error's type is a cast.
const missing = await getCall({ call_id: 'missing', headers });
check(missing.status === 404, 'the call is missing');
check((missing.data as unknown as GetCall404).code === 'resource_not_found', 'the code is typed');
passed('error');

setConfig({ baseURL: oddUrl, ...shared });
const unknown = await getCall({ call_id: 'odd', headers });
check(unknown.data.data?.type === 'hologram' && unknown.data.data.status === 'teleported', 'unknown values are kept');
passed('enum');

const event = unknownEvent as Event;
const known = knownEvent as MessageSentEvent;
check(event.type === 'hologram.landed' && event.data['pad'] === 7, 'an unknown event is read');
check(known.data.message?.content === 'Hello', 'a known event is read');
passed('event');
