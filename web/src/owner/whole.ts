/**
 * A document with everything in it that its author may have left out.
 *
 * Knows the defaults of topics, which the API fills in when it publishes: filled in on reading, they are no change.
 */

import type { DocumentKind, Policy, Topic } from "./shapes";

type Written = Partial<Topic> & Pick<Topic, "id" | "phrases" | "reply">;

export function whole<V>(kind: DocumentKind, value: V): V {
  if (kind !== "policy") return value;
  const { topics } = value as unknown as { topics: Written[] };
  const filled = topics.map((topic) => ({ title: "", exceptions: [], samples: [], gap: 2, enabled: true, ...topic }));
  return { ...value, topics: filled } satisfies V & Policy;
}
