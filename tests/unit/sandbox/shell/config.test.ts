import { createHash, type X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { callerOf } from '../../../sandbox/caller.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { extensionId } from '../../../sandbox/config.ts';
import { counts } from '../../../sandbox/record.ts';
import { serve } from '../../../sandbox/serve.ts';
import { createTls } from '../../../sandbox/tls.ts';

test('an extension’s id follows from its key by Chromium’s rule', () => {
  // The public key of wxt.config.ts and the id that Chromium gives to a build with it.
  const key =
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr059/tnjfLBgqwPP+o77Z+xawGIiwPIGlaafp+Z9GLomt77jYw/Q1UCV2X97/zqcH6/kOl1ft9pqUWQSfGA/fruHJHMngGbrckDKDq6vB/yW2k6C4JnPMVVrGbraOKcDsWc5vFB0Z/bd4F1ot/QRDuaeWmO9wHixStQVnv+0cF8USY4SwyTX//wjWDt3v2D94HPM29uK+qp6ji58h7w18PF57aRZK2EeZJrsRGU2Bz4GsQ/rhYzwb6AShamDbqESaMG/5IlVr4qXnIhx2QlP340PpEP0h+Ro7UGoo65YHwZpsahlvYEJV30no3wZKBAgs76h23CRqneOQSk9s5XO+wIDAQAB';
  expect(extensionId(key)).toBe('galidifhoabiablhokbmfdbhibocfmaf');
});

test('the clock runs on from wherever it is set', () => {
  let real = 1000;
  const clock = createClock(() => real);
  clock.set(50_000);
  real += 10;
  clock.advance(5);
  expect(clock.now()).toBe(50_015);
  clock.reset();
  expect(clock.now()).toBe(1010);
});

test('the certificate names both hosts, and its hash is of the key that the server shows', async () => {
  const hosts = ['login.microsoftonline.com', 'graph.microsoft.com'];
  const tls = await createTls(hosts);
  const server = await serve(() => new Response('ok'), tls);
  const shown = await new Promise<X509Certificate>((done, failed) => {
    const socket = connect({ port: server.port, host: '127.0.0.1', servername: hosts[1]!, ca: tls.cert }, () => {
      done(socket.getPeerX509Certificate()!);
      socket.end();
    }).on('error', failed);
  });
  await server.close();
  expect(hosts.map((host) => shown.checkHost(host))).toEqual(hosts);
  const spki = shown.publicKey.export({ type: 'spki', format: 'der' });
  expect(tls.spkiHash).toBe(createHash('sha256').update(spki).digest('base64'));
});

test('ERPNext requests count when they are the API’s, the sign-in’s or a page’s', () => {
  const told = ['/api/resource/Event/EV00001', '/app/event', '/desk', '/login', '/'].filter((path) =>
    counts('erpnext', 'GET', path),
  );
  expect(told).toHaveLength(5);
  expect(['/assets/desk.js', '/sandbox/events', '/apple'].filter((path) => counts('erpnext', 'GET', path))).toEqual([]);
});

test('the caller is read from ERPNext’s cookie or from the token’s claims', () => {
  const claims = Buffer.from(JSON.stringify({ upn: 'ddiaz@contoso.test' })).toString('base64url');
  expect(callerOf('graph', new Headers({ authorization: `Bearer h.${claims}.s` }))).toBe('ddiaz@contoso.test');
  expect(callerOf('graph', new Headers({ authorization: 'Bearer junk.%%.s' }))).toBeUndefined();
  expect(callerOf('erpnext', new Headers({ cookie: 'sid=1; user_id=alice%40contoso.test' }))).toBe(
    'alice@contoso.test',
  );
  expect(callerOf('erpnext', new Headers({ cookie: 'user_id=Guest' }))).toBeUndefined();
});
