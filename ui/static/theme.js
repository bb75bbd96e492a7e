// Light or dark: as the person chose here, else as their system is set. Runs before the first paint.
"use strict";
(() => {
  const KEY = "hochoi_scheme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try { return localStorage.getItem(KEY); } catch { return null; } // storage may be forbidden
  };
  const keep = (scheme) => {
    try {
      if (scheme === usual()) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, scheme);
    } catch { /* then the choice lasts as long as the page */ }
  };
  const usual = () => (system.matches ? "dark" : "light");

  const show = (scheme) => {
    root.dataset.scheme = scheme;
    const isDark = scheme === "dark";
    document.querySelector(".scheme")?.setAttribute("aria-pressed", String(isDark));
    // The user interface library marks the page with what the system says.
    if (document.querySelector("gradio-app")) document.body.classList.toggle("dark", isDark);
  };
  const showWanted = () => show(chosen() ?? usual());

  showWanted();
  document.addEventListener("DOMContentLoaded", () => {
    showWanted();
    new MutationObserver(() => {
      if (document.body.classList.contains("dark") !== (root.dataset.scheme === "dark")) show(root.dataset.scheme);
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
  system.addEventListener("change", showWanted);
  addEventListener("storage", (event) => { if (event.key === KEY) showWanted(); }); // another tab
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.target.closest(".scheme") === null) return;
    const scheme = root.dataset.scheme === "dark" ? "light" : "dark";
    keep(scheme);
    show(scheme);
  });
})();
