// Show how much of the chosen files has been sent. Without this script the form is sent as any other. What the server answers is
// shown as it would be without: a page to go to, or the same page with what was wrong.
const MOST_BYTES = 51 * 1024 * 1024;

const swap = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  listen();
  (document.querySelector("[autofocus]") || document.querySelector("main")).focus();
};

const send = (form, submitter) => {
  const line = form.querySelector(".upload-progress");
  const [bar, said, figure] = [line.querySelector("progress"), line.querySelector("p"), line.querySelector("output")];
  const files = [...form.querySelector("input[type=file]").files];
  const buttons = form.querySelectorAll("button");
  const stop = (words) => {
    said.textContent = words;
    bar.hidden = true;
    figure.textContent = "";
    buttons.forEach((button) => { button.disabled = false; });
  };
  line.hidden = false;
  if (files.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES) return stop(line.dataset.tooLarge);
  const data = new FormData(form);
  if (submitter && submitter.name) data.append(submitter.name, submitter.value);
  buttons.forEach((button) => { button.disabled = true; });
  bar.hidden = false;
  said.textContent = line.dataset.sending;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.round((event.loaded / event.total) * 100);
    figure.textContent = `${bar.value} %`;
  });
  request.addEventListener("error", () => stop(line.dataset.broken));
  request.addEventListener("abort", () => stop(line.dataset.broken));
  request.addEventListener("load", () => {
    if (request.status >= 500 || request.status === 429) return stop(line.dataset.broken);
    const there = new URL(request.responseURL);
    if (there.pathname !== location.pathname) return location.assign(there.href);
    return swap(request.responseText);
  });
  request.send(data);
};

const listen = () => document.querySelectorAll("form.upload").forEach((form) => form.addEventListener("submit", (event) => {
  const field = form.querySelector("input[type=file]");
  if (!field || !field.files.length) return;
  event.preventDefault();
  send(form, event.submitter);
}));

listen();
