// The ask page: sends what its buttons order, keeps filters, address and draft in step, scrolls.
"use strict";
(() => {
  const { say, translate, labelDrawn } = window.hochoi;
  const root = document.documentElement;
  const one = (selector) => document.querySelector(selector);
  const box = () => one("#question textarea");

  // Gradio takes a value over when it hears that somebody typed.
  const write = (element, text) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value").set.call(element, text);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // -- orders -----------------------------------------------------------------------------
  const order = (details) => {
    if (root.hasAttribute("data-busy")) return; // one at a time
    write(one("#order textarea, #order input"), JSON.stringify(details));
    requestAnimationFrame(() => one("#go").click());
  };

  const turnOf = (button) => Number(button.closest(".turn")?.dataset.turn ?? 0);

  const opinion = (button) => {
    const details = { do: "opinion", turn: turnOf(button), good: button.dataset.good === "true" };
    if (!details.good) {
      const form = button.closest(".reasons");
      details.reasons = [...form.querySelectorAll("input:checked")].map((input) => input.value);
      details.comment = form.querySelector("textarea").value;
    }
    return details;
  };

  // -- filters and editing: what goes along with a typed question ---------------------------
  const selects = () => [...document.querySelectorAll("[data-filter]")];

  const tellContext = () => {
    const chosen = selects().filter((select) => select.value);
    const context = Object.fromEntries(chosen.map((select) => [select.dataset.filter, select.value]));
    if (root.dataset.editing) context.edits = Number(root.dataset.editing);
    write(one("#context textarea, #context input"), JSON.stringify(context));
    const names = chosen.map((select) => select.selectedOptions[0].textContent.trim()).join(" · ");
    root.toggleAttribute("data-narrowed", chosen.length > 0);
    const line = one(".narrow .chosen");
    line.dataset.t = chosen.length > 0 ? "narrowed" : "no_filter";
    line.dataset.tValues = JSON.stringify({ names });
    const text = say(line.dataset.t, line);
    if (line.textContent !== text) line.textContent = text; // this is watched: change it once
  };

  // Filters are drawn again when the library has changed: what was chosen stays.
  let wanted = {};
  const choose = (filters) => {
    wanted = filters;
    for (const select of selects()) {
      select.value = filters[select.dataset.filter] ?? "";
      if (select.selectedIndex < 0) select.value = ""; // no longer there to choose
    }
    tellContext();
  };
  const chosenFilters = () =>
    Object.fromEntries(selects().map((select) => [select.dataset.filter, select.value]));

  const unfilter = () => {
    choose({});
  };

  // The turn that the question in the box takes the place of, 0 for none.
  const edit = (turn, question) => {
    if (turn) root.dataset.editing = turn;
    else delete root.dataset.editing;
    if (question !== undefined) write(box(), question);
    tellContext();
    box().focus();
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-filter]")) choose(chosenFilters());
  });

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element
      ? event.target.closest("[data-order], [data-edit], [data-edit-cancel], [data-unfilter]") : null;
    if (target === null) return;
    const { order: what, text } = target.dataset;
    if (target.dataset.edit !== undefined) edit(turnOf(target), target.dataset.edit);
    else if (target.dataset.editCancel !== undefined) edit(0, "");
    else if (target.dataset.unfilter !== undefined) unfilter();
    else if (what === "opinion") order(opinion(target));
    else {
      if (what === "everywhere") unfilter();
      if (what === "new") edit(0);
      order({ do: what, text: text ?? "", turn: turnOf(target) });
    }
  });

  // A form that opens under the answer is not left behind the question box.
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches(".down")) {
      event.target.querySelector(".reasons").scrollIntoView({ block: "center" });
    }
  }, true);

  // -- what is typed and chosen but not taken survives a reload, a way back, a new sign-in ------
  // The library lets nothing be sent while it has lost its connection, and then loads the page
  // anew: a question that was sent in vain is sent again.
  const DRAFT = "hochoi_draft";
  const here = () => location.pathname + location.search;

  let inVain = ""; // sent, and nothing has come of it yet

  const noteSending = (event) => {
    const isEnter = event.type === "keydown" && event.key === "Enter" && !event.shiftKey
      && !event.isComposing && event.target === box();
    if (isEnter || (event.type === "click" && event.target.closest?.("#send"))) inVain = box().value;
  };

  const sendAgain = () => {
    if (!inVain || inVain !== box().value || root.hasAttribute("data-busy")) return;
    requestAnimationFrame(() => one("#send").click());
  };

  const keepDraft = () => {
    if (!("ready" in root.dataset)) return;
    const text = box().value;
    const draft = { at: here(), text, filters: chosenFilters(), isSent: text !== "" && text === inVain };
    try { sessionStorage.setItem(DRAFT, JSON.stringify(draft)); } catch { /* storage is forbidden */ }
  };

  const takeDraft = () => {
    let draft = null;
    try { draft = JSON.parse(sessionStorage.getItem(DRAFT)); } catch { /* forbidden, or not ours */ }
    if (draft?.at !== here()) return;
    choose(draft.filters ?? {});
    if (!draft.text || box().value) return;
    write(box(), draft.text);
    if (draft.isSent) inVain = draft.text;
  };

  addEventListener("pagehide", keepDraft);
  document.addEventListener("visibilitychange", keepDraft);
  document.addEventListener("keydown", noteSending, true);
  document.addEventListener("click", noteSending, true);

  // -- following the conversation -----------------------------------------------------------
  // A new question goes to the top of the window, and its answer once it is there.
  const follow = () => {
    let seen = ["", 0];
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const log = one("#conversation");
    const look = () => {
      const last = log.querySelector(".turn:last-child");
      const now = [last?.dataset.turn ?? "", log.querySelectorAll("[data-outcome]").length];
      root.toggleAttribute("data-asked", last !== null);
      root.toggleAttribute("data-busy",
        last === null ? opening !== null : last.querySelector("[data-outcome]") === null);
      if (last !== null && (now[0] !== seen[0] || now[1] > seen[1])) {
        if (root.dataset.editing) edit(0);
        last.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
      }
      seen = now;
      keepAddress(log.querySelector(".turns")?.dataset.conversation ?? "");
      translateIfNeeded(log);
      placeFollowUps();
    };
    const changed = () => {
      const isOpened = opening !== null; // what is drawn is what was there, not what was sent
      const before = seen[0];
      look();
      if (isOpened) sendAgain();
      else if (seen[0] !== before) inVain = ""; // its turn is there; an answer's last pieces are not it
    };
    new MutationObserver(changed).observe(log, { childList: true, subtree: true });
    new MutationObserver(() => { // Gradio draws its progress there, too: that is no problem
      if (!one("#problem .problem")) return;
      opening = null; // there is no such conversation, or the question was refused
      inVain = "";
      look();
    }).observe(one("#problem"), { childList: true, subtree: true });
    new MutationObserver(placeFollowUps).observe(one("#follow"), { childList: true, subtree: true });
    look();
    sendAgain();
  };

  // Questions to go on with arrive after their answer, maybe when the next one is asked already.
  const placeFollowUps = () => {
    const follow = one("#follow .follow");
    const last = one("#conversation .turn:last-child");
    if (follow) follow.hidden = follow.dataset.after !== last?.dataset.turn;
  };

  // Reloading, or opening the address again, shows the same conversation.
  const keepAddress = (conversation) => {
    const address = conversation ? `/?c=${encodeURIComponent(conversation)}` : "/";
    if (opening === null && location.pathname + location.search !== address) {
      history.replaceState(null, "", address);
    }
    if (conversation) opening = null;
  };

  // An answer that was under way while the language was switched is drawn in the old one.
  const translateIfNeeded = (log) => {
    const sample = log.querySelector("[data-t]:not([data-t-values])");
    if (sample && sample.textContent !== say(sample.dataset.t, sample)) translate(log);
  };

  let opening = new URLSearchParams(location.search).get("c");

  const prepare = () => {
    translate(document);
    labelDrawn();
    new MutationObserver(labelDrawn).observe(one("#composer"), {
      childList: true, subtree: true, characterData: true, attributes: true,
      attributeFilter: ["placeholder", "aria-label"],
    });
    new MutationObserver(() => choose(wanted)).observe(one("#filters"), { childList: true, subtree: true });
    takeDraft();
    root.dataset.ready = "";
    if (document.activeElement === document.body) box().focus();
    follow();
  };

  const waitForParts = () => {
    const parts = ["#question textarea", "#conversation .turns", "#send", "#go", "#sources section",
      "#order textarea, #order input", "#context textarea, #context input", ".narrow"];
    if (parts.every((selector) => one(selector))) prepare();
    else requestAnimationFrame(waitForParts);
  };

  waitForParts();
})();
