// Runs before anything is painted, so that a chosen theme does not flash.
try {
  document.documentElement.dataset.theme = JSON.parse(localStorage['sluice.settings']).theme;
} catch {
  // Nothing is chosen: the system's theme holds.
}
