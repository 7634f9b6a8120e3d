/**
 * One dialogue: its session, its turns, and their copy in the browser.
 *
 * Knows what a visitor may do in it and that other tabs may do it too. Refuses to know the page: it tells of changes by
 * events ("turn", "session", "ended", "lost", "replaced", "connection") and whoever draws, listens. Every method that
 * calls the server throws ApiError or NoConnection.
 */

import type { Client } from "../../api/client";
import { ApiError, NoConnection, passing, problemOf } from "../../api/failures";
import type { Accepted, Assistant, Consent, Feedback, FormFields, Rating } from "../../api/types";
import { Courier, gone } from "./courier";
import { Idleness } from "./idleness";
import { alone } from "./pause";
import { watchPatience } from "./patience";
import { byNumber, type Change, type Store } from "./store";
import { finished, newTurn, type Session, type Turn } from "./turn";

export class Dialogue extends EventTarget {
  readonly #client: Client;
  readonly #store: Store;
  readonly #closed = new AbortController();
  readonly #courier: Courier;
  readonly #idleness: Idleness;
  readonly #awaited = new Set<string>(); // turns that this tab carries or would carry next
  readonly #carried = new Set<string>();
  readonly turns: Turn[];

  constructor(
    client: Client,
    store: Store,
    readonly session: Session,
  ) {
    super();
    this.#client = client;
    this.#store = store;
    this.turns = store.turns(session.session_id);
    this.#courier = new Courier(client, session, this.#ears(), this.#closed.signal);
    this.#idleness = new Idleness(
      session.idle_timeout,
      () => void this.end().catch(() => undefined),
      this.#closed.signal,
    );
    store.listen((change) => this.#hear(change), this.#closed.signal);
  }

  /** Opens a dialogue with the server, unless another tab has done so meanwhile. */
  static open(
    client: Client,
    store: Store,
    assistant: Assistant,
    consent: Consent,
    campaign: string | null,
  ): Promise<Dialogue> {
    return alone(`attendant|open|${client.base}|${assistant.id}`, async () => {
      const there = store.session();
      if (there) return new Dialogue(client, store, there);
      const opened = await client.openSession(assistant.id, consent, campaign);
      const { id, name, language, capabilities } = assistant;
      const added = { assistant: id, name, language, capabilities, ended: false, rated: false };
      const session: Session = { ...opened, ...added, rating_offered: false, gift_code: null };
      store.saveSession(session);
      return new Dialogue(client, store, session);
    });
  }

  /** The dialogue that this browser had before, or null. */
  static restore(client: Client, store: Store): Dialogue | null {
    const session = store.session();
    return session && new Dialogue(client, store, session);
  }

  /** Takes up every turn that was on its way when a page went away. */
  resume(): void {
    for (const turn of this.turns.filter((each) => !finished(each))) this.#watch(turn);
    if (!this.session.ended && this.turns.length > 0) this.#idleness.interrupt();
  }

  ask(question: string): Turn {
    const turn = newTurn(1 + Math.max(0, ...this.turns.map((each) => each.number)), question);
    this.turns.push(turn);
    this.#idleness.interrupt();
    this.#changed(turn);
    this.#watch(turn);
    return turn;
  }

  /** Sends an unsent question once more, under the id that it already has. */
  resend(turn: Turn): void {
    if (turn.delivery !== "unsent") return;
    Object.assign(turn, { delivery: "sending", problem: null, asked_at: Date.now(), late: false });
    this.#changed(turn);
    this.#watch(turn);
  }

  get sending(): boolean {
    return this.turns.some((turn) => turn.delivery === "sending" || turn.delivery === "busy");
  }

  get pending(): boolean {
    return this.turns.some((turn) => !finished(turn));
  }

  /** The end of the answer comes on the way on which the answer comes. */
  async stop(turn: Turn): Promise<void> {
    await this.#client.stop(this.session, turn.message_id);
  }

  async giveFeedback(turn: Turn, feedback: Feedback): Promise<void> {
    await this.#client.giveFeedback(this.session, turn.message_id, feedback);
    turn.feedback = feedback;
    this.#changed(turn);
  }

  async end(): Promise<void> {
    try {
      await this.#client.end(this.session);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) throw error; // ended already: by idle time
    }
    this.#markEnded();
  }

  offeredRating(): void {
    this.#note({ rating_offered: true });
  }

  async rate(rating: Rating): Promise<void> {
    const rated = await this.#client.rate(this.session, rating);
    this.#note({ rated: true, gift_code: rated.gift_code ?? null });
  }

  submit(form: "callbacks" | "test-drives" | "brochures", fields: FormFields): Promise<Accepted> {
    return this.#client.submit(this.session, form, fields);
  }

  async erase(): Promise<void> {
    try {
      await this.#client.erase(this.session);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error; // gone already: that was the wish
    }
    this.forget();
  }

  /** Leaves the dialogue to the server and takes it out of this browser. */
  forget(): void {
    this.#closed.abort();
    this.#store.forget(this.session.session_id);
  }

  #watch(turn: Turn): void {
    watchPatience(turn, () => this.#changed(turn), this.#closed.signal);
    if (turn.delivery !== "unsent") void this.#carry(turn);
    else if (turn.resendable) this.#resendOnline(turn);
  }

  /** One tab carries a turn; when it goes away, the next one goes on from what was kept. */
  async #carry(turn: Turn): Promise<void> {
    const id = turn.message_id;
    if (this.#awaited.has(id)) return;
    this.#awaited.add(id);
    await alone(`attendant|turn|${id}`, async () => {
      if (this.#closed.signal.aborted) return;
      const kept = this.#store.turn(this.session.session_id, id);
      if (kept) Object.assign(turn, kept, { retry_at: null });
      if (turn.delivery === "busy") turn.delivery = "sending";
      if (finished(turn) || turn.delivery === "unsent") return this.#tell(turn);
      this.#carried.add(id);
      await this.#courier.carry(turn).finally(() => this.#carried.delete(id));
    }).finally(() => this.#awaited.delete(id));
  }

  #ears(): ConstructorParameters<typeof Courier>[2] {
    return {
      changed: (turn) => this.#changed(turn),
      reachable: (yes) => this.#reachable(yes),
      undelivered: (turn, error) => this.#undelivered(turn, error),
      lost: () => this.#lost(),
    };
  }

  #undelivered(turn: Turn, error: unknown): void {
    if (gone(error)) return this.#lost();
    if (error instanceof ApiError && error.code === "dialogue_ended") this.#markEnded();
    const problem = error instanceof ApiError ? problemOf(error) : null;
    Object.assign(turn, { delivery: "unsent", problem, resendable: passing(error) });
    this.#changed(turn);
    if (error instanceof NoConnection) this.#resendOnline(turn);
  }

  #resendOnline(turn: Turn): void {
    addEventListener("online", () => this.resend(turn), { once: true, signal: this.#closed.signal });
  }

  #hear(change: Change): void {
    if ("turn" in change) return this.#hearTurn(change.turn);
    if (change.session?.session_id !== this.session.session_id) {
      this.#closed.abort();
      this.dispatchEvent(new Event("replaced"));
      return;
    }
    const ended = change.session.ended && !this.session.ended;
    Object.assign(this.session, change.session);
    this.dispatchEvent(new Event(ended ? "ended" : "session"));
  }

  #hearTurn(heard: Turn): void {
    if (this.#carried.has(heard.message_id)) return;
    const known = this.turns.find((turn) => turn.message_id === heard.message_id);
    const turn = Object.assign(known ?? heard, heard, { retry_at: null });
    if (!known) this.turns.push(turn);
    this.turns.sort(byNumber);
    this.#idleness.interrupt();
    this.#tell(turn);
    if (finished(turn)) return;
    if (!known) watchPatience(turn, () => this.#tell(turn), this.#closed.signal);
    if (turn.delivery !== "unsent") void this.#carry(turn);
  }

  #markEnded(): void {
    this.#note({ ended: true });
    this.dispatchEvent(new Event("ended"));
  }

  #note(what: Partial<Session>): void {
    Object.assign(this.session, what);
    if (!this.#closed.signal.aborted) this.#store.saveSession(this.session);
  }

  #lost(): void {
    this.forget();
    this.dispatchEvent(new Event("lost"));
  }

  #reachable(yes: boolean): void {
    this.dispatchEvent(new CustomEvent("connection", { detail: yes }));
  }

  #changed(turn: Turn): void {
    if (!this.#closed.signal.aborted) this.#store.saveTurn(this.session.session_id, turn);
    this.#tell(turn);
  }

  #tell(turn: Turn): void {
    this.dispatchEvent(new CustomEvent("turn", { detail: turn }));
  }
}
