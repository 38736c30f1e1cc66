import { existsSync, readFileSync } from 'node:fs';

/** What a check or a run of tests came to. */
export interface Tally {
  passed: number;
  failed: number;
  /** A readable line for each failure. */
  failures: string[];
  /** What failed once and passed when it was run again: counted as passed, and worth a look. */
  unsteady?: string[];
}

/** Reads vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function vitestTally(file: string): Tally {
  const report = readReport<VitestReport>(file);
  if (!report) return NO_REPORT('vitest');
  const failures = report.testResults.flatMap((suite) => {
    const failed = suite.assertionResults.filter((test) => test.status === 'failed');
    if (suite.status === 'failed' && failed.length === 0) return [`${suite.name}: ${firstLine(suite.message)}`];
    return failed.map((test) => `${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
  return { passed: report.numPassedTests, failed: failures.length, failures };
}

interface VitestReport {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

/** Reads Playwright's JSON report. Errors outside of tests (a set-up, the check of all requests) count one each. */
export function playwrightTally(file: string): Tally {
  const report = readReport<PlaywrightReport>(file);
  if (!report) return NO_REPORT('Playwright');
  const specs = report.suites.flatMap(specsOf);
  const failures = [
    ...specs.filter((spec) => !spec.ok).map((spec) => `${spec.file}: ${spec.title}: ${firstLine(messageOf(spec))}`),
    ...report.errors.map((error) => firstLine(error.message)),
  ];
  const unsteady = specs
    .filter((spec) => spec.tests.some((test) => test.status === 'flaky'))
    .map((spec) => `${spec.file}: ${spec.title}: ${firstLine(messageOf(spec))}`);
  return { passed: report.stats.expected + report.stats.flaky, failed: failures.length, failures, unsteady };
}

/** Tests that were left out, each with the reason it gave. */
export function playwrightSkips(file: string): string[] {
  const specs = readReport<PlaywrightReport>(file)?.suites.flatMap(specsOf) ?? [];
  return specs.flatMap(({ title, tests }) =>
    tests
      .filter((test) => test.status === 'skipped')
      .map((test) => {
        const reason = test.annotations?.find((annotation) => annotation.type === 'skip')?.description;
        return reason ? `${title}: ${reason}` : title;
      }),
  );
}

interface PlaywrightReport {
  suites: PlaywrightSuite[];
  errors: { message?: string }[];
  stats: { expected: number; flaky: number };
}
interface PlaywrightSuite {
  specs?: PlaywrightSpec[];
  suites?: PlaywrightSuite[];
}
interface PlaywrightSpec {
  title: string;
  file: string;
  ok: boolean;
  tests: {
    status: string;
    annotations?: { type: string; description?: string }[];
    results: { error?: { message?: string } }[];
  }[];
}

function specsOf(suite: PlaywrightSuite): PlaywrightSpec[] {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}

function messageOf(spec: PlaywrightSpec): string | undefined {
  return spec.tests.flatMap((test) => test.results).find((result) => result.error)?.error?.message;
}

function readReport<Report>(file: string): Report | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined;
}

const NO_REPORT = (tool: string): Tally => ({
  passed: 0,
  failed: 1,
  failures: [`${tool} ended before it wrote a report; its output above says why.`],
});

function firstLine(text = 'no message'): string {
  // Both tools colour their messages for a terminal.
  const plain = text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
  return plain.split('\n', 1)[0] ?? plain;
}
