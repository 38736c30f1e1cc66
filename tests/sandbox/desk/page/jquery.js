/**
 * As much of jQuery's event system as Desk's own events need. Handlers are kept here, by element; `trigger` runs them
 * and climbs to the document and the window without a native event, so that a page which listens by addEventListener
 * hears nothing, exactly as with the real one. Namespaces (`save.mine`) work.
 */
export function jQuery(target) {
  if (target instanceof Collection) return target;
  if (typeof target === 'function') {
    queueMicrotask(target);
    return new Collection([document]);
  }
  if (typeof target === 'string') return new Collection([...document.querySelectorAll(target)]);
  return new Collection(target ? [target] : []);
}

class Collection {
  constructor(elements) {
    elements.forEach((element, index) => {
      this[index] = element;
    });
    this.length = elements.length;
  }

  on(names, handler) {
    return this.each((element) => {
      for (const { type, spaces } of split(names)) add(element, type, { spaces, handler });
    });
  }

  one(names, handler) {
    const once = (event, ...args) => {
      this.off(names, once);
      return handler.call(event.currentTarget, event, ...args);
    };
    return this.on(names, once);
  }

  off(names = '', handler = undefined) {
    return this.each((element) => {
      const types = registry.get(element);
      if (!types) return;
      for (const { type, spaces } of split(names)) {
        for (const [held, entries] of types) {
          if (type && type !== held) continue;
          const drop = (entry) =>
            spaces.every((one) => entry.spaces.includes(one)) && (!handler || entry.handler === handler);
          types.set(
            held,
            entries.filter((entry) => !drop(entry)),
          );
        }
      }
    });
  }

  trigger(name, args = []) {
    return this.each((target) => {
      const { type, spaces } = split(name)[0];
      const event = {
        type,
        target,
        stopPropagation: () => Object.assign(event, { stopped: true }),
        preventDefault() {},
      };
      for (let at = target; at && !event.stopped; at = above(at)) run(at, { event, spaces, args: [args].flat() });
    });
  }

  each(visit) {
    for (let index = 0; index < this.length; index += 1) visit(this[index], index);
    return this;
  }

  find(selector) {
    const found = [];
    this.each((element) => found.push(...element.querySelectorAll(selector)));
    return new Collection(found);
  }

  get(index) {
    return this[index];
  }
}

jQuery.fn = Collection.prototype;

const registry = new WeakMap();

function add(element, type, entry) {
  const types = registry.get(element) ?? new Map();
  registry.set(element, types);
  if (!types.has(type)) {
    types.set(type, []);
    element.addEventListener(type, (native) => run(element, { event: native, spaces: [], args: [] }));
  }
  types.get(type).push(entry);
}

function run(element, { event, spaces, args }) {
  for (const entry of [...(registry.get(element)?.get(event.type) ?? [])]) {
    if (!spaces.every((one) => entry.spaces.includes(one))) continue;
    try {
      entry.handler.call(element, event, ...args);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }
}

const above = (node) => (node === document ? window : node === window ? null : (node.parentNode ?? null));

const split = (names) =>
  names.split(/\s+/).map((name) => {
    const [type, ...spaces] = name.split('.');
    return { type, spaces };
  });
