// Runs before the first paint and before any module.
(() => {
  // The theme: the person's choice, else what the system prefers. theme.ts takes over from there.
  let choice = null;
  let density = null;
  try {
    choice = localStorage.getItem('docksnap.theme');
    density = localStorage.getItem('docksnap.density');
  } catch {
    // Storage can be forbidden; the system's preference is enough.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  if (density === 'compact') document.documentElement.dataset.density = 'compact';

  // The page's policy forbids to compile code. zod, which shares its configuration here, would try while modules load,
  // and browsers report that.
  globalThis.__zod_globalConfig = { jitless: true };
})();
