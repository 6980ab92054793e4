/** The shapes that the server and the pages agree on: the page's own JSON and those of the public contract. */

export type Lang = "zh" | "en";

export interface PlanType {
  code: string;
  title: string;
  category: string;
  life_safety: boolean;
  lead: string;
  support: string[];
}

export interface Party {
  code: string;
  title: string;
  agencies: string[];
}

export interface Page {
  operation?: { code: string; title: string; zone: string; zone_title?: string; phase: string; exercise: boolean };
  asker?: { desk: string; agency: string; role: string; login: string; name: string; may: string[]; post?: string | null };
  lang: Lang;
  csrf: string;
  now: string;
  plan?: {
    code: string;
    version: string;
    types: PlanType[];
    grades: { code: string; title: string }[];
    parties?: Party[];
  };
  agencies?: { code: string; title: string }[];
  desks?: { code: string; title: string }[];
  sites?: { code: string; title: string; agency: string }[];
  ref?: string;
  incident?: Incident;
}

export interface Access {
  desk: string;
  role: string;
  since: string;
  history?: string;
  by?: string | By | null;
  until?: string;
  ended_by?: string | null;
  reason?: string | null;
}

export interface By {
  agency: string | null;
  desk: string | null;
  post: string | null;
  name: string | null;
  assurance: string;
}

export interface Figure {
  id?: string;
  category: string;
  n: number | null;
  as_of: string;
  source: string;
  basis?: string;
  official: boolean;
  differs?: boolean;
}

export interface Incident {
  ref: string;
  operation: string;
  type: string;
  title: string;
  summary: string | null;
  category: string;
  grade: string | null;
  response_level: string | null;
  status: string;
  verification: string;
  attention: string | null;
  life_safety: boolean;
  lead: string | null;
  taken: { agency: string; post: string | null; at: string }[];
  access: Access[];
  tlp: string;
  place: { text?: string | null; site?: string | null; area?: string | null } | string | null;
  site?: string | null;
  occurred_at: string | null;
  occurred_about?: boolean;
  known_at: string | null;
  discovered_at?: string | null;
  planned_at?: string | null;
  lead_offer?: { desk: string; by: string; at: string } | null;
  created_at: string;
  updated_at: string;
  version: number;
  figures: Record<string, Omit<Figure, "category">>;
  obligations: { open: number; late: number; next_due_at: string | null };
  unanswered?: boolean;
  exercise: boolean;
  next_status?: string[];
  suggested_grade?: { grade: string; criterion: string } | null;
  my_role?: string;
  my_history?: string;
  circle?: (Access & { title?: unknown })[];
}

export interface Obligation {
  id: string;
  operation: string;
  rule: string;
  force: string;
  kind: string;
  title?: unknown;
  what?: unknown;
  by_hand?: boolean;
  target?: boolean;
  confirmed?: boolean;
  pre_report?: boolean;
  plan_version?: string;
  plan_in_force?: boolean;
  entered_late?: boolean;
  moved_from?: { id: string; agency: string; desk: string; post: string } | null;
  original_due_at?: string | null;
  completeness?: string | null;
  exhausted_at?: string | null;
  reason_wanted?: boolean;
  explanation?: { code: string; words: string; at: string } | null;
  may?: string[] | null;
  mine?: boolean | null;
  subject: { kind: string; ref: string; page?: string | null; label?: { zh: string; en: string } } | string;
  owed_by: { agency: string; desk: string; post: string };
  starts_at: string;
  opened_at: string;
  due_at: string;
  state: string;
  acknowledged: { at: string; kind: string; agency: string; post: string | null } | null;
  met_at: string | null;
  proof: string | null;
  slack_s: number | null;
  slack_entered_s: number | null;
  reason: string | null;
  next_step: { at: string; kind: string; to: string[] | string; channels: string[] } | null;
}

export interface Via {
  channel: string;
  from: { agency: string; words_by?: string };
  stated_at: string;
  words: string;
}

export interface JournalEntry {
  id: string;
  kind: string;
  text: string;
  at: string;
  occurred_at: string | null;
  by: By;
  via: (Partial<Via> & Record<string, unknown>) | null;
  posts?: string[];
  audience: string | string[];
  struck: { at: string; by: By; reason: string } | null;
  decision?: {
    options?: string | string[] | null;
    basis?: string | null;
    approver?: string | null;
    shown?: number;
  } | null;
  milestone?: string | null;
}

export interface Entry {
  operation: string;
  position: number;
  kind: string;
  at: string;
  by: By;
  subject: { kind: string; ref: string };
  data: Record<string, unknown>;
  card?: Incident;
  withheld?: boolean;
}

export interface OnDuty {
  desk: string;
  agency: string;
  post: string;
  title?: unknown;
  kind?: string;
  members: { id: string; name: string }[];
}

export interface Summons {
  obligation: string;
  step: string | number;
  kind: string;
  subject?: { kind: string; ref: string } | string;
  operation?: string;
  desk?: string;
  rule?: string;
  due_at?: string;
  grave?: boolean;
}

export interface Flood {
  since: string;
  new: number;
}

/** How the daily returns of the newest day stand, as one desk may know: `each` by the desk that owes. */
export interface Returns {
  date: string;
  until: string;
  received: number;
  owed: number;
  each: Record<string, { received: number; owed: number }>;
  missing: { unit: string; title: { zh: string; en: string }; agency: string }[];
}

/** A hazard as lists tell it. */
export interface Hazard {
  ref: string;
  title: string;
  agency: string;
  grade: string;
  state: string;
  overdue: boolean;
  five: { deadline: string | null };
  relation?: string;
}

export interface Board {
  operation: string | { code: string };
  head: number;
  now: string;
  phase: string;
  response_level: string | null;
  cards: Incident[];
  digest: string;
  counts: Record<string, unknown>;
  on_duty: OnDuty[];
  due_next: Obligation[];
  hazards_overdue?: Hazard[];
  flood: Flood | null;
  zero_reports: Returns | null;
}
