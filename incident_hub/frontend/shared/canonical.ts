/** The same bytes as the server's canonical JSON, and the digest of a board over them. */
import type { Incident } from "./shapes";

const marks = new WeakMap<Incident, string>();

/** A value as JSON with sorted keys and no spaces. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const held = value as Record<string, unknown>;
  const pairs = Object.keys(held)
    .sort(byCodePoint)
    .map((key) => `${JSON.stringify(key)}:${canonical(held[key])}`);
  return `{${pairs.join(",")}}`;
}

/** One hash over a board: lines `ref SP sha256(card)` sorted by ref; null where the browser offers no hashing. */
export async function digest(cards: Iterable<Incident>): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const lines = await Promise.all(Array.from(cards, async (card) => `${card.ref} ${await mark(card)}\n`));
  return sha256(lines.sort(byCodePoint).join(""));
}

async function mark(card: Incident): Promise<string> {
  const known = marks.get(card);
  if (known) return known;
  const made = await sha256(canonical(card));
  marks.set(card, made);
  return made;
}

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The server sorts by code point; the default order here is by UTF-16 unit, where surrogates stand before U+E000.
function byCodePoint(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
