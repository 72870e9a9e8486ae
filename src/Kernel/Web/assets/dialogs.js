// <dialog>: data-ls-open="id" opens it modally, data-ls-close closes the one around it. Without script the same
// links lead to #id, and the style sheet shows a targeted dialog.

const shown = new Set();

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) {
    return;
  }
  const opener = event.target.closest("[data-ls-open]");
  const closer = event.target.closest("[data-ls-close]");
  const dialog = opener ? document.getElementById(opener.dataset.lsOpen) : closer?.closest("dialog");
  if (!dialog?.showModal || opener?.getAttribute("aria-disabled") === "true") {
    return;
  }
  event.preventDefault();
  if (opener) {
    dialog.showModal();
    shown.add(dialog);
  } else {
    dialog.close();
  }
}, true);

// Enhanced navigation drops the attribute "open" but would leave the page inert behind a dialog nobody sees.
window.Blazor?.addEventListener?.("enhancedload", () => {
  for (const dialog of shown) {
    if (!dialog.open) {
      dialog.setAttribute("open", "");
      dialog.close();
    }
  }
  shown.clear();
});
