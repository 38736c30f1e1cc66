import { beforeEach, expect, test } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { asOrigin } from '../../../lib/model/ids.ts';
import { forgetMade, madeFields, rememberMade } from '../../../lib/settings/made-fields.ts';

const ONE = asOrigin('https://one.example');
const OTHER = asOrigin('https://other.example');

beforeEach(() => fakeBrowser.reset());

test('what was made is remembered by site, once, and forgotten', async () => {
  await rememberMade(ONE, 'Event-a');
  await rememberMade(ONE, 'Event-a');
  await rememberMade(ONE, 'Event-b');
  await rememberMade(OTHER, 'Event-c');
  expect(await madeFields(ONE)).toEqual(['Event-a', 'Event-b']);
  await forgetMade(ONE, 'Event-a');
  expect(await madeFields(ONE)).toEqual(['Event-b']);
  expect(await madeFields(OTHER)).toEqual(['Event-c']);
});

test('what cannot have been written by it counts as nothing', async () => {
  await browser.storage.local.set({ madeFields: { [ONE]: 'all of them' } });
  expect(await madeFields(ONE)).toEqual([]);
});
