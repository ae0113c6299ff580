// Runs before the first paint: the person's choice, else what the system prefers. theme.ts takes over from there.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('docksnap.theme');
  } catch {
    // Storage can be forbidden; the system's preference is enough.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
