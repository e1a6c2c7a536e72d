// Keeps a page up to date: when the service knows something newer, the page is asked for again and its middle is replaced.
// Without this script the pages work the same; they are then as new as when they were loaded.
"use strict";
(() => {
  const sign = document.getElementById("live");
  let source = null;
  let busy = false;
  let newest = 0;

  const shown = () => Number(document.getElementById("main").dataset.version);

  const say = (state, text) => {
    sign.hidden = false;
    sign.className = "live " + state;
    if (sign.textContent !== text) sign.textContent = text;
  };

  // What a person does on the page stays: what is opened, what has the focus, what is being typed.
  const replace = (old, next) => {
    for (const part of old.querySelectorAll("details[open][id]")) next.querySelector("#" + CSS.escape(part.id))?.setAttribute("open", "");
    const focus = document.activeElement;
    const kept = old.contains(focus) && focus !== old ? { id: focus.id, href: focus.getAttribute("href"), value: focus.value, changed: focus.value !== focus.defaultValue } : null;
    old.dataset.version = next.dataset.version ?? "";
    old.replaceChildren(...next.childNodes);
    if (!kept) return;
    const again = kept.id ? document.getElementById(kept.id) : [...old.querySelectorAll("a[href]")].find(link => link.getAttribute("href") === kept.href);
    if (!again) return;
    if (kept.changed && "value" in again) again.value = kept.value;
    again.focus({ preventScroll: true });
  };

  const refresh = async () => {
    if (busy || document.hidden || newest <= shown()) return;
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-cache" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("main");
      if (!next) return;
      replace(document.getElementById("nav"), page.getElementById("nav"));
      replace(document.getElementById("main"), next);
      document.title = page.title;
    } catch {
      say("off", "not connected");
    } finally {
      busy = false;
    }
    if (newest > shown()) setTimeout(refresh, 1000);
  };

  const listen = () => {
    if (source) return;
    source = new EventSource("/events");
    source.addEventListener("board", event => {
      newest = Number(event.data);
      say("on", "live");
      refresh();
    });
    source.addEventListener("error", () => say("off", "not connected"));
  };

  // A page that nobody looks at asks for nothing.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else {
      listen();
    }
  });
  listen();
})();
