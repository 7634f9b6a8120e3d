/**
 * What differs between two documents, and one person's changes carried over to another's version.
 *
 * Knows JSON, and that a list of things with ids is a set of things. Refuses to know any document's fields.
 */

export interface Change {
  path: string[];
  before: unknown;
  after: unknown;
}

type Fields = Record<string, unknown>;

export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => equal((one as Fields)[name], (other as Fields)[name]));
}

/** Every place that differs; a thing that came or went is one change. */
export function changes(before: unknown, after: unknown, path: string[] = []): Change[] {
  if (equal(before, after)) return [];
  const one = parts(before);
  const other = parts(after);
  if (one === null || other === null) return [{ path, before, after }];
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].flatMap((name) => changes(one.get(name), other.get(name), [...path, name]));
}

/** `mine` and `theirs` both began with `base`. Where both changed one place, mine stays and `both` names the place. */
export function carried<V>(base: V, mine: V, theirs: V): { value: V; both: string[][] } {
  const both: string[][] = [];
  return { value: merged(base, mine, theirs, [], both) as V, both };
}

function merged(base: unknown, mine: unknown, theirs: unknown, path: string[], both: string[][]): unknown {
  if (equal(mine, base)) return theirs;
  if (equal(theirs, base) || equal(mine, theirs)) return mine;
  const [was, my, their] = [parts(base) ?? new Map<string, unknown>(), parts(mine), parts(theirs)];
  if (my === null || their === null) {
    both.push(path);
    return mine === undefined ? theirs : mine; // what one took away and the other changed stays
  }
  const names = new Set([...their.keys(), ...my.keys()]);
  const values = new Map<string, unknown>();
  for (const name of names) {
    const value = merged(was.get(name), my.get(name), their.get(name), [...path, name], both);
    if (value !== undefined) values.set(name, value);
  }
  return Array.isArray(mine) ? [...values.values()] : Object.fromEntries(values);
}

/** The named parts of an object or of a list of things with ids; null for what is one value. */
function parts(value: unknown): Map<string, unknown> | null {
  if (typeof value !== "object" || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const things = value as unknown[];
  const ids = things.map((thing) =>
    typeof thing === "object" && thing !== null ? (thing as Fields)["id"] : undefined,
  );
  if (!things.length || ids.some((id) => typeof id !== "string") || new Set(ids).size < ids.length) return null;
  return new Map(things.map((thing, index) => [ids[index] as string, thing]));
}
