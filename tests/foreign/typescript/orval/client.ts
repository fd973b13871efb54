// How orval's functions reach the API. orval takes this file from orval.config.ts.
import { key, url } from '../check';

export const settings = { url };

export async function call<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(settings.url + path, { ...init, headers: { ...init.headers, 'x-api-key': key } });
  return { status: response.status, data: await response.json(), headers: response.headers } as T;
}
