/**
 * The views in which a visitor asks for something: a call, a test drive, a letter, the end of all that was said.
 *
 * Knows the fields and what is worth checking before they are sent. Refuses to know when each is offered: the server
 * says so, and it alone decides in the end.
 */

import type { Accepted, FormFields, Office } from "../../api/types";
import { newId } from "../dialogue/turn";
import { type Child, h } from "../dom";
import { type Field, Form, check, fieldElement } from "../forms";
import type { Language } from "../language";
import type { Words } from "../words/ru";
import { heading, type View } from "./view";

const FURTHEST_DAYS = 60;
const DAY_MS = 86_400_000;

/** What a view of this kind needs of the conversation. */
export interface Desk {
  send(fields: FormFields): Promise<Accepted>;
  done(sentence: string): void;
  back(): void;
}

export function callbackView({ words }: Language, office: Office, desk: Desk): View {
  const fields: Field[] = [
    ...person(words),
    {
      name: "convenient_time",
      label: words.convenientTime,
      optional: true,
      hint: words.convenientTimeHint,
      attributes: { maxlength: 200 },
    },
    {
      name: "comment",
      label: words.comment,
      optional: true,
      control: "textarea",
      attributes: { rows: 2, maxlength: 1000 },
    },
  ];
  const lead = office.open ? words.callbackLead : words.morningLead;
  return requestView(
    words,
    { title: words.callMe, lead, fields, submit: words.requestCall, accepted: words.requestAccepted },
    desk,
  );
}

/** One view is one booking: however often it is sent, it stays the same. */
export function testDriveView({ words }: Language, car: string, desk: Desk): View {
  const day = { type: "date", min: isoDay(Date.now()), max: isoDay(Date.now() + FURTHEST_DAYS * DAY_MS) };
  const fields: Field[] = [
    { name: "car", label: words.car, attributes: { value: car, maxlength: 100 } },
    { name: "day", label: words.day, attributes: day },
    { name: "time", label: words.time, attributes: { type: "time" } },
    ...person(words),
  ];
  const booking = { booking_id: newId() };
  const send = (values: FormFields): Promise<Accepted> => desk.send({ ...booking, ...values });
  const texts = {
    title: words.testDrive,
    lead: words.testDriveLead,
    fields,
    submit: words.book,
    accepted: words.requestAccepted,
  };
  return requestView(words, texts, { ...desk, send });
}

export function letterView({ words }: Language, brochures: { id: string; title: string }[], desk: Desk): View {
  const options = brochures.map(({ id, title }) => h("option", { value: id }, title));
  const choice = h(
    "label",
    { class: "field" },
    h("span", {}, words.brochure),
    h("select", { name: "brochure" }, ...options),
  );
  const attributes = { type: "email", autocomplete: "email", maxlength: 254, placeholder: "name@example.ru" };
  const fields: Field[] = [{ name: "email", label: words.email, attributes }];
  const texts = {
    title: words.letterTitle,
    lead: words.letterLead,
    fields,
    submit: words.sendLetter,
    accepted: words.letterSent,
  };
  return requestView(words, texts, desk, [choice]);
}

export function eraseView({ words }: Language, erase: () => Promise<void>, back: () => void): View {
  const title = heading(words.eraseTitle);
  const keep = h("button", { type: "button", class: "quiet", onclick: back }, words.keep);
  const form = new Form(words, [title, h("p", {}, words.eraseLead)], words.eraseYes, erase, [keep]);
  form.element.querySelector("[type=submit]")?.classList.add("danger");
  return { element: h("section", { class: "view" }, form.element), focus: () => title.focus() };
}

interface Texts {
  title: string;
  lead: string;
  fields: Field[];
  submit: string;
  accepted: string;
}

function requestView(words: Words, texts: Texts, desk: Desk, before: Child[] = []): View {
  const title = heading(texts.title);
  const controls = texts.fields.map((field) => fieldElement(words, field));
  const content = [title, h("p", { class: "lead" }, texts.lead), ...before, ...controls];
  const back = h("button", { type: "button", class: "quiet", onclick: () => desk.back() }, words.back);
  const required = texts.fields.filter(({ optional }) => !optional).map(({ name }) => name);
  const act = async (): Promise<void> => {
    const values = form.values();
    check(words, values, required);
    const answer = await desk.send(values);
    desk.done(answer.message || texts.accepted);
  };
  const form = new Form(words, content, texts.submit, act, [back]);
  return { element: h("section", { class: "view" }, form.element), focus: () => title.focus() };
}

function person(words: Words): Field[] {
  const phone = { type: "tel", inputmode: "tel", autocomplete: "tel", maxlength: 30 };
  return [
    { name: "name", label: words.name, attributes: { autocomplete: "name", maxlength: 100 } },
    { name: "phone", label: words.phone, attributes: phone, hint: "+7 900 000-00-00" },
  ];
}

function isoDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
