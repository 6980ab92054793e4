/** Push to this browser: permission, the service worker, and the subscription as the Hub keeps it. */

type Refused = { fault: "push.refused" | "push.unable" };

/** The subscription as JSON text, or why there is none. */
export async function subscribed(key: string): Promise<string | Refused> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return { fault: "push.unable" };
  if ((await Notification.requestPermission()) !== "granted") return { fault: "push.refused" };
  try {
    const worker = await navigator.serviceWorker.register("/push-worker.js", { scope: "/" });
    await navigator.serviceWorker.ready;
    const held = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
    const told = held.toJSON();
    return JSON.stringify({ endpoint: held.endpoint, p256dh: told.keys?.["p256dh"], auth: told.keys?.["auth"] });
  } catch {
    return { fault: "push.unable" };
  }
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(raw, (one) => one.charCodeAt(0));
}
