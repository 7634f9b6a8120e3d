/**
 * Dialogues as one file, put together of the parts in which the API gives them.
 *
 * Knows that each part begins with the same line of names. Refuses to look into the others: texts are masked already.
 */

import type { OwnerApi } from "./owner_api";

const MARK = "\ufeff"; // by which table programs know UTF-8; reading a part as text takes it off
const LINE_END = "\r\n";

/** `told` hears how many parts have come. */
export async function dialoguesFile(
  api: OwnerApi,
  assistant: string,
  filter: Record<string, string | null>,
  told: (parts: number) => void,
): Promise<Blob> {
  const parts: string[] = [];
  let cursor: string | null = null;
  do {
    const part = await api.dialoguesCsv(assistant, { ...filter, cursor });
    parts.push(parts.length ? part.text.slice(part.text.indexOf(LINE_END) + LINE_END.length) : part.text);
    cursor = part.cursor;
    told(parts.length);
  } while (cursor);
  return new Blob([MARK, ...parts], { type: "text/csv;charset=utf-8" });
}

/** Hands a file to the browser, which asks its owner where to put it. */
export function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
