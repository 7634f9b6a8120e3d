/**
 * Who is signed in on this tab.
 *
 * Knows the tokens: in memory and in this tab's sessionStorage, nowhere else. Refuses to know how a person is asked
 * for a password: whoever makes it hands over `ask`.
 */

import { ApiError, post, type Bearer } from "./owner_api";
import type { NewPasswordNeeded, Tokens } from "./shapes";

const KEY = "attendant-owner:session";

interface Kept {
  email: string;
  access_token: string;
  refresh_token: string;
}

export type SignedIn = "signed-in" | NewPasswordNeeded;

export class Session implements Bearer {
  #kept: Kept | null = read();
  #renewing: Promise<void> | null = null;

  /** `ask` shows the sign-in over the page and ends when somebody is signed in. */
  constructor(
    private readonly base: string,
    private readonly ask: () => Promise<void>,
  ) {}

  get token(): string | null {
    return this.#kept?.access_token ?? null;
  }

  get email(): string {
    return this.#kept?.email ?? "";
  }

  async signIn(email: string, password: string): Promise<SignedIn> {
    return this.#take(email, await post<Tokens | NewPasswordNeeded>(this.base, "/sign-in", { email, password }));
  }

  async newPassword(email: string, session: string, password: string): Promise<SignedIn> {
    const body = { email, session, new_password: password };
    return this.#take(email, await post<Tokens | NewPasswordNeeded>(this.base, "/sign-in/new-password", body));
  }

  /** Ends when the token is another one than `refused`. Calls that meet here wait for one and the same renewal. */
  renewed(refused: string | null): Promise<void> {
    if (this.token !== null && this.token !== refused) return Promise.resolve();
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  forget(): void {
    this.#kept = null;
    sessionStorage.removeItem(KEY);
  }

  async #renew(): Promise<void> {
    if (this.#kept !== null) {
      try {
        const { email, refresh_token } = this.#kept;
        const tokens = await post<Tokens>(this.base, "/refresh", { refresh_token });
        this.#keep(email, { ...tokens, refresh_token: tokens.refresh_token || refresh_token });
        return;
      } catch (error) {
        if (!(error instanceof ApiError) || error.status >= 500) throw error;
      }
    }
    await this.ask();
  }

  #take(email: string, answer: Tokens | NewPasswordNeeded): SignedIn {
    if ("challenge" in answer) return answer;
    this.#keep(email, answer);
    return "signed-in";
  }

  #keep(email: string, tokens: Tokens): void {
    this.#kept = { email, access_token: tokens.access_token, refresh_token: tokens.refresh_token };
    sessionStorage.setItem(KEY, JSON.stringify(this.#kept));
  }
}

function read(): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}
