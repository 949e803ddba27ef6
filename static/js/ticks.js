// Keep the ticks with this place in the browser's own history, so that they are there again after Back: a row that joined the
// list later is ticked as soon as it joins again. Only what is seen ticked is ever sent.
const form = document.querySelector(".record-set");
const boxes = () => [...form.querySelectorAll("input[type=checkbox]")];
const kept = () => (history.state && history.state.ticked) || [];
const tick = () => boxes().forEach((box) => { box.checked ||= kept().includes(box.name); });

form.addEventListener("change", () => {
  const elsewhere = kept().filter((name) => !form.querySelector(`input[name="${name}"]`));
  const here = boxes().filter((box) => box.checked).map((box) => box.name);
  history.replaceState({ ...history.state, ticked: [...elsewhere, ...here] }, "");
});
document.addEventListener("htmx:after:swap", tick);
tick();
