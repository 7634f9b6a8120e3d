/**
 * The page: which screen is shown, and who is told of what a person does.
 *
 * Wires the parts together. Refuses to know HTTP (api.js), the life of a turn (dialogue.js) and how a message
 * looks (transcript.js).
 */

import { Api, ApiError } from "./api.js";
import { CallbackForm } from "./callback.js";
import { Dialogue } from "./dialogue.js";
import { onSubmit } from "./forms.js";
import { LetterForm } from "./letter.js";
import { officeLine } from "./office.js";
import { RatingForm } from "./rating.js";
import { StartForm } from "./start.js";
import { Transcript } from "./transcript.js";

const MESSAGE_CHARACTERS = 2000;
const COUNTER_FROM = 1800;
const EXAMPLES = {
  inventory: ["Что есть в наличии до 5 миллионов?", "Какая машина сейчас самая доступная?"],
  any: ["Можно записаться на тест-драйв?", "До скольки вы работаете?"],
};
const SCREENS = ["loading", "trouble", "start", "talk"];

const $ = (id) => document.getElementById(id);

class Page {
  #api = new Api(document.querySelector("meta[name=attendant-api]").content);
  #dialogue = null;
  #transcript = new Transcript({
    log: $("log"),
    announcer: $("announcer"),
    template: $("turn-template"),
    askCallback: () => this.#callback.open(),
    askTestDrive: (car) => this.#testDrive.open({ car, booking_id: crypto.randomUUID() }),
    askLetter: (brochures) => this.#letter.open(brochures),
  });
  #start = new StartForm((assistant, consent) => this.#open(assistant, consent));
  #rating = new RatingForm((rating) => this.#dialogue.rate(rating));
  #callback = new CallbackForm(
    "callback",
    (request) => this.#dialogue.requestCallback(request),
    (answer) => this.#note(answer),
  );
  #testDrive = new CallbackForm(
    "test-drive",
    (request) => this.#dialogue.bookTestDrive(request),
    (answer) => this.#note(answer),
  );

  #letter = new LetterForm(
    (request) => this.#dialogue.sendBrochure(request),
    (answer) => this.#note(answer),
  );

  constructor() {
    $("composer").addEventListener("submit", (event) => this.#send(event));
    $("question").addEventListener("keydown", (event) => this.#sendOnEnter(event));
    $("question").addEventListener("input", () => this.#drawComposer());
    $("open-callback").addEventListener("click", () => this.#callback.open());
    $("end-dialogue").addEventListener("click", () => this.#end());
    $("delete-dialogue").addEventListener("click", () => this.#confirmErase());
    $("delete-cancel").addEventListener("click", () => $("delete-dialog").close());
    onSubmit($("delete-form"), $("delete-error"), () => this.#erase());
    $("new-dialogue").addEventListener("click", () => this.#startAgain());
    $("try-again").addEventListener("click", () => this.#load());
    addEventListener("online", () => this.#connection(true));
    addEventListener("offline", () => this.#connection(false));
  }

  begin() {
    if (!navigator.onLine) this.#connection(false);
    const kept = Dialogue.restore(this.#api, sessionStorage);
    if (kept === null) return this.#load();
    this.#talk(kept);
    kept.resume();
  }

  async #load(note = "") {
    this.#screen("loading");
    try {
      const assistants = await this.#api.assistants();
      const wanted = new URLSearchParams(location.search).get("assistant");
      this.#header(null);
      this.#start.show(assistants, wanted, note);
      this.#screen("start");
    } catch (error) {
      $("trouble-text").textContent =
        error instanceof ApiError
          ? "Сервис временно не отвечает. Попробуйте, пожалуйста, через минуту."
          : "Проверьте подключение к интернету и попробуйте ещё раз.";
      this.#screen("trouble");
    }
  }

  async #open(assistant, consent) {
    let dialogue;
    try {
      dialogue = await Dialogue.open(this.#api, sessionStorage, assistant.id, consent);
    } catch (error) {
      const stale = (error.fields ?? []).find(({ field }) => field === "consent.text_version");
      if (!stale) throw error;
      return this.#load(stale.message); // the terms were changed while this page lay open
    }
    Object.assign(dialogue.session, { name: assistant.name, capabilities: assistant.capabilities ?? [] });
    this.#talk(dialogue);
    $("question").focus();
  }

  #talk(dialogue) {
    this.#dialogue = dialogue;
    dialogue.addEventListener("turn", ({ detail }) => this.#turnChanged(detail));
    dialogue.addEventListener("connection", ({ detail }) => this.#connection(detail));
    dialogue.addEventListener("ended", () => this.#drawEnd());
    dialogue.addEventListener("lost", () => this.#load("Прежний диалог больше не доступен: срок его хранения истёк."));
    this.#header(dialogue.session);
    this.#rating.reset();
    this.#transcript.show(dialogue);
    this.#note("");
    this.#drawExamples();
    this.#drawEnd();
    this.#drawComposer();
    this.#screen("talk");
    $("log").scrollTop = $("log").scrollHeight;
  }

  #header(session) {
    $("actions").hidden = session === null;
    $("assistant-name").textContent = session?.name ?? "Помощник салона";
    document.title = session?.name ? `${session.name} — помощник салона` : "Помощник салона";
    const line = session && officeLine(session.office);
    $("office").hidden = !line;
    if (!line) return;
    $("office").textContent = line.text;
    $("office").classList.toggle("open", line.open);
  }

  #turnChanged(turn) {
    this.#transcript.draw(turn);
    this.#drawExamples();
    this.#drawComposer();
  }

  #send(event) {
    event?.preventDefault();
    const text = $("question").value.trim();
    if (!text || this.#dialogue.sending || tooLong(text)) return;
    $("question").value = "";
    this.#note("");
    this.#dialogue.ask(text);
    $("question").focus();
  }

  #sendOnEnter(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#send(event);
  }

  #drawComposer() {
    const field = $("question");
    const length = characters(field.value.trim());
    $("send").disabled = length === 0 || length > MESSAGE_CHARACTERS || this.#dialogue.sending;
    if (length >= COUNTER_FROM) this.#note(`${length} из ${MESSAGE_CHARACTERS} знаков`, length > MESSAGE_CHARACTERS);
    else if ($("question-note").dataset.counter) this.#note("");
    $("question-note").dataset.counter = length >= COUNTER_FROM ? "yes" : "";
    field.parentElement.dataset.value = field.value; // the form's shadow copy gives the field its height (style.css)
  }

  #note(text, wrong = false) {
    $("question-note").textContent = text;
    $("question-note").classList.toggle("wrong", wrong);
  }

  #drawExamples() {
    const { session, turns } = this.#dialogue;
    const place = $("suggestions");
    place.hidden = turns.length > 0 || session.ended;
    if (place.hidden) return;
    const stock = (session.capabilities ?? []).includes("inventory") ? EXAMPLES.inventory : [];
    place.replaceChildren(...[...stock, ...EXAMPLES.any].map((text) => this.#exampleButton(text)));
  }

  #exampleButton(text) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "suggestion" });
    button.textContent = text;
    button.addEventListener("click", () => {
      this.#dialogue.ask(text);
      $("question").focus();
    });
    return button;
  }

  async #end() {
    $("end-dialogue").disabled = true;
    try {
      await this.#dialogue.end();
      $("finish-title").focus();
    } catch (error) {
      this.#note(error.message, true);
    } finally {
      $("end-dialogue").disabled = false;
    }
  }

  #drawEnd() {
    const { session, turns } = this.#dialogue;
    document.querySelector(".dock").hidden = session.ended;
    $("finish").hidden = !session.ended;
    $("end-dialogue").hidden = session.ended;
    $("open-callback").hidden = session.ended || !session.callbacks?.available;
    if (!session.ended) return;
    $("suggestions").hidden = true;
    this.#rating.show({ rated: session.rated });
    if (turns.length === 0) $("rating-form").hidden = true; // nothing was said: nothing to rate
  }

  #confirmErase() {
    $("delete-error").hidden = true;
    $("delete-dialog").showModal();
  }

  async #erase() {
    await this.#dialogue.erase();
    $("delete-dialog").close();
    await this.#load("Диалог удалён.");
  }

  #startAgain() {
    this.#dialogue.forget();
    this.#load();
  }

  #connection(works) {
    const line = $("connection");
    line.hidden = works;
    line.textContent = works ? "" : "Нет связи. Ничего не потеряется: продолжим, как только она появится.";
  }

  #screen(name) {
    for (const each of SCREENS) $(`${each}-screen`).hidden = each !== name;
    document.body.dataset.screen = name;
  }
}

/** Code points, as the server counts them. */
function characters(text) {
  return [...text].length;
}

function tooLong(text) {
  return characters(text) > MESSAGE_CHARACTERS;
}

new Page().begin();
