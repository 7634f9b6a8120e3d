/**
 * What the owner's API says, by the names that the page uses, and the documents that it carries.
 *
 * Bodies are made of the API's own document (`web/src/api/owner.d.ts`); what a published document says is no part of
 * that and stands here. Refuses to know how anything is shown.
 */

import type { components } from "../api/owner";

type Schemas = components["schemas"];

export type Assistant = Schemas["OwnedAssistantView"];
export type Me = Schemas["MeView"];
export type Tokens = Schemas["SignedInView"];
export type NewPasswordNeeded = Schemas["ChallengeView"];
export type Today = Schemas["TodayView"];
export type TrendDay = Schemas["DayView"];
export type Wishes = Schemas["WishesView"];
export type DialogueLine = Schemas["DialogueRowView"];
export type Dialogue = Schemas["MaskedDialogueView"];
export type DialogueTurn = Schemas["MaskedTurnView"];
export type UnansweredGroup = Schemas["UnansweredGroupView"];
export type CallbackState = Schemas["ChangeCallback"]["state"];
export type Callback = Schemas["CallbackRowView"] & { state: CallbackState };
export type Callbacks = Omit<Schemas["CallbacksView"], "callbacks"> & { callbacks: Callback[] };
export type Verdict = Schemas["PolicyVerdictView"];
export type Replay = Schemas["ReplayedView"];
export type Version = Schemas["DocumentVersionView"];
export type FieldError = Schemas["FieldErrorView"];

export type DocumentKind = "policy" | "knowledge" | "settings";

export type Published<V> = Omit<Schemas["DocumentView"], "value"> & { value: V };

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

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

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
