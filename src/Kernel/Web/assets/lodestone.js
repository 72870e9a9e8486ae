// Small comforts on top of pages that work without script. Everything listens on the document, because
// enhanced navigation replaces what is inside it.
import "./grid.js";
import "./forms.js";
import "./pick.js";
import "./dialogs.js";

const loadCharts = () => document.querySelector("ls-chart") && import("./chart.js");

/** The page asks for its theme by cookie, so that the server already answers in the right one. */
function switchTheme() {
  const root = document.documentElement;
  const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  root.dataset.bsTheme = theme;
  document.cookie = `ls-theme=${theme};path=/;max-age=31536000;samesite=lax`;
  document.dispatchEvent(new Event("ls-theme"));
}

/** The id a link leads to on this very page, or null. With <base href="/"> a bare "#x" would mean "/#x", so it is taken as written. */
function placeOf(link) {
  const written = link.getAttribute("href");
  if (written.startsWith("#")) {
    return decodeURIComponent(written.slice(1)) || null;
  }
  return link.hash && link.pathname === location.pathname && link.search === location.search
    ? decodeURIComponent(link.hash.slice(1)) : null;
}

/** Goes to a place on this page and puts the focus there, or into the field that stands there. */
function goWithin(link, event) {
  const id = placeOf(link);
  const target = id && document.getElementById(id);
  if (!target || target.matches("dialog")) {
    return;
  }
  event.preventDefault();
  target.scrollIntoView({ block: target.offsetHeight < innerHeight / 2 ? "center" : "start" });
  const field = target.matches("input,select,textarea,button,a") ? target
    : target.matches("tr,fieldset") ? target.querySelector("input:not([type=hidden]),select,textarea") : null;
  if (!field && target.tabIndex < 0) {
    target.tabIndex = -1;
  }
  (field ?? target).focus({ preventScroll: true });
  history.replaceState(history.state, "", location.pathname + location.search + "#" + id);
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.defaultPrevented) {
    return;
  }
  for (const menu of document.querySelectorAll("details[data-ls-menu][open]")) {
    if (!menu.contains(event.target) || event.target.closest("a")) {
      menu.open = false;
    }
  }
  const asked = event.target.closest("[data-ls-print],[data-ls-theme],a[href*='#']");
  if (asked?.matches("[data-ls-print]")) {
    window.print();
  } else if (asked?.matches("[data-ls-theme]")) {
    switchTheme();
  } else if (asked && !asked.matches("[data-ls-open],[data-ls-close]")) {
    goWithin(asked, event);
  }
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target instanceof Element && event.target.closest("details[data-ls-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/** Work that runs on the server is looked at again after so many seconds: data-ls-again="1". */
function lookAgain() {
  const seconds = Number(document.querySelector("[data-ls-again]")?.dataset.lsAgain);
  if (seconds > 0) {
    setTimeout(() => location.reload(), seconds * 1000);
  }
}

loadCharts();
lookAgain();
window.Blazor?.addEventListener?.("enhancedload", loadCharts);
