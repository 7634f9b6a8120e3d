/**
 * What the widget keeps of a dialogue and of each turn in it.
 *
 * Knows the shapes and when a turn is over. Refuses to know how a turn gets there.
 */

import type { Access } from "../../api/client";
import type { Problem } from "../../api/failures";
import type { Fact, Feedback, OpenedSession, Source, TurnState } from "../../api/types";

/** The session as the server opened it, and what this browser adds. */
export interface Session extends OpenedSession, Access {
  name: string;
  language: string;
  capabilities: string[];
  ended: boolean;
  rated: boolean;
  rating_offered: boolean;
  gift_code: string | null;
}

/**
 * delivery  sending -> accepted; or unsent (the visitor may send it again), or busy (sent again by itself)
 * state     as the server says
 * number    the place in the dialogue; clocks may be set back between two questions
 * notice    what to say beside the text; `offers`: what to do instead
 */
export interface Turn {
  message_id: string;
  number: number;
  question: string;
  asked_at: number;
  delivery: "sending" | "accepted" | "unsent" | "busy";
  problem: Problem | null;
  resendable: boolean;
  retry_at: number | null;
  late: boolean;
  state: TurnState;
  text: string;
  offset: number;
  revision: number | null;
  notice: string | null;
  offers: string[];
  sources: Source[];
  facts: Fact[];
  stock_as_of: string | null;
  reason: string | null;
  feedback: Feedback | null;
}

const FINAL = new Set<TurnState>(["answered", "refused", "failed"]);

export const finished = (turn: Turn): boolean => FINAL.has(turn.state);

export function newTurn(number: number, question: string): Turn {
  return {
    message_id: newId(),
    number,
    question,
    asked_at: Date.now(),
    delivery: "sending",
    problem: null,
    resendable: false,
    retry_at: null,
    late: false,
    state: "queued",
    text: "",
    offset: 0,
    revision: null,
    notice: null,
    offers: [],
    sources: [],
    facts: [],
    stock_as_of: null,
    reason: null,
    feedback: null,
  };
}

/** Not randomUUID: pages that are served over plain HTTP do not have it. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
