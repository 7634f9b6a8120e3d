/** One question with its answer, in the order in which they are read. Knows the two bubbles. */

import type { Feedback } from "../../api/types";
import type { Session, Turn } from "../dialogue/turn";
import { h } from "../dom";
import type { Language } from "../language";
import { AnswerBubble } from "./answer_bubble";
import { QuestionBubble } from "./question_bubble";

/** What a visitor may do with a turn, and what its drawing needs to know. */
export interface TurnDesk {
  readonly language: Language;
  readonly linkHosts: ReadonlySet<string>;
  readonly session: Session;
  readonly foreign: boolean; // the assistant speaks another language than the widget
  ask(question: string): void;
  resend(turn: Turn): void;
  stop(turn: Turn): void;
  giveFeedback(turn: Turn, feedback: Feedback): Promise<void>;
  testDrives(turn: Turn): boolean;
  callBack(): void;
  bookTestDrive(car: string): void;
  sendLetter(brochures: { id: string; title: string }[]): void;
  announce(text: string): void;
  grown(): void;
}

export class TurnView {
  readonly element: HTMLElement;
  readonly #question: QuestionBubble;
  readonly #answer: AnswerBubble;

  constructor(
    readonly turn: Turn,
    desk: TurnDesk,
  ) {
    this.#question = new QuestionBubble(turn, desk);
    this.#answer = new AnswerBubble(turn, desk);
    this.element = h("article", { class: "turn" }, this.#question.element, this.#answer.element);
  }

  draw(live: boolean): void {
    this.#question.draw(this.turn);
    this.#answer.draw(live);
  }
}
