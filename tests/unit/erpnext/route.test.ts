import { describe, expect, test } from 'vitest';
import { SHIPPED } from '../../../lib/erpnext/doctypes/registry.ts';
import { isNewName, recordOfRoute, recordOfUrl, urlOfRecord } from '../../../lib/erpnext/route.ts';
import { asDoctype, asOrigin, asRecordName } from '../../../lib/model/ids.ts';

const ORIGIN = asOrigin('http://erp.test:8015');
const named = (href: string) => {
  const ref = recordOfUrl(SHIPPED, ORIGIN + href);
  return ref ? `${ref.doctype}|${ref.name}` : null;
};

describe('recordOfUrl', () => {
  test.each([
    ['/app/event/EV00001', 'Event|EV00001'],
    ['/desk/event/EV00001', 'Event|EV00001'],
    ['/desk/event/EV00001#details_tab', 'Event|EV00001'],
    ['/app/event/EV00001?x=1', 'Event|EV00001'],
    ['/app/project/A%2FB%20%26%20%C3%9C%20100%25', 'Project|A/B & Ü 100%'],
    ['/app/project/A/B', 'Project|A/B'],
    ['/app/Form/Event/EV00001', 'Event|EV00001'],
    ['/app/Form/Event/A/B', 'Event|A/B'],
    ['/app/event/new-event-qeqqhgkmzv', 'Event|new-event-qeqqhgkmzv'],
    ['/app/event/100%', 'Event|100%'],
    ['/app/event', null],
    ['/app/event/', null],
    ['/app/event?status=Open', null],
    ['/app/event/view/list', null],
    ['/app/event/view/calendar/default', null],
    ['/app/sales-invoice/SINV-1', null],
    ['/login?redirect-to=%2Fapp%2Fevent%2FEV00001', null],
    ['/event/EV00001', null],
  ])('%s', (href, expected) => expect(named(href)).toBe(expected));

  test('what is no URL names nothing', () => expect(recordOfUrl(SHIPPED, 'nonsense')).toBeNull());
});

describe('recordOfRoute', () => {
  test.each([
    ['Form/Event/EV00001', 'EV00001'],
    ['Form/Project/A/B & Ü 100%', 'A/B & Ü 100%'],
    ['List/Event/List', null],
    ['Form/Sales Invoice/SINV-1', null],
    ['', null],
    [null, null],
  ])('%s', (route, name) => expect(recordOfRoute(SHIPPED, route, ORIGIN)?.name ?? null).toBe(name));
});

test('a URL made for a record is read back as that record, on both prefixes', () => {
  const ref = { origin: ORIGIN, doctype: asDoctype('Project'), name: asRecordName('A/B & Ü 100%') };
  expect(urlOfRecord(ref, '/desk')).toBe(`${ORIGIN}/desk/project/A%2FB%20%26%20%C3%9C%20100%25`);
  expect(recordOfUrl(SHIPPED, urlOfRecord(ref, '/app'))).toEqual(ref);
  expect(recordOfUrl(SHIPPED, urlOfRecord(ref, '/desk'))).toEqual(ref);
});

test('names of unsaved documents', () => {
  const event = asDoctype('Event');
  expect(isNewName(event, asRecordName('new-event-qeqqhgkmzv'))).toBe(true);
  expect(isNewName(event, asRecordName('EV00001'))).toBe(false);
  expect(isNewName(event, asRecordName('new-project-abc'))).toBe(false);
});

test('a doctype of two words, as it stands in addresses and in the names of what is not saved', () => {
  const doctype = asDoctype('Sales Order (old)');
  const rules = [{ ...SHIPPED[0]!, doctype }];
  const ref = { origin: ORIGIN, doctype, name: asRecordName('SAL-ORD-1') };
  expect(urlOfRecord(ref, '/app')).toBe(`${ORIGIN}/app/sales-order-(old)/SAL-ORD-1`);
  expect(recordOfUrl(rules, urlOfRecord(ref, '/app'))).toEqual(ref);
  expect(isNewName(doctype, asRecordName('new-sales-order-(old)-abc'))).toBe(true);
  expect(isNewName(doctype, asRecordName('new-sales-orders-abc'))).toBe(false);
});
