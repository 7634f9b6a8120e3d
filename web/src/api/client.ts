/**
 * The HTTP contract of /v1, one method a call.
 *
 * Knows paths, the token's header and how long to wait. Refuses to know when to try again and what to show.
 * Every call throws ApiError or NoConnection.
 */

import { ApiError, NoConnection } from "./failures";
import type { Accepted, Assistant, Consent, Feedback, FormFields, Message, OpenedSession, Rating } from "./types";

const ANSWER_IN_TIME_MS = 15_000; // on top of what the server was asked to wait

/** What a call inside a dialogue needs of it. */
export interface Access {
  assistant: string;
  session_id: string;
  token: string;
}

interface Call {
  body?: unknown;
  token?: string;
  waitSeconds?: number;
}

export interface Answer<Body> {
  body: Body;
  retryAfterSeconds: number | null;
}

export interface ReadFrom {
  after: number;
  revision: number | null;
  waitSeconds: number;
}

export class Client {
  readonly base: string;

  constructor(base: string) {
    this.base = base.replace(/\/$/, "");
  }

  async assistants(): Promise<Assistant[]> {
    return (await this.#call<{ assistants: Assistant[] }>("GET", "/assistants")).body.assistants;
  }

  async openSession(assistant: string, consent: Consent, campaign: string | null): Promise<OpenedSession> {
    const body = campaign === null ? { consent } : { consent, campaign };
    return (await this.#call<OpenedSession>("POST", `/${encodeURIComponent(assistant)}/sessions`, { body })).body;
  }

  /** Hands a question over without waiting for the answer. Safe to repeat with the same id and text. */
  ask(session: Access, messageId: string, text: string): Promise<Answer<Message>> {
    const body = { message_id: messageId, text, wait_seconds: 0 };
    return this.#inSession(session, "POST", "/messages", { body });
  }

  /** Waits up to `waitSeconds` for more of the answer than the first `after` code points of that `revision`. */
  read(session: Access, messageId: string, { after, revision, waitSeconds }: ReadFrom): Promise<Answer<Message>> {
    const query = new URLSearchParams({ wait_seconds: String(waitSeconds), after: String(after) });
    if (revision !== null) query.set("revision", String(revision));
    return this.#inSession(session, "GET", `${messagePath(messageId)}?${query}`, { waitSeconds });
  }

  async stop(session: Access, messageId: string): Promise<void> {
    await this.#inSession(session, "POST", `${messagePath(messageId)}/stop`);
  }

  async giveFeedback(session: Access, messageId: string, feedback: Feedback): Promise<void> {
    await this.#inSession(session, "PUT", `${messagePath(messageId)}/feedback`, { body: feedback });
  }

  async end(session: Access): Promise<void> {
    await this.#inSession(session, "POST", "/end");
  }

  async rate(session: Access, rating: Rating): Promise<{ gift_code?: string | null }> {
    return (await this.#inSession<{ gift_code?: string | null }>(session, "POST", "/rating", { body: rating })).body;
  }

  async submit(session: Access, form: "callbacks" | "test-drives" | "brochures", body: FormFields): Promise<Accepted> {
    return (await this.#inSession<Accepted>(session, "POST", `/${form}`, { body })).body;
  }

  async erase(session: Access): Promise<void> {
    await this.#inSession(session, "DELETE", "");
  }

  #inSession<Body>(session: Access, method: string, tail: string, call: Call = {}): Promise<Answer<Body>> {
    const path = `/${encodeURIComponent(session.assistant)}/sessions/${encodeURIComponent(session.session_id)}${tail}`;
    return this.#call(method, path, { ...call, token: session.token });
  }

  async #call<Body>(method: string, path: string, { body, token, waitSeconds = 0 }: Call = {}): Promise<Answer<Body>> {
    const headers = new Headers({ Accept: "application/json" });
    if (token) headers.set("Authorization", `Bearer ${token}`);
    if (body !== undefined) headers.set("Content-Type", "application/json");
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.base + path, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.timeout(waitSeconds * 1000 + ANSWER_IN_TIME_MS),
      });
      text = await response.text();
    } catch (error) {
      throw new NoConnection("no answer", { cause: error });
    }
    const retryAfterSeconds = seconds(response.headers.get("Retry-After"));
    const parsed = parse(text);
    if (!response.ok) throw new ApiError(response.status, parsed?.error ?? {}, retryAfterSeconds);
    if (parsed === null) throw new ApiError(502, {}, retryAfterSeconds);
    return { body: parsed as Body, retryAfterSeconds };
  }
}

function messagePath(messageId: string): string {
  return `/messages/${encodeURIComponent(messageId)}`;
}

/** An empty body is an empty object (204); what is not JSON is null: some proxy answered instead of the API. */
function parse(text: string): { error?: object } | null {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function seconds(header: string | null): number | null {
  const value = Number.parseInt(header ?? "", 10);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
