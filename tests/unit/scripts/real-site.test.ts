import { expect, test } from 'vitest';
import { isSetUp } from '../../../scripts/walk/real-site.ts';

// Cut from Desk's pages of Frappe 14, 15 and 16, before and after the setup wizard.
test.each([
  ['14, before', String.raw`\"setup_complete\":\"0\",\"sin…\"2026-11-22\",\"setup_complete\":0,\"sin`, false],
  ['14', String.raw`no_input\":\"1\",\"setup_complete\":\"0\",…\"setup_complete\":1,\"sin`, true],
  ['15, before', '"setup_complete":"0","dis…"customer_count":0,"setup_complete":false,"pa', false],
  ['16', '"single_onboarding":"0","setup_complete":"0","dis…"setup_complete":true,"pa', true],
  ['one that does not say', '<html>frappe.boot = {}</html>', true],
])('whether a site was set up: Frappe %s', (_, desk, setUp) => expect(isSetUp(desk)).toBe(setUp));
