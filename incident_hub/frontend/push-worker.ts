/** The service worker: shows a push when no page is open, and opens the page it is about. It keeps nothing. */

interface Told {
  id: string;
  title: string;
  body: string;
  lang: string;
  path: string;
}

interface Pushed extends Event {
  data: { json(): unknown } | null;
  waitUntil(work: Promise<unknown>): void;
}

interface Clicked extends Event {
  notification: Notification & { data: string };
  waitUntil(work: Promise<unknown>): void;
}

interface Worker {
  addEventListener(name: "push", heard: (event: Pushed) => void): void;
  addEventListener(name: "notificationclick", heard: (event: Clicked) => void): void;
  registration: { showNotification(title: string, options: NotificationOptions): Promise<void> };
  clients: { openWindow(path: string): Promise<unknown> };
}

const worker = self as unknown as Worker;
// What cannot be read is still a call: it says so in both languages and leads to my desk.
const UNREAD: Told = {
  id: "unread",
  title: "应急联动：有新消息 / Incident Hub: a new message",
  body: "请打开“我的值班”查看。Open “My desk”.",
  lang: "zh",
  path: "/desk",
};

worker.addEventListener("push", (event) => {
  const told = read(event);
  const options = { body: told.body, lang: told.lang, tag: told.id, data: told.path, requireInteraction: true };
  event.waitUntil(worker.registration.showNotification(told.title, options));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  // Only a path of this house is ever opened.
  const path = event.notification.data;
  const inside = path.startsWith("/") && !path.startsWith("//");
  event.waitUntil(worker.clients.openWindow(inside ? path : "/desk"));
});

function read(event: Pushed): Told {
  try {
    return { ...UNREAD, ...(event.data?.json() as Partial<Told>) };
  } catch {
    return UNREAD;
  }
}
