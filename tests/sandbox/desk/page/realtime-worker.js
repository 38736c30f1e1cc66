// One connection for all tabs of a site: a browser keeps but six to one host, and an open stream takes one for good.
const ports = new Set();
const source = new EventSource('/sandbox/realtime');
source.onmessage = (event) => {
  for (const port of ports) port.postMessage(event.data);
};
self.onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = ({ data }) => {
    if (data === 'bye') ports.delete(port);
    else ports.add(port);
  };
};
