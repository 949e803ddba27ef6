// When an older page joins the list: say so to screen readers, and don't lose the place of whoever came by keyboard.
document.addEventListener("htmx:before:swap", () => {
  const pager = document.activeElement && document.activeElement.closest(".pager");
  document.documentElement.toggleAttribute("data-in-pager", Boolean(pager));
});

document.addEventListener("htmx:after:swap", () => {
  const lists = document.querySelectorAll(".record-list[data-says]");
  const newest = lists[lists.length - 1];
  if (!newest) return;
  document.getElementById("fetched").textContent = newest.dataset.says;
  if (document.documentElement.hasAttribute("data-in-pager")) newest.querySelector("a").focus({ preventScroll: true });
  document.documentElement.removeAttribute("data-in-pager");
});
