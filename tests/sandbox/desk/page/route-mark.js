/** The attribute by which a content script sees the route: `Form/Event/EV00001`, decoded. */
export function setDataRoute(target) {
  document.body.dataset.route = target.join('/');
}
