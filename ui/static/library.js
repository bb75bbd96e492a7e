// Adding files: drop them, see how much is sent, watch the jobs. The page works without this file.
"use strict";
(() => {
  const form = document.getElementById("upload");
  const jobs = document.getElementById("jobs");
  if (!form || !jobs) return;
  const words = window.hochoi.words;
  const say = (key, values = {}) => {
    const language = document.documentElement.lang === "en" ? "en" : "vi";
    return words[language][key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };

  // -- dropping -----------------------------------------------------------------------------
  const drop = form.querySelector(".drop");
  const input = drop.querySelector("input");
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
  });

  // -- sending ------------------------------------------------------------------------------
  const sending = document.getElementById("sending");
  const button = form.querySelector("button");
  const show = (text) => { sending.hidden = false; sending.textContent = text; };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!input.files.length) { show(say("upload_none")); return; }
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("accept", "text/html");
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) {
        show(say("upload_sending", { percent: Math.round(100 * sent.loaded / sent.total) }));
      }
    });
    request.addEventListener("error", () => { button.disabled = false; show(say("upload_lost")); });
    request.addEventListener("load", () => {
      button.disabled = false;
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const problem = page.querySelector(".problem");
      if (request.status < 400) { input.value = ""; sending.hidden = true; watch(); }
      else show(problem ? problem.textContent : say("upload_lost"));
    });
    button.disabled = true;
    request.send(new FormData(form));
  });

  // -- watching -----------------------------------------------------------------------------
  let timer = null;
  const watch = async () => {
    clearTimeout(timer);
    try {
      const response = await fetch("/admin/jobs", { headers: { accept: "text/html" } });
      if (response.ok && !response.redirected) jobs.innerHTML = await response.text();
    } catch { /* the server is away for a moment: asked again below */ }
    if (jobs.querySelector("[data-running]")) timer = setTimeout(watch, 1000);
  };
  if (jobs.querySelector("[data-running]")) timer = setTimeout(watch, 1000);
})();
