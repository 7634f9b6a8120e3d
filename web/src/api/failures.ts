/**
 * How a call can go wrong: the server said no, or nobody answered.
 *
 * Knows the shape of an error's body. Refuses to know what is done about it.
 */

export interface FieldError {
  field: string;
  message: string;
}

interface ErrorBody {
  code?: string;
  message?: string;
  fields?: FieldError[];
}

/** The server answered with an error. `message` is its sentence for the visitor, empty where it has none. */
export class ApiError extends Error {
  readonly code: string;
  readonly fields: FieldError[];

  constructor(
    readonly status: number,
    body: ErrorBody,
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
