/** Requests to the server: the tab's desk on each, a token against forgery and a key against repetition on writes. */
import { page } from "./page";
import { chosen, type Suspect } from "./personal";
import { proved, wantsProof } from "./proof";
import { t } from "./words";

/** A refusal in the server's own sentence, with the fields at fault. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly errors: { pointer: string; detail: string }[] = [],
    readonly body: Record<string, unknown> = {},
  ) {
    super(detail);
  }

  /** The sentence about one field, if it is at fault. */
  about(field: string): string | null {
    return this.errors.find((one) => one.pointer.replace(/^\//, "").split("/")[0] === field)?.detail ?? null;
  }
}

export interface Answer<T> {
  body: T;
  etag: string | null;
}

const ROOT = "/api/v1";

// These refusals say the same whatever was asked; the page has words for them in its own language.
const PLAIN: Record<number, "fault.401" | "fault.404" | "fault.429" | "fault.500"> = {
  401: "fault.401",
  404: "fault.404",
  429: "fault.429",
  500: "fault.500",
};
type Told = Record<string, unknown>;
const sent = new Map<string, { text: string; key: string }>();

/** Read something. */
export function get<T>(path: string): Promise<Answer<T>> {
  return ask<T>("GET", path, undefined, {});
}

/** State a fact. The same words sent again to the same place carry the same key until they have been answered. */
export async function post<T>(path: string, body: unknown): Promise<Answer<T>> {
  return asChosen(body, (said) => postOnce<T>(path, said));
}

async function postOnce<T>(path: string, body: unknown): Promise<Answer<T>> {
  const text = JSON.stringify(body);
  const before = sent.get(path);
  const key = before?.text === text ? before.key : randomKey();
  sent.set(path, { text, key });
  const answer = await ask<T>("POST", path, text, { "Idempotency-Key": key });
  sent.delete(path);
  return answer;
}

/** Send one file with the words beside it. A browser marks each form anew, so a key would never be met again. */
export function upload<T>(path: string, form: FormData): Promise<Answer<T>> {
  return asChosen(Object.fromEntries(form), (said) => {
    const choice = (said as Record<string, unknown>)["personal"];
    if (typeof choice === "string") form.set("personal", choice);
    return ask<T>("POST", path, form, {});
  });
}

/** Change fields of what was read under an ETag. */
export function patch<T>(path: string, body: unknown, etag: string): Promise<Answer<T>> {
  return asChosen(body, (said) => ask<T>("PATCH", path, JSON.stringify(said), { "If-Match": etag }));
}

/** Send; where the server finds values of persons in the text, whoever wrote it says what becomes of them. */
async function asChosen<T>(body: unknown, send: (said: unknown) => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await send(body);
  } catch (fault) {
    const suspects = fault instanceof Problem && fault.status === 422 ? fault.body["personal"] : undefined;
    if (!Array.isArray(suspects)) throw fault;
    const personal = await chosen(body, suspects as Suspect[]);
    if (!personal) throw fault;
    return send({ ...(body as Record<string, unknown>), personal });
  }
}

/** Withdraw something. */
export function remove<T>(path: string): Promise<Answer<T>> {
  return ask<T>("DELETE", path, undefined, {});
}

async function ask<T>(method: string, path: string, text: string | FormData | undefined, more: Record<string, string>) {
  let [response, body] = await once(method, path, text, more);
  // Nothing was kept of what was refused, so the same is sent again once whoever sits here has proved it.
  if (wantsProof(body) && (await proved(bare))) [response, body] = await once(method, path, text, more);
  if (!response.ok) throw problem(response, body);
  return { body: body as T, etag: response.headers.get("ETag") };
}

/** Ask a door of sign-in, which no proof stands before. */
export async function bare<T>(method: string, path: string, sends?: unknown): Promise<T> {
  const [response, body] = await once(method, path, sends === undefined ? undefined : JSON.stringify(sends), {});
  if (!response.ok) throw problem(response, body);
  return body as T;
}

async function once(
  method: string,
  path: string,
  text: string | FormData | undefined,
  more: Record<string, string>,
): Promise<[Response, unknown]> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": page.lang, ...more };
  if (page.asker) headers["Hub-Desk"] = page.asker.desk;
  if (method !== "GET") headers["X-CSRF-Token"] = page.csrf;
  if (typeof text === "string") headers["Content-Type"] = "application/json";
  const request: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (text !== undefined) request.body = text;
  try {
    const response = await fetch(ROOT + path, request);
    return [response, await read(response)];
  } catch {
    throw new Problem(0, t("fault.offline"));
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function problem(response: Response, body: unknown): Problem {
  const held = (body ?? {}) as Record<string, unknown>;
  const plain = PLAIN[response.status];
  const said = spoken(held) ?? t("fault.server", { status: response.status });
  const detail = plain && page.lang === "zh" ? t(plain) : said;
  const errors = Array.isArray(held["errors"]) ? (held["errors"] as Told[]) : [];
  return new Problem(
    response.status,
    detail,
    errors.map((one) => ({ pointer: String(one["pointer"]), detail: spoken(one) ?? "" })),
    held,
  );
}

/** What is told, in the language of the page where the server knows it; otherwise as it is promised to programs. */
function spoken(told: Told): string | null {
  const words = page.lang === "zh" && typeof told["detail_zh"] === "string" ? told["detail_zh"] : told["detail"];
  return typeof words === "string" ? words : null;
}

// randomUUID exists only in secure contexts; a Hub reached by plain address in a duty room is not one.
function randomKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
