/**
 * A question on its way from the list of unanswered ones to the FAQ editor.
 *
 * Knows this tab's sessionStorage: masked text survives a sign-in in between. Refuses to keep it once it was taken.
 */

const KEY = "attendant-owner:new-answer";

export function handOver(questions: string[]): void {
  sessionStorage.setItem(KEY, JSON.stringify(questions));
}

export function take(): string[] {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  try {
    const questions: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(questions) ? questions.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
