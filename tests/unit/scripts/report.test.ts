import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { playwrightTally, vitestTally } from '../../../scripts/report.ts';
import { runSteps } from '../../../scripts/run-steps.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(content: object): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('vitest: failed tests are named, and a file that did not load counts as one', () => {
  const failed = {
    status: 'failed',
    fullName: 'sums › adds',
    failureMessages: ['\u001b[31mexpected 2\u001b[39m\n at x.ts'],
  };
  const tally = vitestTally(
    report({
      numPassedTests: 3,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [failed, { status: 'passed', fullName: 'b', failureMessages: [] }],
        },
        { name: 'broken.test.ts', status: 'failed', message: 'Cannot find module\nstack', assertionResults: [] },
      ],
    }),
  );
  expect(tally).toEqual({
    passed: 3,
    failed: 2,
    failures: ['sums › adds: expected 2', 'broken.test.ts: Cannot find module'],
  });
});

test('Playwright: nested suites are read, and errors outside of tests count', () => {
  const spec = (title: string, ok: boolean, status = 'expected') => ({
    title,
    file: 'walk.spec.ts',
    ok,
    tests: [{ status, results: [{ error: { message: 'no panel\nmore' } }] }],
  });
  const tally = playwrightTally(
    report({
      suites: [{ specs: [spec('one', true), spec('again', true, 'flaky')], suites: [{ specs: [spec('two', false)] }] }],
      errors: [{ message: 'Graph does not know this' }],
      stats: { expected: 1, flaky: 1 },
    }),
  );
  expect(tally).toEqual({
    passed: 2,
    failed: 2,
    failures: ['walk.spec.ts: two: no panel', 'Graph does not know this'],
    unsteady: ['walk.spec.ts: again: no panel'],
  });
});

test('no report at all is a failure', () => {
  expect(vitestTally(join(folder, 'none.json'))).toMatchObject({ passed: 0, failed: 1 });
});

test('a run goes on after a failure and ends with the sum', async () => {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text));
  const exit = (code: number): [string, ...string[]] => [process.execPath, '-e', `process.exit(${code})`];
  await runSteps([
    { title: 'breaks', command: exit(3) },
    { title: 'holds', command: exit(0) },
    { title: 'says nothing of its failure', command: exit(1), tally: () => ({ passed: 4, failed: 0, failures: [] }) },
  ]);
  expect(lines.at(-1)?.trim()).toBe('5 passed, 2 failed');
  expect(lines.join('\n')).toContain('breaks: ended with 3');
  expect(process.exitCode).toBe(1);
  process.exitCode = 0;
});
