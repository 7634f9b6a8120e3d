/**
 * The list of messages as a person reads it.
 *
 * Knows how a turn looks in each of its states. Refuses to know how it got there. Whatever was said, by a visitor
 * or by a model, becomes a text node and nothing else.
 */

import { finished } from "./dialogue.js";
import { counted, duration, moment, unbroken } from "./russian.js";

const KINDS = {
  // the stock's title says what it is
  faq: "Вопросы и ответы",
  legend: "О салоне",
  cars: "Об автомобилях",
  calculation: "Расчёт",
  brochure: "Брошюра",
};
const NOTICE = "Ваш запрос обрабатывается, ожидайте ответа";
const SECOND = ["секунду", "секунды", "секунд"];
const NEAR_THE_END_PX = 120;

export class Transcript {
  #log;
  #announcer;
  #template;
  #articles = new Map();
  #askCallback;
  #askTestDrive;
  #askLetter;
  #dialogue;
  #ticking = null;

  /**
   * `askCallback()`, `askTestDrive(car)` and `askLetter(brochures)` are what a visitor may do where the server
   * offers it.
   */
  constructor({ log, announcer, template, askCallback, askTestDrive, askLetter }) {
    this.#log = log;
    this.#announcer = announcer;
    this.#template = template;
    this.#askCallback = askCallback;
    this.#askTestDrive = askTestDrive;
    this.#askLetter = askLetter;
  }

  show(dialogue) {
    this.#dialogue = dialogue;
    this.#articles.clear();
    this.#log.replaceChildren(...keptFor(dialogue.session.retention), this.#greeting(dialogue.session.greeting));
    for (const turn of dialogue.turns) this.draw(turn);
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  draw(turn) {
    const follow = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_THE_END_PX;
    const isNew = !this.#articles.has(turn.message_id);
    const article = isNew ? this.#append(turn) : this.#articles.get(turn.message_id);
    this.#drawQuestion(article, turn);
    this.#drawAnswer(article, turn);
    if (isNew || follow) this.#log.scrollTop = this.#log.scrollHeight;
  }

  #greeting(text) {
    const bubble = element("div", "bubble answer greeting");
    const said = element("p", "said");
    said.textContent = text;
    bubble.append(said);
    return bubble;
  }

  #append(turn) {
    const article = this.#template.content.firstElementChild.cloneNode(true);
    article.querySelector(".asked .said").textContent = turn.question;
    article.querySelector(".resend").addEventListener("click", () => this.#dialogue.resend(turn));
    article.querySelector(".ask-again").addEventListener("click", () => this.#dialogue.ask(turn.question));
    article.querySelector(".call-me").addEventListener("click", () => this.#askCallback());
    const toldOf = () => (turn.facts ?? []).find(({ kind }) => kind === "stock")?.values.model ?? "";
    article.querySelector(".test-drive").addEventListener("click", () => this.#askTestDrive(toldOf()));
    article.querySelector(".letter").addEventListener("click", () => this.#askLetter(brochuresOf(turn)));
    this.#articles.set(turn.message_id, article);
    this.#log.append(article);
    return article;
  }

  #drawQuestion(article, turn) {
    const delivery = article.querySelector(".delivery");
    const words = deliveryWords(turn);
    show(delivery, words);
    article.querySelector(".asked").classList.toggle("unsent", turn.delivery === "unsent");
    article.querySelector(".resend").hidden = !(turn.delivery === "unsent" && turn.resendable);
    if (turn.delivery === "busy" && this.#ticking === null) this.#tick(turn);
  }

  /** Counts the seconds down while a question waits for its next try. */
  #tick(turn) {
    this.#ticking = setInterval(() => {
      if (turn.delivery === "busy") return this.draw(turn);
      clearInterval(this.#ticking);
      this.#ticking = null;
    }, 1000);
  }

  #drawAnswer(article, turn) {
    const bubble = article.querySelector(".answer");
    const done = finished(turn);
    bubble.hidden = !done && turn.delivery !== "accepted";
    bubble.setAttribute("aria-busy", String(!done));
    bubble.classList.toggle("growing", !done && turn.text !== "");
    bubble.classList.toggle("refused", turn.state === "refused");
    bubble.classList.toggle("failed", turn.state === "failed");
    bubble.querySelector(".dots").hidden = done || turn.text !== "";
    bubble.querySelector(".said").textContent = unbroken(turn.text);
    this.#drawNotice(bubble.querySelector(".notice"), turn);
    bubble.querySelector(".ask-again").hidden = turn.state !== "failed" || this.#dialogue.session.ended;
    const offers = done && !this.#dialogue.session.ended ? (turn.offers ?? []) : [];
    bubble.querySelector(".call-me").hidden = !offers.includes("callback");
    bubble.querySelector(".test-drive").hidden = !offers.includes("test_drive");
    bubble.querySelector(".letter").hidden = !offers.includes("brochure");
    const links = done ? brochuresOf(turn).map(brochureLink).filter(Boolean) : [];
    bubble.querySelector(".brochures").hidden = links.length === 0;
    bubble.querySelector(".brochures").replaceChildren(...links);
    this.#drawFootnote(bubble.querySelector(".footnote"), turn);
  }

  #drawNotice(place, turn) {
    const waits = turn.late && turn.delivery === "accepted" ? (turn.notice ?? NOTICE) : null;
    const text = finished(turn) ? turn.notice : waits;
    if (text !== null && place.hidden) this.#announcer.textContent = text;
    show(place, text);
  }

  #drawFootnote(footnote, turn) {
    const asOf = moment(turn.stock_as_of, this.#dialogue.session.office?.time_zone);
    const sources = finished(turn) ? turn.sources : [];
    const day = asOf?.day ? `${asOf.day}, ` : "";
    const untold = asOf && finished(turn) && !turn.text.includes(asOf.clock); // the answer may have said it itself
    show(footnote.querySelector(".as-of"), untold ? `Наличие по данным на ${day}${asOf.clock}` : null);
    const list = footnote.querySelector(".sources");
    list.hidden = sources.length === 0;
    list.replaceChildren(...sources.map(sourceItem));
    footnote.hidden = list.hidden && footnote.querySelector(".as-of").hidden;
  }
}

/** The reminder at the dialogue's head; none when the server does not say how long it keeps a dialogue. */
function keptFor(retention) {
  const kept = duration(retention);
  if (kept === null) return [];
  const line = element("p", "kept small");
  line.textContent = `Диалог хранится ${kept}, затем удаляется.`;
  return [line];
}

function deliveryWords(turn) {
  if (turn.delivery === "unsent") return turn.problem;
  if (turn.delivery !== "busy") return null;
  const left = Math.max(1, Math.ceil((turn.retry_at - Date.now()) / 1000));
  return `Сейчас очень много вопросов. Отправим ваш через ${counted(left, SECOND)}.`;
}

function sourceItem(source) {
  const item = element("li", "source");
  const kind = KINDS[source.kind];
  if (kind && kind !== source.title) {
    const label = element("span", "source-kind");
    label.textContent = kind;
    item.append(label, " ");
  }
  item.append(source.title ?? "");
  return item;
}

/** What an answer hands out, as facts tell it. */
function brochuresOf(turn) {
  const facts = (turn.facts ?? []).filter(({ kind }) => kind === "brochure");
  return facts.map(({ id, values }) => ({ id, title: values.title, link: values.link }));
}

/** None for what is no address of a page: a link may come from nowhere else. */
function brochureLink({ title, link }) {
  if (!/^https?:\/\//.test(link ?? "")) return null;
  const item = element("li", "");
  const anchor = Object.assign(document.createElement("a"), { href: link, target: "_blank", rel: "noopener" });
  anchor.textContent = `Скачать: ${title}`;
  item.append(anchor);
  return item;
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function show(place, text) {
  place.hidden = text === null;
  if (place.textContent !== (text ?? "")) place.textContent = text ?? "";
}
