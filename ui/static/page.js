// Language switch, copying and printing. Everything else works without this file.
"use strict";
(() => {
  const { cookie, words } = window.hochoi;
  const root = document.documentElement;
  const isAskPage = document.querySelector("gradio-app") !== null;
  let language = root.lang === "en" ? "en" : "vi";

  // Gradio chooses its own strings by the browser's language and has no Vietnamese: ours stand
  // under "en". It also sets <html lang>, which belongs to this page.
  if (isAskPage) {
    Object.defineProperty(navigator, "language", { get: () => "en" });
    Object.defineProperty(navigator, "languages", { get: () => ["en"] });
    new MutationObserver(() => { if (root.lang !== language) root.lang = language; })
      .observe(root, { attributes: true, attributeFilter: ["lang"] });
  }

  // -- language ---------------------------------------------------------------------------
  const say = (key, element) => {
    const values = JSON.parse(element.dataset.tValues || "{}");
    return (words[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
  const ATTRIBUTES = ["aria-label", "placeholder", "title"];

  const translate = (within) => {
    for (const element of within.querySelectorAll("[data-t]")) {
      const text = say(element.dataset.t, element);
      if (element.textContent !== text) element.textContent = text;
    }
    for (const name of ATTRIBUTES) {
      for (const element of within.querySelectorAll(`[data-t-${name}]`)) {
        element.setAttribute(name, say(element.getAttribute(`data-t-${name}`), element));
      }
    }
  };

  // Buttons and the box are drawn by Gradio, which may draw them again: their labels are held here.
  const DRAWN = [["#send", "text", "send"], ["#stop", "text", "stop"],
    ["#question textarea", "placeholder", "question_placeholder"],
    ["#question textarea", "aria-label", "question_label"]];

  const labelDrawn = () => {
    for (const [selector, place, key] of DRAWN) {
      const element = document.querySelector(selector);
      const text = words[language][key];
      if (element === null) continue;
      if (place !== "text") {
        if (element.getAttribute(place) !== text) element.setAttribute(place, text);
        continue;
      }
      const node = [...element.childNodes].find((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
      if (node && node.data.trim() !== text) node.data = text;
    }
  };

  const speak = (chosen) => {
    language = chosen;
    root.lang = chosen;
    document.cookie = `${cookie}=${chosen}; path=/; max-age=31536000; samesite=lax`;
    if (!isAskPage) { // made on the server: asked for again, so that title and options change too
      location.reload();
      return;
    }
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
    }
    translate(document);
    labelDrawn();
  };

  // -- a page that shows something running: those parts come anew, what a person types stays ----
  const renewed = async () => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (answer.redirected) location.reload(); // the session is over
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const still = fresh.querySelector("[data-reload]") !== null;
    for (const id of still ? ["running", "past"] : ["start", "past"]) {
      const [old, made] = [document.getElementById(id), fresh.getElementById(id)];
      if (made && (id === "start" || !old.contains(document.activeElement))) old.replaceWith(made);
    }
  };
  const watch = () => {
    const running = document.querySelector("[data-reload]");
    if (!running) return;
    setTimeout(async () => {
      try { await renewed(); } catch { /* the server is away for a moment: asked again */ }
      watch();
    }, 1000 * Number(running.dataset.reload));
  };
  watch();

  // -- copying ----------------------------------------------------------------------------
  const copyText = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea"); // plain http in an office network
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy refused");
  };

  const copyFrom = async (button) => {
    const text = button.querySelector("[data-t]");
    const before = text.dataset.was ?? text.dataset.t;
    text.dataset.was = before;
    const focused = document.activeElement;
    try {
      await copyText(button.dataset.copy);
      text.dataset.t = "copied";
    } catch {
      text.dataset.t = "copy_failed";
    }
    focused?.focus();
    text.textContent = say(text.dataset.t, text);
    setTimeout(() => {
      text.dataset.t = before;
      text.textContent = say(before, text);
    }, 2000);
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element
      ? event.target.closest("[data-language], [data-copy], [data-print]") : null;
    if (target === null) return;
    if (target.dataset.language) speak(target.dataset.language);
    else if (target.dataset.copy !== undefined) copyFrom(target);
    else window.print();
  });

  // -- the menu of a narrow screen closes as menus do ------------------------------------------
  const menu = document.querySelector(".masthead .menu");
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".masthead .menu, .masthead .reach")) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // On a phone filters that are not in use would hide what they filter.
  if (matchMedia("(max-width: 720px)").matches) {
    document.querySelector("details.filter-box:not([data-active])")?.removeAttribute("open");
  }

  Object.assign(window.hochoi, { isAskPage, say, translate, labelDrawn }); // for ask.js
})();
