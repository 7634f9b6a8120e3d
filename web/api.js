/**
 * The HTTP contract of /v1, one function a call.
 *
 * Knows paths, the token's header and the shape of an error. Refuses to know when to try again and what to show.
 * Every call throws ApiError (the server answered with an error) or NoConnection (nobody answered).
 */

const ANSWER_IN_TIME_MS = 15_000; // on top of what the server was asked to wait

export class ApiError extends Error {
  /** @param {number} status @param {object} error the body's `error` object; may be empty @param {number|null} retryAfterSeconds */
  constructor(status, error, retryAfterSeconds) {
    super(error.message || "Что-то пошло не так. Пожалуйста, попробуйте ещё раз.");
    this.status = status;
    this.code = error.code || "unknown";
    this.fields = Array.isArray(error.fields) ? error.fields : [];
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** True when the same call may succeed later without being changed. */
  get passing() {
    return this.status === 429 || this.status >= 500;
  }
}

export class NoConnection extends Error {
  get passing() {
    return true;
  }
}

export class Api {
  #base;

  constructor(base) {
    this.#base = base.replace(/\/$/, "");
  }

  async assistants() {
    return (await this.#call("GET", "/assistants")).body.assistants;
  }

  async openSession(assistant, consent) {
    return (await this.#call("POST", `/${encodeURIComponent(assistant)}/sessions`, { body: { consent } })).body;
  }

  /** Hands a question over without waiting for the answer. Safe to repeat with the same id and text. */
  async ask(session, messageId, text) {
    const body = { message_id: messageId, text, wait_seconds: 0 };
    return this.#inSession(session, "POST", "/messages", { body });
  }

  /** Waits up to `waitSeconds` for more of the answer than the first `after` code points of that `revision`. */
  async read(session, messageId, { after, revision, waitSeconds }) {
    const query = new URLSearchParams({ wait_seconds: waitSeconds, after });
    if (revision !== null) query.set("revision", revision);
    return this.#inSession(session, "GET", `/messages/${encodeURIComponent(messageId)}?${query}`, { waitSeconds });
  }

  async end(session) {
    return this.#inSession(session, "POST", "/end");
  }

  async rate(session, rating) {
    return this.#inSession(session, "POST", "/rating", { body: rating });
  }

  async testDrive(session, request) {
    return this.#inSession(session, "POST", "/test-drives", { body: request });
  }

  async brochure(session, request) {
    return this.#inSession(session, "POST", "/brochures", { body: request });
  }

  async callback(session, request) {
    return this.#inSession(session, "POST", "/callbacks", { body: request });
  }

  async erase(session) {
    return this.#inSession(session, "DELETE", "");
  }

  #inSession(session, method, tail, options = {}) {
    const path = `/${encodeURIComponent(session.assistant)}/sessions/${encodeURIComponent(session.session_id)}${tail}`;
    return this.#call(method, path, { ...options, token: session.token });
  }

  /** @returns {{status: number, body: object, retryAfterSeconds: number|null}} */
  async #call(method, path, { body, token, waitSeconds = 0 } = {}) {
    const headers = { Accept: "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    let text;
    try {
      response = await fetch(this.#base + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.timeout(waitSeconds * 1000 + ANSWER_IN_TIME_MS),
      });
      text = await response.text();
    } catch (error) {
      throw new NoConnection("Нет связи с сервером.", { cause: error });
    }
    const parsed = parse(text);
    const retryAfterSeconds = seconds(response.headers.get("Retry-After"));
    if (!response.ok) throw new ApiError(response.status, parsed?.error ?? {}, retryAfterSeconds);
    if (parsed === null) throw new ApiError(502, {}, retryAfterSeconds);
    return { status: response.status, body: parsed, retryAfterSeconds };
  }
}

/** An empty body is an empty object (204); what is not JSON is null: some proxy answered instead of the API. */
function parse(text) {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function seconds(header) {
  const value = Number.parseInt(header ?? "", 10);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
