// What the stories share: where the servers are, and how a story reports what it did.
declare const process: { env: Record<string, string> };

/** The base URL of the emulator. */
export const url = process.env.ORBIT_URL!;
/** The base URL of a server that responds with values that the contract does not list. */
export const oddUrl = process.env.ORBIT_ODD_URL!;
export const key = process.env.ORBIT_KEY!;
/** A delivery whose type the contract does not list. */
export const unknownEvent: unknown = JSON.parse(process.env.ORBIT_UNKNOWN_EVENT!);
export const knownEvent: unknown = JSON.parse(process.env.ORBIT_KNOWN_EVENT!);

export function check(isTrue: boolean, what: string): asserts isTrue {
  if (!isTrue) throw new Error(`not true: ${what}`);
}

export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`missing: ${what}`);
  return value;
}

export function passed(part: 'story' | 'error' | 'enum' | 'event'): void {
  console.log(`passed: ${part}`);
}
