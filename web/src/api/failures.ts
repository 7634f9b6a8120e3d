/**
 * How a call can go wrong: the server said no, or nobody answered.
 *
 * Knows the shape of an error's body. Refuses to know what is done about it and what a visitor reads.
 */

export interface FieldError {
  field: string;
  message: string;
}

/** `message` is the server's sentence for the visitor, in Russian, empty where it has none. */
export interface Problem {
  code: string;
  message: string;
  fields: FieldError[];
}

/** The server answered with an error. */
export class ApiError extends Error implements Problem {
  readonly code: string;
  readonly fields: FieldError[];

  constructor(
    readonly status: number,
    body: Partial<Problem>,
    readonly retryAfterSeconds: number | null,
  ) {
    super(body.message ?? "");
    this.code = body.code ?? "unknown";
    this.fields = Array.isArray(body.fields) ? body.fields : [];
  }
}

export class NoConnection extends Error {}

/** Whether the same call may succeed later without being changed. */
export function passing(error: unknown): boolean {
  return error instanceof NoConnection || (error instanceof ApiError && (error.status === 429 || error.status >= 500));
}

/** What of it can be kept. */
export function problemOf({ code, message, fields }: ApiError): Problem {
  return { code, message, fields };
}
