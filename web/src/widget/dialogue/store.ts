/**
 * The dialogue's copy in the browser, which all tabs of the site share.
 *
 * Each turn has a key of its own, so two tabs that write at once lose nothing of each other's. Knows keys and JSON.
 * Refuses to know what a change means: listeners are told what another tab wrote. Where the browser gives no storage,
 * the copy lives as long as the page.
 */

import type { Session, Turn } from "./turn";

export type Change = { session: Session | null } | { turn: Turn };

export class Store {
  readonly #scope: string;
  readonly #storage: Storage;

  /** `scope` tells dialogues of different servers and assistants apart. */
  constructor(scope: string, storage: Storage = usableStorage()) {
    this.#scope = `attendant|${scope}|`;
    this.#storage = storage;
  }

  session(): Session | null {
    const kept = parse<Session>(this.#storage.getItem(this.#sessionKey));
    return kept?.token ? kept : null;
  }

  /** In the order in which they were asked. */
  turns(sessionId: string): Turn[] {
    const turns = this.#keysOf(sessionId).map((key) => parse<Turn>(this.#storage.getItem(key)));
    return turns.filter((turn) => turn !== null).sort(byNumber);
  }

  turn(sessionId: string, messageId: string): Turn | null {
    return parse(this.#storage.getItem(this.#turnKey(sessionId, messageId)));
  }

  saveSession(session: Session): void {
    this.#set(this.#sessionKey, session);
  }

  saveTurn(sessionId: string, turn: Turn): void {
    this.#set(this.#turnKey(sessionId, turn.message_id), turn);
  }

  /** Takes the dialogue out of the browser; another one that was opened since stays. */
  forget(sessionId: string): void {
    for (const key of this.#keysOf(sessionId)) this.#storage.removeItem(key);
    if (this.session()?.session_id === sessionId) this.#storage.removeItem(this.#sessionKey);
  }

  /** Calls `told` with whatever another tab writes, until `signal`. */
  listen(told: (change: Change) => void, signal: AbortSignal): void {
    const hear = ({ key, newValue }: StorageEvent): void => {
      if (key === null || key === this.#sessionKey) return told({ session: this.session() });
      const turn = key.startsWith(this.#scope) ? parse<Turn>(newValue) : null;
      const session = this.session();
      if (turn && session && key === this.#turnKey(session.session_id, turn.message_id)) told({ turn });
    };
    addEventListener("storage", hear, { signal });
  }

  get #sessionKey(): string {
    return `${this.#scope}session`;
  }

  #turnKey(sessionId: string, messageId: string): string {
    return `${this.#scope}${sessionId}|${messageId}`;
  }

  #keysOf(sessionId: string): string[] {
    const keys = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index) ?? "");
    return keys.filter((key) => key.startsWith(this.#turnKey(sessionId, "")));
  }

  #set(key: string, value: unknown): void {
    try {
      this.#storage.setItem(key, JSON.stringify(value));
    } catch {
      // full: the server has it all, and this page still shows it
    }
  }
}

export function byNumber(one: Turn, other: Turn): number {
  return one.number - other.number || (one.message_id < other.message_id ? -1 : 1);
}

function parse<Value>(text: string | null): Value | null {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

function usableStorage(): Storage {
  try {
    localStorage.setItem("attendant", "");
    localStorage.removeItem("attendant");
    return localStorage;
  } catch {
    return new PageStorage();
  }
}

/** For browsers that keep nothing for this site. */
class PageStorage implements Storage {
  readonly #values = new Map<string, string>();

  get length(): number {
    return this.#values.size;
  }
  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }
  removeItem(key: string): void {
    this.#values.delete(key);
  }
  clear(): void {
    this.#values.clear();
  }
}
