/** `on`, `off` and `trigger` by name: what frappe.router and frappe.realtime offer. */
export function emitter() {
  const handlers = new Map();
  return {
    on(name, handler) {
      handlers.set(name, [...(handlers.get(name) ?? []), handler]);
    },
    off(name, handler) {
      handlers.set(
        name,
        (handlers.get(name) ?? []).filter((one) => handler && one !== handler),
      );
    },
    trigger(name, ...args) {
      for (const handler of handlers.get(name) ?? []) {
        try {
          handler(...args);
        } catch (error) {
          console.error(error);
        }
      }
    },
  };
}
