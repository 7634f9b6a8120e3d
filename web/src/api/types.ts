/**
 * The bodies of /v1 by the names that the widget uses.
 *
 * Knows what it reads of them. Refuses to list what nobody here reads.
 */

export interface Terms {
  version: string;
  storage: string;
  training: string;
  link?: string | null;
}

export interface Office {
  open: boolean;
  opens_at: string | null;
  closes_at: string | null;
  time_zone: string;
}

export interface Assistant {
  id: string;
  name: string;
  language: string;
  greeting: string;
  capabilities: string[];
  retention: string;
  terms: Terms;
  office: Office;
}

export interface OpenedSession {
  session_id: string;
  token: string;
  assistant: string;
  greeting: string;
  retention: string;
  idle_timeout: string;
  office: Office;
  callbacks: { available: boolean };
  terms: Terms;
  ask_nps?: boolean;
}

export interface Source {
  kind: string;
  id: string;
  title: string;
}

export interface Fact {
  kind: string;
  id: string;
  values: Record<string, unknown>;
}

export type TurnState = "queued" | "answering" | "answered" | "refused" | "failed";

export interface Message {
  message_id: string;
  state: TurnState;
  text: string;
  offset: number;
  revision: number;
  notice: string | null;
  offers: string[];
  sources: Source[];
  facts: Fact[];
  stock_as_of: string | null;
  reason: string | null;
  feedback?: Feedback | null;
}

export interface Feedback {
  thumb: "up" | "down";
  reason: string;
}

export interface Consent {
  storage: true;
  training: boolean;
  text_version: string;
}

export interface Rating {
  csat: number;
  nps?: number;
  comment?: string;
}

/** Said to the visitor after a form was accepted. */
export interface Accepted {
  message?: string;
}

export type FormFields = Record<string, string>;
