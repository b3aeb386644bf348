// Runs before the first paint, so that the page does not flash in the other theme: the viewer's choice, else the
// system's.
{
  let theme = null;
  try {
    theme = localStorage.getItem("sensing.theme");
    if (localStorage.getItem("sensing.night") === "on") {
      theme = "dark";
      document.documentElement.dataset.night = "";
    }
  } catch {
    // Storage may be forbidden; then the system's choice holds.
  }
  if (theme !== "light" && theme !== "dark")
    theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
}
