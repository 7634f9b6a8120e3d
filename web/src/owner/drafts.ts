/**
 * Changes that are not published yet, kept in this browser so that a reload or a lost session costs nothing.
 *
 * Knows one draft a person, assistant and document, and which version it began with. Refuses to know what a
 * document says and to keep anything of visitors.
 */

import type { DocumentKind } from "./shapes";

export interface Draft {
  base_version: string;
  kept_at: string;
  value: unknown;
}

const PREFIX = "attendant-owner:draft";

export class Drafts {
  constructor(readonly email: string) {}

  read(assistant: string, kind: DocumentKind): Draft | null {
    try {
      const draft = JSON.parse(localStorage.getItem(this.#key(assistant, kind)) ?? "null") as Draft | null;
      return draft && typeof draft.base_version === "string" && "value" in draft ? draft : null;
    } catch {
      return null;
    }
  }

  /** False when the browser keeps nothing (private mode, a full store). */
  write(assistant: string, kind: DocumentKind, draft: Draft): boolean {
    try {
      localStorage.setItem(this.#key(assistant, kind), JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  forget(assistant: string, kind: DocumentKind): void {
    localStorage.removeItem(this.#key(assistant, kind));
  }

  /** Calls `told` when another tab keeps or forgets this draft. */
  watch(assistant: string, kind: DocumentKind, told: () => void, signal: AbortSignal): void {
    const key = this.#key(assistant, kind);
    window.addEventListener("storage", (event) => event.key === key && told(), { signal });
  }

  #key(assistant: string, kind: DocumentKind): string {
    return `${PREFIX}:${this.email}:${assistant}:${kind}`;
  }
}
