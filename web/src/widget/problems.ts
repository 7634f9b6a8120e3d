/**
 * What is said where the server said no.
 *
 * Knows that the server's own sentences are Russian and may be the salon's: a page in Russian shows them. A page in
 * another language has words of its own by the error's code and by the field's name. Refuses to mix languages.
 */

import type { FieldError, Problem } from "../api/failures";
import type { Words } from "./words/ru";

/** One sentence for the whole of it. */
export function sentence(words: Words, { code, message }: Problem): string {
  const told = words.problems === null ? message : words.problems[code];
  return told || words.somethingWrong;
}

/** The same errors, each with a sentence in the page's language. */
export function spoken(words: Words, fields: FieldError[]): FieldError[] {
  const { problemsOfFields: own } = words;
  if (own === null) return fields;
  return fields.map(({ field }) => ({ field, message: own[field] ?? words.wrongField }));
}
