// One connection for all tabs of a site: a browser keeps but six to one host, and an open stream takes one for good.
const ports = new Set();
/** As Frappe's clients have it: `reconnectionAttempts: 3`; after that the page has to be loaded anew. */
const ATTEMPTS = 3;
let source;
let up = false;
let failed = 0;

const tell = (kind, data) => {
  for (const port of ports) port.postMessage({ kind, data });
};

function connect() {
  source = new EventSource('/sandbox/realtime');
  source.onopen = () => {
    up = true;
    failed = 0;
    tell('connect');
  };
  source.onmessage = (event) => tell('notice', event.data);
  source.onerror = () => {
    source.close();
    source = undefined;
    if (up) tell('disconnect');
    else {
      failed += 1;
      tell('connect_error');
    }
    up = false;
    if (failed < ATTEMPTS) setTimeout(() => source ?? connect(), Math.min(1000 * 2 ** failed, 5000));
  };
}

self.onconnect = ({ ports: [port] }) => {
  const join = () => {
    ports.add(port);
    if (up) return port.postMessage({ kind: 'connect' });
    failed = 0;
    if (!source) connect();
  };
  port.onmessage = ({ data }) => (data === 'bye' ? ports.delete(port) : join());
  join();
};
