"use strict";
// Convenience only: without it the page has the same text, links and cards.
(function () {
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) return;
    for (var e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    target.scrollIntoView({ block: target.matches("section, h2, header") ? "start" : "center" });
  }
  addEventListener("hashchange", reveal);
  reveal();

  // A card stands below its figure, or above where there is no room.
  function place(fact) {
    fact.classList.remove("shut");
    var card = fact.querySelector(".card");
    var at = fact.firstElementChild && fact.querySelector(".fig").getClientRects()[0];
    if (!card || !at) return;
    var height = card.offsetHeight, below = at.bottom + 2 + height < innerHeight;
    card.style.left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 8)) + "px";
    card.style.right = card.style.bottom = "auto";
    card.style.top = (below || at.top < height ? Math.min(at.bottom + 2, Math.max(8, innerHeight - height - 8)) : at.top - height - 2) + "px";
  }
  function over(event) {
    var fact = event.target.closest && event.target.closest(".fact");
    if (fact && !event.target.closest(".card")) place(fact);
  }
  addEventListener("pointerover", over);
  addEventListener("focusin", over);
  addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".fact:hover, .fact:focus-within").forEach(function (fact) { fact.classList.add("shut"); });
  });

  // Where nothing hovers the first touch shows the card, the second follows the link.
  var focused = null;
  addEventListener("pointerdown", function () { focused = document.activeElement; });
  addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    if (link && matchMedia("(hover: none)").matches && link.parentElement.classList.contains("fact") && focused !== link) {
      event.preventDefault();
      link.focus();
    } else if (link && link.hash === location.hash) {
      reveal();
    }
    var fold = event.target.closest("[data-fold]");
    if (fold) document.querySelectorAll("details").forEach(function (d) { d.open = fold.dataset.fold === "open"; });
  });
  document.querySelectorAll("[data-fold]").forEach(function (button) { button.hidden = false; });
})();
