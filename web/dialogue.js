/**
 * One dialogue: its questions on their way, the answers as they grow, and its copy in the tab's storage.
 *
 * Knows the life of a turn as a client sees it and when a call is tried again. Refuses to know the page: it tells
 * of changes by events ("turn", "lost", "ended", "connection") and whoever draws, listens.
 *
 * A turn: {message_id, question, asked_at, delivery, problem, retry_at, state, text, offset, revision, late,
 *          notice, offers, sources, facts, stock_as_of, reason}
 *   delivery  sending -> accepted; or unsent (the visitor may send it again), or busy (sent again at `retry_at`)
 *   state     queued -> answering -> answered | refused | failed, as the server says
 *   notice    what to say beside the text: please wait, or that the assistant rests; `offers`: what to do instead
 */

import { ApiError } from "./api.js";

export const PATIENCE_MS = 10_000;
const LONG_POLL_SECONDS = 20;
const QUICK_RETRIES = 2;
const BUSY_RETRIES = 6;
const LONGEST_PAUSE_MS = 15_000;
const HASTY_MS = 500;
const STORAGE_KEY = "attendant.dialogue";
const FINAL = new Set(["answered", "refused", "failed"]);
const GONE = new Set([401, 403, 404]);

export const finished = (turn) => FINAL.has(turn.state);

export class Dialogue extends EventTarget {
  #api;
  #storage;
  #closed = false;
  #following = new Set();

  constructor(api, storage, session, turns = []) {
    super();
    this.#api = api;
    this.#storage = storage;
    this.session = session;
    this.turns = turns;
  }

  /** Opens a dialogue with the server. Throws what `Api` throws. */
  static async open(api, storage, assistant, consent) {
    const session = { assistant, ended: false, rated: false, ...(await api.openSession(assistant, consent)) };
    session.assistant = assistant;
    const dialogue = new Dialogue(api, storage, session);
    dialogue.#save();
    return dialogue;
  }

  /** The dialogue that this tab had before a reload, or null. */
  static restore(api, storage) {
    let kept;
    try {
      kept = JSON.parse(storage.getItem(STORAGE_KEY) ?? "null");
    } catch {
      return null;
    }
    if (!kept?.session?.token || !Array.isArray(kept.turns)) return null;
    return new Dialogue(api, storage, kept.session, kept.turns);
  }

  /** Takes up every turn that was on its way when the page went away. */
  resume() {
    for (const turn of this.turns) {
      if (finished(turn)) continue;
      Object.assign(turn, { text: "", offset: 0, revision: null });
      this.#watchPatience(turn);
      if (turn.delivery === "accepted") this.#follow(turn);
      else if (turn.delivery !== "unsent") this.#deliver(turn);
    }
  }

  ask(question) {
    const turn = {
      message_id: crypto.randomUUID?.() ?? randomId(),
      question,
      asked_at: Date.now(),
      delivery: "sending",
      problem: null,
      retry_at: null,
      state: "queued",
      text: "",
      offset: 0,
      revision: null,
      late: false,
      notice: null,
      offers: [],
      sources: [],
      stock_as_of: null,
      reason: null,
    };
    this.turns.push(turn);
    this.#watchPatience(turn);
    this.#changed(turn);
    this.#deliver(turn);
    return turn;
  }

  /** Sends an unsent question once more, under the id that it already has. */
  resend(turn) {
    if (turn.delivery !== "unsent") return;
    Object.assign(turn, { delivery: "sending", problem: null, asked_at: Date.now(), late: false });
    this.#watchPatience(turn);
    this.#changed(turn);
    this.#deliver(turn);
  }

  get sending() {
    return this.turns.some((turn) => turn.delivery === "sending" || turn.delivery === "busy");
  }

  async end() {
    try {
      await this.#api.end(this.session);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) throw error; // ended already: by idle time
    }
    this.#markEnded();
  }

  async rate(rating) {
    await this.#api.rate(this.session, rating);
    this.session.rated = true;
    this.#save();
  }

  async requestCallback(request) {
    return (await this.#api.callback(this.session, request)).body;
  }

  async bookTestDrive(request) {
    return (await this.#api.testDrive(this.session, request)).body;
  }

  async sendBrochure(request) {
    return (await this.#api.brochure(this.session, request)).body;
  }

  async erase() {
    try {
      await this.#api.erase(this.session);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error; // gone already: that was the wish
    }
    this.forget();
  }

  /** Leaves the dialogue to the server and takes it out of this tab. */
  forget() {
    this.#closed = true;
    this.#storage.removeItem(STORAGE_KEY);
  }

  async #deliver(turn) {
    for (let quick = 0, busy = 0; !this.#closed; ) {
      try {
        const { body } = await this.#api.ask(this.session, turn.message_id, turn.question);
        this.#reachable(true);
        Object.assign(turn, { delivery: "accepted", problem: null, retry_at: null });
        this.#take(turn, body);
        return this.#follow(turn);
      } catch (error) {
        if (error.status === 429 && busy++ < BUSY_RETRIES) await this.#waitItsTurn(turn, error);
        else if (error.status !== 429 && error.passing && quick < QUICK_RETRIES) await pause(1000 * 2 ** quick++);
        else return this.#undelivered(turn, error);
      }
    }
  }

  async #waitItsTurn(turn, error) {
    const milliseconds = 1000 * Math.max(1, error.retryAfterSeconds ?? 5);
    Object.assign(turn, { delivery: "busy", problem: error.message, retry_at: Date.now() + milliseconds });
    this.#changed(turn);
    await pause(milliseconds, { wakeOnline: false });
    Object.assign(turn, { delivery: "sending", problem: null, retry_at: null });
    this.#changed(turn);
  }

  #undelivered(turn, error) {
    const fromServer = error instanceof ApiError;
    if (!fromServer) this.#reachable(false);
    if (fromServer && GONE.has(error.status)) this.#lost(error);
    else if (error.code === "dialogue_ended") this.#markEnded();
    const problem = error.fields?.[0]?.message ?? (fromServer ? error.message : "Нет связи: вопрос не отправлен.");
    Object.assign(turn, { delivery: "unsent", problem, resendable: !fromServer || error.passing });
    this.#changed(turn);
    if (!fromServer) whenOnline(() => this.#closed || this.resend(turn));
  }

  async #follow(turn) {
    if (this.#following.has(turn.message_id)) return;
    this.#following.add(turn.message_id);
    try {
      for (let failures = 0; !finished(turn) && !this.#closed; ) {
        try {
          await this.#readOn(turn);
          failures = 0;
        } catch (error) {
          if (error instanceof ApiError && GONE.has(error.status)) return this.#lost(error);
          if (!error.passing) throw error;
          if (!(error instanceof ApiError)) this.#reachable(false);
          failures += 1;
          await pause(error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures));
        }
      }
    } finally {
      this.#following.delete(turn.message_id);
    }
  }

  async #readOn(turn) {
    const began = performance.now();
    const before = turn.offset;
    const { body, retryAfterSeconds } = await this.#api.read(this.session, turn.message_id, {
      after: turn.offset,
      revision: turn.revision,
      waitSeconds: LONG_POLL_SECONDS,
    });
    this.#reachable(true);
    this.#take(turn, body);
    const hasty = performance.now() - began < HASTY_MS && turn.offset === before;
    if (!finished(turn) && hasty) await pause(1000 * (retryAfterSeconds ?? 1)); // the server had no room for waiters
  }

  /** Adds what came to what was read. Another revision is a text begun anew; parts that do not fit are read again. */
  #take(turn, message) {
    const revision = message.revision ?? null;
    const goesOn = turn.offset > 0 && turn.revision === revision;
    const text = goesOn ? turn.text + message.text : message.text;
    if ([...text].length !== message.offset) {
      Object.assign(turn, { text: "", offset: 0, revision: null });
      return this.#changed(turn);
    }
    Object.assign(turn, {
      state: message.state,
      text,
      offset: message.offset,
      revision,
      notice: message.notice ?? null,
      offers: message.offers ?? [],
      sources: message.sources ?? [],
      facts: message.facts ?? [],
      stock_as_of: message.stock_as_of ?? null,
      reason: message.reason ?? null,
    });
    this.#changed(turn);
  }

  #watchPatience(turn) {
    const left = turn.asked_at + PATIENCE_MS - Date.now();
    setTimeout(() => {
      if (finished(turn) || turn.delivery !== "accepted" || turn.late) return;
      turn.late = true;
      this.#changed(turn);
    }, Math.min(PATIENCE_MS, Math.max(0, left)));
  }

  #markEnded() {
    this.session.ended = true;
    this.#save();
    this.dispatchEvent(new Event("ended"));
  }

  #lost(error) {
    this.#closed = true;
    this.#storage.removeItem(STORAGE_KEY);
    this.dispatchEvent(new CustomEvent("lost", { detail: error }));
  }

  #reachable(yes) {
    this.dispatchEvent(new CustomEvent("connection", { detail: yes }));
  }

  #changed(turn) {
    this.#save();
    this.dispatchEvent(new CustomEvent("turn", { detail: turn }));
  }

  #save() {
    if (this.#closed) return;
    this.#storage.setItem(STORAGE_KEY, JSON.stringify({ session: this.session, turns: this.turns }));
  }
}

/** Resolves after `milliseconds`, or as soon as the connection is back. */
function pause(milliseconds, { wakeOnline = true } = {}) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    if (wakeOnline) addEventListener("online", done);
  });
}

function whenOnline(act) {
  addEventListener("online", act, { once: true });
}

/** For pages that are served over plain HTTP from another machine, where randomUUID is not offered. */
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
