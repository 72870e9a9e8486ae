// Forms: warn before unsaved input is lost (form[data-ls-unsaved="sentence"]), show that a submit is under way
// (button[data-ls-busy="正在报送…"]) without the button changing its width.

const dirty = new WeakSet();
const busy = new Map();

// The server writes data-ls-dirty when it sends input back that it did not take.
const unsavedForm = () => [...document.querySelectorAll("form[data-ls-unsaved]")]
  .find((form) => dirty.has(form) || form.hasAttribute("data-ls-dirty"));

function forget(form) {
  dirty.delete(form);
  form.removeAttribute("data-ls-dirty");
}

document.addEventListener("input", (event) => {
  const form = event.target instanceof Element && event.target.closest("form[data-ls-unsaved]");
  if (form) {
    dirty.add(form);
  }
});

window.addEventListener("beforeunload", (event) => {
  if (unsavedForm()) {
    event.preventDefault();
    event.returnValue = "";
  }
});

// Enhanced navigation does not unload the page, so its links are asked about here.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  const form = unsavedForm();
  if (!link || !form || link.target || link.hasAttribute("download") || link.getAttribute("href").includes("#")
    || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  if (window.confirm(form.dataset.lsUnsaved)) {
    forget(form);
  } else {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

function settle(button) {
  const before = busy.get(button);
  if (before) {
    button.removeAttribute("aria-busy");
    button.style.minWidth = "";
    if (button.textContent === button.dataset.lsBusy) {
      button.innerHTML = before;
    }
    busy.delete(button);
  }
}

const settleAll = () => [...busy.keys()].forEach(settle);

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.getAttribute("aria-disabled") === "true" || (button && busy.has(button))) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const unsaved = unsavedForm();
  if (unsaved && unsaved !== event.target && event.target.method !== "dialog" && !window.confirm(unsaved.dataset.lsUnsaved)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  unsaved && forget(unsaved);
  if (button?.dataset.lsBusy) {
    busy.set(button, button.innerHTML);
    button.style.minWidth = button.offsetWidth + "px";
    button.setAttribute("aria-busy", "true");
    button.textContent = button.dataset.lsBusy;
    // A lost connection must not leave the button spinning for ever.
    setTimeout(() => settle(button), 30000);
  }
}, true);

window.addEventListener("pageshow", settleAll);
window.Blazor?.addEventListener?.("enhancedload", settleAll);

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[aria-disabled=true]")) {
    event.preventDefault();
  }
}, true);
