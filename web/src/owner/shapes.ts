/**
 * What the owner's API says, as the page reads it.
 *
 * Knows names of fields. Refuses to know how they are shown.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Assistant {
  id: string;
  name: string;
  time_zone: string;
}

export interface Me {
  email: string;
  assistants: Assistant[];
}

export interface Tokens {
  access_token: string;
  expires_in: number;
  refresh_token: string;
}

export interface NewPasswordNeeded {
  challenge: "new_password";
  session: string;
}

export interface Today {
  day: string;
  dialogues: number;
  turns: number;
  answered: number;
  answered_within_10_s: number | null;
  callbacks_waiting: number;
  csat: { mean: number | null; count: number };
  nps: { score: number | null; count: number };
  refusals: { topic: string; count: number }[];
  unanswered: number;
  stock_as_of: string | null;
  cost_usd_so_far: number | null;
  breaker: { state: string; since: string | null; reason: string | null };
}

export interface TrendDay {
  day: string;
  dialogues: number;
  turns: number;
  answered_within_10_s: number | null;
  csat: number | null;
  nps: number | null;
  refusals: number;
  unanswered: number;
  callbacks: number;
  cost: number | null;
}

export interface Named {
  name: string;
  count: number;
}

export interface Wishes {
  models: Named[];
  colors: Named[];
  budgets_rub: { from: number | null; to: number | null; count: number }[];
}

export interface DialogueLine {
  session_id: string;
  opened_at: string;
  turns: number;
  csat: number | null;
  nps: number | null;
  reasons: string[];
  first_question: string | null;
}

export interface DialogueTurn {
  message_id: string;
  asked_at: string;
  question: string;
  answer: string | null;
  state: string;
  reason: string | null;
  topic: string | null;
  elapsed_ms: number | null;
  sources: { title: string }[];
  thumb: string | null;
  thumb_reason: string | null;
}

export interface Dialogue {
  session_id: string;
  opened_at: string;
  ended_at: string | null;
  csat: number | null;
  nps: number | null;
  comment: string | null;
  turns: DialogueTurn[];
}

export interface UnansweredGroup {
  title: string;
  count: number;
  questions: { session_id: string; asked_at: string; text: string }[];
}

export type CallbackState = "waiting" | "done" | "no_answer";

export interface Callback {
  callback_id: string;
  session_id: string;
  kind: string;
  name: string;
  phone: string;
  convenient_time: string;
  comment: string;
  car: string;
  wished_at: string | null;
  state: CallbackState;
  created_at: string;
  note: string;
  changed_by: string | null;
  changed_at: string | null;
}

export interface Callbacks {
  callbacks: Callback[];
  by_hour: number[];
}

export type DocumentKind = "policy" | "knowledge" | "settings";

export interface Version {
  version: string;
  author: string | null;
  published_at: string | null;
  summary?: string | null;
}

export interface Published<V> extends Version {
  value: V;
}

export interface Sample {
  text: string;
  allowed: boolean;
}

export interface Topic {
  id: string;
  title: string;
  phrases: string[];
  exceptions: string[];
  samples: Sample[];
  reply: string;
  gap: number;
  enabled: boolean;
}

export interface Policy {
  topics: Topic[];
}

export interface Passage {
  id: string;
  kind: string;
  title: string;
  text: string;
  questions: string[];
  models: string[];
  offer: "test_drive" | null;
}

export interface Knowledge {
  passages: Passage[];
}

export interface Settings {
  retention: string;
  idle_timeout: string;
  callbacks_outside_hours: boolean;
  nps_share?: number;
  hours: { time_zone: string; week: Partial<Record<Weekday, [string, string]>>; holidays: string[] };
  terms: Record<string, string | null>;
  texts: Record<string, string>;
  credit?: { annual_percent: string | number; months: [number, number]; least_first_percent: string | number } | null;
}

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

export interface Verdict {
  verdict: string;
  topic: string | null;
  phrase: string | null;
  reply: string | null;
}

export interface Replay {
  read: number;
  complete: boolean;
  changed: { session_id: string; asked_at: string; question: string; before: string | null; after: string | null }[];
}

export interface FieldError {
  field: string;
  message: string;
}
