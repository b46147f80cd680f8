/** The page's own program: the choice of view, and the sliders. Without it both pictures stand side by side. */
export const SCRIPT = `
document.addEventListener('change', ({ target }) => {
  if (target.name === 'view') document.body.dataset.view = target.value;
});
document.addEventListener('input', ({ target }) => {
  if (target.type === 'range') target.parentElement.style.setProperty('--at', target.value + '%');
});
`;
