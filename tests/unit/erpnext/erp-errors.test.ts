// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { failureOf, isUnknownField } from '../../../lib/erpnext/erp-errors.ts';
import { recorded, VERSIONS } from './recorded.ts';

const PUT = { verb: 'change' as const, doctype: 'Event', name: 'EV00001' };
const of = (status: number, body: unknown, user: string | null = 'alice@contoso.test') =>
  failureOf(status, body, PUT, user).error;
const messages = (...list: string[]) => JSON.stringify(list.map((message) => JSON.stringify({ message })));

describe('what ERPNext says, in our words', () => {
  test.each([
    [400, { exc_type: 'CSRFTokenError' }, 'erp-signed-out'],
    [403, { session_expired: 1, exception: 'frappe.exceptions.PermissionError' }, 'erp-signed-out'],
    [403, { exc_type: 'PermissionError' }, 'erp-forbidden'],
    [403, { exception: 'frappe.exceptions.PermissionError' }, 'erp-forbidden'],
    [404, { exc_type: 'DoesNotExistError' }, 'erp-not-found'],
    [417, { exc_type: 'TimestampMismatchError' }, 'erp-conflict'],
    [417, { exception: 'frappe.exceptions.TimestampMismatchError: Fehler: geändert' }, 'erp-conflict'],
    [417, { exc_type: 'LinkValidationError' }, 'erp-refused'],
    [417, { exception: 'frappe.exceptions.MandatoryError: [Event, EV00001]: subject' }, 'erp-refused'],
    [429, {}, 'erp-unreachable'],
    [500, { exc_type: 'ImportError' }, 'erp-unreachable'],
    [502, undefined, 'erp-unreachable'],
  ])('%i %j is %s', (status, body, code) => expect(of(status, body).code).toBe(code));

  test('a guest is signed out, whatever else the answer says', () =>
    expect(of(403, { exc_type: 'PermissionError' }, null).code).toBe('erp-signed-out'));

  test('its own sentence is shown as text', () => {
    const body = {
      exc_type: 'ValidationError',
      _server_messages: messages(
        '<strong>Ends on</strong> must be after<br>Starts on',
        '&lt;i&gt; <img src=x onerror=1>',
      ),
    };
    expect(of(417, body).text).toBe('ERPNext says: Ends on must be after Starts on <i>');
  });

  test('without messages the exception speaks, without its class', () =>
    expect(of(417, { exception: 'frappe.exceptions.ValidationError: Cannot edit cancelled document' }).text).toBe(
      'ERPNext says: Cannot edit cancelled document',
    ));

  test('a traceback is never shown, and long texts are cut', () => {
    const error = of(417, { exc: 'Traceback: secret', _server_messages: messages('x'.repeat(2_000)) });
    expect(JSON.stringify(error)).not.toContain('Traceback');
    expect(error.text.length).toBeLessThan(330);
  });
});

describe('as recorded from real sites', () => {
  const cases: [string, string][] = [
    ['err_csrf_missing', 'erp-signed-out'],
    ['err_put_stale_modified', 'erp-conflict'],
    ['err_403_put_no_write_permission', 'erp-forbidden'],
    ['err_403_put_event_as_participant', 'erp-forbidden'],
    ['err_404_put_event', 'erp-not-found'],
    ['err_417_mandatory', 'erp-refused'],
    ['err_417_validation', 'erp-refused'],
    ['err_417_link_validation', 'erp-refused'],
    ['err_417_update_after_submit', 'erp-refused'],
    ['err_417_update_cancelled', 'erp-refused'],
    ['err_too_long', 'erp-refused'],
    ['err_unknown_field_list', 'field-missing'],
    ['expired_put_event', 'erp-signed-out'],
    ['err_404_doctype', 'erp-unreachable'],
  ];
  for (const version of VERSIONS)
    for (const [name, code] of cases) {
      const answer = recorded(version, name);
      test.skipIf(!answer)(`${version} ${name} is ${code}`, () => {
        const error = of(answer!.status, answer!.body);
        expect(error.code).toBe(code);
        expect(`${error.title} ${error.text}`).not.toMatch(/<\w|&\w+;|Traceback|frappe\.exceptions/);
        expect(isUnknownField(answer!.status, answer!.body)).toBe(name === 'err_unknown_field_list');
      });
    }
});
