// @vitest-environment node
import { expect, it } from 'vitest';
import { widgetId } from '../../../../scripts/firefox/popup.ts';
import { ADDON_UUID, preferences, userJs } from '../../../../scripts/firefox/profile.ts';
import { quoted } from '../../../../scripts/firefox/screen.ts';

it('leads HTTPS through the proxy and gives the add-on its fixed address', () => {
  const prefs = preferences({ marionettePort: 2828, proxyPort: 4711, addonId: 'deskside@deskside.example' });
  expect(prefs).toMatchObject({ 'marionette.port': 2828, 'network.proxy.type': 1, 'network.proxy.ssl_port': 4711 });
  expect(JSON.parse(String(prefs['extensions.webextensions.uuids']))).toEqual({
    'deskside@deskside.example': ADDON_UUID,
  });
});

it('writes preferences as Firefox reads them', () => {
  const prefs = { text: 'a "b" \\', on: true, port: 2828 };
  const read: Record<string, unknown> = {};
  new Function('user_pref', userJs(prefs))((name: string, value: unknown) => {
    read[name] = value;
  });
  expect(read).toEqual(prefs);
});

it('names the toolbar’s button as Firefox does', () => {
  expect(widgetId('Deskside@deskside.example')).toBe('deskside_deskside_example');
  expect(widgetId('{5f0c5f0a-de5c}')).toBe('_5f0c5f0a-de5c_');
});

it.each(["Bob's", `He said "it's"`, 'plain'])('quotes %s for XPath', (text) => {
  const pieces = quoted(text).replace(/^concat\((.*)\)$/s, '$1');
  const spelled = [...pieces.matchAll(/'([^']*)'|"([^"]*)"/g)].map((piece) => piece[1] ?? piece[2]).join('');
  expect(spelled).toBe(text);
});
