// Lead "back" from a conversation to the row it was opened from, also when its page had joined the list by itself.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".record-list a");
  const list = link && link.closest("[data-place]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // another tab or window, and this one stays
  if (!list || !link.id || elsewhere) return;
  history.replaceState(history.state, "", `${list.dataset.place}#${link.id}`);
  history.scrollRestoration = "manual"; // the browser would scroll to where the row was in the long list
});

if (history.scrollRestoration === "manual" && /^#c\d+$/.test(location.hash)) {
  document.querySelector(location.hash)?.scrollIntoView({ block: "center" });
}
