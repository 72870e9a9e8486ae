// Several of many, [data-ls-pick]: typed words narrow the list, a count follows, all or none of what is shown are taken.

const boxesOf = (pick) => [...pick.querySelectorAll("input[type=checkbox]")];

function count(pick) {
  const place = pick.querySelector("[data-ls-pick-count]");
  place.textContent = place.dataset.lsPickCount.replace("{0}", String(boxesOf(pick).filter((box) => box.checked).length));
}

document.addEventListener("input", (event) => {
  const pick = event.target instanceof Element && event.target.closest("[data-ls-pick]");
  if (!pick) {
    return;
  }
  if (event.target.matches("[data-ls-pick-narrow]")) {
    const words = event.target.value.trim().toLowerCase().split(/\s+/);
    for (const box of boxesOf(pick)) {
      const label = box.closest("label");
      const text = label.textContent.toLowerCase();
      label.hidden = !words.every((word) => text.includes(word));
    }
  } else {
    count(pick);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-ls-pick-set]");
  const pick = button && button.closest("[data-ls-pick]");
  if (!pick) {
    return;
  }
  for (const box of boxesOf(pick)) {
    if (!box.closest("label").hidden) {
      box.checked = button.dataset.lsPickSet === "1";
    }
  }
  // One event for all, so that the count follows and a form that guards its input knows.
  boxesOf(pick)[0].dispatchEvent(new Event("input", { bubbles: true }));
});

// Enter in the narrowing field looks, it does not send the form.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target instanceof Element && event.target.matches("[data-ls-pick-narrow]")) {
    event.preventDefault();
  }
});
