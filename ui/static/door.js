// Says on the ask page that the session is over, before the user interface library says less.
"use strict";
(() => {
  const { words } = window.hochoi;
  const usual = window.fetch;

  const say = (key) => {
    if (document.querySelector(".session-over") !== null) return;
    const language = document.documentElement.lang === "en" ? "en" : "vi";
    const band = document.createElement("p");
    band.className = "session-over";
    band.setAttribute("role", "alert");
    const text = document.createElement("span");
    text.dataset.t = key;
    text.textContent = words[language][key];
    const link = document.createElement("a");
    const isOver = key === "session_over";
    link.href = isOver ? "/login?next=/account" : location.href;
    if (isOver) link.target = "_blank"; // this page keeps what was typed
    link.dataset.t = isOver ? "sign_in_again" : "reload";
    link.textContent = words[language][link.dataset.t];
    link.addEventListener("click", () => band.remove());
    band.append(text, " ", link);
    document.body.prepend(band);
  };

  window.fetch = async (...request) => {
    const response = await usual(...request);
    const path = new URL(response.url || location.href).pathname;
    if (path.startsWith("/gradio_api/")) {
      if (response.status === 401) say("session_over");
      else if (response.status === 404 && path.endsWith("/queue/join")) say("page_over");
    }
    return response;
  };
})();
