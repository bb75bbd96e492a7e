// Says on the ask page that the session or the connection is over, before the user interface
// library says less. That library asks every two seconds whether it is let in again, and then loads
// the page anew; `ask.js` keeps what was typed.
"use strict";
(() => {
  const { words } = window.hochoi;
  const usual = window.fetch;
  const band = () => document.querySelector(".trouble");

  const say = (key) => {
    if (band()?.dataset.key === key) return;
    band()?.remove();
    const language = document.documentElement.lang === "en" ? "en" : "vi";
    const made = document.createElement("p");
    made.className = "trouble";
    made.dataset.key = key;
    made.setAttribute("role", "alert");
    const text = document.createElement("span");
    text.dataset.t = key;
    text.textContent = words[language][key];
    made.append(text);
    if (key !== "connection_lost") made.append(" ", wayOut(key === "session_over", language));
    document.body.prepend(made);
  };

  const wayOut = (isOver, language) => {
    const link = document.createElement("a");
    link.href = isOver ? "/login?next=/account" : location.href;
    if (isOver) link.target = "_blank"; // this page keeps what was typed
    link.dataset.t = isOver ? "sign_in_again" : "reload";
    link.textContent = words[language][link.dataset.t];
    link.addEventListener("click", () => band()?.remove());
    return link;
  };

  const isOfLibrary = (address) => new URL(address, location.href).pathname.startsWith("/gradio_api/");

  window.fetch = async (...request) => {
    const asked = request[0] instanceof Request ? request[0].url : String(request[0]);
    if (!isOfLibrary(asked)) return usual(...request);
    let response;
    try {
      response = await usual(...request);
    } catch (error) {
      if (error.name !== "AbortError") say("connection_lost"); // else the page itself left it
      throw error;
    }
    const path = new URL(response.url || asked, location.href).pathname;
    if (response.status === 401) say("session_over");
    else if (response.status === 404 && path.endsWith("/queue/join")) say("page_over");
    else if (response.ok && band()?.dataset.key === "connection_lost") band().remove();
    return response;
  };
})();
