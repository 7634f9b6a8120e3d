/**
 * One document being edited: what is published, what is changed here, and what happens when both move on.
 *
 * Knows versions, drafts and conflicts. Refuses to overwrite anybody silently and to know what the document says.
 */

import { carried, changes, equal, type Change } from "./comparison";
import type { Drafts } from "./drafts";
import { ApiError, type OwnerApi } from "./owner_api";
import type { DocumentKind, FieldError, Published } from "./shapes";

const KEEP_AFTER_MS = 250;

/** Somebody else published meanwhile. `both` are the places that both changed; null where nobody can tell. */
export interface Conflict<V> {
  theirs: Published<V>;
  theirChanges: Change[] | null;
  both: string[][] | null;
}

export class Publication<V> extends EventTarget {
  value: V;
  errors: FieldError[] = [];
  conflict: Conflict<V> | null = null;
  restored: string | null = null;
  keeps = true;
  #base: V | null;
  #timer: number | undefined;

  private constructor(
    private readonly api: OwnerApi,
    private readonly drafts: Drafts,
    readonly assistant: string,
    readonly kind: DocumentKind,
    public published: Published<V>,
    private baseVersion: string,
    base: V | null,
    value: V,
  ) {
    super();
    this.value = value;
    this.#base = base;
  }

  /** What is published now, with the changes of this browser laid over it. */
  static async open<V>(api: OwnerApi, drafts: Drafts, assistant: string, kind: DocumentKind): Promise<Publication<V>> {
    const published = await api.document<V>(assistant, kind);
    const draft = drafts.read(assistant, kind);
    if (draft === null || equal(draft.value, published.value)) {
      drafts.forget(assistant, kind);
      return new Publication<V>(
        api,
        drafts,
        assistant,
        kind,
        published,
        published.version,
        published.value,
        copy(published.value),
      );
    }
    const same = draft.base_version === published.version;
    const base = same ? published.value : await kept<V>(api, assistant, kind, draft.base_version);
    const edited = new Publication<V>(
      api,
      drafts,
      assistant,
      kind,
      published,
      draft.base_version,
      base,
      draft.value as V,
    );
    edited.restored = draft.kept_at;
    if (!same) edited.#meet(published);
    return edited;
  }

  get changed(): boolean {
    return !equal(this.value, this.#base ?? this.published.value);
  }

  get changes(): Change[] {
    return changes(this.#base ?? this.published.value, this.value);
  }

  /** To be called after `value` was changed in place. */
  touch(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.keep(), KEEP_AFTER_MS);
    this.#tell();
  }

  keep(): void {
    window.clearTimeout(this.#timer);
    if (!this.changed) return this.drafts.forget(this.assistant, this.kind);
    const draft = { base_version: this.baseVersion, kept_at: new Date().toISOString(), value: this.value };
    this.keeps = this.drafts.write(this.assistant, this.kind, draft);
    if (!this.keeps) this.#tell();
  }

  /** Back to what is published. */
  discard(): void {
    window.clearTimeout(this.#timer);
    this.#begin(this.conflict?.theirs ?? this.published);
    this.dispatchEvent(new Event("replaced"));
  }

  /** True when it is published; false when fields are wrong or somebody was faster: `errors`, `conflict` say it. */
  async publish(): Promise<boolean> {
    this.keep();
    this.errors = [];
    const sent = copy(this.value);
    let now: Published<V>;
    try {
      const { version } = await this.api.publish(this.assistant, this.kind, {
        expected_version: this.baseVersion,
        value: sent,
      });
      now = { version, value: sent, author: this.drafts.email, published_at: new Date().toISOString() };
    } catch (error) {
      if (!(error instanceof ApiError) || ![409, 422].includes(error.status)) throw error;
      if (error.status === 422) return this.#wrong(error);
      now = await this.api.document<V>(this.assistant, this.kind);
      if (!equal(now.value, sent)) return this.#meet(now); // otherwise only the answer to an earlier try was lost
    }
    const typed = this.value;
    this.#begin(now);
    if (!equal(typed, sent)) this.value = typed; // what was typed while it was on its way stays a change
    this.keep();
    this.dispatchEvent(new Event("replaced"));
    return true;
  }

  /** My changes laid over their version, all of mine where nobody can tell them apart; nothing is published by that. */
  carryOver(): void {
    if (this.conflict === null) return;
    const { theirs } = this.conflict;
    const value = this.#base === null ? this.value : carried(this.#base, this.value, theirs.value).value;
    this.#begin(theirs);
    this.value = value;
    this.keep();
    this.dispatchEvent(new Event("replaced"));
  }

  #begin(published: Published<V>): void {
    this.published = published;
    this.baseVersion = published.version;
    this.#base = published.value;
    this.value = copy(published.value);
    this.errors = [];
    this.conflict = null;
    this.restored = null;
    this.drafts.forget(this.assistant, this.kind);
  }

  #wrong(error: ApiError): false {
    this.errors = error.fields.length ? error.fields : [{ field: "", message: error.message }];
    this.#tell();
    return false;
  }

  #meet(theirs: Published<V>): false {
    const base = this.#base;
    this.conflict = {
      theirs,
      theirChanges: base === null ? null : changes(base, theirs.value),
      both: base === null ? null : carried(base, this.value, theirs.value).both,
    };
    this.#tell();
    return false;
  }

  #tell(): void {
    this.dispatchEvent(new Event("changed"));
  }
}

async function kept<V>(api: OwnerApi, assistant: string, kind: DocumentKind, version: string): Promise<V | null> {
  try {
    return (await api.documentVersion<V>(assistant, kind, version)).value;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null; // no longer kept: nobody can tell who changed what
    throw error;
  }
}

function copy<T>(value: T): T {
  return structuredClone(value);
}
