/**
 * The owner's HTTP contract (/v1/owner), one function a call.
 *
 * Knows paths, the token's header and the shape of an error. Refuses to know what to show. Every call throws
 * ApiError (the server answered with an error), NoConnection (nobody answered) or Left (the page is gone).
 */

import type * as Shape from "./shapes";
import { either } from "./signals";
import { whole } from "./whole";
import type { FieldError, DocumentKind, Published } from "./shapes";

const PATIENCE_MS = 60_000; // a replay reads some thousand dialogues

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: FieldError[],
    readonly retryAfterSeconds: number | null,
  ) {
    super(message);
  }
}

export class NoConnection extends Error {}

export class Left extends Error {}

/** Who is signed in, as the client needs to know it. `renewed` waits until there is another token. */
export interface Bearer {
  readonly token: string | null;
  renewed(refused: string | null): Promise<void>;
}

interface Call {
  method?: string;
  body?: unknown;
  query?: Record<string, string | number | null | undefined>;
  signal?: AbortSignal | undefined;
}

/** One call without a token: what signing in needs. */
export async function post<T>(base: string, path: string, body: unknown): Promise<T> {
  return (await told(await sent(base + path, { method: "POST", body }, null))) as T;
}

export class OwnerApi {
  constructor(
    private readonly base: string,
    private readonly bearer: Bearer,
    readonly signal?: AbortSignal | undefined,
  ) {}

  /** The same client for a page that may be left: then its calls end with Left. */
  until(signal: AbortSignal): OwnerApi {
    return new OwnerApi(this.base, this.bearer, signal);
  }

  me = () => this.#call<Shape.Me>("/me");
  today = (a: string) => this.#call<Shape.Today>(`/${a}/today`);
  trends = (a: string, days: number) => this.#call<{ days: Shape.TrendDay[] }>(`/${a}/trends`, { query: { days } });
  wishes = (a: string, days: number) => this.#call<Shape.Wishes>(`/${a}/wishes`, { query: { days } });
  unanswered = (a: string, days: number) =>
    this.#call<{ groups: Shape.UnansweredGroup[]; complete: boolean }>(`/${a}/unanswered`, { query: { days } });
  callbacks = (a: string, state: string) => this.#call<Shape.Callbacks>(`/${a}/callbacks`, { query: { state } });
  dialogue = (a: string, id: string) => this.#call<Shape.Dialogue>(`/${a}/dialogues/${encodeURIComponent(id)}`);

  dialogues(a: string, query: Record<string, string | null>) {
    return this.#call<{ dialogues: Shape.DialogueLine[]; cursor: string | null }>(`/${a}/dialogues`, { query });
  }

  /** One part of the file; `cursor` is where the next one begins. */
  async dialoguesCsv(
    a: string,
    query: Record<string, string | null>,
  ): Promise<{ text: string; cursor: string | null }> {
    const response = await this.#answered(`/${a}/dialogues.csv`, { query });
    return { text: await response.text(), cursor: response.headers.get("X-Cursor") };
  }

  changeCallback(a: string, callback: Shape.Callback, change: { state: string; note: string; expected_state: string }) {
    const path = `/${a}/callbacks/${encodeURIComponent(callback.session_id)}/${encodeURIComponent(callback.callback_id)}`;
    return this.#call<unknown>(path, { method: "PATCH", body: change });
  }

  document<V>(a: string, kind: DocumentKind): Promise<Published<V>> {
    return this.#document(`/${a}/documents/${kind}`, kind);
  }

  documentVersion<V>(a: string, kind: DocumentKind, version: string): Promise<Published<V>> {
    return this.#document(`/${a}/documents/${kind}/versions/${encodeURIComponent(version)}`, kind);
  }

  publish(a: string, kind: DocumentKind, body: { expected_version: string; value: unknown }) {
    return this.#call<{ version: string }>(`/${a}/documents/${kind}`, { method: "PUT", body });
  }

  async history(a: string, kind: DocumentKind): Promise<Shape.Version[]> {
    return (await this.#call<{ versions: Shape.Version[] }>(`/${a}/documents/${kind}/history`)).versions;
  }

  rollback(a: string, kind: DocumentKind, body: { version: string; expected_version: string }) {
    return this.#call<{ version: string }>(`/${a}/documents/${kind}/rollback`, { method: "POST", body });
  }

  test(a: string, policy: Shape.Policy, text: string) {
    return this.#call<Shape.Verdict>(`/${a}/policy/test`, { method: "POST", body: { policy, text } });
  }

  replay(a: string, policy: Shape.Policy, days: number) {
    return this.#call<Shape.Replay>(`/${a}/policy/replay`, { method: "POST", body: { policy, days } });
  }

  /** A token that is refused is as good as signed out. */
  async signOut(): Promise<void> {
    await sent(`${this.base}/sign-out`, { method: "POST" }, this.bearer.token);
  }

  async #document<V>(path: string, kind: DocumentKind): Promise<Published<V>> {
    const published = await this.#call<Published<V>>(path);
    return { ...published, value: whole(kind, published.value) };
  }

  async #call<T>(path: string, call: Call = {}): Promise<T> {
    return (await told(await this.#answered(path, call))) as T;
  }

  /** A refused token is no end: the call waits until the person is signed in again, and goes out once more. */
  async #answered(path: string, call: Call): Promise<Response> {
    for (;;) {
      const token = this.bearer.token;
      const response = await sent(this.base + path, { ...call, signal: this.signal }, token);
      if (response.ok) return response;
      if (response.status !== 401) return refused(response);
      await this.bearer.renewed(token);
      if (this.signal?.aborted) throw new Left();
    }
  }
}

async function sent(address: string, call: Call, token: string | null): Promise<Response> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const headers: Record<string, string> = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (call.body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(query.size ? `${address}?${query}` : address, {
      method: call.method ?? "GET",
      headers,
      body: call.body === undefined ? null : JSON.stringify(call.body),
      cache: "no-store",
      credentials: "omit",
      signal: either(call.signal, PATIENCE_MS),
    });
  } catch (error) {
    if (call.signal?.aborted) throw new Left();
    throw new NoConnection("Нет связи с сервером.", { cause: error });
  }
}

async function told(response: Response): Promise<unknown> {
  if (!response.ok) return refused(response);
  const text = await response.text();
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(502, "unreadable", "Сервер ответил непонятно. Повторите чуть позже.", [], null);
  }
}

async function refused(response: Response): Promise<never> {
  let error: { code?: string; message?: string; fields?: FieldError[] } = {};
  try {
    error = ((await response.json()) as { error?: typeof error }).error ?? {};
  } catch {
    // some proxy answered instead of the API
  }
  const retry = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  throw new ApiError(
    response.status,
    error.code ?? "unknown",
    error.message ?? "Что-то пошло не так. Пожалуйста, повторите чуть позже.",
    Array.isArray(error.fields) ? error.fields : [],
    Number.isFinite(retry) ? retry : null,
  );
}
