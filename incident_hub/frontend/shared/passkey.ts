/** Passkeys in this browser: what the server asks is given to the device, and its answer is written as JSON. */

type Json = Record<string, unknown>;

/** Whether this browser and this connection offer passkeys at all. */
export function passkeys(): boolean {
  return window.isSecureContext && typeof PublicKeyCredential !== "undefined";
}

/** Have a passkey made. */
export async function made(options: Json): Promise<Json> {
  const user = options["user"] as Json;
  const wants = {
    ...options,
    challenge: bytes(String(options["challenge"])),
    user: { ...user, id: bytes(String(user["id"])) },
    excludeCredentials: known(options["excludeCredentials"]),
  } as unknown as PublicKeyCredentialCreationOptions;
  const found = (await navigator.credentials.create({ publicKey: wants })) as PublicKeyCredential | null;
  if (!found) throw new Error("no passkey was made");
  const answer = found.response as AuthenticatorAttestationResponse;
  return told(found, { attestationObject: text(answer.attestationObject) }, answer);
}

/** Have a passkey shown. */
export async function showed(options: Json): Promise<Json> {
  const wants = {
    ...options,
    challenge: bytes(String(options["challenge"])),
    allowCredentials: known(options["allowCredentials"]),
  } as unknown as PublicKeyCredentialRequestOptions;
  const found = (await navigator.credentials.get({ publicKey: wants })) as PublicKeyCredential | null;
  if (!found) throw new Error("no passkey was shown");
  const answer = found.response as AuthenticatorAssertionResponse;
  const more: Json = { authenticatorData: text(answer.authenticatorData), signature: text(answer.signature) };
  if (answer.userHandle) more["userHandle"] = text(answer.userHandle);
  return told(found, more, answer);
}

function told(found: PublicKeyCredential, more: Json, answer: AuthenticatorResponse): Json {
  return {
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    response: { clientDataJSON: text(answer.clientDataJSON), ...more },
  };
}

function known(list: unknown): unknown[] {
  return ((list ?? []) as Json[]).map((one) => ({ ...one, id: bytes(String(one["id"])) }));
}

function bytes(written: string): Uint8Array {
  return Uint8Array.from(atob(written.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

function text(held: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(held), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
