/**
 * Which view the panel shows, and who is told of what a visitor does.
 *
 * Wires the parts together. Refuses to know HTTP, the life of a turn and how a message looks. Nothing is asked of the
 * server before the panel is opened, and nothing is sent to it before the consent.
 */

import type { Client } from "../api/client";
import { ApiError } from "../api/failures";
import type { Accepted, Assistant, FormFields } from "../api/types";
import { Dialogue } from "./dialogue/dialogue";
import type { Store } from "./dialogue/store";
import { finished, type Turn } from "./dialogue/turn";
import { h } from "./dom";
import { icon } from "./icons";
import type { Panel } from "./panel";
import { sentence, spoken } from "./problems";
import type { Settings } from "./settings";
import { ratingView } from "./views/rating";
import { callbackView, eraseView, letterView, testDriveView } from "./views/request";
import { type Beginning, StartView } from "./views/start";
import { TalkView } from "./views/talk";
import { message, type View, waiting } from "./views/view";

export class Conversation {
  readonly #settings: Settings;
  readonly #client: Client;
  readonly #store: Store;
  readonly #panel: Panel;
  readonly #answered: () => void;
  #dialogue: Dialogue | null = null;
  #talk: TalkView | null = null;
  #begun = false;

  /** `answered` is told of every answer that comes. */
  constructor(settings: Settings, client: Client, store: Store, panel: Panel, answered: () => void) {
    this.#settings = settings;
    this.#client = client;
    this.#store = store;
    this.#panel = panel;
    this.#answered = answered;
    addEventListener("online", () => panel.connection(true));
    addEventListener("offline", () => panel.connection(false));
    panel.connection(navigator.onLine);
  }

  get usedAssistant(): boolean {
    return (this.#dialogue?.turns.length ?? 0) > 0;
  }

  /** Goes on with the dialogue of before. False when there is none. */
  resume(): boolean {
    if (this.#begun) return this.#dialogue !== null;
    const kept = Dialogue.restore(this.#client, this.#store);
    if (kept === null) return false;
    this.#begun = true;
    this.#enter(kept);
    kept.resume();
    if (kept.session.ended) this.#rate();
    return true;
  }

  async begin(note = ""): Promise<void> {
    if (note === "" && (this.#begun || this.resume())) return;
    this.#begun = true;
    const { words } = this.#settings.language;
    this.#leave();
    this.#show(waiting(words.loading));
    try {
      const assistants = this.#asked(await this.#client.assistants());
      this.#show(
        new StartView(this.#settings.language, this.#settings.api, assistants, note, (given) => this.#open(given)),
      );
    } catch (error) {
      this.#begun = false;
      const again = h(
        "button",
        { type: "button", class: "main-button", onclick: () => void this.begin(note) },
        icon("again"),
        words.tryAgain,
      );
      this.#show(
        message(words.troubleTitle, error instanceof ApiError ? words.troubleServer : words.troubleNetwork, again),
      );
    }
  }

  /** Asks for a rating before the panel goes, once a dialogue. True when it was asked for. */
  farewell(): boolean {
    const session = this.#dialogue?.session;
    if (!session || session.ended || session.rated || session.rating_offered || !this.#worthRating()) return false;
    this.#dialogue?.offeredRating();
    this.#rate();
    return true;
  }

  callBack(): void {
    this.#request((dialogue, desk) =>
      callbackView(this.#settings.language, dialogue.session.office, desk("callbacks")),
    );
  }

  async finish(): Promise<void> {
    try {
      await this.#dialogue?.end();
    } catch (error) {
      const { words } = this.#settings.language;
      this.#talk?.say(error instanceof ApiError ? sentence(words, error) : words.notSent, true);
    }
  }

  confirmErase(): void {
    const erase = async (): Promise<void> => {
      await this.#dialogue?.erase();
      await this.begin(this.#settings.language.words.erased);
    };
    this.#show(eraseView(this.#settings.language, erase, () => this.#backToTalk()));
  }

  #asked(assistants: Assistant[]): [Assistant, ...Assistant[]] {
    const known = assistants.find(({ id }) => id === this.#settings.assistant);
    const [first, ...others] = known ? [known] : assistants;
    if (!first) throw new ApiError(404, {}, null);
    return [first, ...others];
  }

  async #open({ assistant, consent, callback }: Beginning): Promise<void> {
    let dialogue: Dialogue;
    try {
      dialogue = await Dialogue.open(this.#client, this.#store, assistant, consent, this.#settings.campaign);
    } catch (error) {
      const fields = error instanceof ApiError ? spoken(this.#settings.language.words, error.fields) : [];
      const stale = fields.find(({ field }) => field === "consent.text_version");
      if (!stale) throw error;
      return this.begin(stale.message); // the terms were changed while this page lay open
    }
    this.#enter(dialogue);
    dialogue.resume();
    if (callback) this.callBack();
  }

  #enter(dialogue: Dialogue): void {
    this.#dialogue = dialogue;
    this.#talk = new TalkView(dialogue, this.#talkDesk(dialogue));
    dialogue.addEventListener("turn", (event) => this.#turn((event as CustomEvent<Turn>).detail));
    dialogue.addEventListener("connection", (event) => this.#panel.connection((event as CustomEvent<boolean>).detail));
    dialogue.addEventListener("session", () => this.#redraw());
    dialogue.addEventListener("ended", () => this.#ended());
    dialogue.addEventListener("lost", () => void this.begin(this.#settings.language.words.expired));
    dialogue.addEventListener("replaced", () => this.#replaced());
    this.#backToTalk();
  }

  #leave(): void {
    this.#dialogue = null;
    this.#talk = null;
    this.#panel.head({ name: null, office: null, dialogue: false, callbacks: null, ended: false });
  }

  #talkDesk(dialogue: Dialogue): ConstructorParameters<typeof TalkView>[1] {
    const { language, linkHosts } = this.#settings;
    const { session } = dialogue;
    return {
      language,
      linkHosts,
      session,
      foreign: session.language !== language.code,
      ask: (question) => void dialogue.ask(question),
      resend: (turn) => dialogue.resend(turn),
      stop: (turn) => void dialogue.stop(turn).catch(() => this.#talk?.say(language.words.somethingWrong, true)),
      giveFeedback: (turn, feedback) => dialogue.giveFeedback(turn, feedback),
      testDrives: ({ offers }) =>
        offers.includes("test_drive") || (session.callbacks.available && session.capabilities.includes("test_drives")),
      callBack: () => this.callBack(),
      bookTestDrive: (car) => this.#request((_, desk) => testDriveView(language, car, desk("test-drives"))),
      sendLetter: (brochures) => this.#request((_, desk) => letterView(language, brochures, desk("brochures"))),
      rate: () => this.#rate(),
      begin: () => this.#startAgain(),
    };
  }

  #request(
    made: (
      dialogue: Dialogue,
      desk: (form: Parameters<Dialogue["submit"]>[0]) => Parameters<typeof callbackView>[2],
    ) => View,
  ): void {
    const dialogue = this.#dialogue;
    if (dialogue === null) return;
    const back = (): void => this.#backToTalk();
    const done = (sentence: string): void => {
      back();
      this.#talk?.say(sentence);
    };
    const foreign = dialogue.session.language !== this.#settings.language.code; // then the salon's thanks are too
    const send = async (form: Parameters<Dialogue["submit"]>[0], fields: FormFields): Promise<Accepted> => {
      const accepted = await dialogue.submit(form, fields);
      return foreign ? {} : accepted;
    };
    this.#show(made(dialogue, (form) => ({ send: (fields) => send(form, fields), done, back })));
  }

  #rate(): void {
    const dialogue = this.#dialogue;
    if (dialogue === null) return;
    const { words } = this.#settings.language;
    const desk = {
      rate: (rating: Parameters<Dialogue["rate"]>[0]) => dialogue.rate(rating),
      back: () => this.#backToTalk(),
      begin: () => this.#startAgain(),
    };
    this.#show(ratingView(words, dialogue.session, this.#worthRating(), desk));
  }

  #worthRating(): boolean {
    const { session, turns } = this.#dialogue ?? {};
    return session?.capabilities.includes("ratings") === true && turns?.some(finished) === true;
  }

  #turn(turn: Turn): void {
    this.#talk?.turn(turn);
    if (finished(turn)) this.#answered();
  }

  #ended(): void {
    this.#redraw();
    this.#rate();
  }

  #redraw(): void {
    this.#talk?.draw();
    this.#drawHead();
  }

  /** Another tab has left this dialogue, and may have opened the next one. */
  #replaced(): void {
    this.#begun = false;
    const next = Dialogue.restore(this.#client, this.#store);
    if (next === null) return void this.begin(this.#settings.language.words.replaced);
    this.#begun = true;
    this.#enter(next);
    next.resume();
  }

  #startAgain(): void {
    this.#dialogue?.forget();
    this.#begun = false;
    void this.begin();
  }

  #backToTalk(): void {
    if (this.#talk === null) return;
    this.#show(this.#talk);
    this.#talk.shown();
    this.#drawHead();
  }

  #drawHead(): void {
    const session = this.#dialogue?.session;
    if (!session) return;
    const { name, office, ended, callbacks } = session;
    const taken = callbacks.available && !ended;
    this.#panel.head({
      name,
      office,
      dialogue: true,
      ended,
      callbacks: taken ? (office.open ? "now" : "morning") : null,
    });
  }

  #show(view: View): void {
    this.#panel.show(view);
    if (this.#panel.isOpen) view.focus();
  }
}
