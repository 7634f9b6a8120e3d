/**
 * Takes one question to the server and brings its answer back while it grows.
 *
 * Knows when a call is tried again, and that the same id is the same question. Refuses to know who reads the answer and
 * what a refusal means for the dialogue: it tells `Ears` and keeps nothing.
 */

import type { Access, Client } from "../../api/client";
import { ApiError, NoConnection, passing } from "../../api/failures";
import type { Message } from "../../api/types";
import { pause } from "./pause";
import { finished, type Turn } from "./turn";

const LONG_POLL_SECONDS = 20;
const QUICK_RETRIES = 2;
const BUSY_RETRIES = 6;
const LONGEST_PAUSE_MS = 15_000;
const HASTY_MS = 500;
const GONE = new Set([401, 403, 404]);

export const gone = (error: unknown): boolean => error instanceof ApiError && GONE.has(error.status);

export interface Ears {
  changed(turn: Turn): void;
  reachable(yes: boolean): void;
  undelivered(turn: Turn, error: unknown): void;
  lost(): void;
}

export class Courier {
  constructor(
    readonly client: Client,
    readonly session: Access,
    readonly ears: Ears,
    readonly signal: AbortSignal,
  ) {}

  /** Ends when the turn does, when it could not be delivered, or when the dialogue is closed. */
  async carry(turn: Turn): Promise<void> {
    if (turn.delivery !== "accepted" && !(await this.#deliver(turn))) return;
    await this.#follow(turn);
  }

  async #deliver(turn: Turn): Promise<boolean> {
    for (let quick = 0, busy = 0; !this.signal.aborted;) {
      try {
        const { body } = await this.client.ask(this.session, turn.message_id, turn.question);
        this.ears.reachable(true);
        Object.assign(turn, { delivery: "accepted", problem: null, retry_at: null });
        this.#take(turn, body);
        return true;
      } catch (error) {
        const crowded = error instanceof ApiError && error.status === 429;
        if (crowded && busy++ < BUSY_RETRIES) await this.#waitItsTurn(turn, error);
        else if (!crowded && passing(error) && quick < QUICK_RETRIES) await pause(1000 * 2 ** quick++);
        else {
          this.ears.reachable(!(error instanceof NoConnection));
          this.ears.undelivered(turn, error);
          return false;
        }
      }
    }
    return false;
  }

  async #waitItsTurn(turn: Turn, error: ApiError): Promise<void> {
    const milliseconds = 1000 * Math.max(1, error.retryAfterSeconds ?? 5);
    Object.assign(turn, { delivery: "busy", problem: null, retry_at: performance.now() + milliseconds });
    this.ears.changed(turn);
    await pause(milliseconds, { wakeOnline: false });
    Object.assign(turn, { delivery: "sending", problem: null, retry_at: null });
    this.ears.changed(turn);
  }

  async #follow(turn: Turn): Promise<void> {
    for (let failures = 0; !finished(turn) && !this.signal.aborted;) {
      try {
        await this.#readOn(turn);
        failures = 0;
      } catch (error) {
        if (gone(error)) return this.ears.lost();
        if (!passing(error)) throw error;
        if (error instanceof NoConnection) this.ears.reachable(false);
        failures += 1;
        const asked = error instanceof ApiError ? error.retryAfterSeconds : null;
        await pause(asked ? asked * 1000 : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures));
      }
    }
  }

  async #readOn(turn: Turn): Promise<void> {
    const began = performance.now();
    const before = turn.offset;
    const { body, retryAfterSeconds } = await this.client.read(this.session, turn.message_id, {
      after: turn.offset,
      revision: turn.revision,
      waitSeconds: LONG_POLL_SECONDS,
    });
    this.ears.reachable(true);
    this.#take(turn, body);
    const hasty = performance.now() - began < HASTY_MS && turn.offset === before;
    if (!finished(turn) && hasty) await pause(1000 * (retryAfterSeconds ?? 1)); // the server had no room for waiters
  }

  /** Adds what came to what was read. Another revision is a text begun anew; parts that do not fit are read again. */
  #take(turn: Turn, message: Message): void {
    const goesOn = turn.offset > 0 && turn.revision === message.revision;
    const text = goesOn ? turn.text + message.text : message.text;
    if ([...text].length !== message.offset) {
      Object.assign(turn, { text: "", offset: 0, revision: null });
      return this.ears.changed(turn);
    }
    Object.assign(turn, {
      state: message.state,
      text,
      offset: message.offset,
      revision: message.revision ?? null,
      notice: message.notice ?? null,
      offers: message.offers ?? [],
      sources: message.sources ?? [],
      facts: message.facts ?? [],
      stock_as_of: message.stock_as_of ?? null,
      reason: message.reason ?? null,
    });
    this.ears.changed(turn);
  }
}
