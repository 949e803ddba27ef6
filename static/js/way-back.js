// Lead "back" from a conversation to the row it was opened from, also when its page had joined the list by itself.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".record-list a");
  const list = link && link.closest("[data-place]");
  if (list && link.id) history.replaceState(history.state, "", `${list.dataset.place}#${link.id}`);
});
